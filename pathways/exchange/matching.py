"""Finds which steps and stages of a file are which of the pathway that is here.

A step is known by its uid, else by its public number, else by what it is. So a file written by hand
may leave uid and number out and still be brought in twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.utils.translation import gettext as _

from catalogue.models import FormerLink
from catalogue.registry import Point, gather
from pathways.exchange.contents import PathwayContent, StageContent, StepContent
from pathways.exchange.findings import Findings
from pathways.models import Pathway, Stage, Step


def match(content: PathwayContent, pathway: Pathway | None, findings: Findings) -> None:
    """Gives `content` the uids and numbers that its parts have here. Four queries.

    What is new keeps what the file says; what that leaves open stays None.
    """
    _match_stages(content.stages, _stages_of(pathway))
    _match_steps([*content.steps], _StepsHere(pathway), findings)
    _tell_twins(content, findings)
    _tell_strangers(content, pathway, findings)


class _StepsHere:
    """The steps of all revisions of a pathway, the newest revision's first. Two queries."""

    def __init__(self, pathway: Pathway | None) -> None:
        self.n_of: dict[UUID, int] = {}
        self.uid_of: dict[int, UUID] = {}
        self.by_what: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        for uid, n, kind, title, key, slug in _rows_of(pathway):
            if uid not in self.n_of:
                self.n_of[uid], self.uid_of[n] = n, uid
                self.by_what[(kind, key or slug or title)].append(uid)
        for former, key in _former_keys(pathway):
            kind = Step.Kind.RESOURCE.value
            self.by_what[(kind, former)] = self.by_what[(kind, key)]


def _rows_of(pathway: Pathway | None) -> Iterable[tuple]:
    steps = Step.objects.filter(revision__pathway=pathway) if pathway else Step.objects.none()
    return steps.order_by(
        "-revision__number", "stage__position", "stage__pk", "position", "pk"
    ).values_list("uid", "n", "kind", "title", "resource__canonical_url", "pathway__slug")


def _former_keys(pathway: Pathway | None) -> Iterable[tuple[str, str]]:
    """Former addresses of resources that are its steps, each with the present one. One query."""
    if pathway is None:
        return []
    former = FormerLink.objects.filter(resource__steps__revision__pathway=pathway)
    return former.values_list("canonical_url", "resource__canonical_url").distinct()


def _match_steps(steps: list[StepContent], here: _StepsHere, findings: Findings) -> None:
    for step in steps:
        if step.uid in here.n_of:
            number = here.n_of[step.uid]
            if step.n not in (None, number):
                told = _("This step is number %(number)s of the pathway for ever.")
                findings.wrong(step.line, step.n, told % {"number": number})
            step.n = number
        elif step.n in here.uid_of:
            step.uid = here.uid_of[step.n]
    taken = {step.uid for step in steps}
    for step in steps:
        if step.uid is None and step.n is None:
            free = (uid for uid in here.by_what[step.what] if uid not in taken)
            if uid := next(free, None):
                step.uid, step.n = uid, here.n_of[uid]
                taken.add(uid)


def _stages_of(pathway: Pathway | None) -> dict[UUID, str]:
    """Titles of all stages that the pathway ever had, the newest first. One query."""
    if pathway is None:
        return {}
    stages = Stage.objects.filter(revision__pathway=pathway)
    rows = stages.order_by("-revision__number", "position", "pk").values_list("uid", "title")
    here: dict[UUID, str] = {}
    for uid, title in rows:
        here.setdefault(uid, title)
    return here


def _match_stages(stages: list[StageContent], here: dict[UUID, str]) -> None:
    taken = {stage.uid for stage in stages}
    for stage in stages:
        if stage.uid not in here:
            titled = (uid for uid, title in here.items() if title == stage.words["title"])
            if uid := next((uid for uid in titled if uid not in taken), None):
                stage.uid = uid
                taken.add(uid)


def _tell_twins(content: PathwayContent, findings: Findings) -> None:
    """Tells of steps and stages that stand twice: no number, no uid can mean two places."""
    seen: set[Any] = set()
    for part in [*content.stages, *content.steps]:
        names = [name for name in (part.uid, getattr(part, "n", None)) if name is not None]
        if twice := [name for name in names if name in seen]:
            shown = getattr(part, "n", None) or twice[0]
            told = _("Another step or stage of this pathway has this number or identifier.")
            findings.wrong(part.line, str(shown), told)
        seen.update(names)


def _tell_strangers(content: PathwayContent, pathway: Pathway | None, findings: Findings) -> None:
    """Tells of identifiers that are somebody else's already. One query where any is said."""
    own = {"uid": pathway.uid} if pathway else {}
    lines = {part.uid: part.line for part in [*content.stages, *content.steps] if part.uid}
    if content.uid and not pathway:
        lines[content.uid] = content.line
    for uid in _borne_elsewhere([*lines], pathway):
        if uid != own.get("uid"):
            told = _("This permanent identifier is another’s already.")
            findings.wrong(lines[uid], str(uid), told)


def _borne_elsewhere(uids: list[UUID], pathway: Pathway | None) -> list[UUID]:
    """Those of `uids` that some row bears which is no part of `pathway`. One query."""
    if not uids:
        return []
    bearers = []
    for model in gather(Point.PUBLIC_MODELS):
        rows = model._base_manager.filter(uid__in=uids).order_by()
        if issubclass(model, Stage | Step) and pathway:
            rows = rows.exclude(revision__pathway=pathway)
        bearers.append(rows.annotate(borne=Value(1)).values_list("uid"))
    return sorted({uid for (uid,) in bearers[0].union(*bearers[1:])})
