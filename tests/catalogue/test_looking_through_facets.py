"""Long filters have a small search of their own, within the page's one form."""

import pytest
from django.test import Client

from catalogue.search.query import SOUGHT
from tests.factories import CompetenceFactory, OrganisationFactory, ResourceFactory, SkillFactory
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def many() -> None:
    """Eleven providers, tags and skills: more than are shown unasked."""
    for n in range(10):
        ResourceFactory(
            title=f"Resource {n}",
            resource_type="video",
            provider=OrganisationFactory(name=f"University of Town {n}"),
            tags=[f"tag {n}"],
            skills=[SkillFactory(title=f"Skill {n}")],
        )
    ResourceFactory(
        title="The other",
        resource_type="book",
        provider=OrganisationFactory(name="Bibliothèque & Archives"),
        tags=["old-maps"],
        skills=[SkillFactory(title="Reading maps")],
    )


def values(client: Client, query: str, facet: str) -> list[str]:
    page = open_page(client, f"/resources/{query}")
    return texts(page, f"[aria-labelledby=facet-{facet}] .facet__label")


@pytest.mark.usefixtures("many")
class TestWhatIsOffered:
    @pytest.mark.parametrize(
        ("query", "facet", "found"),
        [
            ("?in_provider=biblio", "provider", ["Bibliothèque & Archives"]),
            ("?in_provider=ARCH+bibliothe", "provider", ["Bibliothèque & Archives"]),
            ("?in_provider=town+3", "provider", ["University of Town 3"]),
            ("?in_provider=own", "provider", []),
            ("?in_tag=map", "tag", ["old-maps"]),
            ("?in_skill=map", "skill", ["Reading maps"]),
            ("?in_tag=map&type=video", "tag", []),
            ("?in_tag=map&in_provider=biblio", "tag", ["old-maps"]),
        ],
    )
    def test_values_with_the_beginnings_of_all_words_that_other_filters_leave(
        self, client: Client, query: str, facet: str, found: list[str]
    ):
        assert values(client, query, facet) == found

    def test_a_competence_stands_under_its_area(self, client: Client):
        area = CompetenceFactory(code="1", title="Finding")
        for code, title in (("1.1", "Searching"), ("1.2", "Judging")):
            own = CompetenceFactory(framework=area.framework, parent=area, code=code, title=title)
            ResourceFactory(skills=[SkillFactory(competences=[own])])

        assert values(client, "?in_competence=judg", "competence") == ["1 Finding", "1.2 Judging"]

    def test_what_is_chosen_stays(self, client: Client):
        found = values(client, "?tag=tag-3&in_tag=map", "tag")

        assert found == ["old-maps", "tag 3 (chosen; take away)"]

    def test_the_list_itself_stays_as_it_is(self, client: Client):
        page = open_page(client, "/resources/?in_tag=map")

        assert len(page.select(".resource-card")) == 11
        assert words(page.h1) == "11 resources"

    def test_so_many_at_most_and_it_says_so(self, client: Client, monkeypatch):
        monkeypatch.setattr("catalogue.search.facets.FOUND", 4)
        page = open_page(client, "/resources/?in_provider=univ")

        assert len(page.select("[aria-labelledby=facet-provider] .facet")) == 4
        assert texts(page, ".facets__said") == [
            "The first of many: another letter or two tells them apart."
        ]

    def test_where_none_has_such_a_name_it_says_so_and_the_field_stays(self, client: Client):
        page = open_page(client, "/resources/?in_tag=unicorn")

        assert texts(page, ".facets__said") == ["None of that name has resources here."]
        assert page.select_one("#in-tag")["value"] == "unicorn"


@pytest.mark.usefixtures("many")
class TestTheField:
    def test_filters_that_show_all_their_values_need_none(self, client: Client):
        page = open_page(client, "/resources/?type=book")

        assert page.select(".facets__find") == []

    def test_it_belongs_to_the_one_form_which_keeps_words_and_filters(self, client: Client):
        page = open_page(client, "/resources/?q=resource&type=video&sort=newest&page=2")
        [form] = page.select("main form")

        assert {one["form"] for one in page.select(".facets input, .facets button")} == {form["id"]}
        assert [(one["name"], one["value"]) for one in form.select("input")] == [
            ("q", "resource"),
            ("type", "video"),
        ]
        assert page.select_one("label[for=in-provider]")
        [button] = page.select("[formaction$='#facet-provider']")
        assert button["formaction"] == "/resources/#facet-provider"

    def test_choosing_keeps_what_was_looked_for_and_the_list_forgets_it(self, client: Client):
        page = open_page(client, "/resources/?type=video&in_tag=tag")

        chosen = links(page, "[aria-labelledby=facet-tag] a")["tag 3 1"]
        assert chosen == "?type=video&tag=tag-3&in_tag=tag#facet-tag"
        assert links(page, ".chip--active") == {"Take away: Video": "?"}
        assert not page.select(".results__bar a[href*=in_], .pager a[href*=in_]")
        assert not page.select("main form input[type=hidden][name^=in_]")

    def test_its_filter_is_open_and_so_are_all_on_a_narrow_screen(self, client: Client):
        page = open_page(client, "/resources/?in_tag=map")

        assert page.select_one("details:has(#facet-tag)").has_attr("open")
        assert "facets--open" in page.select_one("#filters")["class"]

    @pytest.mark.parametrize("said", ["%00", "%ED%A0%80", "%22%3E%3Cb%3E", "x" * 500, "+++", "*"])
    def test_nonsense_makes_a_page(self, client: Client, said: str):
        page = open_page(client, f"/resources/?in_tag={said}")

        assert len(page.select(".resource-card")) == 11

    def test_in_welsh_it_is_the_same_address_below_cy(self, client: Client):
        page = open_page(client, "/cy/resources/?type=video&in_tag=tag")

        assert page.select_one("#in-tag")["data-values"] == "/cy/search/facets/tag/"
        assert links(page, "[aria-labelledby=facet-tag] a")["tag 3 1"].startswith("?type=video&")


@pytest.mark.usefixtures("many")
class TestThePiece:
    @pytest.mark.parametrize("name", SOUGHT)
    def test_it_holds_the_same_values_as_the_page(self, client: Client, name: str):
        asked = f"?type=video&in_{name}=1"
        page = open_page(client, f"/search/facets/{name}/{asked}")

        assert texts(page, ".facet__label") == values(client, asked, name)

    def test_other_filters_have_none(self, client: Client):
        open_page(client, "/search/facets/type/?in_type=x", status=404)

    def test_it_is_for_everyone_and_no_page_for_search_engines(self, client: Client):
        response = client.get("/search/facets/tag/?in_tag=map")

        assert "public" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
