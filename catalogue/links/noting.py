"""What becomes of a link after a visit: its state, its dates, and when it is visited next."""

import random
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.links.judging import Finding
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


def note(
    resource_id: int, url: str, found: Finding, *, at: datetime | None = None
) -> LinkHealth | None:
    """Keeps what a visit to `url` found, in one transaction, with nothing else of the resource.

    None where the resource is gone or has another address by now.
    """
    at = at or timezone.now()
    try:
        with transaction.atomic():
            link = _held(resource_id, url)
            if link is None:
                return None
            take(link, found, at)
            link.save()
            LinkVisit.objects.create(
                resource_id=resource_id,
                at=at,
                state=link.state,
                answer=found.answer,
                reason=found.reason,
            )
            LinkVisit.objects.prune(resource_id)
    except IntegrityError:
        # The draft was deleted in the same instant; or another's first visit was quicker.
        return None
    return link


def _held(resource_id: int, url: str) -> LinkHealth | None:
    rows = LinkHealth.objects.select_for_update(of=("self",)).select_related("resource")
    link = rows.filter(pk=resource_id).first()
    if link is None:
        resource = Resource.objects.filter(pk=resource_id).first()
        link = LinkHealth(resource=resource) if resource else None
    return link if link and link.resource.url == url else None


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
