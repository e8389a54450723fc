"""The people's public pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import CuratorFactory, OrganisationFactory
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db


def test_the_list_names_everybody_with_a_public_page(client: Client):
    CuratorFactory(
        name="A guest curator",
        headline="Library privacy",
        organisation=OrganisationFactory(name="A library"),
    )
    CuratorFactory(name="Not yet", published=False)
    page = open_page(client, "/curators/")

    assert texts(page, "main h2") == ["A guest curator"]
    assert "Library privacy A library" in words(main(page))


def test_without_curators_it_says_how_they_come(client: Client):
    assert "invited by the editors" in words(open_page(client, "/curators/").select_one(".empty"))


def test_a_page_tells_what_they_know_and_made(client: Client):
    organisation = OrganisationFactory(name="A library")
    curator = CuratorFactory(
        name="A guest curator",
        headline="Library privacy",
        biography="Twenty *years*.",
        organisation=organisation,
        homepage="https://www.example.org/me",
        orcid="0000-0002-1825-0097",
    )
    publish_pathway("Made", credits=[(curator, "author")])
    publish_pathway("Reviewed", credits=[(curator, "reviewer")])
    publish_pathway("Somebody else’s")
    page = open_page(client, curator.get_absolute_url())

    assert words(page.h1) == "A guest curator"
    assert words(page.select_one(".prose em")) == "years"
    assert texts(page, ".pathway-card h3") == ["Made", "Reviewed"]
    assert links(page.aside) == {
        "A library": organisation.get_absolute_url(),
        "Own site, example.org": "https://www.example.org/me",
        "ORCID 0000-0002-1825-0097": "https://orcid.org/0000-0002-1825-0097",
    }


def test_a_team_is_called_one(client: Client):
    page = open_page(client, CuratorFactory(is_team=True).get_absolute_url())

    assert words(page.select_one(".title__kind")) == "A team of curators"


def test_one_without_public_pathways_says_so(client: Client):
    page = open_page(client, CuratorFactory().get_absolute_url())

    assert "No pathway that is public yet." in words(main(page))


def test_an_erased_person_leaves_a_page_that_is_gone(client: Client):
    curator = CuratorFactory(name="A guest curator")
    curator.erase(by=None)
    page = open_page(client, curator.get_absolute_url(), status=410)

    assert "A guest curator" not in words(page)


def test_more_pathways_cost_no_more_queries(client: Client, count_queries: Callable):
    curator = CuratorFactory()
    publish_pathway(credits=[(curator, "author")])
    with count_queries() as few:
        client.get(curator.get_absolute_url())
    for _ in range(4):
        publish_pathway(credits=[(curator, "author"), (CuratorFactory(), "reviewer")])
    with count_queries() as many:
        client.get(curator.get_absolute_url())

    assert len(many) <= len(few)
