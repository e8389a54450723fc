"""The verbs of public rows: publish, withdraw, restore; each a decision that is written down."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalogue.errors import CatalogueError, WrongState
from catalogue.identity import Gone, find_by_uid, find_public, replacement_of
from catalogue.models import Decision, PublicRow, Resource
from catalogue.vocabularies import Status
from pathways.models import Pathway
from tests.cast import Cast
from tests.factories import (
    PUBLIC_MODELS,
    CompetenceFactory,
    FrameworkFactory,
    ResourceFactory,
    SkillFactory,
    make_public_row,
)
from tests.together import Somebody

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 5, 12, tzinfo=UTC)

# A pathway is published by a revision: tests/pathways/test_publication.py.
BY_ITSELF = [model for model in PUBLIC_MODELS if model is not Pathway]
every_kind = pytest.mark.parametrize("model", PUBLIC_MODELS, ids=lambda model: model.noun)
every_kind_by_itself = pytest.mark.parametrize("model", BY_ITSELF, ids=lambda model: model.noun)


@pytest.mark.django_db
class TestPublish:
    @every_kind_by_itself
    def test_it_shows_a_draft_to_everyone(self, model: type[PublicRow]) -> None:
        row = make_public_row(model, published=False)

        with time_machine.travel(NOON, tick=False):
            row.publish(by=None)

        row = model.objects.get(pk=row.pk)
        assert row.status == Status.PUBLISHED
        assert row.published_at == NOON
        assert find_public(model.objects.all(), row.slug) == row

    def test_it_writes_down_who_when_and_why(self, cast: Cast) -> None:
        draft = ResourceFactory(title="A guide", published=False)

        with time_machine.travel(NOON, tick=False):
            draft.publish(by=cast.editor, note="Read and liked.")

        decision = Decision.objects.get(uid=draft.uid)
        assert (decision.verb, decision.by, decision.at) == ("published", cast.editor, NOON)
        assert (decision.title, decision.note) == ("A guide", "Read and liked.")
        assert str(decision) == "published: A guide"

    def test_it_refuses_what_is_incomplete_and_leaves_it_a_draft(self) -> None:
        draft = ResourceFactory(published=False, languages=[])

        with pytest.raises(ValidationError) as caught:
            draft.publish(by=None)

        assert caught.value.messages == [
            "A public resource needs a type, a cost and at least one language."
        ]
        assert (draft.status, draft.published_at) == (Status.DRAFT, None)
        assert Resource.objects.get().status == Status.DRAFT
        assert not Decision.objects.exists()

    @pytest.mark.parametrize(
        ("status", "sentence"),
        [
            ("published", "“A guide” can’t be published: it is published."),
            ("withdrawn", "“A guide” can’t be published: it is withdrawn."),
        ],
    )
    def test_it_starts_from_a_draft(self, status: str, sentence: str) -> None:
        row = ResourceFactory(title="A guide")
        if status == "withdrawn":
            row.withdraw(by=None, reason="It is out of date.")

        with pytest.raises(WrongState) as caught:
            row.publish(by=None)

        assert str(caught.value) == sentence
        assert isinstance(caught.value, CatalogueError)

    def test_it_judges_by_the_database_not_by_what_was_read_before(self) -> None:
        stale = ResourceFactory(title="A guide", published=False)
        Resource.objects.get(pk=stale.pk).publish(by=None)

        with pytest.raises(WrongState):
            stale.publish(by=None)

        assert stale.status == Status.DRAFT

    def test_it_takes_nothing_back_that_somebody_edited_meanwhile(self) -> None:
        stale = ResourceFactory(title="A gide", slug="a-gide", published=False)
        Resource.objects.filter(pk=stale.pk).update(title="A guide", slug="a-guide")

        stale.publish(by=None)

        row = Resource.objects.get()
        assert (row.title, row.slug, row.status) == ("A guide", "a-guide", Status.PUBLISHED)


@pytest.mark.django_db
class TestWithdraw:
    @every_kind
    def test_the_address_says_that_it_is_gone_and_why(self, model: type[PublicRow]) -> None:
        row = make_public_row(model)

        with time_machine.travel(LATER, tick=False):
            row.withdraw(by=None, reason="It is out of date.")

        with pytest.raises(Gone) as caught:
            find_public(model.objects.all(), row.slug)
        gone = caught.value.row
        assert gone.withdrawn_reason == "It is out of date."
        assert gone.withdrawn_at == LATER
        assert replacement_of(gone) is None

    def test_it_writes_down_who_and_why(self, cast: Cast) -> None:
        row = ResourceFactory()

        row.withdraw(by=cast.editor, reason="It is out of date.")

        decision = Decision.objects.get(uid=row.uid)
        assert (decision.verb, decision.by) == ("withdrawn", cast.editor)
        assert decision.note == "It is out of date."

    def test_it_needs_a_reason_and_without_one_the_row_is_as_before(self) -> None:
        row = ResourceFactory()

        with pytest.raises(ValidationError) as caught:
            row.withdraw(by=None, reason="")

        assert caught.value.messages == ["Say why it is withdrawn: its address will tell readers."]
        assert (row.status, row.withdrawn_at) == (Status.PUBLISHED, None)
        assert Resource.objects.get().status == Status.PUBLISHED

    def test_a_draft_can_not_be_withdrawn(self) -> None:
        draft = ResourceFactory(title="A guide", published=False)

        with pytest.raises(WrongState) as caught:
            draft.withdraw(by=None, reason="It is out of date.")

        assert str(caught.value) == "“A guide” can’t be withdrawn: it is a draft."

    def test_it_leads_to_what_replaces_it_of_whatever_kind(self) -> None:
        row, skill = ResourceFactory(), SkillFactory()

        row.withdraw(by=None, reason="Others say it better.", replaced_by=skill)

        assert replacement_of(Resource.objects.get()) == skill

    def test_it_leads_to_no_replacement_that_is_not_public(self) -> None:
        row, draft = ResourceFactory(), ResourceFactory(published=False)

        row.withdraw(by=None, reason="Others say it better.", replaced_by=draft)

        assert replacement_of(row) is None


@pytest.mark.django_db
class TestRestore:
    @every_kind
    def test_it_is_public_again_with_the_date_of_its_first_time(
        self, model: type[PublicRow]
    ) -> None:
        row = make_public_row(model)
        first = row.published_at
        row.withdraw(by=None, reason="By mistake.", replaced_by=SkillFactory())

        row.restore(by=None)

        row = model.objects.get(pk=row.pk)
        assert (row.status, row.published_at) == (Status.PUBLISHED, first)
        assert (row.withdrawn_at, row.withdrawn_reason, row.replaced_by) == (None, "", None)
        assert Decision.objects.filter(uid=row.uid).first().verb == "restored"

    def test_only_what_is_withdrawn_can_be_restored(self) -> None:
        row = ResourceFactory(title="A guide")

        with pytest.raises(WrongState) as caught:
            row.restore(by=None)

        assert str(caught.value) == "“A guide” can’t be restored: it is published."


@pytest.mark.django_db
class TestUnharmed:
    """A verb that fails leaves the row in memory and in the database as it was."""

    def test_when_the_decision_can_not_be_written_down(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError("the disk is full")

        row = ResourceFactory(published=False)
        before = dict(row.__dict__)
        monkeypatch.setattr(Decision, "record", fail)

        with pytest.raises(RuntimeError):
            row.publish(by=None)

        assert row.__dict__ == before
        assert Resource.objects.get().status == Status.DRAFT

    def test_and_can_be_asked_again(self) -> None:
        draft = ResourceFactory(published=False, cost="")
        with pytest.raises(ValidationError):
            draft.publish(by=None)

        draft.cost = "free"
        draft.save()
        draft.publish(by=None)

        assert Resource.objects.get().status == Status.PUBLISHED


@pytest.mark.django_db
class TestSavingByParts:
    def test_a_status_brings_its_date(self) -> None:
        draft = ResourceFactory(published=False)

        draft.status = Status.PUBLISHED
        draft.save(update_fields=["status"])

        assert Resource.objects.get().published_at is not None

    def test_a_title_leaves_an_address_that_somebody_changed(self) -> None:
        stale = ResourceFactory(title="A guide")
        Resource.objects.filter(pk=stale.pk).update(slug="another")

        stale.description = "What it teaches."
        stale.save(update_fields=["description"])

        assert Resource.objects.get().slug == "another"

    def test_an_address_brings_its_key(self) -> None:
        resource = ResourceFactory()

        resource.url = "https://example.org/moved"
        resource.save(update_fields=["url"])

        assert Resource.objects.get().canonical_url == "//example.org/moved"


@pytest.mark.django_db
class TestFindByUid:
    @every_kind
    def test_it_finds_every_kind_in_two_queries(
        self, model: type[PublicRow], count_queries: Callable
    ) -> None:
        row = make_public_row(model)

        with count_queries() as queries:
            found = find_by_uid(row.uid)

        assert found == row
        assert type(found) is model
        assert len(queries) == 2

    def test_it_finds_parts_too_which_say_what_their_whole_says(self) -> None:
        competence = CompetenceFactory(framework=FrameworkFactory(published=False))

        found = find_by_uid(competence.uid)

        assert found == competence
        assert found.public_status() == Status.DRAFT

    def test_nobody_bears_an_unknown_one(self) -> None:
        assert find_by_uid(SkillFactory.build().uid) is None

    def test_the_permanent_address_is_made_of_it(self) -> None:
        resource = ResourceFactory()

        assert resource.permanent_url == f"/id/{resource.uid}/"


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_only_one_of_two_editors_withdraws(self) -> None:
        row = ResourceFactory()
        mine, theirs = Resource.objects.get(), Resource.objects.get()

        def withdraw() -> None:
            theirs.withdraw(by=None, reason="Theirs.")

        with Somebody(withdraw) as other, transaction.atomic():
            mine.withdraw(by=None, reason="Mine.")
            other.starts_and_waits()

        assert isinstance(other.error, WrongState)
        assert Resource.objects.get().withdrawn_reason == "Mine."
        assert Decision.objects.filter(uid=row.uid).count() == 1

    def test_two_with_one_title_never_share_an_address(self) -> None:
        def add() -> None:
            ResourceFactory(title="Cleaning data", url="https://example.org/theirs")

        with Somebody(add) as other, transaction.atomic():
            ResourceFactory(title="Cleaning data", url="https://example.org/mine")
            other.starts_and_waits()

        assert isinstance(other.error, IntegrityError)
        assert [row.slug for row in Resource.objects.all()] == ["cleaning-data"]
