"""The first page."""

from collections.abc import Callable

import pytest
from django.test import Client

from pathways.models import QuestionPathway
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    QuestionFactory,
    ResourceFactory,
    RoleFactory,
    SkillFactory,
)
from tests.pages import links, main, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db


def test_it_asks_what_one_wants_how_long_one_has_and_where_one_is(client: Client):
    page = open_page(client, "/")

    form = page.select_one("main form[role=search]")
    assert form["action"] == "/resources/"
    assert links(page, ".hero__times a")["20 minutes"] == "/resources/?time=20"
    assert [link["href"] for link in page.select(".finger")] == [
        "/resources/?proficiency=basic",
        "/resources/?proficiency=intermediate",
        "/resources/?proficiency=advanced",
        "/resources/?proficiency=expert",
    ]


@pytest.mark.parametrize(
    ("name", "contact", "said", "link"),
    [
        ("", "", "licences.", {}),
        ("The library", "", "Run by The library.", {}),
        (
            "The library",
            "mailto:desk@example.org",
            "Run by The library: get in touch.",
            {"get in touch": "mailto:desk@example.org"},
        ),
        (
            "",
            "https://example.org/contact",
            "Get in touch with whoever runs this site.",
            {"Get in touch": "https://example.org/contact"},
        ),
    ],
)
def test_its_foot_says_who_runs_the_site_and_how_to_reach_them(
    client: Client, settings: object, name: str, contact: str, said: str, link: dict
):
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = name, contact

    foot = open_page(client, "/").select_one(".site-footer__small")

    found = links(foot)
    found.pop("licences")
    assert found == link
    assert words(foot).endswith(said)


def test_there_is_one_search_on_it(client: Client):
    assert len(open_page(client, "/").select("form[role=search]")) == 1


def test_questions_tell_what_answers_them(client: Client):
    question = QuestionFactory(title="How?", position=1)
    question.resources.add(ResourceFactory(), ResourceFactory(), ResourceFactory(published=False))
    QuestionPathway.objects.create(question=question, pathway=publish_pathway())
    QuestionFactory(title="Why?", position=2)
    page = open_page(client, "/")

    assert texts(page, ".question") == ["How? 1 pathway 2 resources", "Why?"]


def test_competences_of_the_first_framework_lead_on_with_their_counts(client: Client):
    framework = FrameworkFactory(title="DigComp 3.0", position=1)
    area = CompetenceFactory(framework=framework, code="1", title="Information")
    inside = CompetenceFactory(framework=framework, parent=area, code="1.1", title="Searching")
    ResourceFactory(skills=[SkillFactory(competences=[inside])])
    page = open_page(client, "/")

    assert texts(page, ".competence-list li li") == ["1.1 Searching 1 resource"]
    assert "The competences of DigComp 3.0" in words(main(page))


def test_pathways_roles_and_the_newest_resources_lead_on(client: Client):
    publish_pathway("A way")
    RoleFactory(title="A role")
    ResourceFactory(title="Newest")
    found = links(main(open_page(client, "/")))

    assert {"A way", "A role", "Newest", "The one resource"} <= set(found)


def test_an_empty_site_says_how_to_fill_it(client: Client):
    page = open_page(client, "/")

    assert "manage.py setup" in words(page.select_one(".empty"))
    assert links(page, ".empty a") == {"To the desk": "/admin/"}


def test_a_fuller_site_costs_no_more_queries(client: Client, count_queries: Callable):
    framework = FrameworkFactory()

    def furnish(number: int) -> None:
        for _ in range(number):
            competence = CompetenceFactory(framework=framework)
            skill = SkillFactory(competences=[competence])
            QuestionFactory().resources.add(ResourceFactory(skills=[skill], link="works"))
            publish_pathway()
            RoleFactory()

    furnish(1)
    with count_queries() as few:
        client.get("/")
    furnish(4)
    with count_queries() as many:
        client.get("/")

    assert len(many) <= len(few)
