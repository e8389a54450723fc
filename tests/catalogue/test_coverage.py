"""How much there is to learn each competence of a framework from."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from catalogue.coverage import Coverage, coverage_of
from catalogue.models import Competence, Framework, Resource
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Competence:
    """Area 1 of a framework, with the competences 1.1 and 1.2."""
    framework = FrameworkFactory(family="f", version="1.0")
    area = CompetenceFactory(framework=framework, code="1")
    for code in ("1.1", "1.2"):
        CompetenceFactory(framework=framework, parent=area, code=code)
    return area


def one(area: Competence, code: str) -> Competence:
    return Competence.objects.get(framework=area.framework, code=code)


def counts(coverage: Coverage) -> dict[str, tuple[list[int], int]]:
    """For each competence, resources at each proficiency, and in all."""
    return {
        row.competence.code: ([cell.count for cell in row.cells], row.whole.count)
        for row in coverage.rows
    }


def test_direct_statements_and_skills_count_each_resource_once(area: Competence):
    first = one(area, "1.1")
    skills = [SkillFactory(competences=[first]), SkillFactory(competences=[first])]
    both = ResourceFactory(skills=[(skill, "basic") for skill in skills])
    ResourceCompetenceFactory(resource=both, competence=first, proficiency="basic")
    ResourceCompetenceFactory(competence=first, proficiency="expert")
    ResourceFactory(skills=[skills[0]], published=False)

    assert counts(coverage_of(area.framework))["1.1"] == ([1, 0, 0, 1], 2)


def test_an_area_has_what_its_competences_have_each_once(area: Competence):
    skill = SkillFactory(competences=[one(area, "1.1"), one(area, "1.2")])
    ResourceFactory(skills=[(skill, "basic")])

    assert counts(coverage_of(area.framework)) == {
        "1": ([1, 0, 0, 0], 1),
        "1.1": ([1, 0, 0, 0], 1),
        "1.2": ([1, 0, 0, 0], 1),
    }


def test_a_resource_that_states_no_proficiency_counts_in_the_whole_alone(area: Competence):
    ResourceCompetenceFactory(competence=area, proficiency="")

    coverage = coverage_of(area.framework)

    assert counts(coverage)["1"] == ([0, 0, 0, 0], 1)
    assert (coverage.total, [cell.count for cell in coverage.every]) == (1, [0, 0, 0, 0])


def test_it_tells_how_many_links_work_and_when_the_newest_came(area: Competence):
    first = one(area, "1.1")
    for link in ("works", "moved", "gone", "unsure", ""):
        resource = ResourceFactory(link=link)
        ResourceCompetenceFactory(resource=resource, competence=first, proficiency="basic")
    newest = datetime(2100, 1, 1, tzinfo=UTC)
    Resource.objects.filter(pk=resource.pk).update(published_at=newest)

    [_area, row, other] = coverage_of(area.framework).rows

    assert (row.cells[0].count, row.cells[0].working, row.cells[0].newest) == (5, 2, newest)
    assert (other.cells[0].working, other.cells[0].newest) == (0, None)


@pytest.mark.parametrize(
    ("number", "thin", "heat"), [(0, True, 0), (1, True, 1), (2, False, 2), (5, False, 3)]
)
def test_thin_spots_leave_no_choice(area: Competence, number: int, thin: bool, heat: int):
    for _ in range(number):
        ResourceCompetenceFactory(competence=one(area, "1.1"), proficiency="basic")

    coverage = coverage_of(area.framework)
    cell = coverage.rows[1].cells[0]

    assert (cell.is_thin, cell.heat) == (thin, heat)
    assert (coverage.rows[1], cell) in coverage.thin or not thin
    # Areas are no spots of their own: four proficiencies of two competences.
    assert len(coverage.thin) == 8 - (not thin)


def test_a_cell_leads_to_its_resources(area: Competence):
    cell = coverage_of(area.framework).rows[1].cells[0]

    assert cell.address == "?competence=f-1.0%3A1.1&proficiency=basic"


def test_a_framework_without_competences_has_no_rows():
    coverage = coverage_of(FrameworkFactory())

    assert (coverage.rows, coverage.total) == ([], 0)


def test_it_costs_two_queries(area: Competence, count_queries: Callable):
    framework = Framework.objects.get(pk=area.framework_id)
    with count_queries() as queries:
        coverage_of(framework)

    assert len(queries) == 2
