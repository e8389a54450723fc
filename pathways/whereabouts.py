"""Where a reader stands on a pathway: on a step's page, or on a resource's that was reached from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.models import Resource
from pathways.models import Pathway, Revision, Step
from pathways.outline import Entry, Outline, Stretch, outline_of_steps

# What a link from a step to its resource carries: the pathway's slug and the step's number.
FROM_STEP = re.compile(r"([a-z0-9-]{1,60})\.([1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Whereabouts:
    """A step among the others of what readers see of its pathway."""

    pathway: Pathway
    outline: Outline
    step: Step
    entry: Entry

    @property
    def revision(self) -> Revision:
        return self.pathway.published_revision

    @property
    def number(self) -> str:
        """The number that readers see: “4”, of a way of a fork “4a”; not the `n` of its address."""
        return self.entry.number_of(self.step)

    @property
    def stretch(self) -> Stretch | None:
        return self.outline.stretch_of(self.step)

    @property
    def before(self) -> Entry | None:
        return self.outline.before(self.entry)

    @property
    def after(self) -> Entry | None:
        return self.outline.after(self.entry)

    @property
    def from_step(self) -> str:
        """What tells the resource's page that it was reached from here: `?step=…`."""
        return f"{self.pathway.slug}.{self.step.n}"


def whereabouts(pathway: Pathway, outline: Outline, n: int) -> Whereabouts | None:
    """At the step numbered `n`; None where readers see none. No query."""
    return _find(pathway, outline, n)


def on_the_way(resource: Resource, from_step: str) -> Iterator[Whereabouts]:
    """Where a reader stands who came to `resource` from the step that `from_step` names, if one did.

    Nothing where the text makes no sense, or the step leads elsewhere by now. One query, or none.
    """
    named = FROM_STEP.fullmatch(from_step)
    if not named:
        return
    slug, n = named.groups()
    steps = list(
        Step.objects.current()
        .filter(revision__pathway__slug=slug)
        .with_card()
        .select_related("revision__pathway")
    )
    if not steps:
        return
    revision = steps[0].revision
    revision.pathway.published_revision = revision
    here = _find(revision.pathway, outline_of_steps(steps), int(n))
    if here and resource in (here.step.resource, here.step.stand_in):
        yield here


def _find(pathway: Pathway, outline: Outline, n: int) -> Whereabouts | None:
    for entry in outline.entries:
        for step in entry.steps:
            if step.n == n:
                return Whereabouts(pathway=pathway, outline=outline, step=step, entry=entry)
    return None
