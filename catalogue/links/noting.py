"""What becomes of a link after a visit: its state, its dates, and when it is visited next."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.links.judging import Finding
from catalogue.locks import one_decision_at_a_time
from catalogue.models import LinkHealth, LinkVisit, Resource
from catalogue.vocabularies import LinkState

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# A link is gone when its page was not there so many times, over so many days.
GONE_TIMES = 3
GONE_AFTER = timedelta(days=5)
# A link that has been gone for long is still asked for, if seldom.
SELDOM = timedelta(days=28)
SELDOM_FROM = 8


# A resource, the address that was asked, and what was found there.
Found = tuple[int, str, Finding]
# What a visit writes.
WRITTEN = (
    *("state", "since", "checked_at", "worked_at", "failures", "answer", "reason"),
    *("misses", "missing_since", "moved_to", "due_at"),
)


def note(
    resource_id: int, url: str, found: Finding, *, at: datetime | None = None
) -> LinkHealth | None:
    """Keeps what a visit to `url` found, with nothing else of the resource.

    None where the resource is gone or has another address by now.
    """
    return note_all([(resource_id, url, found)], at=at)[0]


def note_all(mets: Sequence[Found], *, at: datetime | None = None) -> list[LinkHealth | None]:
    """Keeps what visits found, in one transaction: for each what `note` answers. Seven queries, and
    some for each link that is gone now or is there again."""
    try:
        with transaction.atomic():
            return _note_all(mets, at or timezone.now())
    except IntegrityError:
        # A draft was deleted in the same instant.
        return [None] if len(mets) == 1 else [note_all([met], at=at)[0] for met in mets]


def _note_all(mets: Sequence[Found], at: datetime) -> list[LinkHealth | None]:
    pks = [pk for pk, _url, _found in mets]
    here = LinkHealth.objects.filter(pk__in=pks)
    is_gone = any(found.state == LinkState.GONE for _pk, _url, found in mets)
    if is_gone or here.filter(state=LinkState.GONE).exists():
        # Pathways may follow. Before the rows are held, as whoever decides does.
        one_decision_at_a_time()
    urls = dict(Resource.objects.filter(pk__in=pks).values_list("pk", "url"))
    links = {link.pk: link for link in here.order_by("pk").select_for_update()}
    noted: list[LinkHealth | None] = []
    for pk, url, found in mets:
        link = links.setdefault(pk, LinkHealth(pk=pk)) if urls.get(pk) == url else None
        if link is not None:
            before = link.state
            take(link, found, at)
            if (before == LinkState.GONE) != (link.state == LinkState.GONE):
                link.save()
        noted.append(link)
    _write(mets, [link for link in noted if link is not None])
    return noted


def _write(mets: Sequence[Found], links: list[LinkHealth]) -> None:
    founds = {pk: found for pk, _url, found in mets}
    LinkHealth.objects.bulk_create(
        links, update_conflicts=True, unique_fields=["resource"], update_fields=WRITTEN
    )
    LinkVisit.objects.bulk_create(
        LinkVisit(
            resource_id=link.pk,
            at=link.checked_at,
            state=link.state,
            answer=founds[link.pk].answer,
            reason=founds[link.pk].reason,
        )
        for link in links
    )
    LinkVisit.objects.prune([link.pk for link in links])


def take(link: LinkHealth, found: Finding, at: datetime) -> None:
    """Changes `link` by what a visit found, without saving."""
    is_first = link.checked_at is None
    before = link.state
    if found.state in (LinkState.WORKS, LinkState.MOVED):
        link.state, link.moved_to, link.worked_at = found.state, found.moved_to, at
        link.failures = link.misses = 0
        link.missing_since = None
    else:
        link.failures = _one_more(link.failures)
        link.state = _state_missing(link, at) if found.state == LinkState.GONE else found.state
    link.checked_at, link.answer, link.reason = at, found.answer, found.reason
    if link.state != before or link.since is None:
        link.since = at
    link.due_at = at + max(_pause(link, at, is_first), timedelta(seconds=found.wait))


def _state_missing(link: LinkHealth, at: datetime) -> LinkState:
    """Counts that the page is not there: only the third time, days after the first, is it gone."""
    link.misses = _one_more(link.misses)
    link.missing_since = link.missing_since or at
    is_gone = link.misses >= GONE_TIMES and at - link.missing_since >= GONE_AFTER
    return LinkState.GONE if is_gone else LinkState.UNSURE


def _one_more(number: int) -> int:
    return min(number + 1, 32_767)


def _pause(link: LinkHealth, at: datetime, is_first: bool) -> timedelta:
    """Until the next visit: a week, after failures a day, two, four …

    What came in together falls due on different days: the second visit is anywhere in the week, and
    each later one up to a day early or late.
    """
    if link.works:
        return _between(DAY, WEEK) if is_first else _between(6 * DAY, 8 * DAY)
    if link.state == LinkState.GONE:
        return WEEK if link.failures < SELDOM_FROM else SELDOM
    pause = min(DAY * 2 ** min(link.failures - 1, 3), WEEK) * random.uniform(0.85, 1)
    if link.missing_since and (left := link.missing_since + GONE_AFTER - at) > timedelta(0):
        return min(pause, left)
    return pause


def _between(least: timedelta, most: timedelta) -> timedelta:
    return least + (most - least) * random.random()
