"""Registers: organisations and tags."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from catalogue.models import Organisation, ResourceTag, Tag
from catalogue.titles import sort_key
from tests.factories import CuratorFactory, OrganisationFactory, ResourceFactory, TagFactory
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
            "A provider 1",
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

    def test_curators_who_work_there_stand_on_its_page_by_name(self, client: Client):
        body = OrganisationFactory()
        CuratorFactory(name="Tools", headline="Knows about tools.", organisation=body)
        CuratorFactory(name="Maps", organisation=body)
        CuratorFactory(name="A draft", organisation=body, published=False)
        CuratorFactory(name="Elsewhere", organisation=OrganisationFactory())
        page = open_page(client, body.get_absolute_url())

        assert texts(page, ".credit__name") == ["Maps", "Tools"]
        assert texts(page, ".credit__role") == ["Knows about tools."]
        assert links(page)["Tools"] == "/curators/tools/"

    def test_one_of_which_nothing_is_known_but_its_name_has_a_page(self, client: Client):
        name = "Donaudampfschifffahrtsgesellschaft" * 5
        page = open_page(client, OrganisationFactory(name=name).get_absolute_url())

        assert words(page.h1) == name
        assert [words(heading) for heading in page.main.select("h2")] == ["Resources it provides"]
        assert name in page.select_one("meta[name=description]")["content"]
        assert page.select(".title__facts") == []

    def test_a_name_from_right_to_left_leaves_what_stands_around_it_in_place(self, client: Client):
        body = OrganisationFactory(name="مكتبة الإسكندرية", is_sector_body=True)
        page, listed = (
            open_page(client, body.get_absolute_url()),
            open_page(client, "/organisations/"),
        )

        assert texts(page, "h1 bdi") == texts(listed, ".index-list bdi") == ["مكتبة الإسكندرية"]


class TestTags:
    def test_the_list_holds_those_that_something_public_bears(self, client: Client):
        ResourceFactory(tags=["privacy"])
        ResourceFactory(tags=["secret"], published=False)
        TagFactory(name="idle")

        assert texts(open_page(client, "/tags/"), ".index-list li") == ["privacy 1"]

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


def publish_tags(names: list[str]) -> None:
    """Public tags that one resource bears."""
    resource, now = ResourceFactory(), timezone.now()
    tags = Tag.objects.bulk_create(
        Tag(name=name, slug=f"tag-{number}", sort_key=sort_key(name), published_at=now)
        for number, name in enumerate(names)
    )
    ResourceTag.objects.bulk_create(ResourceTag(content_object=resource, tag=tag) for tag in tags)


class TestManyNames:
    """A register of more than 300 names is read by their initial letters."""

    @pytest.fixture
    def many(self) -> None:
        named = [
            f"{word} {number:03}" for word in ("Ŵyn", "apple", "Écran") for number in range(60)
        ]
        publish_tags([*named, *(f"map {number:03}" for number in range(310)), "3D", "أرشيف", "…"])

    def test_up_to_300_stand_on_one_page(self, client: Client):
        publish_tags([f"{'ab'[number % 2]} {number}" for number in range(300)])
        page = open_page(client, "/tags/?letter=b")

        assert len(page.select(".index-list li")) == 300
        assert page.select(".letters, .pager") == []

    @pytest.mark.usefixtures("many")
    def test_beyond_each_letter_has_a_page_and_the_first_comes_first(self, client: Client):
        page = open_page(client, "/tags/")

        assert texts(page, ".letters a") == ["A", "E", "M", "W", "Other"]
        assert texts(page, ".letters span") == [*"BCDFGHIJKLNOPQRSTUVXYZ"]
        assert texts(page, ".letters [aria-current=page], main h2") == ["A", "A"]
        assert texts(page, ".index-list a") == [f"apple {number:03}" for number in range(60)]

    @pytest.mark.usefixtures("many")
    @pytest.mark.parametrize(
        ("letter", "first", "size"),
        [("w", "Ŵyn 000", 60), ("e", "Écran 000", 60), ("other", "…", 3)],
    )
    def test_accents_and_other_signs_have_their_place(
        self, client: Client, letter: str, first: str, size: int
    ):
        page = open_page(client, f"/tags/?letter={letter}")

        assert (texts(page, ".index-list a")[0], len(page.select(".index-list li"))) == (
            first,
            size,
        )

    @pytest.mark.usefixtures("many")
    def test_a_long_letter_has_pages_of_its_own(self, client: Client):
        page = open_page(client, "/tags/?letter=m")
        rest = open_page(client, links(page, ".pager__turn")["Next"].replace("?", "/tags/?"))

        assert links(page, ".pager__turn") == {"Next": "?letter=m&page=2"}
        assert texts(rest, ".index-list a") == [f"map {number}" for number in range(300, 310)]
        assert texts(rest, ".letters [aria-current=page]") == ["M"]

    @pytest.mark.usefixtures("many")
    @pytest.mark.parametrize("asked", ["", "?letter=b", "?letter=ab", "?letter=A", "?page=x"])
    def test_what_is_no_letter_of_theirs_is_the_first(self, client: Client, asked: str):
        page = open_page(client, f"/tags/{asked}")

        assert texts(page, "main h2") == ["A"]

    @pytest.mark.usefixtures("many")
    @pytest.mark.parametrize(
        ("asked", "own"),
        [
            *(
                ("", ""),
                ("?letter=a", ""),
                ("?letter=nonsense", ""),
                ("?utm=1&letter=e", "?letter=e"),
            ),
            ("?page=2&letter=m", "?letter=m&page=2"),
        ],
    )
    def test_each_page_has_one_address(self, client: Client, asked: str, own: str):
        page = open_page(client, f"/tags/{asked}")

        assert page.select_one("link[rel=canonical]")["href"].endswith(f"/tags/{own}")

    def test_ten_times_as_many_cost_no_more_and_stay_light(
        self, client: Client, count_queries: Callable
    ):
        bodies = [
            Organisation(name=f"Body {number}", slug=f"body-{number}", sort_key=f"body {number:05}")
            for number in range(3300)
        ]
        for body in bodies:
            body.is_sector_body, body.published_at = True, timezone.now()
        Organisation.objects.bulk_create(bodies[:330])
        with count_queries() as few:
            client.get("/organisations/")
        Organisation.objects.bulk_create(bodies[330:])
        with count_queries() as many:
            answer = client.get("/organisations/")

        assert len(many) <= len(few)
        assert len(answer.content) < 60_000


def test_more_of_them_cost_no_more_queries(client: Client, count_queries: Callable):
    provider, tag = OrganisationFactory(), TagFactory()

    def furnish(number: int) -> None:
        for _ in range(number):
            ResourceFactory(provider=provider, tags=[tag, f"tag {tag.resource_links.count()}"])
            publish_pathway(organisation=provider)
            CuratorFactory(organisation=provider)

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
