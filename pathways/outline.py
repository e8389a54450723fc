"""A revision's steps as a learner meets them: stages, forks, places, minutes, what comes next.

Plain Python over rows that are loaded already, so that a page, its card and its printed sheet all
count alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pathways.models import Revision, SketchedStep, Stage, Step

WAY_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Entry:
    """A place on the trail: one step, or a fork of several ways to the same place.

    `place` is its number on the page, from 1 through all stages; it changes when a curator reorders
    the steps, unlike the public number `n` in a step's address.
    """

    place: int
    steps: tuple[Step, ...]
    is_fork: bool

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def is_optional(self) -> bool:
        return self.first.requirement == Step.Requirement.OPTIONAL

    @property
    def minutes(self) -> int | None:
        """Of the step, or of the shortest way through a fork; None when unknown."""
        known = [step.minutes for step in self.steps if step.minutes is not None]
        return min(known) if known else None

    @property
    def ways(self) -> Iterator[tuple[str, Step]]:
        """The ways of a fork with their letters: ("a", step), ("b", step), …"""
        return zip(WAY_LETTERS, self.steps, strict=False)

    @property
    def numbered(self) -> Iterator[tuple[str, Step]]:
        """Each step with the number that readers see: ("4", step), of a fork ("4a", step), …"""
        if not self.is_fork:
            return iter([(str(self.place), self.first)])
        return ((f"{self.place}{letter}", way) for letter, way in self.ways)

    def number_of(self, step: Step) -> str:
        """The number that readers see of one of its steps: “4”, of a fork “4a”."""
        found = (number for number, one in self.numbered if one.uid == step.uid)
        return next(found, str(self.place))

    def __contains__(self, step: object) -> bool:
        return isinstance(step, Step) and any(own.uid == step.uid for own in self.steps)


@dataclass(frozen=True)
class Stretch:
    """A stage with its places."""

    number: int
    stage: Stage
    entries: tuple[Entry, ...]

    @property
    def minutes(self) -> int:
        return core_minutes(self.entries)

    @property
    def optional_minutes(self) -> int:
        return optional_minutes(self.entries)

    @property
    def is_estimate(self) -> bool:
        return is_estimate(self.entries)


@dataclass(frozen=True)
class Outline:
    """A whole pathway as a learner meets it."""

    stretches: tuple[Stretch, ...]
    entries: tuple[Entry, ...] = field(repr=False)

    @cached_property
    def minutes(self) -> int:
        """Core steps, and the shortest way of each fork; optional steps are left out."""
        return core_minutes(self.entries)

    @cached_property
    def optional_minutes(self) -> int:
        return optional_minutes(self.entries)

    @cached_property
    def pieces(self) -> tuple[int, int] | None:
        """Minutes of its shortest and its longest core step, where they are known and differ."""
        known = [one.minutes for one in self.entries if one.minutes and not one.is_optional]
        return (min(known), max(known)) if len(set(known)) > 1 else None

    @cached_property
    def longest(self) -> int | None:
        """Minutes of its longest core step; None where one is unknown, since that may be longer."""
        known = [one.minutes for one in self.entries if not one.is_optional]
        return max(known) if known and None not in known else None

    @cached_property
    def is_estimate(self) -> bool:
        return is_estimate(self.entries)

    @property
    def steps(self) -> Iterator[Step]:
        return (step for entry in self.entries for step in entry.steps)

    def entry_of(self, step: Step) -> Entry | None:
        return next((entry for entry in self.entries if step in entry), None)

    def stretch_of(self, step: Step) -> Stretch | None:
        return next((one for one in self.stretches if any(step in e for e in one.entries)), None)

    def before(self, entry: Entry) -> Entry | None:
        return self.entries[entry.place - 2] if entry.place > 1 else None

    def after(self, entry: Entry) -> Entry | None:
        return self.entries[entry.place] if entry.place < len(self.entries) else None


def core_minutes(entries: Iterable[Entry]) -> int:
    """Minutes of what has to be done; unknown ones count nothing."""
    return sum(entry.minutes or 0 for entry in entries if not entry.is_optional)


def optional_minutes(entries: Iterable[Entry]) -> int:
    return sum(entry.minutes or 0 for entry in entries if entry.is_optional)


def is_estimate(entries: Iterable[Entry]) -> bool:
    """Whether some core minutes are estimated or unknown, so that the sum is “about”."""
    return any(
        step.is_estimate or step.minutes is None
        for entry in entries
        if not entry.is_optional
        for step in entry.steps
    )


def outline_of(revision: Revision) -> Outline:
    """The outline of `revision`. Two queries, none where stages and steps are prefetched."""
    return arrange(revision.stages.all(), revision.steps.all())


def arrange(stages: Iterable[Stage], steps: Iterable[Step]) -> Outline:
    """The outline of a revision that has these stages and steps, in whatever order they come.

    Steps of a choose-one set stand together at the place of the set's first; a set that has one way
    only is a plain step.
    """
    by_stage: dict[int, list[Step]] = {}
    for step in steps:
        by_stage.setdefault(step.stage_id, []).append(step)
    return _outline(
        (stage, sorted(by_stage.get(stage.pk, []), key=_position))
        for stage in sorted(stages, key=_position)
    )


def outline_of_steps(steps: Iterable[Step]) -> Outline:
    """The outline of a published revision by its steps with their stages: each stage has some. No
    query."""
    steps = list(steps)
    return arrange({step.stage_id: step.stage for step in steps}.values(), steps)


def outline_of_sketch(sketch: Iterable[Sequence[Any]]) -> Outline:
    """The outline of steps that are told in short (pathways.models.steps.SKETCH), in order. No query.

    It has what a card draws and counts: no titles, and no stages without steps.
    """
    by_stage: dict[int, list[SketchedStep]] = {}
    for stage, *facts in sketch:
        by_stage.setdefault(stage, []).append(SketchedStep.of(*facts))
    return _outline((Stage(pk=pk), steps) for pk, steps in by_stage.items())


def _outline(stages: Iterable[tuple[Stage, list[Step]]]) -> Outline:
    stretches, places = [], 0
    for number, (stage, steps) in enumerate(stages, start=1):
        entries = []
        for together in _together(steps):
            places += 1
            entries.append(Entry(place=places, steps=tuple(together), is_fork=len(together) > 1))
        stretches.append(Stretch(number=number, stage=stage, entries=tuple(entries)))
    every = tuple(entry for stretch in stretches for entry in stretch.entries)
    return Outline(stretches=tuple(stretches), entries=every)


def _position(part: Stage | Step) -> tuple[int, int]:
    return (part.position, part.pk)


def _together(steps: list[Step]) -> list[list[Step]]:
    """`steps` in order, those of one choose-one set joined at the place of the first."""
    groups: list[list[Step]] = []
    sets: dict[int, list[Step]] = {}
    for step in steps:
        if step.requirement != Step.Requirement.CHOOSE_ONE:
            groups.append([step])
        elif step.choice in sets:
            sets[step.choice].append(step)
        else:
            sets[step.choice] = [step]
            groups.append(sets[step.choice])
    return groups
