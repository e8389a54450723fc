"""What an answer says of a link, before anybody counts how often."""

from datetime import UTC, datetime

import pytest

from catalogue.fetching import (
    Broken,
    Fetched,
    NoSuchName,
    Refused,
    TimedOut,
    TlsBroken,
    TooManyRedirects,
    Unreachable,
)
from catalogue.fetching.getting import Hop
from catalogue.links.judging import judge, leads_nowhere, wait_of

URL = "https://example.org/courses/one"


def answer(status: int, *hops: tuple[int, str], **headers: str) -> Fetched:
    """`hops` are (status, where to), from URL on."""
    here, led = URL, []
    for code, to in hops:
        led.append(Hop(here, code, to))
        here = to
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(URL, here, status, named, hops=tuple(led))


@pytest.mark.parametrize(
    ("status", "state"),
    [
        *((status, "works") for status in (200, 203, 204, 206)),
        *((status, "gone") for status in (404, 410)),
        *((status, "unsure") for status in (400, 401, 403, 405, 406, 429, 451, 999)),
        *((status, "unsure") for status in (300, 304, 500, 502, 503, 504)),
    ],
)
def test_each_status_has_its_meaning(status: int, state: str) -> None:
    found = judge(URL, answer(status))

    assert (found.state, found.answer) == (state, status)


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (NoSuchName, "gone", "no-name"),
        (Unreachable, "unsure", "unreachable"),
        (TimedOut, "unsure", "time-out"),
        (TlsBroken, "unsure", "tls"),
        (TooManyRedirects, "unsure", "loop"),
        (Broken, "unsure", "unreadable"),
        (Refused, "unsure", "not-public"),
    ],
)
def test_no_answer_is_not_there_only_where_there_is_no_such_host(
    error: type, state: str, reason: str
) -> None:
    found = judge(URL, error())

    assert (found.state, found.reason, found.answer) == (state, reason, None)


@pytest.mark.parametrize("header", ["cf-mitigated", "x-amzn-waf-action"])
@pytest.mark.parametrize("status", [202, 403, 404])
def test_a_wall_for_robots_says_nothing_of_the_page(header: str, status: int) -> None:
    found = judge(URL, answer(status, **{header: "challenge"}))

    assert (found.state, found.reason) == ("unsure", "wall")


NEW = "https://example.org/learn/one"
NEWER = "https://new.example.org/learn/one"


@pytest.mark.parametrize(
    ("hops", "state", "moved_to"),
    [
        ([(301, NEW)], "moved", NEW),
        ([(308, NEW)], "moved", NEW),
        ([(301, NEW), (308, NEWER)], "moved", NEWER),
        # What is temporary is the site's own business.
        *(([(status, NEW)], "works", "") for status in (302, 303, 307)),
        ([(302, NEW), (301, NEWER)], "works", ""),
        ([(301, NEW), (302, NEWER)], "moved", NEW),
        # The same address, spelt otherwise: it works, and may be written so.
        ([(301, "https://www.example.org/courses/one/")], "works", None),
        # A door is no address of what is behind it.
        ([(301, "https://example.org/login?next=/courses/one")], "works", ""),
        ([(301, f"https://example.org/{'x' * 2000}")], "works", ""),
    ],
)
def test_a_link_moved_where_a_site_says_so_for_good(
    hops: list, state: str, moved_to: str | None
) -> None:
    found = judge(URL, answer(200, *hops))

    assert found.state == state
    assert found.moved_to == (hops[0][1] if moved_to is None else moved_to)


@pytest.mark.parametrize(("status", "state"), [(404, "gone"), (403, "unsure"), (500, "unsure")])
def test_what_moved_to_no_page_did_not_move(status: int, state: str) -> None:
    found = judge(URL, answer(status, (301, NEW)))

    assert (found.state, found.moved_to) == (state, "")


@pytest.mark.parametrize(
    ("asked", "end", "is_nowhere"),
    [
        ("https://a.org/course", "https://a.org/", True),
        ("https://a.org/course", "https://b.org", True),
        ("https://a.org/course", "https://a.org/en/", True),
        ("https://a.org/course", "https://a.org/en-GB/index.html", True),
        ("https://a.org/course", "https://a.org/home", True),
        ("https://a.org/?p=123", "https://a.org/", True),
        ("https://a.org/course", "https://a.org/404", True),
        ("https://a.org/course", "https://a.org/errors/page-not-found.html", True),
        ("https://a.org/", "https://a.org/en/", False),
        ("https://a.org", "https://www.a.org/home", False),
        ("https://a.org/course", "https://a.org/course/", False),
        ("https://a.org/course", "https://a.org/?course=1", False),
        ("https://a.org/#/course", "https://a.org/en/#/course", False),
        ("https://a.org/about-404", "https://a.org/guides/http-404-errors", False),
    ],
)
def test_who_is_sent_to_a_home_page_has_not_found_the_page(
    asked: str, end: str, is_nowhere: bool
) -> None:
    assert leads_nowhere(asked, end) is is_nowhere


@pytest.mark.parametrize("status", [301, 302])
def test_so_nobody_can_tell_whether_it_is_still_there(status: int) -> None:
    found = judge(URL, answer(200, (status, "https://example.org/")))

    assert (found.state, found.reason, found.moved_to) == ("unsure", "home", "")


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (429, "120", 120),
        (503, "120", 120),
        (429, "Mon, 02 Mar 2026 09:02:00 GMT", 120),
        (429, "Mon, 02 Mar 2026 08:00:00 GMT", 0),
        (429, "99999999999999999999", 7 * 24 * 3600),
        (429, "soon", 0),
        (429, "-5", 0),
        (429, "", 0),
        (500, "120", 0),
        (200, "120", 0),
    ],
)
def test_a_site_may_say_when_to_come_again(status: int, said: str, seconds: int) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert wait_of(answer(status, retry_after=said), now) == seconds
