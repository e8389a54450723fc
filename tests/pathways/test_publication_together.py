"""Two people at once: neither undoes, nor overlooks, what the other did."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalogue.errors import WrongState
from catalogue.models import Decision, Resource
from pathways import publication
from pathways.models import Pathway, Revision, Step
from tests.factories import ResourceFactory, add_stage, add_step, make_draft, make_pathway
from tests.together import Somebody

pytestmark = pytest.mark.django_db(transaction=True)


def draft_with(*steps: object, title: str = "A pathway") -> Revision:
    draft = make_draft(title)
    stage = add_stage(draft)
    for step in steps:
        add_step(stage, step)
    return draft


def again(revision: Revision) -> Revision:
    """The same row as another worker reads it."""
    return Revision.objects.get(pk=revision.pk)


def test_only_one_of_two_editors_publishes_a_draft() -> None:
    draft = draft_with("Ask a colleague")
    theirs = again(draft)

    with Somebody(lambda: publication.publish(theirs, by=None)) as other, transaction.atomic():
        publication.publish(draft, by=None)
        other.starts_and_waits()

    assert isinstance(other.error, WrongState)
    assert theirs.status == "draft"
    assert Decision.objects.filter(verb="published").count() == 1


def test_two_new_drafts_of_one_pathway_have_two_numbers() -> None:
    published = make_pathway().published_revision

    def draft_anew() -> Revision:
        return publication.draft_from(again(published), by=None)

    with Somebody(draft_anew) as other, transaction.atomic():
        mine = draft_anew()
        other.starts_and_waits()

    assert (mine.number, other.answer.number) == (2, 3)


def test_two_pathways_published_at_once_never_make_a_circle() -> None:
    a, b = make_pathway("A"), make_pathway("B")
    a_to_b = publication.draft_from(a.published_revision, by=None)
    add_step(a_to_b.stages.get(), b)
    b_to_a = publication.draft_from(b.published_revision, by=None)
    add_step(b_to_a.stages.get(), a)

    other = Somebody(lambda: publication.publish(again(b_to_a), by=None))

    with other, transaction.atomic():
        publication.publish(a_to_b, by=None)
        other.starts_and_waits()

    assert isinstance(other.error, ValidationError)
    assert other.error.messages == [
        "“A” leads back to this pathway: a learner would walk in a circle."
    ]


def test_two_pathways_published_at_once_both_count_for_a_resource() -> None:
    resource = ResourceFactory()
    first, second = draft_with(resource, title="A"), draft_with(resource, title="B")

    other = Somebody(lambda: publication.publish(again(second), by=None))

    with other, transaction.atomic():
        publication.publish(first, by=None)
        other.starts_and_waits()

    assert other.error is None
    assert Resource.objects.get().pathway_count == 2


def test_one_withdrawn_while_another_is_published_is_counted_down() -> None:
    resource = ResourceFactory()
    gone = make_pathway("A", steps=[resource])
    draft = draft_with(resource, title="B")

    other = Somebody(lambda: publication.publish(again(draft), by=None))

    with other, transaction.atomic():
        gone.withdraw(by=None, reason="It is out of date.")
        other.starts_and_waits()

    assert other.error is None
    assert Resource.objects.get().pathway_count == 1


def test_two_resources_changed_at_once_both_count_in_the_minutes() -> None:
    mine, theirs = (ResourceFactory(duration_minutes=10) for _ in range(2))
    make_pathway(steps=[mine, theirs])

    def change(resource: Resource) -> None:
        resource.duration_minutes = 30
        resource.save()

    with Somebody(lambda: change(theirs)) as other, transaction.atomic():
        change(mine)
        other.starts_and_waits()

    assert other.error is None
    assert Pathway.objects.get().duration_minutes == 60


def test_an_edit_under_way_is_whole_before_the_draft_is_public() -> None:
    draft = draft_with("Ask a colleague")

    other = Somebody(lambda: publication.publish(again(draft), by=None))

    with other, transaction.atomic():
        Step.objects.update(title="Ask two")
        other.starts_and_waits()
        # Not yet: whoever publishes waits for the edit.
        assert not Pathway.objects.published().exists()

    assert other.error is None
    assert Pathway.objects.published().get().published_revision.steps.get().title == "Ask two"


def test_an_edit_that_comes_too_late_is_refused() -> None:
    draft = draft_with("Ask a colleague")

    with Somebody(lambda: Step.objects.update(title="Ask two")) as other, transaction.atomic():
        publication.publish(draft, by=None)
        other.starts_and_waits()

    assert isinstance(other.error, IntegrityError)
    assert Step.objects.get().title == "Ask a colleague"


def test_two_who_edit_one_draft_take_turns() -> None:
    draft = draft_with("A", "B")
    a, b = draft.steps.order_by("n")

    def edit() -> None:
        with transaction.atomic():
            Step.objects.filter(pk=b.pk).update(note="Theirs.")
            Revision.objects.filter(pk=draft.pk).update(audience="Theirs.")

    with Somebody(edit) as other, transaction.atomic():
        Step.objects.filter(pk=a.pk).update(note="Mine.")
        other.starts_and_waits()
        Revision.objects.filter(pk=draft.pk).update(introduction="Mine.")

    assert other.error is None
    assert {step.note for step in Step.objects.all()} == {"Mine.", "Theirs."}
    draft.refresh_from_db()
    assert (draft.introduction, draft.audience) == ("Mine.", "Theirs.")
