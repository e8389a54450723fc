"""The people's public pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from pathways import publication
from tests.factories import CuratorFactory, OrganisationFactory, ResourceFactory, SkillFactory
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db

CALL = "Do you know a way that others should walk?"


def test_the_list_names_everybody_with_a_public_page(client: Client):
    CuratorFactory(
        name="A guest curator",
        headline="Library privacy",
        organisation=OrganisationFactory(name="A library"),
    )
    CuratorFactory(name="Not yet", published=False)
    page = open_page(client, "/curators/")

    assert texts(page, "main h2") == ["A guest curator", CALL]
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
    assert texts(page, "[aria-labelledby=author] h3") == ["Made"]
    assert texts(page, "[aria-labelledby=reviewer] li a") == ["Reviewed"]
    assert "Somebody else’s" not in words(main(page))
    assert {
        text: address for text, address in links(page.aside).items() if "/id/" not in address
    } == {
        "A library": organisation.get_absolute_url(),
        "Own site, example.org": "https://www.example.org/me",
        "ORCID 0000-0002-1825-0097": "https://orcid.org/0000-0002-1825-0097",
    }


class TestCall:
    @pytest.mark.parametrize("number", [0, 1])
    def test_it_says_what_a_curator_does_and_gets_and_how_to_ask(self, client: Client, number: int):
        CuratorFactory.create_batch(number)
        call = open_page(client, "/curators/").select_one("[aria-labelledby=call]")

        assert texts(call, "h3") == ["What a guest curator does", "What you get", "How to ask"]
        assert links(call) == {"Write to the editors": "/contact/"}
        assert open_page(client, "/contact/")


class TestWork:
    def test_a_pathway_stands_once_by_the_first_of_what_they_did(self, client: Client):
        curator = CuratorFactory()
        publish_pathway("Both", credits=[(curator, "reviewer"), (curator, "author")])
        publish_pathway("Helped", credits=[(curator, "contributor"), (curator, "reviewer")])
        page = open_page(client, curator.get_absolute_url())

        assert texts(page, "main section h2")[:2] == ["Pathways put together", "Helped with"]
        assert texts(page, ".pathway-card h3") == ["Both"]
        assert texts(page, "[aria-labelledby=contributor] li a") == ["Helped"]
        assert page.select("[aria-labelledby=reviewer]") == []

    def test_who_put_it_together_is_told_beside_what_they_helped_with(self, client: Client):
        curator, author = CuratorFactory(), CuratorFactory(name="An author")
        publish_pathway("Helped", credits=[(curator, "contributor"), (author, "author")])
        page = open_page(client, curator.get_absolute_url())

        assert texts(page, "[aria-labelledby=contributor] li") == ["Helped An author"]

    def test_they_know_about_what_their_pathways_practise(self, client: Client):
        curator, skill = CuratorFactory(), SkillFactory(title="A skill")
        made = {"credits": [(curator, "author")]}
        publish_pathway("One", skills=[(skill, "basic")], **made)
        publish_pathway(
            "Two", skills=[(skill, "expert"), (SkillFactory(title="B skill"), "basic")], **made
        )
        publish_pathway(
            "Reviewed",
            skills=[(SkillFactory(title="No"), "basic")],
            credits=[(curator, "reviewer")],
        )
        publish_pathway("Gone", skills=[(SkillFactory(title="No"), "basic")], **made).withdraw(
            by=None, reason="It is old."
        )
        page = open_page(client, curator.get_absolute_url())

        assert texts(page, "[aria-labelledby=knows] .chip") == ["A skill", "B skill"]

    def test_eight_skills_are_shown_those_first_that_most_steps_teach(self, client: Client):
        curator = CuratorFactory()
        skills = [SkillFactory(title=f"Skill {n}") for n in range(10)]
        steps = [ResourceFactory(skills=[(skills[9], "basic")]) for _n in range(2)]
        publish_pathway(
            stages={"A": [*steps, ResourceFactory(skills=[(skills[5], "basic")])]},
            skills=[(skill, "basic") for skill in skills],
            credits=[(curator, "author")],
        )
        knows = open_page(client, curator.get_absolute_url()).select_one("[aria-labelledby=knows]")

        shown = ["Skill 9", "Skill 5", "Skill 0", "Skill 1", "Skill 2", "Skill 3", "Skill 4"]
        assert texts(knows, "section > ul .chip") == [*shown, "Skill 6"]
        assert words(knows.summary) == "2 more skills"
        assert texts(knows, "details .chip") == ["Skill 7", "Skill 8"]

    def test_what_a_pathway_no_longer_practises_is_left_out(self, client: Client):
        curator = CuratorFactory()
        pathway = publish_pathway(
            skills=[(SkillFactory(title="No longer"), "basic")], credits=[(curator, "author")]
        )
        draft = publication.draft_from(pathway.published_revision, by=None)
        draft.skill_links.all().delete()
        publication.publish(draft, by=None)

        page = open_page(client, curator.get_absolute_url())

        assert page.select("[aria-labelledby=knows]") == []


def test_a_page_without_anything_said_is_a_page_all_the_same(client: Client):
    page = open_page(client, CuratorFactory(name="A guest").get_absolute_url())

    assert words(page.select_one(".curator")) == "A A curator A guest"
    assert page.find("meta", {"name": "description"})["content"].startswith("What A guest put")


def test_its_permanent_address_can_be_copied(client: Client):
    curator = CuratorFactory()
    page = open_page(client, curator.get_absolute_url())

    assert list(links(page, ".copy-link a").values()) == [curator.permanent_url]


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

    assert "A guest curator" not in str(page)
    assert words(page.h1) == "This was a curator’s page"
    assert texts(open_page(client, "/curators/"), "main h2") == [CALL]


def test_an_erased_person_is_a_former_curator_beside_their_work(client: Client):
    curator = CuratorFactory(name="A guest curator")
    pathway = publish_pathway(credits=[(curator, "author")])
    curator.erase(by=None)

    card = open_page(client, "/pathways/").select_one(".pathway-card__by")
    credit = open_page(client, pathway.get_absolute_url()).select_one(".credit")

    assert words(card) == "a former curator"
    assert words(credit.select_one(".credit__name")) == "a former curator"
    assert links(credit) == {}


def test_more_pathways_cost_no_more_queries(client: Client, count_queries: Callable):
    curator = CuratorFactory()
    publish_pathway(credits=[(curator, "author")])
    with count_queries() as few:
        client.get(curator.get_absolute_url())
    for _ in range(4):
        publish_pathway(
            credits=[(curator, "author"), (CuratorFactory(), "reviewer")],
            skills=[(SkillFactory(), "basic")],
        )
    with count_queries() as many:
        client.get(curator.get_absolute_url())

    # The site's revision, the curator, their skills, and pathways with stages, steps and credits.
    assert len(many) <= len(few) <= 7


def test_the_list_tells_what_each_put_together(client: Client):
    skill = SkillFactory(title="Reading old maps")
    publish_pathway(
        "Made", skills=[(skill, "basic")], credits=[(CuratorFactory(name="Ann"), "author")]
    )
    CuratorFactory(name="Bob")

    ann, bob = open_page(client, "/curators/").select(".curator--in-list")

    assert "One pathway, which practises" in words(ann)
    assert links(ann, ".chip") == {"Reading old maps": skill.get_absolute_url()}
    assert "pathway" not in words(bob)
