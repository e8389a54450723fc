"""What died or moved in somebody's pathways and they were not told yet."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from catalogue.models import LinkHealth
from catalogue.vocabularies import LinkState, Status
from pathways.models import Pathway, Step, ToldLink


@dataclass
class News:
    """One link: what became of it, and in which public pathways of somebody it stands."""

    link: LinkHealth
    pathways: list[Pathway] = field(default_factory=list)
    # Whether a stand-in takes its place in every step.
    is_stood_in_for: bool = True

    @property
    def mark(self) -> str:
        """Tells this time from the next; see ToldLink."""
        if self.link.state == LinkState.MOVED:
            return self.link.moved_to
        return (self.link.missing_since or self.link.since or self.link.checked_at).isoformat()


def news_for(user: Any) -> list[News]:
    """Gone before moved, then by title. Two queries.

    A step's stand-in counts too: it may be needed tomorrow.
    """
    found: dict[int, News] = {}
    for step in _steps_of(user):
        for resource in (step.resource, step.stand_in):
            link = getattr(resource, "link", None) if resource else None
            if link is None or link.state not in (LinkState.GONE, LinkState.MOVED):
                continue
            if resource.status != Status.PUBLISHED:
                continue
            link.resource = resource
            news = found.setdefault(link.pk, News(link))
            if step.revision.pathway not in news.pathways:
                news.pathways.append(step.revision.pathway)
            news.is_stood_in_for &= resource == step.resource and step.stand_in_serves
    told = set(
        ToldLink.objects.filter(user=user, resource__in=found).values_list(
            "resource_id", "state", "mark"
        )
    )
    new = [one for pk, one in found.items() if (pk, one.link.state, one.mark) not in told]
    return sorted(new, key=lambda one: (one.link.state, one.link.resource.sort_key))


def _steps_of(user: Any) -> Any:
    states = [LinkState.GONE, LinkState.MOVED]
    return (
        Step.objects.current()
        .filter(
            Q(resource__link__state__in=states) | Q(stand_in__link__state__in=states),
            revision__pathway__maintainer_links__user=user,
        )
        .select_related("resource__link", "stand_in__link", "revision__pathway")
        .order_by("revision__pathway__sort_key", "position", "pk")
    )


def remember(user: Any, told: list[News]) -> None:
    """Notes that `user` was told of these."""
    for one in told:
        ToldLink.objects.update_or_create(
            user=user,
            resource_id=one.link.pk,
            state=one.link.state,
            defaults={"mark": one.mark},
        )
