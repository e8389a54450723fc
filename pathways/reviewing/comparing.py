"""Tells two revisions of a pathway apart: field by field, and step by step by their identifiers.

Plain Python over rows that are loaded already (`Revision.objects.for_reading()`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from catalogue.languages import language_name
from pathways.models import Revision, Stage, Step
from pathways.outline import Outline, outline_of

# Longer texts are told apart line by line: word by word takes time that grows with the square.
WORDS_AT_MOST = 3_000
# How many steps a summary names one by one.
NAMED = 3


@dataclass(frozen=True)
class Difference:
    """A field that says something else. Texts as people read them; empty where it says nothing."""

    name: str
    label: str
    before: str
    after: str

    @property
    def html(self) -> SafeString:
        """Both texts in one: what went in <del>, what came in <ins>, each in words besides."""
        return marked(self.before, self.after)


@dataclass(frozen=True)
class Part:
    """A stage or step of one revision, with where it stands: “2”, or for a way of a fork “2b”."""

    row: Stage | Step
    place: str
    stage: Stage


@dataclass(frozen=True)
class PartChange:
    """A stage or step in one revision, in the other, or in both."""

    before: Part | None
    after: Part | None
    is_moved: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def is_changed(self) -> bool:
        return bool(self.differences)

    @property
    def is_same(self) -> bool:
        return not (self.is_added or self.is_removed or self.is_moved or self.is_changed)

    @property
    def part(self) -> Part:
        """As it is in the newer revision, else as it was."""
        return self.after or self.before

    @property
    def row(self) -> Stage | Step:
        return self.part.row

    @property
    def moved_from(self) -> str:
        """Where it stood, in words."""
        if self.before is None:
            return ""
        if isinstance(self.row, Stage):
            return _("It was stage %(place)s.") % {"place": self.before.place}
        return _("It was step %(place)s, in the stage “%(stage)s”.") % {
            "place": self.before.place,
            "stage": self.before.stage.title,
        }


@dataclass(frozen=True)
class StretchChange:
    """A stage with its steps in order; after them those that were taken away from it."""

    stage: PartChange
    steps: tuple[PartChange, ...]


@dataclass(frozen=True)
class Comparison:
    """What `after` says otherwise than `before`."""

    before: Revision
    after: Revision
    differences: tuple[Difference, ...]
    stretches: tuple[StretchChange, ...]

    @cached_property
    def stages(self) -> dict[str, PartChange]:
        """By identifier."""
        return {str(one.stage.row.uid): one.stage for one in self.stretches}

    @cached_property
    def steps(self) -> dict[str, PartChange]:
        """By identifier."""
        return {str(step.row.uid): step for one in self.stretches for step in one.steps}

    @cached_property
    def fields(self) -> dict[str, list[Difference]]:
        """By the name of the field; its translations stand beside it."""
        found: dict[str, list[Difference]] = {}
        for one in self.differences:
            found.setdefault(one.name, []).append(one)
        return found

    @property
    def is_same(self) -> bool:
        parts = [*self.stages.values(), *self.steps.values()]
        return not self.differences and all(one.is_same for one in parts)

    @cached_property
    def summary(self) -> list[str]:
        """What changed, a sentence each."""
        return list(_summary(self)) or [_("Nothing differs.")]


def compare(before: Revision, after: Revision) -> Comparison:
    """Tells two revisions of one pathway apart, the older first. No query."""
    old, new = _Parts(before), _Parts(after)
    stages = _aligned(old.stages, new.stages, _stage_differences)
    steps = _aligned(old.steps, new.steps, _step_differences)
    stretches = [
        StretchChange(stage, tuple(_of_stage(stage, steps.values()))) for stage in stages.values()
    ]
    return Comparison(before, after, tuple(_differences(before, after)), tuple(stretches))


def _of_stage(stage: PartChange, steps: Iterable[PartChange]) -> Iterator[PartChange]:
    return (one for one in steps if one.part.stage.uid == stage.row.uid)


class _Parts:
    """Stages and steps of a revision by identifier, in their order."""

    def __init__(self, revision: Revision) -> None:
        outline: Outline = outline_of(revision)
        self.stages: dict[str, Part] = {}
        self.steps: dict[str, Part] = {}
        for stretch in outline.stretches:
            stage = stretch.stage
            self.stages[str(stage.uid)] = Part(stage, str(stretch.number), stage)
            for entry in stretch.entries:
                for place, step in entry.numbered:
                    self.steps[str(step.uid)] = Part(step, place, stage)


def _aligned(
    old: dict[str, Part], new: dict[str, Part], differences: Callable[[Any, Any], Iterable]
) -> dict[str, PartChange]:
    """Each part of either, first those of the new one in its order, then those that are gone."""
    both = [uid for uid in new if uid in old]
    order = {uid: index for index, uid in enumerate(old)}
    stay = {both[index] for index in _longest_climb([order[uid] for uid in both])}
    found = {}
    for uid, part in new.items():
        was = old.get(uid)
        found[uid] = PartChange(
            before=was,
            after=part,
            is_moved=was is not None and (uid not in stay or _left_its_stage(was, part)),
            differences=tuple(differences(was.row, part.row)) if was else (),
        )
    return found | {uid: PartChange(part, None) for uid, part in old.items() if uid not in new}


def _left_its_stage(was: Part, part: Part) -> bool:
    return isinstance(part.row, Step) and was.stage.uid != part.stage.uid


def _longest_climb(numbers: Sequence[int]) -> list[int]:
    """Indexes of a longest run of `numbers` that only climbs: what stays while the rest moves."""
    tails: list[int] = []
    ends: list[int] = []
    came_from: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        tails[place:] = [number, *tails[place + 1 :]]
        ends[place:] = [index, *ends[place + 1 :]]
        came_from.append(ends[place - 1] if place else -1)
    run, index = [], ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = came_from[index]
    return run[::-1]


# What a revision and its parts say, as texts

WORDS = ("title", "summary", "introduction", "outcomes", "audience")
TRANSLATED = {
    Revision: (*WORDS, "change_summary"),
    Stage: ("title", "introduction"),
    Step: ("title", "note", "instructions"),
}


def level_of(revision: Revision) -> str:
    """From which proficiency to which."""
    first, last = revision.get_proficiency_from_display(), revision.get_proficiency_to_display()
    if not last:
        return str(first)
    return _("From %(first)s to %(last)s") % {"first": first, "last": last}


def skills_of(revision: Revision) -> list[str]:
    """The skills it practises, each with its proficiency, by title."""
    told = (
        _("%(skill)s: %(proficiency)s")
        % {"skill": link.skill.title, "proficiency": link.get_proficiency_display()}
        for link in revision.skill_links.all()
    )
    return sorted(told, key=str.casefold)


def roles_of(revision: Revision) -> list[str]:
    return sorted((link.role.title for link in revision.role_links.all()), key=str.casefold)


def label_of(model: type, name: str) -> str:
    """A field's name as forms have it."""
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


