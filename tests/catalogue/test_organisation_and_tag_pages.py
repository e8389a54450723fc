"""Registers: organisations and tags."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import OrganisationFactory, ResourceFactory, TagFactory
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db


class TestOrganisations:
    def test_the_list_counts_what_each_provides(self, client: Client):
        provider = OrganisationFactory(name="A provider")
        OrganisationFactory(name="B body", is_sector_body=True)
        ResourceFactory(provider=OrganisationFactory(name="C of a draft"), published=False)
        ResourceFactory(provider=provider)
        ResourceFactory(provider=provider, published=False)

        assert texts(open_page(client, "/organisations/"), ".index-list li") == [
            "A provider 1 resource",
            "B body",
        ]

    def test_one_tells_what_it_is_provides_and_answers_for(self, client: Client):
        body = OrganisationFactory(
            name="A body", summary="It speaks.", url="https://www.example.org/", is_sector_body=True
        )
        ResourceFactory(title="A guide", provider=body)
        publish_pathway("A way", organisation=body)
        page = open_page(client, body.get_absolute_url())

        assert words(page.select_one(".title__kind")) == "A sector body"
        assert links(page)["Its own site, example.org"] == "https://www.example.org/"
        assert texts(page, ".resource-card__title, .pathway-card__title") == ["A way", "A guide"]

    def test_many_resources_lead_to_the_whole_list(self, client: Client):
        provider = OrganisationFactory(name="A provider")
        ResourceFactory.create_batch(9, provider=provider)
        page = open_page(client, provider.get_absolute_url())

        assert len(page.select(".resource-card")) == 8
        assert links(page)["All 9 resources, with filters"] == "/resources/?provider=a-provider"

    def test_one_that_provides_nothing_says_so(self, client: Client):
        page = open_page(client, OrganisationFactory().get_absolute_url())

        assert "None of its resources is listed here at present." in words(main(page))

    def test_an_empty_list_says_so(self, client: Client):
        assert "no organisations here yet" in words(open_page(client, "/organisations/").main)


class TestTags:
    def test_the_list_holds_those_that_something_public_bears(self, client: Client):
        ResourceFactory(tags=["privacy"])
        ResourceFactory(tags=["secret"], published=False)
        TagFactory(name="idle")

        assert texts(open_page(client, "/tags/"), ".index-list li") == ["privacy 1 resource"]

    def test_one_lists_what_bears_it(self, client: Client):
        ResourceFactory(title="A guide", tags=[TagFactory(name="GDPR", synonyms=["data law"])])
        page = open_page(client, "/tags/gdpr/")

        assert words(page.h1) == "GDPR"
        assert "Also: data law" in words(main(page))
        assert texts(page, ".resource-card__title") == ["A guide"]

    def test_an_idle_one_says_so(self, client: Client):
        page = open_page(client, TagFactory().get_absolute_url())

        assert "Nothing bears this tag at present." in words(main(page))

    def test_an_empty_list_leads_to_skills(self, client: Client):
        assert links(open_page(client, "/tags/"), ".empty a") == {"All skills": "/skills/"}


def test_more_of_them_cost_no_more_queries(client: Client, count_queries: Callable):
    provider, tag = OrganisationFactory(), TagFactory()

    def furnish(number: int) -> None:
        for _ in range(number):
            ResourceFactory(provider=provider, tags=[tag, f"tag {tag.resource_links.count()}"])
            publish_pathway(organisation=provider)

    def visit() -> None:
        for path in ("/organisations/", "/tags/"):
            client.get(path)
        client.get(provider.get_absolute_url())
        client.get(tag.get_absolute_url())

    furnish(2)
    with count_queries() as few:
        visit()
    furnish(5)
    with count_queries() as many:
        visit()

    assert len(many) <= len(few)
