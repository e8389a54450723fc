"""Asking for a page politely: HEAD, then GET where HEAD says nothing good; robots.txt before.

Nothing here touches the database: it runs in threads.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from catalogue.addresses import AddressError, clean_address
from catalogue.fetching import (
    Broken,
    Fetched,
    FetchError,
    NoSuchName,
    Refused,
    TimedOut,
    TlsBroken,
    Unreachable,
    fetch,
    product,
)
from catalogue.links import robots
from catalogue.links.judging import TOO_BUSY, Finding, is_walled, judge, wait_of
from catalogue.vocabularies import LinkReason, LinkState

# For one link: in all, for HEAD, and for a robots.txt that is read before.
SECONDS = 20.0
HEAD_SECONDS = 10.0
ROBOTS_SECONDS = 8.0
TOO_OFTEN = HTTPStatus.TOO_MANY_REQUESTS
# A host that says “too often” without saying until when.
USUAL_WAIT = 600.0
# After so many silences a host is left alone for an hour, lest one with a thousand links hold up a
# round for hours.
SILENCES = 3
SILENCE_WAIT = 3600.0


@dataclass(frozen=True)
class Postponed:
    """A link that was not asked for, since its host is to be left alone for `seconds`."""

    seconds: float


@dataclass
class Site:
    """A server as it was met in this round: what it asks of robots, and from when it may be asked."""

    rules: robots.Rules | None = None
    free_at: float = 0
    last: float = float("-inf")
    silences: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def wait(self) -> float:
        """For how many seconds it is to be left alone."""
        return max(self.free_at - time.monotonic(), 0)

    def leave(self, seconds: float) -> None:
        self.free_at = max(self.free_at, time.monotonic() + seconds)


@dataclass
class _Budget:
    """Seconds that the requests of one visit may take together; pauses between them cost none."""

    left: float

    def share(self, most: float) -> float:
        """At most half of what is left, so that something is left for what comes after."""
        return min(self.left / 2, most)


class Visitor:
    """Goes round the hosts of one round; it remembers of each what it asks for."""

    def __init__(
        self, *, pause: float = 0, seconds: float = SECONDS, ask: Callable[..., Fetched] = fetch
    ) -> None:
        self.pause, self.seconds, self.ask = pause, seconds, ask
        self.sites: dict[tuple[str, str], Site] = {}

    def visit(self, url: str, left: float = float("inf")) -> Finding | Postponed:
        """What asking for `url` found, in `seconds` at most beside pauses. Never raises."""
        try:
            url = clean_address(url)
        except AddressError:
            return Finding(LinkState.UNSURE, LinkReason.NOT_PUBLIC)
        parts = urlsplit(url)
        site = self.sites.setdefault((parts.scheme, parts.netloc), Site())
        with site.turn:
            return self._visit(url, site, _Budget(min(self.seconds, left)))

    def _visit(self, url: str, site: Site, budget: _Budget) -> Finding | Postponed:
        if site.wait:
            return Postponed(site.wait)
        if site.rules is None:
            try:
                site.rules = self._rules(url, site, budget)
            except FetchError as error:
                # Who can't be met there can't be met here.
                return self._note(site, judge(url, error))
        if not site.rules.allow(url):
            return Finding(LinkState.UNSURE, LinkReason.ROBOTS, wait=site.wait)
        return self._note(site, judge(url, self._page(url, site, budget)))

    def _note(self, site: Site, found: Finding) -> Finding:
        """Remembers for how long the site is to be left alone after that."""
        site.silences += found.reason in (LinkReason.TIME_OUT, LinkReason.UNREACHABLE)
        if site.silences >= SILENCES:
            site.leave(SILENCE_WAIT)
        if found.wait or found.answer == TOO_OFTEN:
            site.leave(found.wait or USUAL_WAIT)
        return found

    def _rules(self, url: str, site: Site, budget: _Budget) -> robots.Rules:
        """What the site's robots.txt says. Raises the FetchError of a host that can't be met.

        There is none (404 and the like): all is allowed. The site is in trouble (5xx): the standard
        takes that for a no. It is silent, or no text: as if there were none, for the page will tell.
        """
        parts = urlsplit(url)
        there = f"{parts.scheme}://{parts.netloc}/robots.txt"
        seconds = budget.share(ROBOTS_SECONDS)
        try:
            met = self._ask(there, site, budget, seconds=seconds, max_bytes=robots.BYTES)
        except (NoSuchName, Refused, TlsBroken):
            raise
        except FetchError:
            return robots.ALL
        if met.status in TOO_BUSY:
            site.leave(wait_of(met) or USUAL_WAIT)
        if met.status in TOO_BUSY or met.status >= 500:
            return robots.NONE
        if not met.is_found:
            return robots.ALL
        return robots.read_rules(met.body.decode("utf-8", "replace"), product())

    def _page(self, url: str, site: Site, budget: _Budget) -> Fetched | FetchError:
        """The answer to HEAD where it is a good one or a plea, else to GET."""
        try:
            seconds = budget.share(HEAD_SECONDS)
            met = self._ask(url, site, budget, method="HEAD", seconds=seconds)
            if met.is_found or met.status in TOO_BUSY or is_walled(met):
                return met
        except FetchError as error:
            # Those may be what a server makes of a method that it doesn't know.
            if isinstance(error, NoSuchName) or not isinstance(
                error, (Broken, TimedOut, Unreachable)
            ):
                return error
        try:
            # The head of the answer tells all: none of the body is read, so none is too long.
            return self._ask(url, site, budget, seconds=budget.left, max_bytes=0)
        except FetchError as error:
            return error

    def _ask(self, url: str, site: Site, budget: _Budget, **how: Any) -> Fetched:
        """Asks, a pause after the last time."""
        pause = max(self.pause, site.rules.pause if site.rules else 0)
        if (wait := site.last + pause - time.monotonic()) > 0:
            time.sleep(wait)
        began = time.monotonic()
        try:
            return self.ask(url, **how)
        finally:
            site.last = time.monotonic()
            budget.left -= site.last - began
