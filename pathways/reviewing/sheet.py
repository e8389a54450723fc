"""A revision laid out to be read and answered: line by line, what it says, what changed since
readers last saw it, and what was said about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue import markdown
from catalogue.addresses import host_of
from catalogue.desk.verbs import missing
from catalogue.durations import spoken
from catalogue.freshness import Freshness, freshness_of
from catalogue.languages import language_name
from catalogue.models import Resource
from catalogue.vocabularies import DescriptionSource
from pathways import publication
from pathways.models import Remark, Revision, Stage, Step
from pathways.outline import Outline, outline_of
from pathways.reviewing.comparing import (
    FIELDS,
    Comparison,
    PartChange,
    Translation,
    compare,
    label_of,
    translations_of,
)
from pathways.reviewing.talk import OPEN_TO_TALK

# The name of the whole in a form, where a remark says nothing.
WHOLE = "whole"


@dataclass
class Line:
    """One line of the sheet, about which something can be said."""

    about: str
    label: str
    # What it says, ready for the page; empty for stages and steps, which the page lays out.
    html: str = ""
    change: PartChange | None = None
    differences: Iterable = ()
    # What it says in other languages.
    translations: Iterable[Translation] = ()
    talk: list[Remark] = field(default_factory=list)
    # What was typed about it and couldn't be kept.
    typed: str = ""

    @property
    def name(self) -> str:
        """Its name in the form and on the page."""
        return self.about or WHOLE

    @property
    def is_open(self) -> bool:
        return any(one.is_open for one in self.talk)


@dataclass
class StepLine(Line):
    step: Step | None = None
    place: str = ""

    @property
    def resource(self) -> Resource | None:
        return self.step.resource

    @property
    def facts(self) -> str:
        return facts_of(self.resource) if self.resource else ""

    @property
    def freshness(self) -> Freshness | None:
        return freshness_of(self.resource) if self.resource else None

    @property
    def stand_in_freshness(self) -> Freshness | None:
        return freshness_of(self.step.stand_in) if self.step.stand_in else None

    @property
    def instructions(self) -> SafeString:
        return markdown.render(self.step.instructions)

    @property
    def minutes(self) -> str:
        return spoken(self.step.minutes, about=self.step.is_estimate)


@dataclass
class StageLine(Line):
    stage: Stage | None = None
    number: int = 0
    steps: list[StepLine] = field(default_factory=list)
    removed: list[PartChange] = field(default_factory=list)

    @property
    def introduction(self) -> SafeString:
        return markdown.render(self.stage.introduction)


@dataclass
class DraftResource:
    """A resource that is published with the revision."""

    resource: Resource
    places: list[str]

    @property
    def facts(self) -> str:
        return facts_of(self.resource)

    @cached_property
    def missing(self) -> list[str]:
        """What keeps it from being public, a sentence each."""
        return missing(self.resource)

    @property
    def is_scraped(self) -> bool:
        return self.resource.description_source == DescriptionSource.SCRAPED

    @property
    def freshness(self) -> Freshness:
        return freshness_of(self.resource)

    @property
    def skills(self) -> str:
        links = self.resource.skill_links.all()
        return ", ".join(sorted(link.skill.title for link in links))

    @property
    def tags(self) -> str:
        return ", ".join(sorted(tag.name for tag in self.resource.tags.all()))


class Sheet:
    """The whole of it. `typed`: what was sent from the page, by the names of its fields."""

    def __init__(self, revision: Revision, *, typed: Mapping[str, str] | None = None) -> None:
        self.revision = revision
        self.typed = typed or {}
        self.outline: Outline = outline_of(revision)
        self.remarks = list(Remark.objects.on(revision).with_replies())
        for one in self.remarks:
            one.typed = self.typed.get(f"reply-{one.pk}", "")
        self._unplaced = {one.pk: one for one in self.remarks}
        self.shown = _shown_before(revision)
        self.comparison: Comparison | None = compare(self.shown, revision) if self.shown else None
        self.drafts = self._drafts()
        self.fields = list(self._fields())
        self.stages = list(self._stages())
        self.whole = self._line(Line, "", _("The whole pathway"))
        # About what was taken away since.
        self.left = sorted(self._unplaced.values(), key=lambda one: one.pk)

    @property
    def open_remarks(self) -> int:
        return sum(one.is_open for one in self.remarks)

    @property
    def is_open_to_talk(self) -> bool:
        return self.revision.status in OPEN_TO_TALK

    @cached_property
    def problems(self) -> list[str]:
        """What keeps it from being published; nothing once it was."""
        return publication.problems(self.revision) if self.is_open_to_talk else []

    @property
    def removed_stages(self) -> list[PartChange]:
        if self.comparison is None:
            return []
        return [one for one in self.comparison.stages.values() if one.is_removed]

    @cached_property
    def seen(self) -> str:
        """A digest of what somebody sees who decides by this page."""
        revision = self.revision
        said = [
            (revision.status, revision.modified, revision.publish_at),
            [
                (one.pk, one.settled_at, [reply.pk for reply in one.replies.all()])
                for one in self.remarks
            ],
            [(one.resource.pk, one.resource.modified) for one in self.drafts],
        ]
        return blake2b(repr(said).encode(), digest_size=8).hexdigest()

    def _line(self, kind: type[Line], about: str, label: str, **more: Any) -> Any:
        talk = [one for one in self.remarks if one.about == about]
        for one in talk:
            del self._unplaced[one.pk]
        typed = self.typed.get(f"remark-{about or WHOLE}", "")
        return kind(about=about, label=label, talk=talk, typed=typed, **more)

    def _fields(self) -> Iterator[Line]:
        differences = self.comparison.fields if self.comparison else {}
        for name, label, read in FIELDS:
            html = _written(name, read(self.revision))
            yield self._line(
                Line,
                name,
                str(label or label_of(Revision, name)),
                html=html,
                differences=differences.get(name, ()),
                translations=translations_of(self.revision, [name]),
            )
        if self.shown or self.revision.change_summary:
            html = _written("change_summary", self.revision.change_summary)
            label = _("What changed, for readers")
            said = translations_of(self.revision, ["change_summary"])
            yield self._line(Line, "change_summary", label, html=html, translations=said)

    def _stages(self) -> Iterator[StageLine]:
        stages = self.comparison.stages if self.comparison else {}
        steps = self.comparison.steps if self.comparison else {}
        removed = [one for one in steps.values() if one.is_removed]
        for stretch in self.outline.stretches:
            uid = str(stretch.stage.uid)
            label = _("Stage %(number)d: %(title)s")
            label %= {"number": stretch.number, "title": stretch.stage.title}
            line = self._line(
                StageLine,
                uid,
                label,
                change=stages.get(uid),
                translations=translations_of(stretch.stage),
                stage=stretch.stage,
                number=stretch.number,
            )
            line.removed = [one for one in removed if one.part.stage.uid == stretch.stage.uid]
            line.steps = [
                self._step_line(step, place, steps.get(str(step.uid)))
                for entry in stretch.entries
                for place, step in entry.numbered
            ]
            yield line

    def _step_line(self, step: Step, place: str, change: PartChange | None) -> StepLine:
        label = _("Step %(place)s: %(title)s") % {"place": place, "title": step}
        said = translations_of(step)
        return self._line(
            StepLine,
            str(step.uid),
            label,
            change=change,
            translations=said,
            step=step,
            place=place,
        )

    def _drafts(self) -> list[DraftResource]:
        """Those that would be published with it, in the order of its steps. Four queries at most."""
        places: dict[int, list[str]] = {}
        for entry in self.outline.entries:
            for place, step in entry.numbered:
                for resource in (step.resource, step.stand_in):
                    if resource is not None and resource.status in OPEN_TO_TALK:
                        places.setdefault(resource.pk, []).append(place)
        found = Resource.objects.filter(pk__in=places).select_related("provider", "link")
        found = found.prefetch_related("skill_links__skill", "tags").in_order_of([*places])
        return [DraftResource(one, places[one.pk]) for one in found]


def _shown_before(revision: Revision) -> Revision | None:
    """The revision that readers see, or saw before this one, with all that it says."""
    others = Revision.objects.for_reading().filter(pathway=revision.pathway_id)
    if revision.published_at is None:
        return others.filter(pk=revision.pathway.published_revision_id).first()
    return others.ever_published().filter(number__lt=revision.number).first()


def _written(name: str, text: str) -> SafeString:
    if not text:
        return SafeString("")
    if name == "introduction":
        return markdown.render(text)
    if name in ("outcomes", "skills", "roles"):
        lines = ((line.strip(" -*•"),) for line in text.splitlines() if line.strip(" -*•"))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))
    return SafeString(linebreaks(text, autoescape=True))


def facts_of(resource: Resource) -> str:
    """What its card tells, in one line."""
    facts = [
        str(resource.provider or ""),
        str(resource.get_resource_type_display()),
        str(resource.get_proficiency_display()),
        spoken(resource.duration_minutes, about=resource.is_estimate),
        ", ".join(language_name(tag) for tag in resource.languages),
        str(resource.get_cost_display()),
        resource.licence,
        host_of(resource.url),
    ]
    return " · ".join(fact for fact in facts if fact)
