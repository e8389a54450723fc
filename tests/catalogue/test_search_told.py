"""What the list of resources tells of how it read what was typed."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue.numbers import grouped
from tests.factories import ResourceFactory, SkillFactory
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def few() -> None:
    for title in (
        "Privacy for libraries",
        "Privacy at the desk",
        "Maps of data",
        "Data in museums",
    ):
        ResourceFactory(title=title, description="")


def told(page: BeautifulSoup) -> list[str]:
    return texts(page, ".search-told p")


@pytest.mark.usefixtures("few")
class TestSpelling:
    def test_what_is_shown_instead_and_the_way_to_what_was_typed(self, client: Client):
        page = open_page(client, "/resources/?q=privcay&type=guide")

        assert told(page) == ["Showing results for privacy . Search instead for privcay ."] or told(
            page
        ) == ["Showing results for privacy. Search instead for privcay."]
        assert links(page, ".search-told a") == {"privcay": "?q=privcay&type=guide&verbatim=1"}
        assert words(page.h1) == "2 resources about “privacy”"
        assert page.select_one("#q")["value"] == "privcay"

    def test_asked_for_just_that_it_says_that_nothing_has_it(self, client: Client):
        page = open_page(client, "/resources/?q=privcay&verbatim=1")

        assert told(page) == ["Did you mean: privacy", "Nowhere in the catalogue: privcay"]
        assert links(page, ".search-told a") == {"privacy": "?q=privacy"}
        assert page.select(".resource-card") == []

    def test_skills_are_found_by_what_is_shown(self, client: Client):
        SkillFactory(title="Protecting privacy")
        page = open_page(client, "/resources/?q=privcay")

        assert texts(page, ".found-beside a") == ["Protecting privacy"]

    def test_words_as_they_are_tell_nothing(self, client: Client):
        assert told(open_page(client, "/resources/?q=privacy")) == []
        assert told(open_page(client, "/resources/")) == []

    def test_what_was_typed_is_shown_as_plain_text(self, client: Client):
        page = open_page(client, "/resources/?q=%3Cb%3Eprivcay")

        assert "<b>" not in page.select_one(".search-told").decode_contents().replace(
            "<b>privacy</b>", ""
        ).replace("<b>&lt;b&gt;privacy</b>", "")


@pytest.mark.usefixtures("few")
class TestWidening:
    def test_where_none_has_all_words_it_says_so(self, client: Client):
        page = open_page(client, "/resources/?q=privacy+at+the+desk+for+unicorns")

        assert told(page) == [
            "Nowhere in the catalogue: unicorns",
            "No resource holds all of these words: what holds most of them comes first.",
        ]

    def test_how_many_have_all_where_some_do(self, client: Client):
        page = open_page(client, "/resources/?q=privacy+desk")

        assert told(page)[-1].startswith("One resource holds all of these words")
        assert texts(page, ".resource-card__title")[0] == "Privacy at the desk"

    def test_what_only_leaves_out_is_told_so(self, client: Client):
        page = open_page(client, "/resources/?q=-privacy")

        assert told(page) == ["Here is everything but what speaks of: privacy"]
        assert words(page.h1) == "2 resources"

    def test_where_filters_leave_nothing_it_says_nothing_of_an_order(self, client: Client):
        page = open_page(client, "/resources/?q=privacy+at+the+desk+for+unicorns&type=video")

        assert page.select(".resource-card") == []
        assert told(page) == ["Nowhere in the catalogue: unicorns"]

    def test_where_filters_leave_what_holds_all_words_it_says_of_no_others(self, client: Client):
        ResourceFactory(title="Privacy, filmed at the desk", description="", resource_type="video")
        page = open_page(client, "/resources/?q=privacy+desk&type=video")

        assert texts(page, ".resource-card__title") == ["Privacy, filmed at the desk"]
        assert told(page) == []

    def test_in_another_order_it_says_of_none_that_it_comes_first(self, client: Client):
        page = open_page(client, "/resources/?q=privacy+desk&sort=title")
        assert told(page) == [
            "One resource holds all of these words; the others hold some of them."
        ]

        page = open_page(client, "/resources/?q=maps+privacy&sort=title")
        assert told(page) == ["No resource holds all of these words: these hold some of them."]

    def test_with_filters_words_that_tell_nothing_leave_the_filters(self, client: Client):
        page = open_page(client, "/resources/?q=the&type=video")

        assert told(page) == [
            "Nothing in that tells what to look for, so the filters alone count. Add a word that "
            "tells more."
        ]

    @pytest.mark.parametrize("typed", ["the of", "--", "?!"])
    def test_words_that_tell_nothing_alone_are_told(self, client: Client, typed: str):
        page = open_page(client, f"/resources/?q={typed}")

        assert told(page) == [
            "Nothing in that tells what to look for, so here is everything. Add a word that tells "
            "more."
        ]
        assert told(open_page(client, "/resources/?q=the+privacy")) == []


@pytest.mark.usefixtures("few")
class TestTitles:
    def title(self, client: Client, query: str) -> str:
        title = open_page(client, f"/resources/{query}").title.string
        assert "\n" not in title
        return title.removesuffix(" – Waymark")

    def test_the_window_says_what_the_heading_says(self, client: Client):
        assert self.title(client, "?q=privcay&type=guide") == ("“privacy”, Guide – 2 resources")

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("%22maps+of+data%22", "“maps of data”"),
            ("%22maps+of+data%22+data", "“‘maps of data’ data”"),
        ],
    )
    def test_a_phrase_has_its_quotation_marks_once(self, client: Client, typed: str, said: str):
        assert self.title(client, f"?q={typed}") == f"{said} – 1 resource"
        page = open_page(client, f"/resources/?q={typed}")
        assert words(page.h1) == f"1 resource about {said}"
        assert texts(page, ".chips .chip") == [f"Take away: {said}"]

    @pytest.mark.parametrize("number", ["1000000000", "9" * 5_000])
    def test_a_page_far_beyond_the_last_is_the_last_and_told(self, client: Client, number: str):
        page = open_page(client, f"/resources/?page={number}")

        assert "; this is the last." in words(page.main)
        assert "There is no page 1000000000" in words(page.main)


class TestLimits:
    def test_a_phrase_that_was_not_looked_for_everywhere_has_more_perhaps(
        self, client: Client, monkeypatch
    ):
        monkeypatch.setattr("catalogue.search.finding.MOST_READ", 3)
        ResourceFactory.create_batch(4, title="Old maps of towns")
        page = open_page(client, "/resources/?q=%22old+maps%22")

        assert words(page.h1) == "3+ resources about “old maps”"
        assert "1 to 3 of 3+" in words(page.main)
        assert told(page)[-1].startswith("There may be more")

    def test_a_long_question_is_cut_in_headings_and_chips_and_whole_in_the_field(
        self, client: Client
    ):
        typed = "maps " * 100
        page = open_page(client, f"/resources/?q={typed}")

        assert len(words(page.h1)) < 160 and len(words(page.select_one(".chip--active"))) < 130
        assert page.select_one("#q")["value"] == typed.strip()

    @pytest.mark.parametrize(
        ("number", "said"), [(0, "0"), (999, "999"), (1000, "1,000"), (12345678, "12,345,678")]
    )
    def test_thousands_stand_apart(self, number: int, said: str):
        assert grouped(number) == said


class TestHelp:
    def test_it_stands_below_the_field_and_its_examples_are_true(self, client: Client):
        ResourceFactory(title="Open data", description="")
        ResourceFactory(title="Data on open days", description="")
        page = open_page(client, "/resources/")

        assert "just these words, in this order" in words(page.select_one(".search-help"))
        found = open_page(client, "/resources/?q=%E2%80%9Copen+data%E2%80%9D")
        assert texts(found, ".resource-card__title") == ["Open data"]
        found = open_page(client, "/resources/?q=data+-days")
        assert texts(found, ".resource-card__title") == ["Open data"]
