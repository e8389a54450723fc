"""What a revision of a pathway says: the one shape between rows and files.

Two contents are equal when readers would meet the same pathway. Lines of a file, addresses as they
are spelt, and what a file tells of a resource don't count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from catalogue.exchange.resources.licences import licence_of
from pathways.models import Revision, Stage, Step

# Fields of a row that a file gives under the same name.
WORDS = (
    "title summary introduction audience licence proficiency_from proficiency_to change_summary"
).split()
STAGE_WORDS = ["title", "introduction"]
STEP_WORDS = "kind requirement choice title note instructions duration_minutes".split()


@dataclass
class ResourceContent:
    """A resource as a step names it. `facts` is what a file tells of it, in the file's own keys."""

    key: str
    url: str = field(compare=False)
    facts: dict[str, Any] = field(default_factory=dict, compare=False)
    line: int | None = field(default=None, compare=False)


@dataclass
class StepContent:
    """`uid` and `n` are None where a file leaves them to be found or given."""

    uid: UUID | None = None
    n: int | None = None
    words: dict[str, Any] = field(default_factory=dict)
    i18n: dict[str, str] = field(default_factory=dict)
    resource: ResourceContent | None = None
    stand_in: ResourceContent | None = None
    pathway: str | None = None
    line: int | None = field(default=None, compare=False)

    @property
    def what(self) -> tuple[str, str]:
        """What makes it the same step where neither uid nor number is said."""
        kind = self.words["kind"]
        if kind == Step.Kind.RESOURCE:
            return kind, self.resource.key
        return kind, self.pathway or self.words["title"]

    @property
    def resources(self) -> list[ResourceContent]:
        return [one for one in (self.resource, self.stand_in) if one]


@dataclass
class StageContent:
    uid: UUID | None = None
    words: dict[str, Any] = field(default_factory=dict)
    i18n: dict[str, str] = field(default_factory=dict)
    steps: list[StepContent] = field(default_factory=list)
    line: int | None = field(default=None, compare=False)


@dataclass
class Frame:
    """What belongs to the pathway, not to one revision: readers see a change of it at once.

    None is what a file doesn't say.
    """

    ordered: bool | None = None
    organisation: str | None = None
    credits: list[tuple[str, str]] | None = None

    def differs_from(self, other: "Frame") -> bool:
        """Whether it says something that isn't so in `other`."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return any(own is not None and own != theirs for own, theirs in pairs)


@dataclass
class PathwayContent:
    """`skills` are proficiencies by slug, `outcomes` lines, `i18n` texts by `<field>_<language>`."""

    slug: str = field(compare=False)
    uid: UUID | None = field(default=None, compare=False)
    frame: Frame = field(default_factory=Frame, compare=False)
    words: dict[str, Any] = field(default_factory=dict)
    i18n: dict[str, str] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)
    skills: dict[str, str] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    stages: list[StageContent] = field(default_factory=list)
    line: int | None = field(default=None, compare=False)

    @property
    def steps(self) -> Iterator[StepContent]:
        return (step for stage in self.stages for step in stage.steps)

    @property
    def leads_to(self) -> set[str]:
        """Slugs of the pathways among its steps."""
        return {step.pathway for step in self.steps if step.pathway}


def outcomes_in(text: str) -> list[str]:
    """The outcomes that stand in a text, one on each line, without marks of a list."""
    return [line.strip(" -*•") for line in text.splitlines() if line.strip(" -*•")]


def usual_licence(said: str) -> str:
    """The SPDX identifier of a licence that goes by many names; `said` where it is none of them."""
    return licence_of(said) or said


def with_content(revisions: QuerySet) -> QuerySet:
    """`revisions` with all that content_of() reads. Seven queries, however long they are."""
    steps = Step.objects.select_related("resource", "stand_in", "pathway").in_order()
    return revisions.prefetch_related(
        Prefetch("stages", Stage.objects.order_by("position", "pk")),
        Prefetch("steps", steps),
        "skill_links__skill",
        "role_links__role",
    )


def content_of(revision: Revision) -> PathwayContent:
    """What `revision` says, without its pathway's frame; it comes from with_content()."""
    i18n = _said(revision.i18n)
    by_stage: dict[int, list[StepContent]] = {}
    for step in revision.steps.all():
        by_stage.setdefault(step.stage_id, []).append(_content_of_step(step))
    return PathwayContent(
        slug=revision.pathway.slug,
        uid=revision.pathway.uid,
        words={name: getattr(revision, name) for name in WORDS}
        | {"licence": usual_licence(revision.licence)},
        i18n={
            name: "\n".join(outcomes_in(text)) if name.startswith("outcomes_") else text
            for name, text in i18n.items()
        },
        outcomes=outcomes_in(revision.outcomes),
        skills={link.skill.slug: link.proficiency for link in revision.skill_links.all()},
        roles={link.role.slug for link in revision.role_links.all()},
        stages=[
            StageContent(
                uid=stage.uid,
                words={name: getattr(stage, name) for name in STAGE_WORDS},
                i18n=_said(stage.i18n),
                steps=by_stage.get(stage.pk, []),
            )
            for stage in revision.stages.all()
        ],
    )


def frame_of(pathway: Any) -> Frame:
    """What `pathway` says beside its revisions. Two queries at most."""
    return Frame(
        ordered=pathway.ordered,
        # An empty text, since None is what isn't said.
        organisation=pathway.organisation.slug if pathway.organisation else "",
        credits=list(pathway.credits.in_order().values_list("curator__slug", "kind")),
    )


def _content_of_step(step: Step) -> StepContent:
    return StepContent(
        uid=step.uid,
        n=step.n,
        words={name: getattr(step, name) for name in STEP_WORDS},
        i18n=_said(step.i18n),
        resource=_content_of_resource(step.resource),
        stand_in=_content_of_resource(step.stand_in),
        pathway=step.pathway.slug if step.pathway else None,
    )


def _content_of_resource(resource: Any) -> ResourceContent | None:
    return ResourceContent(resource.canonical_url, resource.url) if resource else None


def _said(i18n: dict[str, str] | None) -> dict[str, str]:
    return {name: text for name, text in (i18n or {}).items() if text}
