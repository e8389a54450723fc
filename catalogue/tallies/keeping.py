"""Keeping what was counted, reading what is new when the site's revision moves, and how pages are spared
where much is new."""

import logging
import threading
import time
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db import connection

from catalogue import index
from catalogue.keeping import page_is_behind, site_revision
from catalogue.memory import given_back
from catalogue.models import PublicRow
from catalogue.tallies.counting import Tallies
from catalogue.tallies.reading import News, count, following, news_since

Row = TypeVar("Row", bound=PublicRow)

logger = logging.getLogger(__name__)

# A page waits while so many resources are read, a tenth of a second at most, so that an edit shows at
# once however large the catalogue is. More are read beside the pages.
ON_THE_SPOT = 1_000
# So many leave memory behind that is worth giving back.
MUCH = 50_000
# After that a worker rests so many times as long as it took, however much somebody imports.
REST = 4
# Seconds of rest at least where reading beside the pages failed.
REST_AFTER_FAILURE = 10.0


@dataclass(frozen=True)
class _Kept:
    """What was counted at a revision of the site, and when much may be read again (time.monotonic)."""

    tallies: Tallies
    revision: int
    rested_at: float = 0


_kept: _Kept | None = None
_counting = threading.Lock()
# Whether who holds the lock reads beside the pages, which don't wait for it.
_is_beside = False


def tallies() -> Tallies:
    """The tallies as they are now. One query, none where the page knows its revision; more where
    something has changed since, one after an edit (see catalogue.tallies.reading).

    Where much has, they may be of a moment ago: the page is told so
    (catalogue.keeping.Page.is_current).
    """
    kept = _kept
    if _must_count():
        return count(kept and kept.tallies)
    # Before the counting: what comes while it runs is not in it.
    revision = site_revision()
    # Whoever asked for the revision later may have counted already.
    if kept is not None and kept.revision >= revision:
        return kept.tallies
    if kept is None or (time.monotonic() >= kept.rested_at and not _is_beside):
        found = _counted_by_now(revision)
        if found is not None:
            return found
        kept = _kept
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


def _counted_by_now(revision: int) -> Tallies | None:
    """Counts what is new, or waits for whoever is counting. None where a thread does so beside the
    pages, since it is much."""
    with _counting:
        kept = _kept
        if kept is not None and kept.revision >= revision:
            return kept.tallies
        if kept is None:
            return _keep(news_since(Tallies()), revision)
        news = news_since(kept.tallies)
        if news.size <= ON_THE_SPOT:
            return _keep(news, revision)
    _begin_beside(revision)
    return None


def _keep(news: News, revision: int) -> Tallies:
    """Counts after `news`, for whoever holds the lock, and keeps it under `revision` or what was kept
    later."""
    global _kept
    with given_back() if news.size > MUCH else nullcontext():
        found = following(news)
    if _kept is not None:
        revision = max(revision, _kept.revision)
    _kept = _Kept(found, revision)
    if news.marks > index.most_marks(len(found.chunks)):
        index.settle_beside()
    return found


def _begin_beside(revision: int) -> None:
    """Counts in a thread, unless somebody is counting."""
    global _is_beside
    if not _counting.acquire(blocking=False):
        return
    _is_beside = True
    try:
        threading.Thread(target=_count_beside, args=[revision], daemon=True).start()
    except RuntimeError:  # The machine has no thread left; a later page tries again.
        _is_beside = False
        _counting.release()


def _count_beside(revision: int) -> None:
    global _is_beside
    start = time.monotonic()
    try:
        _keep(news_since(_kept.tallies if _kept else Tallies()), revision)
        _rest(REST * (time.monotonic() - start))
    except Exception:
        # Nobody waits for it. Pages go on with what was counted before, until it has rested.
        logger.exception("Resources could not be counted")
        _rest(max(REST * (time.monotonic() - start), REST_AFTER_FAILURE))
    finally:
        try:
            connection.close()
        finally:
            _is_beside = False
            _counting.release()


def _rest(seconds: float) -> None:
    global _kept
    if _kept is not None:
        _kept = replace(_kept, rested_at=time.monotonic() + seconds)
