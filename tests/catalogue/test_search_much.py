"""A question with many words or many choices: what is read of it is told, and no page grows with it."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue.asking import LONG_ADDRESS, VALUES
from catalogue.models import Organisation
from catalogue.search import QUERY_LENGTH
from tests.factories import OrganisationFactory, ResourceFactory
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

KILOBYTES = 1_000


def notices(page: BeautifulSoup) -> list[str]:
    return texts(page, ".results__told .notice")


class TestManyWords:
    def test_what_is_beyond_a_long_paragraph_is_left_out_and_told(self, client: Client):
        ResourceFactory(title="Maps")
        page = open_page(client, "/resources/?q=" + "maps+" * 1_000)

        assert len(page.select_one("#q")["value"]) <= QUERY_LENGTH
        assert page.select_one("#q").get("maxlength") is None
        assert "the first 1,000 letters were looked for" in notices(page)[0]

    def test_no_word_is_read_in_part(self, client: Client):
        page = open_page(client, "/resources/?q=" + "-data+" * 800)

        assert set(page.select_one("#q")["value"].split()) == {"-data"}
        long = "x" * 3_000
        assert (
            open_page(client, f"/resources/?q=maps+{long}").select_one("#q")["value"]
            == (f"maps {long}"[:QUERY_LENGTH])
        )

    def test_a_long_paragraph_is_read_whole(self, client: Client):
        ResourceFactory(title="Maps")

        assert notices(open_page(client, "/resources/?q=" + "maps+" * 199)) == []

    @pytest.mark.parametrize(
        "typed", ["maps " * 1_000, "x" * 10_000, "図書館" * 1_000, "карта " * 500]
    )
    def test_the_page_stays_light(self, client: Client, typed: str):
        for number in range(30):
            ResourceFactory(title=f"maps {number}", provider=OrganisationFactory())
        response = client.get("/resources/", {"q": typed})

        assert response.status_code == 200
        assert len(response.content) < 100 * KILOBYTES


class TestManyChoices:
    @pytest.fixture
    def providers(self) -> list[Organisation]:
        found = [OrganisationFactory(name=f"Library {number:03}") for number in range(30)]
        for number, provider in enumerate(found):
            ResourceFactory(title=f"Maps {number}", provider=provider)
        return found

    def address(self, providers: list[Organisation], **more: str) -> str:
        chosen = [("provider", provider.slug) for provider in providers]
        return "/resources/?" + urlencode([*chosen, *more.items()])

    def test_each_of_them_counts(self, client: Client, providers: list[Organisation]):
        assert words(open_page(client, self.address(providers[:25])).h1) == "25 resources"

    def test_of_very_many_the_first_count_and_the_page_says_so(self, client: Client):
        ResourceFactory(title="Maps", provider=OrganisationFactory(slug="there"))
        asked = [("provider", f"nobody-{number}") for number in range(VALUES)]
        page = open_page(client, "/resources/?" + urlencode([*asked, ("provider", "there")]))

        assert f"Provider: the first {VALUES} choices count" in " ".join(notices(page))

    def test_five_hundred_of_each_filter_make_a_page(self, client: Client):
        ResourceFactory(title="Maps")
        asked = [
            (name, f"nobody-{number}")
            for name in ("skill", "competence", "provider", "tag", "type", "language")
            for number in range(500)
        ]
        response = client.get("/resources/?" + urlencode(asked))

        assert response.status_code == 200
        assert len(response.content) < 100 * KILOBYTES

    def test_choices_are_fields_where_links_would_be_long(
        self, client: Client, providers: list[Organisation]
    ):
        asked = self.address(providers[:25], sort="newest", match="all")
        assert len(asked) > LONG_ADDRESS
        page = open_page(client, asked)
        form = page.select_one("form#search")
        fields = page.select("input[form=search][type=checkbox]")

        assert not links(page, ".facets__values a")
        assert not links(page, ".pager a")
        assert {field["value"] for field in fields if field.has_attr("checked")} == {
            provider.slug for provider in providers[:20]
        }
        kept = [(field["name"], field["value"]) for field in form.select("[type=hidden]")]
        assert kept == [
            *(("provider", provider.slug) for provider in providers[20:25]),
            ("match", "all"),
            ("sort", "newest"),
        ]
        assert "and 5 more that are chosen" in texts(page, ".facets p")
        assert "Show what fits the choice" in texts(page, ".facets button[form=search]")
        assert [button["value"] for button in page.select("button[name=sort]")] == [
            "title",
            "newest",
            "shortest",
        ]
        assert [button["value"] for button in page.select("button[name=page]")] == ["1", "2", "2"]

    def test_chips_are_links_while_they_are_few(
        self, client: Client, providers: list[Organisation]
    ):
        page = open_page(client, self.address(providers[:14], sort="newest"))

        assert page.select("input[form=search][type=checkbox]")
        assert "Take away: Library 003" in links(page, ".chips a")

    def test_sent_with_one_choice_less_the_form_asks_for_the_others(
        self, client: Client, providers: list[Organisation]
    ):
        page = open_page(client, self.address(providers[:25], q="maps"))
        sent = [(field["name"], field["value"]) for field in page.select("form#search input[name]")]
        sent += [
            (field["name"], field["value"])
            for field in page.select("input[form=search][checked]")
            if field["value"] != providers[0].slug
        ]

        assert words(open_page(client, "/resources/?" + urlencode(sent)).h1) == (
            "24 resources about “maps”"
        )
