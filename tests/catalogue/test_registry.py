"""The registry: where higher apps put things on the catalogue's pages."""

from collections.abc import Iterator

import pytest

from catalogue import registry
from catalogue.models import Resource
from catalogue.registry import Point, gather, register
from tests.factories import (
    CuratorFactory,
    OrganisationFactory,
    QuestionFactory,
    ResourceFactory,
    RoleFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_providers", {point: {} for point in Point})


@pytest.mark.usefixtures("empty")
class TestGathering:
    def test_where_nobody_registered_there_is_nothing(self) -> None:
        assert gather(Point.PATHWAYS_OF_SKILL, "a skill") == []

    def test_what_all_answer_is_joined_in_the_order_they_came(self) -> None:
        register(Point.PATHWAYS_OF_SKILL, "first", lambda skill: [f"first on {skill}"])
        register(Point.PATHWAYS_OF_SKILL, "second", lambda skill: [f"second on {skill}"])

        assert gather(Point.PATHWAYS_OF_SKILL, "data") == ["first on data", "second on data"]

    def test_a_name_registered_again_is_replaced(self) -> None:
        register(Point.PATHWAYS_OF_SKILL, "pathways", lambda skill: ["once"])
        register(Point.PATHWAYS_OF_SKILL, "pathways", lambda skill: ["now"])

        assert gather(Point.PATHWAYS_OF_SKILL, "data") == ["now"]

    def test_points_do_not_mix(self) -> None:
        register(Point.PATHWAYS_OF_SKILL, "pathways", lambda skill: ["a pathway"])

        assert gather(Point.PATHWAYS_OF_ROLE, "a role") == []


@pytest.mark.django_db
class TestPathwaysOnTheCatalogue_s_pages:
    """What pathways register: published ones, of their published revision alone."""

    def test_of_a_resource_with_the_step_and_why(self, cast: object) -> None:
        resource, curator = ResourceFactory(), CuratorFactory()
        pathway = make_pathway(steps=[(resource, {"note": "It is short."})], curators=[curator])
        add_step(add_stage(make_draft("A draft")), resource)

        (step,) = gather(Point.PATHWAYS_OF_RESOURCE, resource)

        assert step.revision.pathway == pathway
        assert step.note == "It is short."

    def test_of_a_skill(self) -> None:
        skill = SkillFactory()
        pathway = publish_with(skills=[skill])
        publish_with("Another", skills=[SkillFactory()])

        assert gather(Point.PATHWAYS_OF_SKILL, skill) == [pathway]

    def test_of_a_role(self) -> None:
        role = RoleFactory()
        pathway = publish_with(roles=[role])

        assert gather(Point.PATHWAYS_OF_ROLE, role) == [pathway]

    def test_of_a_question_in_the_order_of_its_answers(self) -> None:
        question = QuestionFactory()
        second, first = make_pathway("A second"), make_pathway("B first")
        question.pathway_links.create(pathway=second, position=2)
        question.pathway_links.create(pathway=first, position=1)
        question.pathway_links.create(pathway=make_draft("A draft").pathway)

        assert gather(Point.PATHWAYS_OF_QUESTION, question) == [first, second]

    def test_of_an_organisation(self) -> None:
        organisation = OrganisationFactory()
        pathway = make_pathway(organisation=organisation)

        assert gather(Point.PATHWAYS_OF_ORGANISATION, organisation) == [pathway]

    def test_of_a_curator_once_however_they_are_credited(self) -> None:
        curator = CuratorFactory()
        pathway = make_pathway(curators=[curator])
        pathway.credits.create(curator=curator, kind="reviewer")

        assert gather(Point.PATHWAYS_OF_CURATOR, curator) == [("author", [pathway])]

    def test_a_withdrawn_pathway_is_nowhere(self) -> None:
        resource, skill = ResourceFactory(), SkillFactory()
        pathway = publish_with(skills=[skill], steps=[resource])

        pathway.withdraw(by=None, reason="It is out of date.")

        assert gather(Point.PATHWAYS_OF_SKILL, skill) == []
        assert gather(Point.PATHWAYS_OF_RESOURCE, resource) == []


def publish_with(title: str = "A pathway", **links: list) -> object:
    """A published pathway whose revision names `skills` and `roles`."""
    from pathways import publication

    draft = make_draft(title)
    for skill in links.get("skills", []):
        draft.skill_links.create(skill=skill, proficiency="basic")
    for role in links.get("roles", []):
        draft.role_links.create(role=role)
    stage = add_stage(draft)
    for resource in links.get("steps", [None]):
        add_step(stage, resource)
    publication.publish(draft, by=None)
    return draft.pathway


@pytest.mark.django_db
class TestResourcesChanged:
    @pytest.fixture
    def told(self, empty: None) -> list[list[int]]:
        """The ids that a higher app was told of."""
        told: list[list[int]] = []
        register(Point.RESOURCES_CHANGED, "test", lambda ids: told.append(list(ids)) or [])
        return told

    def test_higher_apps_are_told_of_other_minutes(self, told: list) -> None:
        resource = ResourceFactory(duration_minutes=20)

        resource.duration_minutes = 30
        resource.save()

        assert told == [[resource.pk]]

    def test_and_of_another_state(self, told: list) -> None:
        resource = ResourceFactory()

        resource.withdraw(by=None, reason="It is out of date.")

        assert told == [[resource.pk]]

    def test_also_when_it_was_read_anew(self, told: list) -> None:
        pk = ResourceFactory(duration_minutes=20).pk

        resource = Resource.objects.get(pk=pk)
        resource.duration_minutes = 30
        resource.save(update_fields=["duration_minutes"])

        assert told == [[pk]]

    def test_nobody_is_told_of_anything_else(self, told: list) -> None:
        resource = ResourceFactory()

        resource.title = "Another title"
        resource.save()

        assert told == []
