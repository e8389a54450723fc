"""The site's revision: each transaction that changes anything public moves it once."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from catalogue.models import LinkHealth, Resource, SiteMove, SiteRevision
from catalogue.vocabularies import LinkState
from tests.factories import (
    CreditFactory,
    QuestionFactory,
    ResourceFactory,
    SkillFactory,
    UserFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.rules import update_by_sql
from tests.together import Somebody

pytestmark = pytest.mark.django_db(transaction=True)


def moves(act: Callable[[], object]) -> int:
    before = SiteRevision.current()
    act()
    assert not SiteMove.objects.exists()
    return SiteRevision.current() - before


def test_a_new_site_is_at_nought() -> None:
    assert SiteRevision.current() == 0


def test_an_edit_moves_it_by_whatever_route() -> None:
    resource = ResourceFactory()
    skill, question = SkillFactory(), QuestionFactory()

    assert moves(resource.save) == 1
    assert moves(lambda: Resource.objects.update(title="Another")) == 1
    assert moves(lambda: update_by_sql(resource, title="A third")) == 1
    assert moves(lambda: resource.tags.add("maps")) > 0
    assert moves(lambda: question.skills.add(skill)) == 1
    assert moves(lambda: skill.related.clear()) == 1
    assert moves(lambda: ResourceFactory(published=False, provider=None).delete()) > 0


def test_a_pathway_moves_it_when_readers_see_it_changed() -> None:
    credit = CreditFactory()

    assert moves(credit.delete) == 1
    assert moves(make_pathway) > 0


def test_a_draft_that_nobody_sees_moves_nothing() -> None:
    step = add_step(add_stage(make_draft()), "Ask a colleague")

    assert moves(step.save) == 0
    assert moves(step.stage.save) == 0
    assert moves(step.revision.save) == 0


def test_a_transaction_moves_it_once_whatever_it_changes() -> None:
    @transaction.atomic
    def change_much() -> None:
        for number in range(3):
            ResourceFactory(title=f"Resource {number}", tags=["maps"])
        Resource.objects.update(description="")

    assert moves(change_much) == 1


def test_a_transaction_that_is_taken_back_moves_nothing() -> None:
    ResourceFactory()

    @transaction.atomic
    def change_and_take_back() -> None:
        Resource.objects.update(title="Never")
        transaction.set_rollback(True)

    assert moves(change_and_take_back) == 0


def test_reading_and_accounts_move_nothing() -> None:
    ResourceFactory()

    assert moves(lambda: list(Resource.objects.for_listing())) == 0
    assert moves(UserFactory) == 0


class TestLinks:
    def test_a_first_visit_moves_it(self) -> None:
        resource = ResourceFactory()

        assert moves(lambda: visited(resource, LinkState.WORKS)) == 1

    def test_another_state_moves_it(self) -> None:
        link = visited(ResourceFactory(), LinkState.WORKS)

        assert moves(lambda: LinkHealth.objects.update(state=LinkState.GONE)) == 1
        link.refresh_from_db()
        assert link.state == LinkState.GONE

    def test_a_visit_that_finds_what_the_last_one_found_does_not(self) -> None:
        visited(ResourceFactory(), LinkState.WORKS)

        assert moves(lambda: LinkHealth.objects.update(checked_at=timezone.now())) == 0

    def test_it_leaves_the_resource_as_it_was(self) -> None:
        resource = ResourceFactory()

        visited(resource, LinkState.GONE)

        assert Resource.objects.get().modified == resource.modified
        assert Resource.pgh_event_model.objects.count() == 1


def visited(resource: Resource, state: str) -> LinkHealth:
    return LinkHealth.objects.create(resource=resource, state=state, checked_at=timezone.now())


class TestTwoAtOnce:
    def test_nobody_sees_it_move_before_they_can_see_the_edit(self) -> None:
        ResourceFactory(title="As it was")
        before = SiteRevision.current()

        def look() -> tuple[int, str]:
            return SiteRevision.current(), Resource.objects.get().title

        with transaction.atomic():
            Resource.objects.update(title="As it is")
            with Somebody(look) as reader:
                reader.starts()

        assert reader.answer == (before, "As it was")
        assert look() == (before + 1, "As it is")

    def test_nobody_waits_for_another_s_edit(self) -> None:
        mine, theirs = ResourceFactory(), ResourceFactory()
        before = SiteRevision.current()

        with transaction.atomic():
            mine.save()
            with Somebody(theirs.save) as other:
                other.starts()

        assert other.error is None
        assert SiteRevision.current() == before + 2
