"""Keeping what was counted until the site's revision moves, and how large catalogues are spared."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db import connection

from catalogue.models import PublicRow, SiteRevision
from catalogue.tallies.counting import Tallies, count

Row = TypeVar("Row", bound=PublicRow)

# Up to so many resources a page waits for the counting, some 0.4 seconds of it. More are counted
# beside the pages. Not a time: a busy machine must not make edits show later.
ON_THE_SPOT = 30_000
# Then a worker rests nine times as long as it counted, however often somebody edits.
REST = 9


@dataclass(frozen=True)
class _Kept:
    """What was counted at a revision of the site, and when it may be again (time.monotonic)."""

    tallies: Tallies
    revision: int
    rested_at: float


_kept: _Kept | None = None
_counting = threading.Lock()


def tallies() -> Tallies:
    """The tallies as they are now. One query; two where they have to be counted first.

    In a catalogue that takes long to count they may be of a moment ago: `is_current` tells.
    """
    if _must_count():
        return count()
    # Before the counting: what comes while it runs is not in it.
    revision = SiteRevision.current()
    kept = _kept
    if kept is None or (kept.revision != revision and kept.tallies.total <= ON_THE_SPOT):
        return _counted_by_now(revision)
    if kept.revision == revision:
        return kept.tallies
    if time.monotonic() >= kept.rested_at and _counting.acquire(blocking=False):
        try:
            threading.Thread(target=_count_beside, args=[revision], daemon=True).start()
        except RuntimeError:  # The machine has no thread left; a later page tries again.
            _counting.release()
    return replace(kept.tallies, is_current=False)


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


def _count_beside(revision: int) -> None:
    try:
        _count(revision)
    finally:
        connection.close()
        _counting.release()


def _count(revision: int) -> Tallies:
    global _kept
    start = time.monotonic()
    found = count()
    now = time.monotonic()
    _kept = _Kept(found, revision, now + REST * (now - start))
    return found
