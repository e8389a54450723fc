"""Competency frameworks, and each of their competences."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import (
    CompetenceFactory,
    CrosswalkFactory,
    FrameworkFactory,
    LevelFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
    StatementFactory,
)
from tests.pages import links, main, open_page, texts, words

pytestmark = pytest.mark.django_db


def test_frameworks_tell_whose_they_are_and_on_what_terms(client: Client):
    framework = FrameworkFactory(
        title="DigComp 3.0",
        publisher="A publisher",
        date_published="2025-11",
        licence="CC-BY-4.0",
        attribution="Titles © A publisher.",
        url="https://doi.org/10.1/x",
    )
    FrameworkFactory(title="A draft", published=False)
    area = CompetenceFactory(framework=framework)
    CompetenceFactory(framework=framework, parent=area)
    CompetenceFactory(framework=framework)
    page = open_page(client, "/frameworks/")

    assert texts(page, "h2")[:1] == ["DigComp 3.0"]
    assert texts(page, ".facts li") == [
        "2 areas",
        "1 competence",
        "A publisher",
        "November 2025",
        "CC BY 4.0",
        "Official text, at doi.org",
    ]
    assert "Titles © A publisher." in words(main(page))
    assert "A draft" not in words(main(page))


def test_without_frameworks_the_list_says_so(client: Client):
    assert "There is no framework here yet" in words(open_page(client, "/frameworks/").main)


def test_a_framework_lists_its_tree_with_counts_and_its_levels(client: Client):
    framework = FrameworkFactory(family="digcomp", version="3.0")
    area = CompetenceFactory(framework=framework, code="1", title="Information")
    inside = CompetenceFactory(framework=framework, parent=area, code="1.1", title="Searching")
    ResourceFactory(skills=[SkillFactory(competences=[inside])])
    band = LevelFactory(framework=framework, code="low", title="Low", proficiency="basic")
    LevelFactory(framework=framework, parent=band, code="1", title="Low 1", proficiency="basic")
    page = open_page(client, "/frameworks/digcomp-3.0/")

    assert texts(page, ".competence-list__area") == ["1 Information"]
    assert texts(page, ".competence-list li li") == ["1.1 Searching 1 resource"]
    assert texts(page, ".facts-table dt, .facts-table dd") == ["Low", "Basic Low 1"]


def test_a_framework_of_areas_alone_lists_each_once(client: Client):
    framework = CompetenceFactory(code="1", title="Handling information").framework
    page = open_page(client, framework.get_absolute_url())

    assert texts(page, ".competence-list__area") == ["1 Handling information 0 resources"]


def test_a_competence_leads_to_skills_resources_and_other_frameworks(client: Client):
    area = CompetenceFactory(code="1", title="Information")
    competence = CompetenceFactory(
        framework=area.framework, parent=area, code="1.1", title="Searching"
    )
    skill = SkillFactory(title="Searching well", competences=[competence])
    ResourceFactory(title="Through a skill", skills=[skill])
    ResourceCompetenceFactory(resource=ResourceFactory(title="Directly"), competence=competence)
    other = CompetenceFactory(code="A", title="Finding")
    CrosswalkFactory(source=competence, target=other, relation="broader", note="It holds more.")
    page = open_page(client, competence.get_absolute_url())

    assert words(page.h1) == "1.1 Searching"
    assert texts(page, ".resource-card__title") == ["Directly", "Through a skill"]
    assert links(page)["Searching well"] == skill.get_absolute_url()
    assert links(page.select_one(".breadcrumb"))["Information"] == area.get_absolute_url()
    assert "narrower than" in words(page.aside)
    assert "It holds more." in words(page.aside)
    assert links(page.aside)["A Finding"] == other.get_absolute_url()


def test_the_other_end_of_a_crosswalk_reads_it_turned_round(client: Client):
    row = CrosswalkFactory(relation="broader")
    page = open_page(client, row.target.get_absolute_url())

    assert "broader than" in words(page.aside)


def test_an_area_holds_what_its_competences_hold(client: Client):
    area = CompetenceFactory(code="1", title="Information")
    inside = CompetenceFactory(framework=area.framework, parent=area, code="1.1", title="Searching")
    ResourceFactory(title="Inside", skills=[SkillFactory(title="A skill", competences=[inside])])
    page = open_page(client, area.get_absolute_url())

    assert {"1.1 Searching", "A skill", "Inside"} <= set(links(main(page)))


class TestStatements:
    def test_they_stand_by_band_with_their_kinds_apart(self, client: Client):
        competence = CompetenceFactory(code="1.1")
        framework = competence.framework
        high = LevelFactory(framework=framework, title="High", position=2)
        low = LevelFactory(framework=framework, title="Low", position=1)
        inside = LevelFactory(framework=framework, title="Low 1", parent=low, position=9)
        StatementFactory(competence=competence, code="S4", text="Leads.", level=high)
        StatementFactory(competence=competence, code="S3", text="Anywhere.")
        StatementFactory(competence=competence, code="S2", text="Repeats.", level=inside)
        StatementFactory(
            competence=competence,
            code="O1",
            kind="outcome",
            text="Finds.",
            level=low,
            facet="Skill",
            ai_label="AI-Explicit",
        )
        StatementFactory(competence=competence, code="S1", text="Looks.", level=low)
        page = open_page(client, competence.get_absolute_url())

        said = page.find(id="statements").parent
        assert texts(said, "h3") == ["Low", "Low 1", "High", "At any level"]
        first = said.select_one(".level")
        assert texts(first, "h4") == ["Competence statements", "Learning outcomes"]
        assert texts(first, "li") == ["S1 Looks.", "O1 Finds. Skill AI-Explicit"]
        assert words(page.find(id="S2")) == "S2 Repeats."

    def test_a_framework_without_levels_has_them_in_one_list(self, client: Client):
        statement = StatementFactory(code="S1", text="Looks.")
        page = open_page(client, statement.competence.get_absolute_url())

        said = page.find(id="statements").parent
        assert texts(said, "h3, h4, li") == ["Competence statements", "S1 Looks."]

    def test_without_any_the_page_says_nothing_of_them(self, client: Client):
        page = open_page(client, CompetenceFactory().get_absolute_url())

        assert page.find(id="statements") is None


def test_a_competence_that_nothing_teaches_leads_to_what_is_near(client: Client):
    area = CompetenceFactory(code="1", title="Information")
    inside = CompetenceFactory(framework=area.framework, parent=area, code="1.1")
    CrosswalkFactory(source=inside)
    alone = CompetenceFactory(framework__title="Another framework")

    page = open_page(client, inside.get_absolute_url())
    assert "like it in other frameworks" in words(page.select_one(".empty"))
    assert links(page, ".empty a") == {"Information": area.get_absolute_url()}
    assert links(main(page))["Suggest it"] == f"/suggest/?about={inside.get_absolute_url()}"
    page = open_page(client, alone.get_absolute_url())
    assert links(page, ".empty a") == {"Another framework": alone.framework.get_absolute_url()}


def test_a_deeper_tree_stands_under_its_area(client: Client):
    area = CompetenceFactory(code="1", title="Area")
    framework = area.framework
    inside = CompetenceFactory(framework=framework, parent=area, code="1.1", title="Inside")
    CompetenceFactory(framework=framework, parent=inside, code="1.1.1", title="Deep")
    CompetenceFactory(framework=framework, parent=area, code="1.2", title="Beside")
    page = open_page(client, framework.get_absolute_url())

    assert [words(one).split(" 0")[0] for one in page.select(".competence-list li li")] == [
        "1.1 Inside",
        "1.1.1 Deep",
        "1.2 Beside",
    ]


def test_levels_that_match_none_of_ours_say_so(client: Client):
    level = LevelFactory(title="Entry")
    page = open_page(client, level.framework.get_absolute_url())

    assert texts(page, ".facts-table dt, .facts-table dd") == ["Entry", "None of ours alone"]


def test_many_resources_lead_to_the_whole_list(client: Client):
    competence = CompetenceFactory(code="1.1")
    skill = SkillFactory(competences=[competence])
    ResourceFactory.create_batch(9, skills=[skill])
    page = open_page(client, competence.get_absolute_url())

    assert len(page.select(".resource-card")) == 8
    address = links(main(page))["All 9 resources, with filters"]
    assert len(open_page(client, address).select(".resource-card")) == 9


@pytest.mark.parametrize(
    "path", ["nothing-such/", "digcomp-3.0/9.9/", "digcomp-3.0/%00/", "%00/", "digcomp-3.0/%2e%2e/"]
)
def test_what_is_not_there_answers_404(client: Client, path: str):
    FrameworkFactory(family="digcomp", version="3.0")

    open_page(client, f"/frameworks/{path}", status=404)


def test_competences_of_a_draft_have_no_page(client: Client):
    competence = CompetenceFactory(framework__published=False)

    open_page(client, competence.get_absolute_url(), status=404)


def test_a_larger_framework_costs_no_more_queries(client: Client, count_queries: Callable):
    area = CompetenceFactory()
    framework = area.framework

    def furnish(number: int) -> None:
        for _ in range(number):
            inside = CompetenceFactory(framework=framework, parent=area)
            LevelFactory(parent=LevelFactory(framework=framework), framework=framework)
            SkillFactory(competences=[inside])
            CrosswalkFactory(source=area)
            band = LevelFactory(framework=framework)
            level = LevelFactory(framework=framework, parent=band)
            StatementFactory(competence=area, level=level)

    furnish(1)
    with count_queries() as few:
        client.get(framework.get_absolute_url())
        client.get(area.get_absolute_url())
    furnish(5)
    with count_queries() as many:
        client.get(framework.get_absolute_url())
        client.get(area.get_absolute_url())

    assert len(many) <= len(few)
