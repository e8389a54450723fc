"""Keeping what was counted until the site's revision moves, and how large catalogues are spared."""

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db import connection

from catalogue.keeping import page_is_behind, site_revision
from catalogue.models import PublicRow
from catalogue.tallies.counting import Tallies
from catalogue.tallies.reading import count

Row = TypeVar("Row", bound=PublicRow)

logger = logging.getLogger(__name__)

# Up to so many resources, counting costs less than making the page, and every edit shows at once.
# Not a time: a busy machine must not make edits show later.
NO_REST = 1_000
# Up to so many a page waits for the counting, some 0.4 seconds of it. More are counted beside the
# pages.
ON_THE_SPOT = 30_000
# After counting a worker rests nine times as long as it took, however often somebody edits; where
# pages wait for the counting, so many seconds at most, so that no edit is long in showing.
REST = 9
SHORT_REST = 0.5
# Seconds of rest at least where counting beside the pages failed.
REST_AFTER_FAILURE = 10.0


@dataclass(frozen=True)
class _Kept:
    """What was counted at a revision of the site, and when it may be again (time.monotonic)."""

    tallies: Tallies
    revision: int
    rested_at: float


_kept: _Kept | None = None
_counting = threading.Lock()


def tallies() -> Tallies:
    """The tallies as they are now. One query, none where the page knows its revision; one more where
    they have to be counted first.

    In all but small catalogues they may be of a moment ago: the page is told so
    (catalogue.keeping.Page.is_current).
    """
    if _must_count():
        return count()
    # Before the counting: what comes while it runs is not in it.
    revision = site_revision()
    kept = _kept
    if kept is None:
        return _counted_by_now(revision)
    # Whoever asked for the revision later may have counted already.
    if kept.revision >= revision:
        return kept.tallies
    if time.monotonic() >= kept.rested_at:
        if kept.tallies.total <= ON_THE_SPOT:
            return _counted_by_now(revision)
        _begin_beside(revision)
    page_is_behind()
    return kept.tallies


def _must_count() -> bool:
    """Whether a transaction is open: what it changed moves the revision only when it commits."""
    return connection.in_atomic_block


def with_counts(rows: Iterable[Row], name: str, counted: Tallies | None = None) -> list[Row]:
    """`rows` that are values of the facet `name`, each with `resource_count`: how many published
    resources have it."""
    sizes = (counted or tallies()).sizes(name)
    found = list(rows)
    for row in found:
        row.resource_count = sizes.get(row.slug, 0)
    return found


def forget() -> None:
    """Lets the next page count anew."""
    global _kept
    _kept = None


def _counted_by_now(revision: int) -> Tallies:
    """Counts, or waits for whoever is counting."""
    with _counting:
        kept = _kept
        return kept.tallies if kept and kept.revision >= revision else _count(revision)


def _begin_beside(revision: int) -> None:
    """Counts in a thread, unless somebody is counting."""
    if not _counting.acquire(blocking=False):
        return
    try:
        threading.Thread(target=_count_beside, args=[revision], daemon=True).start()
    except RuntimeError:  # The machine has no thread left; a later page tries again.
        _counting.release()


def _count_beside(revision: int) -> None:
    start = time.monotonic()
    try:
        _count(revision)
    except Exception:
        # Nobody waits for it. Pages go on with what was counted before, until it has rested.
        logger.exception("Resources could not be counted")
        _rest(max(REST * (time.monotonic() - start), REST_AFTER_FAILURE))
    finally:
        try:
            connection.close()
        finally:
            _counting.release()


def _count(revision: int) -> Tallies:
    """Counts, for whoever holds the lock, and keeps it under `revision` or what was kept later."""
    global _kept
    start = time.monotonic()
    found = count()
    if _kept is not None:
        revision = max(revision, _kept.revision)
    _kept = _Kept(found, revision, rested_at=0)
    _rest(_rest_after(found.total, time.monotonic() - start))
    return found


def _rest_after(total: int, seconds: float) -> float:
    """How long to rest, in seconds, after so many were counted in `seconds`."""
    if total <= NO_REST:
        return 0
    rest = REST * seconds
    return min(rest, SHORT_REST) if total <= ON_THE_SPOT else rest


def _rest(seconds: float) -> None:
    global _kept
    if _kept is not None:
        _kept = replace(_kept, rested_at=time.monotonic() + seconds)
