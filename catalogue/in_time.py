"""Bounding how long a page waits for PostgreSQL: all of its statements together, not each by itself.

Each statement is sent along with what is left of the time, in one go, so that no page asks the server
once more. In an open transaction nothing is bounded: a statement that is given up would spoil it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import OperationalError, connection

# Longer than any search takes that a server is fit for; nobody waits longer for a page.
SECONDS = 4.0
ALL_OF_IT = "SET LOCAL statement_timeout = {}; "
WAITING_ALONE = "SET LOCAL lock_timeout = {}; "
# query_canceled and lock_not_available: what PostgreSQL says where it was given no more time.
GIVEN_UP = ("57014", "55P03")


class TookTooLong(Exception):
    """PostgreSQL was not given more time to answer."""


class _Time:
    """What is left of the time, in seconds, and whether statements at work count (else only those that
    wait for others)."""

    def __init__(self, seconds: float) -> None:
        self.left, self.counts = seconds, True

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict
    ) -> Any:
        if many or context["connection"].in_atomic_block:
            return execute(sql, params, many, context)
        milliseconds = int(self.left * 1000)
        if milliseconds <= 0:
            raise TookTooLong
        limit = (ALL_OF_IT if self.counts else WAITING_ALONE).format(milliseconds)
        start = time.monotonic()
        try:
            return execute(limit + sql, params, many, context)
        except OperationalError as error:
            if _sqlstate(error) in GIVEN_UP:
                raise TookTooLong from error
            raise
        finally:
            if self.counts:
                self.left -= time.monotonic() - start


_time: ContextVar[_Time | None] = ContextVar("time", default=None)


@contextmanager
def in_time() -> Iterator[None]:
    """Within it all statements together may take SECONDS; raises TookTooLong where they don't."""
    own = _Time(SECONDS)
    token = _time.set(own)
    try:
        with connection.execute_wrapper(own):
            yield
    finally:
        _time.reset(token)


@contextmanager
def without_hurry() -> Iterator[None]:
    """Within it a statement of a page that has to be `in_time` may work as long as it needs: what a worker
    reads once and keeps would never be read else. Only what it waits for others is bounded."""
    own = _time.get()
    if own is None or not own.counts:
        yield
        return
    own.counts = False
    try:
        yield
    finally:
        own.counts = True


def _sqlstate(error: OperationalError) -> str | None:
    return getattr(getattr(error.__cause__, "diag", None), "sqlstate", None)
