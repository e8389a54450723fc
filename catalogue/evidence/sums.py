"""What a worker has counted and not written yet.

A write for each page would cost more than the page, which mostly comes from a cache. So a worker adds
up in memory, and a timer writes what there is, some seconds after the first of it; whatever is left is
written when the process ends. One that is killed loses those seconds, and no more.
"""

import atexit
import logging
import threading
from collections import Counter
from uuid import UUID

from django.db import Error, connection
from django.utils import timezone

from catalogue.models import MonthlyCount
from catalogue.models.counts import Counted, first_of_month

log = logging.getLogger(__name__)

# How long a worker holds what it counted.
SECONDS = 15

_held: Counter[Counted] = Counter()
_lock = threading.Lock()
_is_timed = False


def count(kind: str, *uids: UUID) -> None:
    """Adds one to this month's number of each of `uids`. No query; never raises."""
    global _is_timed
    month = first_of_month(timezone.localdate())
    with _lock:
        for uid in uids:
            _held[Counted(uid, str(kind), month)] += 1
        must_time, _is_timed = not _is_timed, True
    if must_time:
        _write_later()


def write() -> None:
    """Writes what is held. Never raises: what can't be written is held for the next time."""
    sums = _take()
    try:
        MonthlyCount.objects.add(sums)
    except Error:
        log.exception("what was counted could not be written; it is kept for the next time")
        with _lock:
            _held.update(sums)


def forget() -> None:
    """Holds nothing any more."""
    _take()


def _take() -> Counter[Counted]:
    global _held, _is_timed
    with _lock:
        sums, _held, _is_timed = _held, Counter(), False
    return sums


def _write_later() -> None:
    timer = threading.Timer(SECONDS, _write_beside)
    timer.daemon = True
    atexit.unregister(write)
    atexit.register(write)
    try:
        timer.start()
    except RuntimeError:  # The machine has no thread left; whoever is counted next tries again.
        _nobody_is_timed()


def _nobody_is_timed() -> None:
    global _is_timed
    _is_timed = False


def _write_beside() -> None:
    try:
        write()
    finally:
        connection.close()
