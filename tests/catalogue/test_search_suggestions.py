"""What is offered while somebody types: /search/suggestions/."""

from urllib.parse import quote

import pytest
from django.test import Client

from catalogue.findable import entries
from catalogue.search import suggestions
from tests.factories import QuestionFactory, ResourceFactory, SkillFactory, make_pathway
from tests.pages import open_page

pytestmark = pytest.mark.django_db


def offered(client: Client, typed: str) -> dict[str, list[str]]:
    page = open_page(client, f"/search/suggestions/?q={quote(typed)}")
    return {
        group["aria-label"]: [one.get_text(strip=True) for one in group.select("[role=option]")]
        for group in page.select("[role=group]")
    }


class TestWhatIsOffered:
    def test_things_with_a_name_that_begins_so_and_resources(self, client: Client):
        SkillFactory(title="Cleaning data")
        QuestionFactory(title="How do I clean our data?")
        make_pathway("Clean data, dirty hands")
        ResourceFactory(title="Data, and how to clean it")

        assert offered(client, "clean da") == {
            "Skills": ["Cleaning data"],
            "Pathways": ["Clean data, dirty hands"],
            "Questions": ["How do I clean our data?"],
            "Resources": ["Data, and how to clean it"],
        }

    def test_the_last_word_may_be_unfinished_for_resources_too(self, client: Client):
        SkillFactory(title="Working with spreadsheets")
        ResourceFactory(title="Spreadsheets for librarians")

        assert offered(client, "spreadsh")["Resources"] == ["Spreadsheets for librarians"]

    def test_short_words_before_need_not_be_in_a_name(self, client: Client):
        SkillFactory(title="Cleaning data")

        assert offered(client, "how do i cle") == {"Skills": ["Cleaning data"]}

    def test_a_single_letter_begins_nothing_but_what_is_called_so(self, client: Client):
        SkillFactory(title="Imaging how things do")
        QuestionFactory(title="How do I clean our data?")
        QuestionFactory(title="What is data?")

        assert offered(client, "how do i") == {"Questions": ["How do I clean our data?"]}
        assert offered(client, "e-i") == {}

    def test_accents_and_case_make_no_difference(self, client: Client):
        SkillFactory(title="Écrans et données")

        assert offered(client, "ECRANS DONN") == {"Skills": ["Écrans et données"]}

    def test_titles_come_before_other_names_and_beginnings_first(self, client: Client):
        SkillFactory(title="Atlases", synonyms=["maps"])
        SkillFactory(title="Drawing maps")
        SkillFactory(title="Maps and plans")

        assert offered(client, "map")["Skills"] == ["Maps and plans", "Drawing maps", "Atlases"]

    def test_a_few_of_each_kind(self, client: Client):
        for n in range(9):
            SkillFactory(title=f"Maps {n}")
            ResourceFactory(title=f"Maps {n}")
        found = offered(client, "maps")

        assert {kind: len(titles) for kind, titles in found.items()} == {
            "Skills": 3,
            "Resources": 4,
        }

    def test_each_leads_to_its_page(self, client: Client):
        SkillFactory(title="Maps")
        page = open_page(client, "/search/suggestions/?q=maps")

        assert [one["href"] for one in page.select("[role=option]")] == ["/skills/maps/"]

    def test_drafts_are_not_offered(self, client: Client):
        SkillFactory(title="Maps", published=False)
        ResourceFactory(title="Maps", published=False)

        assert offered(client, "maps") == {}


class TestThePiece:
    @pytest.mark.parametrize("typed", ["", " ", "a", " a ", "\x00a", "…", "--", "'", "a" * 5000])
    def test_too_little_and_nonsense_offers_nothing(self, client: Client, typed: str):
        ResourceFactory(title="A")

        assert offered(client, typed) == {}
        assert client.get("/search/suggestions/", {"q": typed}).content.strip() == b""

    def test_it_says_for_those_who_listen_how_many_there_are(self, client: Client):
        SkillFactory(title="Maps")
        page = open_page(client, "/search/suggestions/?q=maps")
        [listbox] = page.select("[role=listbox]")

        assert listbox["data-said"] == "1 suggestion. Go through them with the arrow keys."

    def test_it_is_for_everyone_and_no_page_for_search_engines(self, client: Client):
        response = client.get("/search/suggestions/?q=maps")

        assert "public" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies

    def test_names_that_are_kept_are_not_read_again(self, count_queries, monkeypatch):
        SkillFactory(title="Maps")
        names = entries()
        monkeypatch.setattr("catalogue.findable.entries", lambda: names)
        with count_queries() as queries:
            found = suggestions("maps")

        assert [group.kind for group in found.groups] == ["skill"]
        assert not [one for one in queries if "catalogue_name_words" in one["sql"]]

    def test_every_search_field_knows_where_to_ask_in_its_language(self, client: Client):
        for path, address in {
            "/": "/search/suggestions/",
            "/cy/": "/cy/search/suggestions/",
        }.items():
            for page in (path, f"{path}skills/", f"{path}resources/"):
                [form] = open_page(client, page).select("form[role=search]")
                assert form["data-suggestions"] == address
