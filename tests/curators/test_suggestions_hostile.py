"""What comes to /suggest/ from robots, vandals and broken programs: held off, and never rendered."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from curators.suggestions import limits
from curators.suggestions.forms import LONGEST_TEXT, plain
from curators.suggestions.models import Suggestion
from tests.curators.sending import LINK, REPORT, SUGGEST, WRITE, opened, send, sent
from tests.pages import main, open_page, words

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


def told(response: object) -> str:
    """What the page says of what was sent."""
    return words(main(BeautifulSoup(response.content, "lxml")))


class TestStamps:
    @pytest.mark.parametrize(
        ("after", "sentence"),
        [
            (timedelta(seconds=1), "That was quicker than people write."),
            (timedelta(hours=25), "This page was open for more than a day."),
        ],
    )
    @time_machine.travel("2026-11-21 12:00", tick=False)
    def test_too_soon_and_too_late_are_asked_again_with_what_was_typed(
        self, client: Client, after: timedelta, sentence: str
    ) -> None:
        form = opened(client)

        response = send(client, hidden=form, after=after, **LINK)

        page = BeautifulSoup(response.content, "lxml")
        assert sentence in told(response)
        assert words(page.textarea) == LINK["text"]
        assert page.select_one("[name=url]")["value"] == LINK["url"]
        again = {field["name"]: field["value"] for field in page.select("[type=hidden]")}
        late = after + timedelta(seconds=10)
        assert send(client, hidden=again, after=late, **LINK).status_code == 302

    @pytest.mark.parametrize("stamp", ["", "x", "a:b:c", "a" * 10_000, "\u202e:1:x"])
    def test_a_forged_one_is_asked_again(self, client: Client, stamp: str) -> None:
        response = send(client, hidden={"stamp": stamp}, **LINK)

        assert response.status_code == 200
        assert "It is not sent yet" in told(response)
        assert Suggestion.objects.count() == 0

    def test_so_is_one_that_somebody_moved(self, client: Client) -> None:
        nonce, stamped, signature = opened(client)["stamp"].split(":")
        moved = ":".join([nonce, stamped[:-1] + "A", signature])

        assert "It is not sent yet" in told(send(client, hidden={"stamp": moved}, **LINK))

    def test_one_form_cannot_be_sent_with_ever_other_texts(
        self, client: Client, shared_cache: None
    ) -> None:
        form = opened(client)

        answers = [
            send(client, hidden=form, **{**LINK, "text": f"Text {n}."}).status_code
            for n in range(7)
        ]

        assert answers == [302] * 5 + [429] * 2
        assert Suggestion.objects.count() == 5


@pytest.fixture
def shared_cache(settings: object) -> None:
    shared = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {**settings.CACHES, "default": shared}
    cache.clear()
    yield
    cache.clear()


class TestLimits:
    @pytest.fixture(autouse=True)
    def few(self, shared_cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "OF_AN_ADDRESS", ((limits.HOUR, 2),))

    def from_(self, address: str, number: int = 1) -> list[int]:
        client = Client(REMOTE_ADDR=address)
        return [send(client, **{**LINK, "text": f"{n}."}).status_code for n in range(number)]

    def test_an_address_is_stopped_and_loses_nothing(self) -> None:
        assert self.from_("192.0.2.1", 2) == [302, 302]

        response = send(Client(REMOTE_ADDR="192.0.2.1"), **LINK)

        assert response.status_code == 429
        assert "we have stopped for an hour" in told(response)
        assert LINK["text"] in response.content.decode()
        assert self.from_("192.0.2.2") == [302]

    def test_a_household_has_one_in_ipv6(self) -> None:
        assert self.from_("2001:db8::1", 2) == [302, 302]
        assert self.from_("2001:db8::ffff") == [429]
        assert self.from_("2001:db8:0:1::1") == [302]

    def test_behind_our_proxy_it_is_who_asked_the_proxy(self, settings: object) -> None:
        settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
        for last in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
            client = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.7, {last}")
            assert send(client, **LINK).status_code == 302

    def test_nobody_escapes_by_making_a_header_up(self) -> None:
        answers = [
            send(Client(HTTP_X_FORWARDED_FOR=f"192.0.2.{n}"), **LINK, skill=str(n)).status_code
            for n in range(3)
        ]

        assert answers == [302, 302, 429]

    def test_no_address_is_kept_anywhere(self) -> None:
        self.from_("192.0.2.77")

        kept = Suggestion.objects.values().get()
        assert "192.0.2" not in repr(kept)
        assert "192.0.2" not in repr(cache._cache)

    def test_the_key_of_the_hashes_is_another_every_day(self) -> None:
        with time_machine.travel("2026-11-21 12:00"):
            one = limits._key_of_the_day()
            assert limits._key_of_the_day() == one
        with time_machine.travel("2026-11-22 12:00"):
            assert limits._key_of_the_day() != one


class TestRobots:
    def test_whoever_fills_in_everything_is_asked_again(self, client: Client) -> None:
        response = send(client, **LINK, website="https://spam.example/")

        assert "A field that nobody sees was filled in." in told(response)
        assert Suggestion.objects.count() == 0

    def test_that_field_is_out_of_sight_and_out_of_the_way(self, client: Client) -> None:
        trap = open_page(client, SUGGEST).select_one(".suggest__trap")

        assert trap["aria-hidden"] == "true"
        assert trap.input["tabindex"] == "-1"
        assert trap.input["autocomplete"] == "off"

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
    )
    def test_the_form_of_another_site_is_refused(self, client: Client, headers: dict) -> None:
        assert send(client, headers=headers, **LINK).status_code == 403
        _kept, page = sent()
        assert client.post(page, headers=headers).status_code == 403
        assert Suggestion.objects.get().is_open

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
            {"Origin": "http://testserver"},
            {},
        ],
    )
    def test_that_of_a_private_browser_is_taken(self, client: Client, headers: dict) -> None:
        assert send(client, headers=headers, **LINK).status_code == 302


class TestTexts:
    def test_five_hundred_links_are_refused(self, client: Client) -> None:
        many = " ".join(["http://x.co"] * 50)
        assert "There are more web addresses" in told(send(client, **{**LINK, "text": many}))

        more = " ".join(f"https://spam.example/{n}" for n in range(500))
        response = send(client, **{**LINK, "text": more})
        assert response.status_code == 200
        assert Suggestion.objects.count() == 0

    @pytest.mark.parametrize("name", ["url", "text", "skill"])
    def test_markup_is_text(self, client: Client, name: str) -> None:
        script = "<script>alert(1)</script>"
        said = {**LINK, name: f"https://example.org/{script}" if name == "url" else script}

        wrong = send(client, **said, email="wrong")
        page = client.get(send(client, **said)["Location"])

        for response in (wrong, page):
            assert b"<script" not in response.content.replace(b'<script src="/static', b"")

    def test_nothing_that_they_name_becomes_a_link(self, client: Client) -> None:
        _kept, page = sent(**{**LINK, "text": "See https://evil.example/ and javascript:alert(1)"})

        leads = [link["href"] for link in main(open_page(client, page)).select("[href]")]
        assert [one for one in leads if not one.startswith("/")] == []

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("a\x00b", "ab"),
            ("\u202egnp.exe", "gnp.exe"),
            ("\u2066a\u2069\u200f", "a"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("  a\x07\x1b[31m ", "a[31m"),
            ("\U000e0041\ufeffa\ud800", "a"),
            ("ŵyn – مرحبا 👩\u200d🔧", "ŵyn – مرحبا 👩\u200d🔧"),
        ],
    )
    def test_what_nobody_sees_is_taken_out(self, typed: str, kept: str) -> None:
        assert plain(typed) == kept

    def test_nul_bytes_and_overrides_reach_no_column(self) -> None:
        kept, _page = sent(
            **{"url": "https://example.org/\x00a", "text": "\x00\u202eA\x00", "skill": "\u202eB"}
        )

        assert (kept.url, kept.text, kept.skill) == ("https://example.org/a", "A", "B")

    def test_a_text_too_long_stays_in_its_field(self, client: Client) -> None:
        long = "a" * (LONGEST_TEXT + 1)
        response = send(client, **{**LINK, "text": long})

        assert response.status_code == 200
        assert long in response.content.decode()

    @pytest.mark.parametrize("path", [SUGGEST, REPORT, WRITE])
    def test_a_megabyte_is_not_read(self, client: Client, path: str) -> None:
        response = send(client, path, **{**LINK, "text": "a" * 1_000_000})

        assert response.status_code == 413
        assert "far longer than we can take" in told(response)
        assert len(response.content) < 50_000

    @pytest.mark.parametrize(
        "body", [b"\xff\xfe\x00", b"url=%FF%FE&text=%ED%A0%80", b"&&&==", b"text", b"stamp=%00"]
    )
    def test_bytes_that_are_no_text_get_a_page(self, client: Client, body: bytes) -> None:
        response = client.post(SUGGEST, body, content_type=FORM)

        assert response.status_code == 200
        assert "It is not sent yet" in told(response)

    @pytest.mark.parametrize(
        ("content_type", "status"),
        [
            (f"{FORM}; charset=utf-16", 400),
            (f"{FORM}; charset=klingon", 200),
            ("multipart/form-data", 400),
            ("multipart/form-data; boundary=x", 200),
            ("application/json", 200),
            ("text/\x00", 200),
        ],
    )
    def test_so_do_other_encodings(self, client: Client, content_type: str, status: int) -> None:
        client.raise_request_exception = False
        response = client.generic("POST", SUGGEST, b"u\x00r\x00l\x00", content_type=content_type)

        assert response.status_code == status
        assert Suggestion.objects.count() == 0

    @pytest.mark.parametrize("length", ["", "-1", "many", "99999999999999999999"])
    def test_so_does_a_length_that_is_none(self, client: Client, length: str) -> None:
        client.raise_request_exception = False
        response = client.generic("POST", SUGGEST, b"", content_type=FORM, CONTENT_LENGTH=length)

        assert response.status_code in (200, 400, 413)


class TestTokens:
    @pytest.mark.parametrize(
        "token", ["x", "0" * 40, "0" * 4000, "%00", "%2e%2e", "<script>", "..%2F", "\u202e"]
    )
    def test_a_forged_one_is_not_found_and_nothing_is_told(
        self, client: Client, token: str
    ) -> None:
        sent()

        for method in (client.get, client.post):
            response = method(f"/suggest/{token}/")
            assert response.status_code in (404, 301)
            assert b"mend a chair" not in response.content

        assert Suggestion.objects.get().is_open

    def test_a_head_and_a_get_change_nothing(self, client: Client) -> None:
        _kept, page = sent()

        client.head(page)
        client.get(f"{page}?do=withdraw")

        assert Suggestion.objects.get().state == "received"
