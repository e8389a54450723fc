"""The filter by competence says of which framework it is, and offers the others."""

import pytest
from django.test import Client

from catalogue.models import ResourceCompetence
from tests.factories import CompetenceFactory, FrameworkFactory, ResourceFactory
from tests.pages import links, open_page, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_frameworks() -> None:
    for position, title in enumerate(("DigComp", "Skills for Archives")):
        framework = FrameworkFactory(
            title=title, slug=title.lower().replace(" ", "-"), position=position
        )
        area = CompetenceFactory(framework=framework, code="4", title=f"Safety {position}")
        below = CompetenceFactory(
            framework=framework, parent=area, code="4.2", title=f"Creating privacy {position}"
        )
        ResourceCompetence.objects.create(resource=ResourceFactory(title="Maps"), competence=below)


def test_it_offers_one_framework_by_its_name_and_leads_to_the_others(client: Client):
    page = open_page(client, "/resources/?q=maps")
    offered = page.select_one(".facets__frameworks")

    assert texts(offered, "a") == ["DigComp", "Skills for Archives"]
    assert texts(offered, "[aria-current]") == ["DigComp"]
    assert texts(page, "[aria-labelledby='facet-competence'] .facet__label") == [
        "4 Safety 0",
        "4.2 Creating privacy 0",
    ]

    other = open_page(client, "/resources/" + links(offered)["Skills for Archives"])

    assert texts(other, ".facets__frameworks [aria-current]") == ["Skills for Archives"]
    assert texts(other, "[aria-labelledby='facet-competence'] .facet__label") == [
        "4 Safety 1",
        "4.2 Creating privacy 1",
    ]


def test_without_a_choice_of_one_it_is_that_of_what_is_chosen(client: Client):
    page = open_page(client, "/resources/?competence=skills-for-archives:4.2")

    assert texts(page, ".facets__frameworks [aria-current]") == ["Skills for Archives"]


def test_what_is_chosen_of_another_names_it(client: Client):
    page = open_page(
        client, "/resources/?competence=skills-for-archives:4.2&framework=digcomp&match=any"
    )

    assert "4.2 Creating privacy 1 Skills for Archives (chosen; take away)" in texts(
        page, ".facets .facet__label"
    )
    assert "Take away: 4.2 Creating privacy 1 (Skills for Archives)" in links(page, ".chips a")


def test_what_is_looked_for_in_all_of_them_is_told_apart(client: Client):
    page = open_page(client, "/resources/?in_competence=creat")

    assert texts(page, "[aria-labelledby='facet-competence'] .facet__label") == [
        "4 Safety 0",
        "4.2 Creating privacy 0",
        "4 Safety 1 Skills for Archives",
        "4.2 Creating privacy 1 Skills for Archives",
    ]


def test_a_framework_that_nobody_knows_changes_nothing(client: Client):
    page = open_page(client, "/resources/?framework=nobody")

    assert texts(page, ".facets__frameworks [aria-current]") == ["DigComp"]
