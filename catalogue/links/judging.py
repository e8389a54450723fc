"""What an answer says of a link: it is there, moved, not there, or it can't be told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import SplitResult, unquote, urlsplit

from catalogue.addresses import ADDRESS_LENGTH, canonical_address
from catalogue.fetching import (
    Broken,
    Fetched,
    FetchError,
    NoSuchName,
    Refused,
    TimedOut,
    TlsBroken,
    TooManyRedirects,
    Unreachable,
)
from catalogue.vocabularies import LinkReason, LinkState

# The page is not there. Only that said again and again, over days, makes a link gone.
NOT_THERE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
FOR_EVER = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
# Who asks too often, or at a bad time, may be told when to come again.
TOO_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
# Headers by which guards before a site tell that they let nobody in who is no browser.
WALLS = ("cf-mitigated", "x-amzn-waf-action")
# Longer than that nobody is waited for.
LONGEST_WAIT = 7 * 24 * 3600

# The first that fits; those that are kinds of others stand before them.
REASONS: list[tuple[type[FetchError], LinkReason]] = [
    (NoSuchName, LinkReason.NO_NAME),
    (Unreachable, LinkReason.UNREACHABLE),
    (TimedOut, LinkReason.TIME_OUT),
    (TlsBroken, LinkReason.TLS),
    (TooManyRedirects, LinkReason.LOOP),
    (Broken, LinkReason.UNREADABLE),
    (Refused, LinkReason.NOT_PUBLIC),
]

# As in /, /en/, /en-gb/index.html, /home.
_HOME = re.compile(r"(/[a-z]{2}([-_][a-z]{2})?)?/?((index|default|home)(\.[a-z]{3,5})?/?)?", re.I)
_ERRORS = re.compile(r"(^|/)(errors?/?)?(404|not[-_]?found|page[-_]?not[-_]?found)\b", re.I)
# Where somebody is asked to sign in: no address to keep for what is behind it.
_DOOR = re.compile(r"(^|[/._-])(log|sign)[-_]?(in|on)\b|/(oauth|sso|saml|consent)\b", re.I)


@dataclass(frozen=True)
class Finding:
    """What one visit found.

    `state` is WORKS, MOVED, UNSURE, or GONE for a page that is not there this time. `moved_to` is
    the address that the site gives for good, also where it is only spelt otherwise. `wait`: the
    seconds for which the site asks to be left alone.
    """

    state: LinkState
    reason: str = ""
    answer: int | None = None
    moved_to: str = ""
    wait: float = 0

    @property
    def is_answer(self) -> bool:
        """Whether somebody answered: a line that is cut on our side looks like all hosts silent."""
        return self.answer is not None or self.reason not in (
            LinkReason.NO_NAME,
            LinkReason.UNREACHABLE,
            LinkReason.TIME_OUT,
        )


def judge(url: str, met: Fetched | FetchError) -> Finding:
    """What `met`, which came of asking for `url`, says of the link."""
    if isinstance(met, FetchError):
        return _of_failure(met)
    if is_walled(met):
        return Finding(LinkState.UNSURE, LinkReason.WALL, met.status, wait=wait_of(met))
    if met.status in NOT_THERE:
        return Finding(LinkState.GONE, answer=met.status)
    if not met.is_found:
        return Finding(LinkState.UNSURE, answer=met.status, wait=wait_of(met))
    if met.hops and leads_nowhere(url, met.final_url):
        return Finding(LinkState.UNSURE, LinkReason.HOME, met.status)
    moved_to = _given_for_good(url, met)
    is_elsewhere = bool(moved_to) and canonical_address(moved_to) != canonical_address(url)
    state = LinkState.MOVED if is_elsewhere else LinkState.WORKS
    return Finding(state, answer=met.status, moved_to=moved_to)


def _of_failure(error: FetchError) -> Finding:
    reason = next(reason for kind, reason in REASONS if isinstance(error, kind))
    state = LinkState.GONE if reason == LinkReason.NO_NAME else LinkState.UNSURE
    return Finding(state, reason)


def is_walled(met: Fetched) -> bool:
    return any(name in met.headers for name in WALLS)


def leads_nowhere(url: str, end: str) -> bool:
    """Whether somebody who asks for a page is shown a home page, or one of errors, with a kind 200."""
    asked, found = urlsplit(url), urlsplit(end)
    if _ERRORS.search(unquote(found.path)) and not _ERRORS.search(unquote(asked.path)):
        return True
    return _is_home(found) and not _is_home(asked)


def _is_home(parts: SplitResult) -> bool:
    is_bare = not parts.query and not parts.fragment
    return is_bare and _HOME.fullmatch(unquote(parts.path)) is not None


def _given_for_good(url: str, met: Fetched) -> str:
    """Where the permanent redirects lead that come first; empty where there are none.

    A temporary one after them is the site's own business, as of the day and the visitor.
    """
    end = ""
    for hop in met.hops:
        if hop.status not in FOR_EVER:
            break
        end = hop.to
    is_fit = end != url and len(end) <= ADDRESS_LENGTH and not _DOOR.search(urlsplit(end).path)
    return end if is_fit else ""


def wait_of(met: Fetched, now: datetime | None = None) -> float:
    """For how many seconds the site asks to be left alone (RFC 9110, section 10.2.3)."""
    if met.status not in TOO_BUSY:
        return 0
    return min(_seconds(met.headers, now or datetime.now(UTC)), LONGEST_WAIT)


def _seconds(headers: Mapping[str, str], now: datetime) -> float:
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0)
