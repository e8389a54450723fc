"""Coverage of a framework: /frameworks/<slug>/coverage/."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue.models import Framework
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
)
from tests.pages import links, main, open_page, texts, words

pytestmark = pytest.mark.django_db


def page_of(client: Client, framework: Framework) -> BeautifulSoup:
    return open_page(client, f"{framework.get_absolute_url()}coverage/")


def rows_of(page: BeautifulSoup) -> list[list[str]]:
    """The table's rows without their hidden texts; the head, and each area's name, among them."""
    for hidden in page.select(".heat .visually-hidden"):
        hidden.decompose()
    return [texts(row, "th, td") for row in page.select(".heat tr")]


def test_the_table_counts_resources_by_competence_and_level(client: Client):
    area = CompetenceFactory(code="1", title="Information")
    framework = area.framework
    search = CompetenceFactory(framework=framework, parent=area, code="1.1", title="Searching")
    CompetenceFactory(framework=framework, parent=area, code="1.2", title="Judging")
    skill = SkillFactory(competences=[search])
    ResourceFactory(skills=[(skill, "basic")], link="works")
    ResourceFactory(skills=[(skill, "basic")])
    ResourceFactory(skills=[(skill, "expert")], link="gone")
    ResourceFactory(skills=[(skill, "basic")], published=False)
    table = rows_of(page_of(client, framework))

    assert table[0][:6] == ["Competence", "Basic", "Intermediate", "Advanced", "Expert", "All"]
    assert table[1] == ["1 Information"]
    assert table[2][:7] == [
        *("1.1 Searching", "2", "none yet", "none yet", "1 thin", "3", "1 of 3"),
    ]
    assert table[3] == ["1.2 Judging", *["none yet"] * 4, "0", "", ""]
    assert table[4][:6] == ["The whole framework", "2", "0", "0", "1", "3"]


def test_each_number_leads_to_exactly_those_resources(client: Client):
    competence = CompetenceFactory(code="1.1")
    skill = SkillFactory(competences=[competence])
    ResourceFactory(title="Both ways", skills=[(skill, "basic")])
    ResourceCompetenceFactory(
        resource=ResourceFactory(title="Directly", proficiency="expert"),
        competence=competence,
        proficiency="basic",
    )
    ResourceFactory(title="At another level", skills=[(skill, "advanced")])
    page = page_of(client, competence.framework)

    cell = page.select_one(".heat__cell a")
    assert words(cell) == "2 2 resources on 1.1, level: Basic"
    listed = open_page(client, cell["href"])
    assert set(texts(listed, ".resource-card__title")) == {"Both ways", "Directly"}


def test_the_tint_is_never_alone(client: Client):
    competence = CompetenceFactory()
    skill = SkillFactory(competences=[competence])
    ResourceFactory.create_batch(5, skills=[(skill, "basic")], provider=None)
    ResourceFactory(skills=[(skill, "expert")])
    page = page_of(client, competence.framework)

    filled = page.select(".heat__cell > *")
    assert [one["class"][1] for one in filled] == [
        *("relief-4", "heat__fill--none", "heat__fill--none", "relief-1"),
    ]
    assert all(words(one) for one in filled)


def test_thin_spots_are_told_in_words_with_what_to_do(client: Client):
    framework = FrameworkFactory()
    taught, bare = (CompetenceFactory(framework=framework, code=code) for code in ("1", "2"))
    skill = SkillFactory(competences=[taught])
    ResourceFactory(skills=[(skill, "basic")])
    page = page_of(client, framework)

    assert "7 of 8 places in the table have none, 1 have only one." in words(main(page))
    told = page.find(id="thin").parent
    assert texts(told, "dd")[:2] == [
        "Nothing for 1 competence. Only one resource for 1 competence.",
        "Nothing for 2 competences.",
    ]
    assert links(told)[f"2 {bare.title}"] == bare.get_absolute_url()
    path = f"{framework.get_absolute_url()}coverage/"
    assert links(told)["Suggest it"] == f"/suggest/?about={path}"
    bare_path = bare.get_absolute_url()
    assert links(told)[f"Suggest something: {bare.title}"] == f"/suggest/?about={bare_path}"


def test_a_framework_without_thin_spots_says_so(client: Client):
    competence = CompetenceFactory()
    for level in ("basic", "intermediate", "advanced", "expert"):
        skill = SkillFactory(competences=[competence])
        ResourceFactory.create_batch(2, skills=[(skill, level)])
    page = page_of(client, competence.framework)

    assert "Nowhere: every competence has two resources or more" in words(main(page))


def test_areas_without_competences_are_rows_of_their_own(client: Client):
    framework = FrameworkFactory()
    area = CompetenceFactory(framework=framework, code="1", title="Alone", position=1)
    wide = CompetenceFactory(framework=framework, code="2", title="Wide", position=2)
    inside = CompetenceFactory(framework=framework, parent=wide, code="2.1", title="Inside")
    CompetenceFactory(framework=framework, parent=inside, code="2.1.1", title="Deep")
    ResourceFactory(skills=[(SkillFactory(competences=[area]), "basic")])
    table = rows_of(page_of(client, framework))

    assert [row[0] for row in table[1:-1]] == ["1 Alone", "2 Wide", "2.1 Inside", "2.1.1 Deep"]
    assert table[1][1] == "1 thin"


def test_an_empty_framework_says_so(client: Client):
    page = page_of(client, FrameworkFactory())

    assert words(page.select_one(".empty .notice__title")).startswith("Its competences have not")
    assert page.select("table") == []


def test_the_table_scrolls_by_itself_and_can_be_reached(client: Client):
    page = page_of(client, CompetenceFactory().framework)

    region = page.select_one(".scroll:has(.heat)")
    assert region["tabindex"] == "0"
    assert region["aria-labelledby"] == page.select_one(".heat caption")["id"]


def test_its_framework_leads_to_it(client: Client):
    framework = CompetenceFactory().framework
    found = links(main(open_page(client, framework.get_absolute_url())))

    assert found["Where it is thin"] == f"{framework.get_absolute_url()}coverage/"


def test_a_draft_has_none(client: Client):
    framework = CompetenceFactory(framework__published=False).framework

    open_page(client, f"{framework.get_absolute_url()}coverage/", status=404)


def test_a_larger_framework_costs_no_more_queries(client: Client, count_queries: Callable):
    area = CompetenceFactory()

    def furnish(number: int) -> None:
        for _ in range(number):
            inside = CompetenceFactory(framework=area.framework, parent=area)
            ResourceFactory(skills=[SkillFactory(competences=[inside])], link="works")

    furnish(1)
    with count_queries() as few:
        page_of(client, area.framework)
    furnish(5)
    with count_queries() as many:
        page_of(client, area.framework)

    assert len(many) <= len(few) <= 8
