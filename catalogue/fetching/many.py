"""Many addresses at once, politely: several hosts side by side, each host one at a time."""

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from catalogue.addresses import AddressError, clean_address
from catalogue.fetching.errors import FetchError, TimedOut
from catalogue.fetching.getting import SECONDS, Fetched, fetch
from catalogue.fetching.reaching import Deadline

AT_ONCE = 16

Done = TypeVar("Done")


def fetch_all(
    urls: Iterable[str],
    *,
    within: float | None = None,
    at_once: int = AT_ONCE,
    pause: float = 0,
    seconds: float = SECONDS,
    **how: Any,
) -> Iterator[tuple[str, Fetched | FetchError]]:
    """Each of `urls` with what it answered or why it didn't, as the answers come.

    `how` is handed to `fetch`; for the rest see `in_turn`.
    """

    def one(url: str, left: float) -> Fetched:
        return fetch(url, seconds=min(seconds, left), **how)

    yield from in_turn(urls, one, within=within, at_once=at_once, pause=pause)


def in_turn(
    urls: Iterable[str],
    do: Callable[[str, float], Done],
    *,
    within: float | None = None,
    at_once: int = AT_ONCE,
    pause: float = 0,
) -> Iterator[tuple[str, Done | FetchError]]:
    """Each of `urls` with what `do(url, seconds left)` answers, or the FetchError it raises.

    In the order in which they are done, `at_once` side by side, but one at a time to each host, with
    a `pause` of seconds between. What isn't done `within` so many seconds comes as TimedOut. `do`
    runs in threads and may not touch the database. What else it raises is raised here.
    """
    for answers in as_done(urls, do, within=within, at_once=at_once, pause=pause):
        yield from answers


def as_done(
    urls: Iterable[str],
    do: Callable[[str, float], Done],
    *,
    within: float | None = None,
    at_once: int = AT_ONCE,
    pause: float = 0,
) -> Iterator[list[tuple[str, Done | FetchError]]]:
    """As `in_turn`, but together whatever was done since it was last asked: one answer or more."""
    round_ = _Round(urls, do, Deadline(within) if within else None, pause)
    return round_.run(at_once)


class _Round:
    """The hosts that wait for their turn, and who is at work."""

    def __init__(
        self, urls: Iterable[str], do: Callable, deadline: Deadline | None, pause: float
    ) -> None:
        self.do, self.deadline, self.pause = do, deadline, pause
        self.open: dict[str, None] = dict.fromkeys(urls)
        self.hosts: dict[str, deque[str]] = {}
        for url in self.open:
            self.hosts.setdefault(_host_of(url), deque()).append(url)
        # Hosts that nobody is at, each with the moment from which it may be asked again.
        self.free = deque((host, 0.0) for host in self.hosts)
        self.changed = threading.Condition()
        self.done: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self.is_over = False

    def run(self, at_once: int) -> Iterator[list[tuple[str, Any]]]:
        for _number in range(min(at_once, len(self.hosts))):
            threading.Thread(target=self._work, name="fetches", daemon=True).start()
        try:
            while self.open:
                try:
                    left = max(self.deadline.left, 0) if self.deadline else None
                    answers = [self.done.get(timeout=left), *self._waiting()]
                except queue.Empty:
                    break
                for url, answer in answers:
                    del self.open[url]
                    if isinstance(answer, BaseException) and not isinstance(answer, FetchError):
                        raise answer
                yield answers
            if self.open:
                yield [(url, TimedOut()) for url in self.open]
        finally:
            # Nobody waits for those who are still at it: each ends by its own deadline.
            with self.changed:
                self.is_over = True
                self.changed.notify_all()

    def _waiting(self) -> Iterator[tuple[str, Any]]:
        """What else is done."""
        with contextlib.suppress(queue.Empty):
            while True:
                yield self.done.get_nowait()

    def _work(self) -> None:
        while (turn := self._next()) is not None:
            host, url = turn
            try:
                left = self.deadline.limit() if self.deadline else float("inf")
                answer = self.do(url, left)
            except BaseException as error:
                answer = error
            self.done.put((url, answer))
            with self.changed:
                if self.hosts[host]:
                    self.free.append((host, time.monotonic() + self.pause))
                else:
                    del self.hosts[host]
                self.changed.notify_all()

    def _next(self) -> tuple[str, str] | None:
        """A host whose turn it is, with an address of it; None when all are done."""
        with self.changed:
            while self.hosts and not self.is_over:
                now = time.monotonic()
                # The longest waiting stands first, since all pause equally long.
                if self.free and self.free[0][1] <= now:
                    host, _since = self.free.popleft()
                    return host, self.hosts[host].popleft()
                self.changed.wait(self.free[0][1] - now if self.free else None)
        return None


def _host_of(url: str) -> str:
    """The host, with its port where that is its own: then it is another server."""
    try:
        parts = urlsplit(clean_address(url))
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.hostname or ''}{port}"
    except (AddressError, ValueError):
        # Never asked, so none waits for another.
        return url