FIELDS: list[tuple[str, Promise | None, Callable[[Revision], str]]] = [
    *((name, None, lambda revision, name=name: getattr(revision, name)) for name in WORDS),
    ("proficiency", gettext_lazy("Level"), level_of),
    ("skills", gettext_lazy("Skills it practises"), lambda one: "\n".join(skills_of(one))),
    ("roles", gettext_lazy("Roles it is for"), lambda one: "\n".join(roles_of(one))),
    ("licence", None, lambda revision: revision.licence),
]


def _differences(before: Revision, after: Revision) -> Iterator[Difference]:
    for name, label, read in FIELDS:
        said = read(before), read(after)
        if said[0] != said[1]:
            yield Difference(name, str(label or label_of(Revision, name)), *said)
    # What changed is said of the change itself.
    yield from _translations(before, after, TRANSLATED[Revision][:-1])


def _stage_differences(before: Stage, after: Stage) -> Iterator[Difference]:
    for name in TRANSLATED[Stage]:
        if getattr(before, name) != getattr(after, name):
            said = getattr(before, name), getattr(after, name)
            yield Difference(name, label_of(Stage, name), *said)
    yield from _translations(before, after, TRANSLATED[Stage])


def _step_differences(before: Step, after: Step) -> Iterator[Difference]:
    for name, read in STEP_FIELDS.items():
        said = read(before), read(after)
        if said[0] != said[1]:
            yield Difference(name, label_of(Step, name), *said)
    yield from _translations(before, after, TRANSLATED[Step])


@dataclass(frozen=True)
class Translation:
    """A text of a row in another language than the first."""

    name: str
    label: str
    language: str
    text: str


def translations_of(row: Any, names: Iterable[str] = ()) -> list[Translation]:
    """What `row` says in other languages, of these fields or of all."""
    said = row.i18n or {}
    found = []
    for name in names or TRANSLATED[type(row)]:
        for key in sorted(key for key in said if re.fullmatch(rf"{name}_[a-z]{{2}}", key)):
            named = {"field": label_of(type(row), name), "language": language_name(key[-2:])}
            label = pgettext("a field in a language", "%(field)s (%(language)s)") % named
            if said[key]:
                found.append(Translation(name, label, key[-2:], said[key]))
    return found


def _translations(before: Any, after: Any, names: Iterable[str]) -> Iterator[Difference]:
    old = {one.label: one for one in translations_of(before, names)}
    new = {one.label: one for one in translations_of(after, names)}
    for label in {**old, **new}:
        was, now = old.get(label), new.get(label)
        said = was.text if was else "", now.text if now else ""
        if said[0] != said[1]:
            yield Difference((now or was).name, label, *said)


def _resource(resource: Any) -> str:
    return f"{resource.title} ({resource.url})" if resource else ""


