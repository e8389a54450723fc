"""The site's own pages are public: no cookie, no token, and an edit shows at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from catalogue.models import Organisation, Resource
from pathways.models import Pathway
from tests.factories import (
    CompetenceFactory,
    CuratorFactory,
    FrameworkFactory,
    QuestionFactory,
    ResourceFactory,
    RoleFactory,
    SkillFactory,
    make_pathway,
)
from tests.rules import settle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]

LISTS = [
    *("/", "/resources/", "/skills/", "/frameworks/", "/roles/", "/questions/"),
    *("/organisations/", "/tags/", "/pathways/", "/curators/"),
]


@pytest.fixture
def pages() -> dict[str, str]:
    """The address of a page of each kind."""
    framework = FrameworkFactory(slug="digcomp-3.0")
    competence = CompetenceFactory(framework=framework, code="1.2")
    skill = SkillFactory(slug="a-skill", competences=[competence])
    resource = ResourceFactory(slug="a-resource", skills=[skill], tags=["a tag"])
    RoleFactory(slug="a-role")
    QuestionFactory(slug="a-question")
    Organisation.objects.update(slug="a-body")
    curator = CuratorFactory(slug="a-curator")
    make_pathway(slug="a-pathway", steps=[resource, "Ask a colleague"], curators=[curator])
    settle()
    return {
        "resource": "/resources/a-resource/",
        "skill": "/skills/a-skill/",
        "framework": "/frameworks/digcomp-3.0/",
        "competence": "/frameworks/digcomp-3.0/1.2/",
        "role": "/roles/a-role/",
        "question": "/questions/a-question/",
        "organisation": "/organisations/a-body/",
        "tag": "/tags/a-tag/",
        "pathway": "/pathways/a-pathway/",
        "step": "/pathways/a-pathway/1/",
        "curator": "/curators/a-curator/",
    }


def test_every_page_is_the_same_for_everyone(pages: dict[str, str]) -> None:
    for path in [*LISTS, *pages.values()]:
        response = Client().get(path)

        assert response.status_code == 200, path
        assert "public" in response["Cache-Control"], path
        assert not response.cookies, path
        assert response.has_header("ETag"), path


def test_every_page_answers_in_welsh_apart(pages: dict[str, str]) -> None:
    for path in [*LISTS, *pages.values()]:
        response = Client().get(f"/cy{path}")

        assert response.status_code == 200, path
        assert response["X-Robots-Tag"] == "noindex", path


def test_a_page_that_is_kept_costs_the_revision_alone(
    pages: dict[str, str], count_queries: Callable
) -> None:
    for path in [*LISTS, *pages.values()]:
        Client().get(path)
        with count_queries() as queries:
            Client().get(path)

        assert len(queries) == 1, path


def test_an_edit_of_a_resource_shows_wherever_it_stands(pages: dict[str, str]) -> None:
    where = [pages[kind] for kind in ("resource", "skill", "tag", "pathway", "step")]
    where += ["/resources/"]
    for path in where:
        Client().get(path)

    Resource.objects.update(title="A title of the last second")
    settle()

    for path in where:
        assert "A title of the last second" in Client().get(path).text, path


def test_a_pathway_that_is_withdrawn_is_gone_at_once(pages: dict[str, str]) -> None:
    Client().get(pages["pathway"])

    Pathway.objects.get().withdraw(by=None, reason="It is out of date.")
    settle()

    assert Client().get(pages["pathway"]).status_code == 410
