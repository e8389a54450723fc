"""What a worker has counted and not written yet.

A write for each page would cost more than the page, which mostly comes from a cache. So a worker adds
up in memory, and a timer writes what there is, some seconds after the first of it; whatever is left is
written when the process ends. One that is killed loses those seconds, and no more.
"""

import atexit
import logging
import threading
from collections import Counter
from datetime import date
from uuid import UUID

from django.db import Error, connection
from django.utils import timezone

from catalogue.evidence import in_vain
from catalogue.models import MonthlyCount
from catalogue.models.counts import Counted, first_of_month

log = logging.getLogger(__name__)

# How long a worker holds what it counted.
SECONDS = 15
# So many different searches in vain it holds at most.
MOST_SEARCHES = 1_000

_held: Counter[Counted] = Counter()
_searches: set[str] = set()
_lock = threading.Lock()
# The month that is counted for until the timer writes; None while there is no timer. Asked once for all
# of these seconds, since it takes longer than everything else here.
_month: date | None = None


def count(kind: str, *uids: UUID | str) -> None:
    """Adds one to this month's number of each of `uids`. No query; never raises."""
    with _lock:
        must_time = _month is None
        month = _month_of_now()
        for uid in uids:
            _held[Counted(str(uid), str(kind), month)] += 1
    if must_time:
        _write_later()


def count_search(words: str) -> None:
    """Notes that `words`, as UnansweredSearch keeps them, were looked for in vain. No query; never
    raises."""
    with _lock:
        must_time = _month is None
        _month_of_now()
        if len(_searches) < MOST_SEARCHES:
            _searches.add(words)
    if must_time:
        _write_later()


def write() -> None:
    """Writes what is held. Never raises: sums that can't be written are held for the next time."""
    sums, searches = _take()
    try:
        MonthlyCount.objects.add(sums)
    except Error:
        log.exception("what was counted could not be written; it is kept for the next time")
        with _lock:
            _held.update(sums)
    in_vain.add(searches)


def forget() -> None:
    """Holds nothing any more."""
    _take()


def _month_of_now() -> date:
    global _month
    _month = _month or first_of_month(timezone.localdate())
    return _month


def _take() -> tuple[Counter[Counted], set[str]]:
    global _held, _searches, _month
    with _lock:
        sums, searches, _month = _held, _searches, None
        _held, _searches = Counter(), set()
    return sums, searches


def _write_later() -> None:
    timer = threading.Timer(SECONDS, _write_beside)
    timer.daemon = True
    atexit.unregister(write)
    atexit.register(write)
    try:
        timer.start()
    except RuntimeError:  # The machine has no thread left; whoever is counted next tries again.
        _no_timer()


def _no_timer() -> None:
    global _month
    _month = None


def _write_beside() -> None:
    try:
        write()
    finally:
        connection.close()