STEP_FIELDS: dict[str, Callable[[Step], str]] = {
    "kind": lambda step: str(step.get_kind_display()),
    "title": lambda step: step.title,
    "resource": lambda step: _resource(step.resource),
    "stand_in": lambda step: _resource(step.stand_in),
    "pathway": lambda step: str(step.pathway or ""),
    "requirement": lambda step: str(step.get_requirement_display()),
    "choice": lambda step: str(step.choice or ""),
    "duration_minutes": lambda step: str(step.duration_minutes or ""),
    "instructions": lambda step: step.instructions,
    "note": lambda step: step.note,
}


# In words

_CHANGED = {
    "title": gettext_lazy("The title was changed."),
    "summary": gettext_lazy("The summary was rewritten."),
    "introduction": gettext_lazy("The introduction was rewritten."),
    "outcomes": gettext_lazy("The outcomes were changed."),
    "audience": gettext_lazy("Who it is for was rewritten."),
    "proficiency": gettext_lazy("Its level was changed."),
    "skills": gettext_lazy("The skills it practises were changed."),
    "roles": gettext_lazy("The roles it is for were changed."),
    "licence": gettext_lazy("The licence was changed."),
}


def _summary(comparison: Comparison) -> Iterator[str]:
    steps, stages = [*comparison.steps.values()], [*comparison.stages.values()]
    for number, told in (
        (
            sum(one.is_added for one in stages),
            lambda n: ngettext("%(n)d stage was added.", "%(n)d stages were added.", n),
        ),
        (
            sum(one.is_removed for one in stages),
            lambda n: ngettext("%(n)d stage was taken away.", "%(n)d stages were taken away.", n),
        ),
        (
            sum(one.is_moved for one in stages),
            lambda n: ngettext("%(n)d stage was moved.", "%(n)d stages were moved.", n),
        ),
        (
            sum(one.is_changed for one in stages),
            lambda n: ngettext("%(n)d stage was rewritten.", "%(n)d stages were rewritten.", n),
        ),
        (
            sum(one.is_added for one in steps),
            lambda n: ngettext("%(n)d step was added.", "%(n)d steps were added.", n),
        ),
        (
            sum(one.is_removed for one in steps),
            lambda n: ngettext("%(n)d step was taken away.", "%(n)d steps were taken away.", n),
        ),
        (
            sum(one.is_moved for one in steps),
            lambda n: ngettext("%(n)d step was moved.", "%(n)d steps were moved.", n),
        ),
    ):
        if number:
            yield told(number) % {"n": number}
    yield from _told_steps([one for one in steps if one.is_changed])
    yield from (str(_CHANGED[name]) for name in comparison.fields)


def _told_steps(changed: list[PartChange]) -> Iterator[str]:
    """Of few steps what changed in each, of many only how many."""
    noted = [one for one in changed if {two.name for two in one.differences} == {"note"}]
    others = [one for one in changed if one not in noted]
    if len(noted) > NAMED:
        yield ngettext(
            "The notes of %(n)d step were rewritten.",
            "The notes of %(n)d steps were rewritten.",
            len(noted),
        ) % {"n": len(noted)}
    else:
        for one in noted:
            yield _("The note of step %(place)s was rewritten.") % {"place": one.part.place}
    if len(others) > NAMED:
        yield ngettext("%(n)d step was changed.", "%(n)d steps were changed.", len(others)) % {
            "n": len(others)
        }
    else:
        for one in others:
            yield _("Step %(place)s was changed.") % {"place": one.part.place}


# Word by word


def pieces(before: str, after: str) -> Iterator[tuple[str, str]]:
    """What makes `after` of `before`: (“same”, “gone” or “new”, text), in order."""
    old, new = _tokens(before), _tokens(after)
    if len(old) + len(new) > WORDS_AT_MOST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) + len(new) > WORDS_AT_MOST:
        old, new = [before], [after]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[a:b])
            continue
        if gone := "".join(old[a:b]):
            yield "gone", gone
        if new_words := "".join(new[c:d]):
            yield "new", new_words


def _tokens(text: str) -> list[str]:
    """Words with the space after them, so that a rewritten sentence reads as one change."""
    return re.findall(r"\w+\s*|[^\w\s]\s*|\s+", text)


def marked(before: str, after: str) -> SafeString:
    """Both texts in one, escaped, with <del> and <ins>, which some screen readers pass over in
    silence: so each begins with a word that is only heard."""
    heard = {"gone": _("taken away:"), "new": _("added:")}
    tags = {"gone": SafeString("del"), "new": SafeString("ins")}
    return format_html_join(
        "",
        "{}",
        (
            (
                text
                if kind == "same"
                else format_html(
                    '<{0}><span class="visually-hidden">[{1} </span>{2}'
                    '<span class="visually-hidden">]</span></{0}>',
                    tags[kind],
                    heard[kind],
                    text,
                ),
            )
            for kind, text in pieces(before, after)
        ),
    )
