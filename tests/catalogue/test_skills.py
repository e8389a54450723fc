"""Skills, the roles that need them, and the questions that they answer."""

from collections.abc import Callable

import pytest

from catalogue.models import Question, Role, Skill
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    QuestionFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SkillStatementFactory,
)

pytestmark = pytest.mark.django_db


class TestSkill:
    def test_its_page_costs_three_queries(self, count_queries: Callable) -> None:
        skill = SkillFactory(competences=[CompetenceFactory(), CompetenceFactory()])
        SkillStatementFactory(skill=skill)
        skill.related.add(SkillFactory(title="B"), SkillFactory(title="A"))

        with count_queries() as queries:
            found = Skill.objects.for_detail().get(pk=skill.pk)
            found.around()
            statements = [one.text for one in found.statements.all()]
            competences = [one.framework.title for one in found.competences.all()]
            related = [one.title for one in found.related.all()]

        assert len(queries) == 3
        assert (len(statements), len(competences), related) == (1, 2, ["A", "B"])

    def test_what_is_not_public_is_left_out(self) -> None:
        draft_framework = FrameworkFactory(published=False)
        skill = SkillFactory(competences=[CompetenceFactory(framework=draft_framework)])
        skill.related.add(SkillFactory(published=False))

        found = Skill.objects.for_detail().get(pk=skill.pk)

        assert (list(found.competences.all()), found.around().related) == ([], [])

    def test_relation_goes_both_ways(self) -> None:
        skill, other = SkillFactory(), SkillFactory()

        skill.related.add(other)

        assert list(other.related.all()) == [skill]

    def test_those_of_an_area_are_those_of_its_competences(self) -> None:
        area = CompetenceFactory()
        competence = CompetenceFactory(framework=area.framework, parent=area)
        of_area = SkillFactory(title="B", competences=[area, competence])
        of_competence = SkillFactory(title="A", competences=[competence])
        SkillFactory(title="C", competences=[competence], published=False)

        assert list(Skill.objects.realising(area)) == [of_competence, of_area]


class TestRole:
    def test_its_skills_stand_in_their_order(self) -> None:
        role = RoleFactory()
        second = RoleSkillFactory(role=role, position=2).skill
        first = RoleSkillFactory(role=role, position=1).skill
        RoleSkillFactory(role=role, position=3, skill__published=False)

        found = Role.objects.for_detail().get(pk=role.pk)

        assert [link.skill for link in found.skill_links.all()] == [first, second]

    def test_two_skills_may_change_places(self) -> None:
        role = RoleFactory()
        first, second = (RoleSkillFactory(role=role, position=number) for number in (1, 2))

        for link, position in ((first, 2), (second, 1)):
            link.position = position
            link.save()

        assert list(role.skill_links.order_by("position")) == [second, first]

    def test_there_is_room_for_fifteen(self) -> None:
        role = RoleFactory()

        for position in range(1, 16):
            RoleSkillFactory(role=role, position=position).full_clean()

        assert role.skill_links.count() == 15


class TestQuestion:
    def test_its_skills_stand_by_title(self) -> None:
        question = QuestionFactory()
        question.skills.add(
            SkillFactory(title="B"), SkillFactory(title="A"), SkillFactory(published=False)
        )

        found = Question.objects.for_detail().get()

        assert [skill.title for skill in found.skills.all()] == ["A", "B"]
