"""Searches that nothing here speaks of: what to do next, and what is counted of them."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from catalogue import evidence
from catalogue.models import SiteRevision, UnansweredSearch
from catalogue.models.searches import words_to_keep
from tests.cast import Cast
from tests.factories import ResourceFactory, SkillFactory, UnansweredSearchFactory
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

# What browsers say where a form of this site was sent.
FORM = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def shared_cache(settings: object) -> None:
    """What all workers share: without it each search counts."""
    shared = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "KEY_FUNCTION": "config.shared_cache.hashed",
    }
    settings.CACHES = {**settings.CACHES, "default": shared}


@pytest.fixture
def client(client: Client) -> Client:
    """A browser of somebody who reads."""
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"
    return client


def counted() -> dict[str, int]:
    """What is counted once it is written."""
    evidence.write()
    return dict(UnansweredSearch.objects.values_list("words", "number"))


class TestWhatToDoNext:
    def test_each_filter_says_what_there_would_be_without_it_that_first_which_leaves_most(
        self, client: Client
    ):
        ResourceFactory.create_batch(2, title="Maps", resource_type="book", cost="paid")
        ResourceFactory(title="Maps", resource_type="video", cost="free")
        page = open_page(client, "/resources/?q=maps&type=video&cost=paid")

        assert links(page, ".try-instead .chip") == {
            "Video 2 resources": "?q=maps&cost=paid",
            "Paid 1 resource": "?q=maps&type=video",
        }

    def test_the_words_are_one_of_them(self, client: Client):
        ResourceFactory(title="Maps", resource_type="video")
        page = open_page(client, "/resources/?q=unicorns&type=video")

        assert links(page, ".try-instead .chip") == {"“unicorns” 1 resource": "?type=video"}

    def test_where_no_single_one_helps_it_is_all_of_them(self, client: Client):
        ResourceFactory(title="Maps", resource_type="video", cost="free", languages=["en"])
        page = open_page(client, "/resources/?q=maps&type=book&cost=paid&language=cy")

        assert links(page, ".try-instead .chip") == {"all filters 1 resource": "?q=maps"}

    def test_a_resource_can_be_suggested_with_the_words(self, client: Client):
        page = open_page(client, "/resources/?q=how+to+tame+unicorns")

        [address] = [one for one in links(page, ".try-instead a").values() if "suggest" in one]
        form = open_page(client, address)
        assert form.select_one("[name=skill]")["value"] == "how to tame unicorns"

    def test_where_something_is_found_nothing_of_it_stands_there(self, client: Client):
        ResourceFactory(title="Maps", resource_type="video")

        assert open_page(client, "/resources/?q=maps&type=video").select(".try-instead") == []


class TestWhatIsCounted:
    def test_words_folded_by_month_and_nothing_of_who_searched(self, client: Client):
        for typed in ("Taming+unicorns", "taming++UNICORNS", "tàming+unicorns!"):
            client.get(f"/resources/?q={typed}", **FORM)
            evidence.write()

        assert counted() == {"taming unicorns": 3}
        assert [field.name for field in UnansweredSearch._meta.fields] == [
            *("id", "words", "month", "number")
        ]
        [row] = UnansweredSearch.objects.all()
        assert row.month == timezone.localdate().replace(day=1)

    def test_another_page_of_this_site_may_be_told_by_old_browsers(self, client: Client):
        client.get("/resources/?q=unicorns", HTTP_REFERER="http://testserver/skills/")
        client.get("/resources/?q=dragons", HTTP_REFERER="https://elsewhere.example/")

        assert counted() == {"unicorns": 1}

    @pytest.mark.parametrize(
        ("query", "headers"),
        [
            ("?q=unicorns", {}),
            ("?q=unicorns", {"HTTP_SEC_FETCH_SITE": "none"}),
            ("?q=unicorns", {"HTTP_SEC_FETCH_SITE": "cross-site"}),
            ("?q=unicorns", FORM | {"HTTP_SEC_PURPOSE": "prefetch"}),
            ("?q=unicorns&page=2", FORM),
            ("?q=unicorns&type=video", FORM),
            ("?q=maps", FORM),
            ("?q=", FORM),
            ("?type=book", FORM),
        ],
    )
    def test_nothing_else_is(self, client: Client, query: str, headers: dict[str, str]):
        ResourceFactory(title="Maps", resource_type="video")

        client.get(f"/resources/{query}", **headers)

        assert counted() == {}

    def test_a_word_that_stands_nowhere_counts_whatever_is_offered_or_found_beside_it(
        self, client: Client
    ):
        ResourceFactory(title="Read aloud", description="Quality and privacy.")
        for typed in ("cloud", "privcay+unicorns"):
            client.get(f"/resources/?q={typed}", **FORM)

        assert counted() == {"cloud": 1, "privcay unicorns": 1}

    def test_a_slip_counts_where_somebody_asks_for_just_that(self, client: Client):
        ResourceFactory(title="Privacy")
        client.get("/resources/?q=privcay", **FORM)
        assert counted() == {}

        client.get("/resources/?q=privcay&verbatim=1", **FORM)
        assert counted() == {"privcay": 1}

    def test_looking_without_opening_is_no_search(self, client: Client):
        client.head("/resources/?q=unicorns", **FORM)

        assert counted() == {}

    def test_whoever_is_signed_in_tries_what_others_look_for(self, cast: Cast):
        cast.client_of("editor").get("/resources/?q=unicorns", **FORM)

        assert counted() == {}

    @pytest.mark.parametrize(
        "typed",
        [
            "ann@example.org",
            "ann at https://example.org",
            "0117 496 0123",
            "+44 (0)117 4960123",
            "ticket 20771",
            "1 2 3 4 5",
            "x" * 61,
            "all of seven words are too many",
            "…",
            "",
        ],
    )
    def test_what_may_tell_of_somebody_is_not_kept(self, typed: str):
        assert words_to_keep(typed) == ""

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Census of 1921", "census of 1921"),
            ("“web archives”", "web archives"),
            ("Ŵyl ffilm", "wyl ffilm"),
            ("ffotograffiaeth\x00", "ffotograffiaeth"),
        ],
    )
    def test_other_words_are(self, typed: str, kept: str):
        assert words_to_keep(typed) == kept

    def test_so_many_different_ones_a_month_at_most(self, client: Client, monkeypatch):
        monkeypatch.setattr("catalogue.models.searches.MOST_A_MONTH", 1)
        for typed in ("unicorns", "dragons", "unicorns"):
            client.get(f"/resources/?q={typed}", **FORM)
            evidence.write()

        assert counted() == {"unicorns": 2}

    def test_it_is_no_edit(self, client: Client):
        before = SiteRevision.current()
        client.get("/resources/?q=unicorns", **FORM)
        evidence.write()

        assert SiteRevision.current() == before

    def test_where_it_cannot_be_counted_the_page_is_there_all_the_same(
        self, client: Client, monkeypatch, caplog
    ):
        monkeypatch.setattr("catalogue.models.searches.COUNT_ONE", "SELECT 1 / 0")
        page = open_page(client, "/resources/?q=unicorns")
        response = client.get("/resources/?q=unicorns", **FORM)
        evidence.write()

        assert words(page.h1) == "0 resources about “unicorns”"
        assert response.status_code == 200
        assert isinstance(caplog.records[-1].exc_info[1], DatabaseError)

    def test_the_same_words_count_once_in_ten_minutes(
        self, client: Client, shared_cache: None, page_cache: None
    ):
        for _time in range(3):
            client.get("/resources/?q=unicorns", **FORM)
            evidence.write()
        assert counted() == {"unicorns": 1}

        cache.clear()
        client.get("/resources/?q=unicorns", **FORM)
        assert counted() == {"unicorns": 2}

    def test_a_worker_holds_so_many_different_ones_at_most(self, client: Client, monkeypatch):
        monkeypatch.setattr("catalogue.evidence.sums.MOST_SEARCHES", 1)
        for typed in ("unicorns", "dragons", "unicorns"):
            client.get(f"/resources/?q={typed}", **FORM)

        assert counted() == {"unicorns": 1}

    def test_whom_nobody_counts_hides_nobody_who_comes_later(self, client: Client, page_cache):
        client.get("/resources/?q=unicorns")
        client.get("/resources/?q=unicorns", **FORM)

        assert counted() == {"unicorns": 1}


class TestForgetting:
    def test_after_a_year_they_are_deleted(self, capsys):
        today = timezone.localdate()
        UnansweredSearchFactory(words="now", month=today.replace(day=1))
        year_ago = date(today.year - 1, today.month, 1)
        UnansweredSearchFactory(words="a year ago", month=year_ago)
        call_command("forget_addresses")

        assert counted() == {"now": 2}
        assert "Searches without result deleted: 1" in capsys.readouterr().out

    def test_the_privacy_page_tells(self, client: Client):
        said = words(open_page(client, "/privacy/").main)

        assert "the words are counted for that month" in said
        assert "deleted after a year" in said


class TestSkillsStillCount:
    def test_a_skill_of_that_name_is_no_result_for_resources(self, client: Client):
        SkillFactory(title="Taming unicorns")
        page = open_page(client, "/resources/?q=unicorns")

        assert texts(page, ".found-beside a") == ["Taming unicorns"]
