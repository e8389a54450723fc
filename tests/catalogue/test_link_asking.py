"""Visiting one link: what is asked, in which order, and what is left alone."""

import time

import pytest

from catalogue.fetching import NoSuchName, Unreachable
from catalogue.links import Finding, Postponed, asking
from tests.catalogue.link_web import at, hasty
from tests.web import Answer, Names, Web, dripping, endless, serving


class TestAnswers:
    @pytest.mark.parametrize(
        ("answer", "state", "reason", "status"),
        [
            (Answer.page("a page"), "works", "", 200),
            (Answer.to("/there"), "works", "", 200),
            (Answer.to("/there", 301), "moved", "", 200),
            (Answer.to("/there", 308), "moved", "", 200),
            (Answer.to("/round", 302), "unsure", "loop", None),
            (Answer.to("/", 301), "unsure", "home", 200),
            (Answer(status=403), "unsure", "", 403),
            (Answer(status=404), "gone", "", 404),
            (Answer(status=410), "gone", "", 410),
            (Answer(status=429, headers={"Retry-After": "9"}), "unsure", "", 429),
            (Answer(status=500), "unsure", "", 500),
            (Answer(endless), "works", "", 200),
            (Answer(dripping), "works", "", 200),
            (Answer(headers={"X-Long": "x" * 200_000}), "unsure", "unreadable", None),
        ],
    )
    def test_each_kind_of_page(
        self, web: Web, answer: Answer, state: str, reason: str, status: int | None
    ) -> None:
        web.put("/there", "a page")
        web.put("/", "a home page")
        web.put("/round", Answer.to("/page"))

        found = hasty().visit(web.put("/page", answer))

        assert (found.state, found.reason, found.answer) == (state, reason, status)

    def test_a_host_that_says_nothing(self, web: Web) -> None:
        page = web.put("/page", Answer(after=5))
        began = time.monotonic()

        found = hasty(seconds=0.6).visit(page)

        assert (found.state, found.reason) == ("unsure", "time-out")
        assert time.monotonic() - began < 3

    def test_a_certificate_that_nobody_trusts(self, settings, web: Web) -> None:
        with serving(tls=True) as broken:
            found = hasty().visit(f"{broken.root}/page")

        assert (found.state, found.reason) == ("unsure", "tls")

    def test_a_name_that_is_not_there(self, monkeypatch) -> None:
        Names().install(monkeypatch)

        found = hasty().visit("https://gone.example.org/page")

        assert (found.state, found.reason) == ("gone", "no-name")

    def test_nobody_listening(self, web: Web) -> None:
        found = hasty().visit("http://127.0.0.1:1/page")

        assert (found.state, found.reason) == ("unsure", "unreachable")

    @pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://[::1]/", "nothing", "ftp://a.org"])
    def test_what_is_no_public_address_is_never_asked(self, url: str) -> None:
        found = hasty().visit(url)

        assert (found.state, found.reason) == ("unsure", "not-public")


class TestMethods:
    def test_the_head_is_enough_where_it_is_good(self, web: Web) -> None:
        hasty().visit(web.put("/page", "a page"))

        assert [(method, path) for method, path, _headers in web.asked] == [
            ("GET", "/robots.txt"),
            ("HEAD", "/page"),
        ]

    @pytest.mark.parametrize("refusal", [400, 403, 404, 405, 500, 501])
    def test_where_a_head_is_refused_the_page_is_asked_for(self, web: Web, refusal: int) -> None:
        found = hasty().visit(web.put("/page", Answer(b"a page", head=refusal)))

        assert (found.state, found.answer) == ("works", 200)

    def test_a_site_that_has_enough_is_not_asked_again(self, web: Web) -> None:
        hasty().visit(web.put("/page", Answer(status=429)))

        assert web.paths == ["/robots.txt", "/page"]


class TestRobots:
    def test_what_a_site_asks_to_leave_is_left(self, web: Web) -> None:
        web.put("/robots.txt", Answer(b"User-agent: *\nDisallow: /private"))
        visitor = hasty()

        left = visitor.visit(web.put("/private/page", "a page"))
        asked = visitor.visit(web.put("/page", "a page"))

        assert (left.state, left.reason, left.answer) == ("unsure", "robots", None)
        assert asked.state == "works"
        assert web.paths == ["/robots.txt", "/page"]

    def test_rules_for_us_are_read_by_the_name_of_the_site(self, web: Web, settings) -> None:
        settings.SITE_NAME = "Learn & Share"
        web.put("/robots.txt", Answer(b"User-agent: learnshare\nDisallow: /"))

        assert hasty().visit(web.put("/page", "a page")).reason == "robots"

    @pytest.mark.parametrize(
        ("status", "state"), [(403, "works"), (404, "works"), (500, "unsure"), (429, "unsure")]
    )
    def test_a_site_without_rules_or_in_trouble(self, web: Web, status: int, state: str) -> None:
        web.put("/robots.txt", Answer(status=status))

        assert hasty().visit(web.put("/page", "a page")).state == state

    def test_rules_that_never_end_are_read_as_far_as_they_go(self, web: Web) -> None:
        web.put("/robots.txt", Answer(endless))

        assert hasty(seconds=5).visit(web.put("/page", "a page")).state == "works"


class TestPauses:
    def test_between_two_requests_to_a_host(self, web: Web) -> None:
        page = web.put("/page", Answer(status=403))
        began = time.monotonic()

        hasty(pause=0.1).visit(page)

        assert len(web.paths) == 3
        assert time.monotonic() - began >= 0.2

    def test_a_host_that_asks_for_time_is_given_it_and_others_are_not_kept(self, web: Web) -> None:
        busy = web.put("/busy", Answer(status=503, headers={"Retry-After": "100"}))
        web.put("/page", "a page")
        visitor = hasty()

        first = visitor.visit(busy)
        then = visitor.visit(f"{web.root}/page")
        elsewhere = visitor.visit(at(web, 2, "/page"))

        assert isinstance(first, Finding) and first.wait == 100
        assert isinstance(then, Postponed) and 90 < then.seconds <= 100
        assert elsewhere.state == "works"

    def test_too_many_requests_without_a_time_is_ten_minutes(self, web: Web) -> None:
        visitor = hasty()

        visitor.visit(web.put("/busy", Answer(status=429)))
        then = visitor.visit(web.put("/page", "a page"))

        assert isinstance(then, Postponed) and 590 < then.seconds <= 600

    @pytest.mark.parametrize("error", [Unreachable, NoSuchName])
    def test_a_silent_host_is_left_alone_for_an_hour_a_missing_one_answers_at_once(
        self, error: type
    ) -> None:
        def ask(url: str, **how: object) -> None:
            raise error

        visitor = hasty(ask=ask)
        found = [visitor.visit(f"https://example.org/{n}") for n in range(asking.SILENCES + 1)]

        is_silent = error is Unreachable
        assert isinstance(found[-1], Postponed) is is_silent
        assert all(isinstance(one, Finding) for one in found[:-1])
