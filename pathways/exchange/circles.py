"""Pathways that lead to one another: which come first, and which would lead in a circle."""

from collections.abc import Iterator

from django.db.models import F, Max, OuterRef, Q, Subquery

from pathways.exchange.contents import PathwayContent
from pathways.models import Revision, Step


def in_order(contents: list[PathwayContent]) -> Iterator[PathwayContent]:
    """`contents`, each after those that it has as steps; of a circle any comes first."""
    waiting = {content.slug: content for content in contents}
    while waiting:
        ready = [
            one for one in waiting.values() if not one.leads_to & (waiting.keys() - {one.slug})
        ]
        if not ready:
            ways = {slug: one.leads_to for slug, one in waiting.items()}
            ready = [one for slug, one in waiting.items() if leads_back(slug, slug, ways)]
        for one in ready:
            yield waiting.pop(one.slug)


def circles_of(contents: list[PathwayContent]) -> dict[str, set[str]]:
    """Of each slug of `contents`, those pathways among its steps that lead back to it.

    What stands in the file counts as it stands there, the rest as it is here. One query.
    """
    ways = {content.slug: content.leads_to for content in contents}
    if not any(ways.values()):
        return {}
    ways = ways_here() | ways
    return {
        content.slug: {
            slug
            for slug in content.leads_to
            if slug == content.slug or leads_back(slug, content.slug, ways)
        }
        for content in contents
    }


def leads_back(start: str, goal: str, ways: dict[str, set[str]]) -> bool:
    """Whether some way from `start` comes to `goal`; the first step counts."""
    front, seen = set(ways.get(start, ())), set()
    while front:
        if goal in front:
            return True
        seen |= front
        front = set().union(*(ways.get(slug, set()) for slug in front)) - seen
    return False


def ways_here() -> dict[str, set[str]]:
    """To which pathways each leads, by slug: as readers see it or, unseen yet, as last drafted.

    One query.
    """
    newest = Revision.objects.filter(pathway=OuterRef("revision__pathway")).order_by()
    rows = Step.objects.filter(pathway__isnull=False).alias(
        newest=Subquery(newest.values("pathway").annotate(most=Max("number")).values("most"))
    )
    rows = rows.filter(
        Q(revision=F("revision__pathway__published_revision"))
        | Q(
            revision__pathway__published_revision__isnull=True,
            revision__number=F("newest"),
        )
    )
    ways: dict[str, set[str]] = {}
    for slug, other in rows.values_list("revision__pathway__slug", "pathway__slug"):
        ways.setdefault(slug, set()).add(other)
    return ways
