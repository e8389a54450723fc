"""Areas hold competences and areas, however deep, and never themselves."""

import pgtrigger
import pytest
from django.core.exceptions import ValidationError

from catalogue import tallies
from catalogue.models import Competence, Skill
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    ResourceCompetenceFactory,
    SkillFactory,
)
from tests.rules import refused

pytestmark = pytest.mark.django_db

NO_CIRCLE = "catalogue_competence_no_circle"
TOLD = {"parent": ["This area stands in the competence itself: choose another."]}


def a_line(number: int) -> list[Competence]:
    """So many competences of one framework, each the area of the next."""
    framework, line = FrameworkFactory(), [None]
    for _ in range(number):
        line.append(CompetenceFactory(framework=framework, parent=line[-1]))
    return line[1:]


@pytest.mark.parametrize("length", [2, 3])
def test_the_desk_is_told_that_an_area_would_stand_in_itself(length: int) -> None:
    first, *_between, last = a_line(length)

    first.parent = last

    with pytest.raises(ValidationError) as caught:
        first.full_clean()
    assert caught.value.message_dict == TOLD


@pytest.mark.parametrize("length", [2, 3])
def test_the_database_refuses_an_area_that_would_stand_in_itself(length: int) -> None:
    first, *_between, last = a_line(length)

    with refused(NO_CIRCLE):
        Competence.objects.filter(pk=first.pk).update(parent=last)


def test_the_database_refuses_a_circle_written_in_one_statement() -> None:
    framework = FrameworkFactory()
    rows = CompetenceFactory.build_batch(2, framework=framework)
    for pk, row in enumerate(rows, start=1_000_001):
        row.pk = pk
    rows[0].parent, rows[1].parent = rows[1], rows[0]

    with refused(NO_CIRCLE):
        Competence.objects.bulk_create(rows)


def test_areas_and_what_stands_in_them_may_be_written_in_one_statement() -> None:
    framework = FrameworkFactory()
    rows = CompetenceFactory.build_batch(3, framework=framework)
    for pk, row in enumerate(rows, start=1_000_001):
        row.pk = pk
    rows[0].parent, rows[1].parent = rows[1], rows[2]

    Competence.objects.bulk_create(rows)

    assert Competence.objects.count() == 3


def test_a_competence_may_move_to_another_area() -> None:
    first, second, last = a_line(3)

    last.parent = first
    last.full_clean()
    last.save()

    assert set(first.competences.all()) == {second, last}


def test_what_went_in_before_the_rule_is_counted_all_the_same() -> None:
    first, second = a_line(2)
    ResourceCompetenceFactory(competence=first)
    with pgtrigger.ignore("catalogue.Competence:refuses_circle"):
        Competence.objects.filter(pk=first.pk).update(parent=second)

    assert tallies.count().sizes("competence") == {first.key: 1, second.key: 1}


def test_an_area_has_the_skills_of_all_that_stand_in_it() -> None:
    first, second, third = a_line(3)
    skills = [SkillFactory(title=title, competences=[third]) for title in ("A", "B")]
    SkillFactory(competences=[CompetenceFactory(framework=first.framework)])

    assert list(Skill.objects.realising(first)) == skills
    assert list(Skill.objects.realising(second)) == skills
