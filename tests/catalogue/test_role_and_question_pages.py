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
    def test_the_list_tells_where_each_is_found(self, client: Client):
        RoleFactory(title="At the desk", summary="Who you meet.", sectors=["libraries", "arts"])
        RoleFactory(title="Helper", is_volunteer=True)
        RoleFactory(title="A draft", published=False)
        page = open_page(client, "/roles/")

        assert texts(page, "main h2") == ["At the desk", "Helper"]
        assert texts(page, ".facts li") == ["Libraries", "Arts", "Volunteer role"]

    def test_a_role_lists_its_skills_and_how_far_in_order(self, client: Client):
        role = RoleFactory(title="At the desk", description="You *meet* people.")
        second, first = SkillFactory(title="Second"), SkillFactory(title="First")
        RoleSkillFactory(role=role, skill=second, proficiency="basic", position=2)
        RoleSkillFactory(role=role, skill=first, proficiency="expert", position=1)
        hidden = SkillFactory(title="Hidden", published=False)
        RoleSkillFactory(role=role, skill=hidden, position=3)
        publish_pathway("A way", roles=[role])
        page = open_page(client, role.get_absolute_url())

        assert [texts(row, "td") for row in page.select("tbody tr")] == [
            ["First", "Expert", "Resources, Expert: First"],
            ["Second", "Basic", "Resources, Basic: Second"],
        ]
        assert (
            links(page)["Resources, Expert: First"] == "/resources/?skill=first&proficiency=expert"
        )
        assert texts(page, ".pathway-card h3") == ["A way"]

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
