"""Frameworks: levels, competences, and how they relate to those of others."""

import pytest

from catalogue.models import Competence, Framework
from catalogue.vocabularies import Proficiency, SkosRelation, Status
from tests.factories import (
    CompetenceFactory,
    CrosswalkFactory,
    FrameworkFactory,
    LevelFactory,
    SkillFactory,
    SkillStatementFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


class TestFramework:
    def test_pages_arrange_by_the_public_one_with_the_lowest_position(self) -> None:
        FrameworkFactory(position=1, published=False)
        second = FrameworkFactory(position=3)
        first = FrameworkFactory(position=2)

        assert Framework.objects.main() == first
        assert list(Framework.objects.for_listing()) == [first, second]

    def test_without_one_there_is_none(self) -> None:
        assert Framework.objects.main() is None

    def test_its_address_has_its_version(self) -> None:
        framework = FrameworkFactory(family="digcomp", version="3.0")

        assert framework.get_absolute_url() == "/frameworks/digcomp-3.0/"


class TestCompetence:
    def test_areas_are_the_roots_of_the_tree(self) -> None:
        area = CompetenceFactory(code="1")
        CompetenceFactory(code="1.1", parent=area, framework=area.framework)

        assert list(Competence.objects.areas()) == [area]
        assert [one.code for one in area.competences.in_order()] == ["1.1"]

    def test_it_is_named_by_framework_and_code(self) -> None:
        competence = CompetenceFactory(
            framework__slug="digcomp-3.0", code="1.2", title="Evaluating data"
        )

        assert competence.key == "digcomp-3.0:1.2"
        assert str(competence) == "1.2 Evaluating data"
        assert competence.get_absolute_url() == "/frameworks/digcomp-3.0/1.2/"

    @pytest.mark.parametrize("code", ["1", "1.2", "A-3_b", "LO1.1.01"])
    def test_its_code_may_stand_in_an_address(self, code: str) -> None:
        CompetenceFactory(code=code).full_clean()


class TestParts:
    """Levels, statements and sentences have no page: their address is a place on one."""

    def test_each_says_what_its_whole_says(self) -> None:
        framework = FrameworkFactory(slug="digcomp-3.0")
        competence = CompetenceFactory(framework=framework, code="1.2")
        level = LevelFactory(framework=framework, code="F", title="Foundation")
        statement = StatementFactory(competence=competence, code="1.2.1", text="Knows how.")
        sentence = SkillStatementFactory(skill=SkillFactory(slug="cleaning", published=False))

        assert [part.public_status() for part in (competence, level, statement, sentence)] == [
            Status.PUBLISHED,
            Status.PUBLISHED,
            Status.PUBLISHED,
            Status.DRAFT,
        ]
        assert level.get_absolute_url() == "/frameworks/digcomp-3.0/#level-F"
        assert statement.get_absolute_url() == "/frameworks/digcomp-3.0/1.2/#1.2.1"
        assert sentence.get_absolute_url() == "/skills/cleaning/#basic"
        assert (str(level), str(statement)) == ("Foundation", "1.2.1 Knows how.")


class TestCrosswalk:
    def test_a_competence_knows_its_relations_from_either_side(self) -> None:
        mine, theirs = CompetenceFactory(), CompetenceFactory()
        CrosswalkFactory(source=mine, target=theirs, relation="broader", note="It asks for less.")

        assert mine.relations() == [(SkosRelation.BROADER, theirs, "It asks for less.")]
        assert theirs.relations() == [(SkosRelation.NARROWER, mine, "It asks for less.")]

    @pytest.mark.parametrize(
        ("relation", "turned"),
        [
            ("exact", "exact"),
            ("close", "close"),
            ("related", "related"),
            ("broader", "narrower"),
            ("narrower", "broader"),
        ],
    )
    def test_a_relation_turns_round(self, relation: str, turned: str) -> None:
        assert SkosRelation(relation).turned == turned

    def test_those_of_a_draft_framework_are_not_told(self) -> None:
        mine = CompetenceFactory()
        CrosswalkFactory(
            source=mine, target=CompetenceFactory(framework=FrameworkFactory(published=False))
        )

        assert mine.relations() == []


def test_proficiencies_climb() -> None:
    assert [one.rank for one in Proficiency] == [1, 2, 3, 4]
