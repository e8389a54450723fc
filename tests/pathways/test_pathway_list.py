"""The list of pathways as people narrow it: choices with counts, chips to take off, pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from pathways.finding import PAGE_SIZE
from tests.factories import RoleFactory, SkillFactory, make_pathway
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db: None) -> None:
    """One long way in maps for a librarian, one short way in data."""
    publish_pathway(
        "Maps",
        {"A": [("Draw", {"duration_minutes": 300})]},
        skills=[(SkillFactory(title="Mapping"), "basic")],
        roles=[RoleFactory(title="Librarian")],
        proficiency_from="basic",
    )
    publish_pathway(
        "Data",
        {"A": [("Clean", {"duration_minutes": 30})]},
        skills=[(SkillFactory(title="Cleaning"), "basic")],
        proficiency_from="expert",
    )


def listed(client: Client, query: str = "") -> list[str]:
    return texts(open_page(client, f"/pathways/{query}"), ".pathway-card h2")


@pytest.mark.usefixtures("two")
class TestNarrowing:
    def test_each_choice_is_a_link_that_says_how_many_it_leaves(self, client: Client):
        page = open_page(client, "/pathways/")

        assert texts(page, ".facets h2") == ["Level", "Time", "Skill", "Role"]
        assert links(page, ".facets a[href*=skill]") == {
            "Cleaning 1": "?skill=cleaning#facet-skill",
            "Mapping 1": "?skill=mapping#facet-skill",
        }
        said = "Each with the number of pathways that have it and fit the other filters:"
        assert said in texts(page, ".facets p")

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ("?skill=mapping", ["Maps"]),
            ("?proficiency=expert", ["Data"]),
            ("?time=60", ["Data"]),
            ("?role=librarian", ["Maps"]),
            ("?skill=mapping&skill=cleaning", ["Data", "Maps"]),
            ("?skill=mapping&time=60", []),
            ("?skill=nonsense", ["Data", "Maps"]),
            ("?proficiency=nonsense", ["Data", "Maps"]),
        ],
    )
    def test_it_leaves_what_fits(self, client: Client, query: str, left: list[str]):
        assert listed(client, query) == left

    def test_what_makes_no_sense_is_told(self, client: Client):
        page = open_page(client, "/pathways/?skill=nonsense&page=7")

        assert texts(page, ".results__told") == [
            "Some of what was asked isn’t known here, and was left out Skill: “nonsense”",
            "There is no page 7; this is the last.",
        ]

    def test_what_is_chosen_is_marked_and_can_be_taken_off(self, client: Client):
        page = open_page(client, "/pathways/?skill=mapping&time=more")

        assert texts(page, ".facet[aria-current=true] .facet__label") == [
            "Longer pieces (chosen; take away)",
            "Mapping (chosen; take away)",
        ]
        assert links(page, ".narrowed a[href^='?']") == {
            "Take away: Longer pieces": "?skill=mapping",
            "Take away: Mapping": "?time=more",
        }
        assert links(page, ".narrowed a")["Clear all"] == "/pathways/"
        assert words(page.select_one(".narrowed p")) == "One pathway"

    @pytest.mark.parametrize(
        ("query", "title"),
        [
            ("", "Pathways"),
            ("?skill=mapping", "Pathways: Mapping"),
            ("?skill=mapping&time=more", "Pathways: Longer pieces, Mapping"),
        ],
    )
    def test_the_title_says_what_is_chosen(self, client: Client, query: str, title: str):
        assert words(open_page(client, f"/pathways/{query}").title).startswith(f"{title} –")

    def test_where_nothing_fits_it_says_what_to_do(self, client: Client):
        page = open_page(client, "/pathways/?skill=mapping&time=60")

        assert words(page.select_one(".empty")).startswith("No pathway fits all of that")
        assert links(page, ".empty a") == {"All pathways": "/pathways/"}
        assert page.select(".facets")

    def test_on_a_narrow_screen_the_filters_are_one_link_away(self, client: Client):
        page = open_page(client, "/pathways/?time=60")

        assert links(page, ".narrow-only[href^='#']") == {"Filters (1)": "#filters"}
        assert links(page, "#filters .narrow-only a") == {"Show 1 pathway": "#results"}

    def test_a_narrowed_list_is_not_for_search_engines(self, client: Client):
        whole = open_page(client, "/pathways/")
        narrowed = open_page(client, "/pathways/?time=60")

        assert whole.find("meta", {"name": "robots"}) is None
        assert "noindex" in narrowed.find("meta", {"name": "robots"})["content"]


@pytest.mark.parametrize("number", [0, 1])
def test_there_is_nothing_to_narrow_where_there_are_not_two(client: Client, number: int):
    for _ in range(number):
        publish_pathway()
    page = open_page(client, "/pathways/")

    assert page.select(".facets, .narrowed") == []
    assert len(page.select(".pathway-card")) == number


def test_a_long_list_has_pages_that_keep_the_filters(client: Client):
    for number in range(PAGE_SIZE + 1):
        make_pathway(f"Pathway {number}", steps=["A step"])
    page = open_page(client, "/pathways/?page=2")

    assert words(page.title).startswith("Pathways, page 2 –")
    assert texts(page, ".pager [aria-current=page]") == ["2"]
    assert len(page.select(".pathway-card")) == 1
    assert listed(client, "?page=nonsense")[0] == "Pathway 0"


def test_more_skills_and_roles_cost_no_more_queries(client: Client, count_queries: Callable):
    publish_pathway("A", skills=[(SkillFactory(), "basic")], roles=[RoleFactory()])
    with count_queries() as few:
        client.get("/pathways/")
    for title in "BCD":
        publish_pathway(
            title,
            skills=[(SkillFactory(), "basic") for _ in range(3)],
            roles=[RoleFactory() for _ in range(3)],
        )
    with count_queries() as many:
        assert main(open_page(client, "/pathways/?time=60"))

    assert len(many) <= len(few) <= 8
