"""Skills by competency, and one skill."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    QuestionFactory,
    ResourceFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SkillStatementFactory,
)
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db


def gazetteer(client: Client, query: str = "") -> dict[str, list[str]]:
    """Competences with the skills that stand under them."""
    page = open_page(client, f"/skills/{query}")
    return {
        words(row.h3): texts(row, ".gazetteer__names a") for row in page.select(".gazetteer__row")
    }


class TestSkillList:
    def test_skills_stand_under_their_competences(self, client: Client):
        area = CompetenceFactory(code="1", title="Information")
        managing = CompetenceFactory(
            framework=area.framework, parent=area, code="1.3", title="Managing"
        )
        CompetenceFactory(framework=area.framework, parent=area, code="1.4", title="Losing")
        SkillFactory(title="Cleaning data", competences=[managing])
        SkillFactory(title="A draft", competences=[managing], published=False)

        assert gazetteer(client) == {"1.3 Managing": ["Cleaning data"], "1.4 Losing": []}

    def test_the_reader_chooses_the_framework(self, client: Client):
        first = CompetenceFactory(framework=FrameworkFactory(position=1), code="1", title="First")
        second = CompetenceFactory(
            framework=FrameworkFactory(position=2, family="other", version="2.2"),
            code="9",
            title="Second",
        )
        SkillFactory(title="Everywhere", competences=[first, second])
        SkillFactory(title="Only here", competences=[second])

        assert texts(open_page(client, "/skills/"), ".gazetteer__area") == [
            "1 First",
            "Outside this framework",
        ]
        page = open_page(client, "/skills/?framework=other-2.2")
        assert texts(page, ".gazetteer__area") == ["9 Second"]
        assert texts(page, ".sort [aria-current=true]") == [second.framework.title]

    @pytest.mark.parametrize("chosen", ["", "nothing-such", "%00", "%27"])
    def test_a_framework_that_is_none_is_the_first(self, client: Client, chosen: str):
        CompetenceFactory(code="1", title="First")
        SkillFactory()

        page = open_page(client, f"/skills/?framework={chosen}")

        assert "1 First" in texts(page, ".gazetteer__area")

    def test_they_are_there_from_a_to_z_too(self, client: Client):
        CompetenceFactory()
        for title in ("Zebra", "Écran", "apple"):
            SkillFactory(title=title)
        page = open_page(client, "/skills/?framework=none")

        assert words(page.h1) == "Skills, from A to Z"
        assert texts(page, ".gazetteer__names a") == ["apple", "Écran", "Zebra"]

    def test_each_says_how_many_public_resources_teach_it(self, client: Client):
        skill = SkillFactory(title="Cleaning data")
        ResourceFactory(skills=[(skill, "basic"), (skill, "expert")])
        ResourceFactory(skills=[skill], published=False)
        SkillFactory(title="Flying")
        page = open_page(client, "/skills/?framework=none")

        assert texts(page, ".gazetteer__names .count") == ["1 resource", "none yet"]

    def test_without_a_framework_they_stand_from_a_to_z(self, client: Client):
        SkillFactory(title="Cleaning data")

        assert texts(open_page(client, "/skills/"), ".gazetteer__names a") == ["Cleaning data"]

    def test_an_empty_catalogue_says_so(self, client: Client):
        page = open_page(client, "/skills/")

        assert "There are no skills here yet" in words(page.select_one(".empty"))

    def test_more_skills_cost_no_more_queries(self, client: Client, count_queries: Callable):
        competence = CompetenceFactory()
        SkillFactory.create_batch(2, competences=[competence])
        with count_queries() as few:
            client.get("/skills/")
        SkillFactory.create_batch(
            10, competences=[competence, CompetenceFactory(framework=competence.framework)]
        )
        with count_queries() as many:
            client.get("/skills/")

        # The site's revision, frameworks, skills, competences, counts, which skill is where.
        assert len(many) <= len(few) <= 6


class TestSkillPage:
    def test_it_says_what_it_is_and_what_it_is_part_of(self, client: Client):
        competence = CompetenceFactory(code="1.3", title="Managing")
        skill = SkillFactory(
            title="Cleaning data",
            summary="Making a list usable.",
            description="It *pays*.",
            competences=[competence],
            synonyms=["tidying"],
        )
        page = open_page(client, skill.get_absolute_url())

        assert words(page.h1) == "Cleaning data"
        assert words(page.select_one(".title__lead")) == "Making a list usable."
        assert words(page.select_one(".prose em")) == "pays"
        assert links(page)["1.3 Managing"] == competence.get_absolute_url()
        assert "tidying" in words(page.aside)

    def test_each_level_has_its_sentence_and_what_leads_there(self, client: Client):
        skill = SkillFactory()
        SkillStatementFactory(skill=skill, proficiency="basic", text="I can begin.")
        SkillStatementFactory(skill=skill, proficiency="expert", text="I can shape it.")
        ResourceFactory(title="For beginners", skills=[(skill, "basic")])
        page = open_page(client, skill.get_absolute_url())

        assert texts(page, ".how-far li") == [
            "Basic I can begin. 1 resource",
            "Expert I can shape it. none yet",
        ]
        assert [link["href"] for link in page.select(".how-far a")] == ["#basic", "#expert"]
        basic, expert = page.select(".level")
        assert texts(basic, ".resource-card__title") == ["For beginners"]
        assert "Nothing at this level yet." in words(expert)
        assert [level["id"] for level in (basic, expert)] == ["basic", "expert"]

    def test_long_levels_lead_to_the_whole_list(self, client: Client):
        skill = SkillFactory(title="Cleaning data")
        ResourceFactory.create_batch(9, skills=[(skill, "basic")])
        page = open_page(client, skill.get_absolute_url())

        assert len(page.select(".level .resource-card")) == 8
        assert links(page)["All 9 at this level"] == (
            "/resources/?skill=cleaning-data&proficiency=basic"
        )

    def test_it_leads_to_pathways_roles_questions_and_what_is_near(self, client: Client):
        skill, near = SkillFactory(), SkillFactory(title="Near")
        skill.related.add(near)
        RoleSkillFactory(role=RoleFactory(title="A role"), skill=skill, proficiency="advanced")
        QuestionFactory(title="How?").skills.add(skill)
        QuestionFactory(title="Hidden?", published=False).skills.add(skill)
        publish_pathway("A way", skills=[(skill, "basic")])
        found = links(main(open_page(client, skill.get_absolute_url())))

        assert {"Near", "A role", "How?", "A way"} <= set(found)
        assert "Hidden?" not in found

    def test_a_skill_that_nothing_teaches_says_how_to_go_on(self, client: Client):
        page = open_page(client, SkillFactory().get_absolute_url())

        assert "Nothing here teaches it yet" in words(page.select_one(".empty"))

    def test_a_draft_has_no_page(self, client: Client):
        open_page(client, SkillFactory(published=False).get_absolute_url(), status=404)

    def test_more_around_it_costs_no_more_queries(self, client: Client, count_queries: Callable):
        skill = SkillFactory()

        def furnish(number: int) -> None:
            for _ in range(number):
                ResourceFactory(skills=[(skill, "basic"), SkillFactory()], link="works")
                RoleSkillFactory(skill=skill)
                QuestionFactory().skills.add(skill)
                skill.related.add(SkillFactory())
                publish_pathway(skills=[(skill, "basic")])

        furnish(1)
        with count_queries() as few:
            client.get(skill.get_absolute_url())
        furnish(4)
        with count_queries() as many:
            client.get(skill.get_absolute_url())

        assert len(many) <= len(few)


def test_it_shows_its_permanent_address_to_be_copied(client: Client, settings: object):
    settings.SITE_URL = "https://learn.example.org"
    row = SkillFactory()
    page = open_page(client, row.get_absolute_url())

    assert links(page, "[aria-labelledby=permanent] a") == {
        f"https://learn.example.org/id/{row.uid}/": row.permanent_url
    }
