"""Entrances: roles and questions."""

from collections.abc import Callable

import pytest
from django.test import Client

from pathways.models import QuestionPathway
from tests.factories import (
    QuestionFactory,
    ResourceFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
)
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db


class TestRoles:
    def test_the_list_is_by_sector_and_each_stands_once(self, client: Client):
        RoleFactory(title="Desk", summary="Who you meet.", sectors=["libraries"])
        RoleFactory(title="Collections", sectors=["museums"], is_volunteer=True)
        RoleFactory(title="Anything", sectors=["arts", "libraries"])
        RoleFactory(title="Helper", is_volunteer=True)
        RoleFactory(title="A draft", sectors=["arts"], published=False)
        page = open_page(client, "/roles/")

        assert {words(part.h2): texts(part, "h3") for part in page.select("main section")} == {
            "Libraries": ["Desk"],
            "Museums": ["Collections"],
            "Across the sectors": ["Anything", "Helper"],
        }
        assert [texts(role, ".facts li") for role in page.select(".role")] == [
            [],
            ["Volunteer role"],
            ["Arts", "Libraries"],
            ["Volunteer role"],
        ]

    def test_a_role_lists_its_skills_and_how_far_in_order(self, client: Client):
        role = RoleFactory(title="At the desk", description="You *meet* people.")
        second, first = SkillFactory(title="Second"), SkillFactory(title="First")
        RoleSkillFactory(role=role, skill=second, proficiency="basic", position=2)
        RoleSkillFactory(role=role, skill=first, proficiency="expert", position=1)
        hidden = SkillFactory(title="Hidden", published=False)
        RoleSkillFactory(role=role, skill=hidden, position=3)
        publish_pathway("A way", roles=[role])
        page = open_page(client, role.get_absolute_url())

        assert [texts(row, "a, .waymark")[:2] for row in page.select(".needs > li")] == [
            ["First", "Expert"],
            ["Second", "Basic"],
        ]
        assert links(page)["First"] == "/skills/first/"
        assert texts(page, ".pathway-card h3") == ["A way"]

    def test_it_tells_how_much_there_is_for_each_skill_as_far_as_it_needs_it(self, client: Client):
        role, skill, other = RoleFactory(), SkillFactory(title="Maps"), SkillFactory(title="Data")
        RoleSkillFactory(role=role, skill=skill, proficiency="expert", position=1)
        RoleSkillFactory(role=role, skill=other, proficiency="basic", position=2)
        ResourceFactory(skills=[(skill, "expert"), (skill, "basic")])
        ResourceFactory(skills=[(skill, "expert")])
        ResourceFactory(skills=[(skill, "expert")], published=False)
        ResourceFactory(skills=[(skill, "basic"), (other, "expert")])
        page = open_page(client, role.get_absolute_url())
        there = "/resources/?skill=maps&proficiency=expert"

        assert texts(page, ".needs__from") == [
            "2 resources: Expert, Maps",
            "None at this level yet",
        ]
        assert links(page)["2 resources: Expert, Maps"] == there
        assert len(open_page(client, there).select(".resource-card")) == 2

    def test_a_role_without_a_summary_is_described_all_the_same(self, client: Client):
        page = open_page(client, RoleFactory(title="Helper").get_absolute_url())

        assert "Helper" in page.select_one("meta[name=description]")["content"]

    def test_a_role_without_skills_says_so(self, client: Client):
        page = open_page(client, RoleFactory().get_absolute_url())

        assert "have not been entered yet" in words(main(page))

    def test_without_roles_the_list_leads_to_skills(self, client: Client):
        assert links(open_page(client, "/roles/"), ".empty a") == {"All skills": "/skills/"}


class TestQuestions:
    def test_the_list_holds_what_is_public(self, client: Client):
        QuestionFactory(title="How?")
        QuestionFactory(title="Why?", published=False)

        assert texts(open_page(client, "/questions/"), ".question__text") == ["How?"]

    def test_an_answer_is_followed_by_what_to_learn_it_from(self, client: Client):
        question = QuestionFactory(title="How?", answer="**Like** this.")
        resource, hidden = ResourceFactory(title="A guide"), ResourceFactory(published=False)
        question.resources.add(resource, hidden)
        question.skills.add(SkillFactory(title="A skill"))
        pathway = publish_pathway("A way")
        QuestionPathway.objects.create(question=question, pathway=pathway)
        page = open_page(client, question.get_absolute_url())

        assert words(page.h1) == "How?"
        assert words(page.select_one(".prose strong")) == "Like"
        assert texts(page, ".resource-card__title, .pathway-card__title") == ["A way", "A guide"]
        assert links(page)["A skill"] == "/skills/a-skill/"

    def test_one_that_nothing_answers_leads_on(self, client: Client):
        page = open_page(client, QuestionFactory(answer="").get_absolute_url())

        assert texts(page, ".empty .notice__title") == ["Nothing to learn it from is listed yet"]
        assert links(page, ".empty a") == {"All skills": "/skills/"}

    def test_one_that_a_skill_answers_is_not_empty(self, client: Client):
        question = QuestionFactory()
        question.skills.add(SkillFactory(title="A skill"))
        page = open_page(client, question.get_absolute_url())

        assert page.select(".empty") == []
        assert texts(page, "main h2") == ["Skills to go on with"]

    def test_it_is_asked_in_welsh_where_it_was_translated(self, client: Client):
        QuestionFactory(title="How?", title_cy="Sut?"), QuestionFactory(title="Why?")
        translated = open_page(client, "/cy/questions/how/")
        fallen_back = open_page(client, "/cy/questions/why/")

        assert (words(translated.h1), translated.h1.get("lang")) == ("Sut?", None)
        assert (words(fallen_back.h1), fallen_back.h1["lang"]) == ("Why?", "en")

    def test_without_questions_the_list_leads_to_skills(self, client: Client):
        assert links(open_page(client, "/questions/"), ".empty a") == {"All skills": "/skills/"}


@pytest.mark.parametrize("factory", [RoleFactory, QuestionFactory])
def test_a_draft_has_no_page(client: Client, factory: type):
    open_page(client, factory(published=False).get_absolute_url(), status=404)


def test_more_around_them_costs_no_more_queries(client: Client, count_queries: Callable):
    role, question = RoleFactory(), QuestionFactory()

    def furnish(numbers: range) -> None:
        for number in numbers:
            skill = SkillFactory()
            RoleSkillFactory(role=role, skill=skill, position=number)
            question.skills.add(skill)
            question.resources.add(ResourceFactory(skills=[skill], link="works"))
            pathway = publish_pathway(roles=[role])
            QuestionPathway.objects.create(question=question, pathway=pathway)

    def visit() -> None:
        client.get(role.get_absolute_url())
        client.get(question.get_absolute_url())

    furnish(range(1, 2))
    with count_queries() as few:
        visit()
    furnish(range(2, 6))
    with count_queries() as many:
        visit()

    assert len(many) <= len(few)
