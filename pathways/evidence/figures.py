"""What was counted of pathways and their steps, put together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.utils.safestring import SafeString

from catalogue.evidence import Numbers, numbers_of
from catalogue.evidence.drawing import picture
from catalogue.vocabularies import Use
from pathways.models import Pathway, Step


@dataclass(frozen=True)
class Month:
    """One row of a table: None where nothing was counted yet."""

    month: date
    opened: int | None
    steps_opened: int | None
    out: int | None


@dataclass
class UseOf:
    """How some pathways together were used: `pages` their identifiers, `steps` those of every step that
    readers ever saw."""

    numbers: Numbers
    pages: list[UUID]
    steps: list[UUID]

    @property
    def months(self) -> list[Month]:
        """The oldest first."""
        return [
            Month(*row)
            for row in zip(
                self.numbers.months,
                self.numbers.of(Use.VIEW, *self.pages),
                self.numbers.of(Use.VIEW, *self.steps),
                self.numbers.of(Use.DEPARTURE, *self.steps),
                strict=True,
            )
        ]

    @property
    def latest_first(self) -> list[Month]:
        """Those in which anything was counted."""
        return [one for one in reversed(self.months) if one.opened is not None]

    @property
    def opened(self) -> int:
        return self.numbers.sum_of(Use.VIEW, *self.pages)

    @property
    def steps_opened(self) -> int:
        return self.numbers.sum_of(Use.VIEW, *self.steps)

    @property
    def out(self) -> int:
        return self.numbers.sum_of(Use.DEPARTURE, *self.steps)

    @property
    def picture(self) -> SafeString:
        every = [*self.pages, *self.steps]
        return picture(
            self.numbers.months,
            self.numbers.of(Use.VIEW, *every),
            self.numbers.of(Use.DEPARTURE, *self.steps),
        )


@dataclass
class PathwayUse(UseOf):
    """How one pathway was used."""

    pathway: Pathway


@dataclass
class StepUse:
    """How a step was used: `is_current` where readers still see it."""

    step: Step
    is_current: bool
    opened: int
    out: int


def use_of(pathways: Iterable[Pathway]) -> list[PathwayUse]:
    """Of each, in their order, how it was used in the last twelve months. Three queries."""
    pathways = list(pathways)
    steps: defaultdict[int, list[UUID]] = defaultdict(list)
    seen = Step.objects.filter(
        revision__pathway__in=[one.pk for one in pathways], revision__published_at__isnull=False
    )
    rows = seen.order_by().values_list("revision__pathway", "uid").distinct()
    for pathway, uid in rows:
        steps[pathway].append(uid)
    numbers = numbers_of(
        [*(one.uid for one in pathways), *(uid for own in steps.values() for uid in own)]
    )
    return [PathwayUse(numbers, [one.uid], steps[one.pk], one) for one in pathways]


def together(uses: list[PathwayUse]) -> UseOf:
    """All of them as one. No query, but for none of them two."""
    numbers = uses[0].numbers if uses else numbers_of([])
    return UseOf(
        numbers,
        [uid for one in uses for uid in one.pages],
        [uid for one in uses for uid in one.steps],
    )


def use_of_steps(use: PathwayUse) -> list[StepUse]:
    """Every step that readers ever saw, as they last saw it, in the order of its number; those at the end
    that were left out since. One query."""
    return [
        StepUse(
            step,
            step.is_current,
            use.numbers.sum_of(Use.VIEW, step.uid),
            use.numbers.sum_of(Use.DEPARTURE, step.uid),
        )
        for step in sorted(_steps_seen(use.pathway), key=lambda one: (not one.is_current, one.n))
    ]


def _steps_seen(pathway: Pathway) -> Iterator[Step]:
    current = Q(revision=F("revision__pathway__published_revision"))
    return (
        Step.objects.filter(revision__pathway=pathway, revision__published_at__isnull=False)
        .annotate(is_current=current)
        .select_related(
            "revision__pathway", "resource__link", "stand_in__link", "pathway__published_revision"
        )
        .order_by("uid", "-is_current", "-revision__number")
        .distinct("uid")
    )
