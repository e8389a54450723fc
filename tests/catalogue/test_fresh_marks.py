"""What changed since it was counted is marked, whichever way it was changed."""

from collections.abc import Callable

import pytest
from django.db import connection

from catalogue.models import (
    Fresh,
    LinkHealth,
    Organisation,
    Resource,
    ResourceSkill,
)
from catalogue.vocabularies import Status
from tests.factories import (
    CompetenceFactory,
    OrganisationFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db


def marked(act: Callable[[], object]) -> set[int]:
    """Primary keys of the resources that `act` marks."""
    before = Fresh.objects.count()
    act()
    return {*Fresh.objects.order_by("stamp")[before:].values_list("resource_id", flat=True)}


def edit(resource: Resource, **values: object) -> Callable[[], object]:
    return lambda: Resource.objects.filter(pk=resource.pk).update(**values)


def test_a_public_resource_is_marked_when_it_is_added():
    made: list[Resource] = []

    found = marked(lambda: made.append(ResourceFactory()))

    assert found == {made[0].pk}


def test_a_draft_is_marked_when_it_goes_public_and_again_when_it_goes():
    draft = ResourceFactory(published=False)

    assert marked(edit(draft, title="Other")) == set()
    assert marked(lambda: draft.publish(by=None)) == {draft.pk}
    assert marked(lambda: draft.withdraw(by=None, reason="It is old.")) == {draft.pk}


@pytest.mark.parametrize(
    "values",
    [
        {"resource_type": "book"},
        {"cost": "paid"},
        {"proficiency": "advanced"},
        {"duration_minutes": 7},
        {"languages": ["cy"]},
        {"access": ["captions"]},
        {"pathway_count": 1},
        {"sort_key": "zz"},
        {"title": "Other"},
        {"description": "Otherwise."},
    ],
    ids=lambda values: next(iter(values)),
)
def test_another_value_of_what_is_counted_or_found_marks_it(values: dict[str, object]):
    resource = ResourceFactory(resource_type="video", cost="free", duration_minutes=5)
    ResourceFactory()

    assert marked(edit(resource, **values)) == {resource.pk}


def test_what_nobody_counts_marks_nothing():
    resource = ResourceFactory(pathway_count=1)

    assert marked(edit(resource, licence="MIT", pathway_count=2)) == set()
    assert marked(resource.save) == set()


def test_its_skills_competences_and_tags_mark_it():
    resource, skill = ResourceFactory(), SkillFactory()

    assert marked(lambda: resource.skill_links.create(skill=skill)) == {resource.pk}
    assert marked(lambda: resource.skill_links.update(proficiency="expert")) == {resource.pk}
    assert marked(lambda: resource.skill_links.update(note="See page 2.")) == set()
    assert marked(lambda: resource.skill_links.all().delete()) == {resource.pk}
    assert marked(lambda: resource.tags.add("maps")) == {resource.pk}
    assert marked(lambda: resource.tags.clear()) == {resource.pk}
    competence = CompetenceFactory()
    stated = marked(lambda: ResourceCompetenceFactory(resource=resource, competence=competence))
    assert stated == {resource.pk}


def test_a_link_that_goes_over_to_another_resource_marks_both():
    one, other = ResourceFactory(), ResourceFactory()
    link = ResourceSkill.objects.create(resource=one, skill=SkillFactory())

    moved = marked(lambda: ResourceSkill.objects.filter(pk=link.pk).update(resource=other))

    assert moved == {one.pk, other.pk}


def test_links_of_a_draft_mark_it_since_another_may_be_publishing_it():
    draft = ResourceFactory(published=False)

    assert marked(lambda: draft.skill_links.create(skill=SkillFactory())) == {draft.pk}


def test_another_state_of_its_link_marks_it_and_another_visit_does_not():
    resource = ResourceFactory(link="works")
    link = LinkHealth.objects.filter(pk=resource.pk)

    assert marked(lambda: link.update(answer=204)) == set()
    assert marked(lambda: link.update(state="gone")) == {resource.pk}


def test_a_provider_s_new_name_marks_its_resources():
    tate = OrganisationFactory(name="Tate")
    own = ResourceFactory(provider=tate)
    ResourceFactory()

    renamed = marked(lambda: Organisation.objects.filter(pk=tate.pk).update(name="Whitworth"))

    assert renamed == {own.pk}


def test_many_in_one_statement_are_marked_once_each():
    several = ResourceFactory.create_batch(3)
    before = Fresh.objects.count()

    Resource.objects.filter(status=Status.PUBLISHED).update(cost="paid")

    assert Fresh.objects.count() - before == len(several)


def test_a_mark_tells_its_transaction():
    ResourceFactory()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert {*Fresh.objects.values_list("transaction", flat=True)} == {*cursor.fetchone()}
