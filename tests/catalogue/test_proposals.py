"""A change to a resource that others use too is proposed, and an editor answers."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.errors import WrongState
from catalogue.models import Decision, Proposal, Resource
from catalogue.models.proposals import Outdated
from tests.cast import Cast
from tests.config.test_desk import change, filled_in, of
from tests.factories import OrganisationFactory, ProposalFactory, ResourceFactory
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(cast: Cast) -> Client:
    return cast.client_of("guest")


@pytest.fixture
def editor(cast: Cast) -> Client:
    return cast.client_of("editor")


@pytest.fixture
def resource() -> Resource:
    return ResourceFactory(title="A gide", duration_minutes=20)


def page_of(resource: Resource) -> str:
    return reverse("admin:catalogue_resource_propose", args=[resource.pk])


def propose(client: Client, resource: Resource, **said: Any) -> Any:
    sent = {**filled_in(open_page(client, page_of(resource))), "why": "It is misspelt.", **said}
    return client.post(page_of(resource), sent, follow=True)


class TestProposing:
    def test_the_form_of_a_shared_resource_leads_there_and_says_why(
        self, guest: Client, resource: Resource
    ) -> None:
        page = open_page(guest, change(resource))

        assert links(page)["Propose a change"] == page_of(resource)
        assert words(page.select_one(".desk-standing")) == (
            "You can’t change this: it is public, and others may use it too. You can propose a "
            "change, which an editor looks at."
        )

    def test_what_is_written_differently_is_kept_and_changes_nothing_yet(
        self, guest: Client, cast: Cast, resource: Resource
    ) -> None:
        provider = OrganisationFactory(name="Another body")

        propose(
            guest,
            resource,
            title="A guide",
            provider=provider.pk,
            languages="en,cy",
            access=["captions"],
        )

        proposal = Proposal.objects.get()
        assert proposal.values == {
            "title": "A guide",
            "provider": provider.pk,
            "languages": ["en", "cy"],
            "access": ["captions"],
        }
        assert proposal.before["title"] == "A gide"
        assert (proposal.by, proposal.why) == (cast.guest, "It is misspelt.")
        assert Resource.objects.get(pk=resource.pk).title == "A gide"

    def test_why_has_to_be_said(self, guest: Client, resource: Resource) -> None:
        response = propose(guest, resource, title="A guide", why="")

        assert "This field is required." in response.content.decode()
        assert not Proposal.objects.exists()

    def test_what_a_resource_can_not_be_is_told_at_once(
        self, guest: Client, resource: Resource
    ) -> None:
        other = ResourceFactory()

        response = propose(guest, resource, url=other.url)

        told = "A resource with this address is in the catalogue already."
        assert told in response.content.decode()
        assert not Proposal.objects.exists()

    def test_it_may_be_in_words_alone(self, guest: Client, resource: Resource) -> None:
        propose(guest, resource, why="It teaches cleaning data too.")

        assert Proposal.objects.get().values == {}

    def test_fields_that_are_no_fact_of_the_resource_are_not_taken(
        self, guest: Client, resource: Resource
    ) -> None:
        propose(guest, resource, slug="forged", status="draft", reviewed_at_0="2026-01-01")

        assert Proposal.objects.get().values == {}

    def test_who_may_change_it_has_nothing_to_propose(
        self, guest: Client, editor: Client, cast: Cast, resource: Resource
    ) -> None:
        own = ResourceFactory(published=False, added_by=cast.guest)

        assert guest.get(page_of(own)).status_code == 403
        assert editor.get(page_of(resource)).status_code == 403


class TestAnswering:
    def test_an_editor_sees_what_it_said_and_what_it_should_say(
        self, editor: Client, resource: Resource
    ) -> None:
        proposal = ProposalFactory(resource=resource, values={"title": "A guide"})

        page = open_page(editor, change(proposal))

        assert texts(page, ".desk-compared tbody th, .desk-compared tbody td") == [
            "Title",
            "A gide",
            "A guide",
        ]
        waiting = links(open_page(editor, reverse("admin:index")), ".desk-waiting a")
        assert "1 proposed change waits" in waiting

    def test_accepting_writes_it_and_says_who_and_why(
        self, editor: Client, cast: Cast, resource: Resource
    ) -> None:
        proposal = ProposalFactory(
            resource=resource, values={"title": "A guide", "duration_minutes": 30}
        )
        address = of(Proposal, "accept", proposal.pk)

        editor.post(address, {**filled_in(open_page(editor, address)), "note": "Thank you."})

        resource.refresh_from_db()
        proposal.refresh_from_db()
        assert (resource.title, resource.duration_minutes) == ("A guide", 30)
        assert (proposal.status, proposal.answer, proposal.answered_by) == (
            "accepted",
            "Thank you.",
            cast.editor,
        )
        decision = Decision.objects.get(uid=resource.uid)
        assert (decision.verb, decision.by) == ("changed", cast.editor)
        assert decision.note == "As proposed: It has moved.\nThank you."

    def test_declining_needs_a_reason_and_leaves_it(
        self, editor: Client, resource: Resource
    ) -> None:
        proposal = ProposalFactory(resource=resource)
        address = of(Proposal, "decline", proposal.pk)

        assert "This field is required." in editor.post(address, {}).content.decode()
        editor.post(address, {"note": "It is called so."})

        proposal.refresh_from_db()
        resource.refresh_from_db()
        assert (proposal.status, resource.title) == ("declined", "A gide")

    def test_whoever_proposed_it_sees_what_became_of_it(
        self, guest: Client, cast: Cast, resource: Resource
    ) -> None:
        proposal = ProposalFactory(resource=resource, by=cast.guest)
        before = words(open_page(guest, change(proposal)).select_one(".desk-standing"))
        proposal.decline(by=cast.editor, note="It is called so.")

        page = open_page(guest, change(proposal))

        assert before == "An editor looks at it. What they say will stand here."
        assert words(page.select_one(".desk-state")) == "Declined"
        assert "It is called so." in words(page.select_one(".field-answer"))
        assert page.select("[name=_save]") == []

    def test_what_changed_since_is_told_before(self, editor: Client, resource: Resource) -> None:
        proposal = ProposalFactory(resource=resource, values={"title": "A guide"})
        resource.title = "A good guide"
        resource.save()

        page = open_page(editor, of(Proposal, "accept", proposal.pk))

        assert texts(page, ".desk-foreseen li") == [
            "It was changed since: “title” said A gide, and says A good guide now."
        ]

    def test_and_what_changes_while_the_page_is_open(
        self, editor: Client, resource: Resource
    ) -> None:
        proposal = ProposalFactory(resource=resource, values={"title": "A guide"})
        address = of(Proposal, "accept", proposal.pk)
        sent = filled_in(open_page(editor, address))
        Resource.objects.filter(pk=resource.pk).update(title="A good guide")

        told = editor.post(address, sent)
        resource.refresh_from_db()
        first = resource.title
        again = editor.post(
            address, {"note": "", "seen": json.dumps({"title": "A good guide"})}, follow=True
        )

        assert "Somebody changed the resource after you opened this" in told.content.decode()
        assert first == "A good guide"
        resource.refresh_from_db()
        assert resource.title == "A guide"
        assert again.status_code == 200

    def test_a_list_accepts_none_that_is_outdated(self, editor: Client, resource: Resource) -> None:
        fresh = ProposalFactory(values={"title": "Fresh"})
        stale = ProposalFactory(resource=resource, values={"title": "A guide"})
        Resource.objects.filter(pk=resource.pk).update(title="A good guide")
        sent = {"action": "accept", "_selected_action": [fresh.pk, stale.pk]}

        editor.post(of(Proposal, "changelist"), sent)

        assert {*Proposal.objects.waiting()} == {stale}
        assert Resource.objects.filter(title="Fresh").exists()

    def test_what_the_catalogue_refuses_meanwhile_is_told(
        self, editor: Client, resource: Resource
    ) -> None:
        proposal = ProposalFactory(
            resource=resource,
            values={"url": "https://example.org/taken"},
            before={"url": resource.url},
        )
        ResourceFactory(url="https://example.org/taken")
        address = of(Proposal, "accept", proposal.pk)

        told = editor.post(address, filled_in(open_page(editor, address))).content.decode()

        assert "A resource with this address is in the catalogue already." in told
        assert Proposal.objects.waiting().get() == proposal

    def test_it_is_answered_once(self, cast: Cast, resource: Resource) -> None:
        proposal = ProposalFactory(resource=resource)
        proposal.accept(by=cast.editor)

        with pytest.raises(WrongState) as refused:
            Proposal.objects.get().decline(by=cast.editor, note="No.")

        assert str(refused.value) == (
            "What was proposed for “A better title” can’t be declined: it is accepted."
        )

    def test_where_nobody_looked_it_has_to_be_as_it_was(self, cast: Cast) -> None:
        proposal = ProposalFactory()
        Resource.objects.update(title="Else")

        with pytest.raises(Outdated) as refused:
            proposal.accept(by=cast.editor)

        assert str(refused.value) == (
            "Somebody changed it meanwhile: title. Look at the proposal again."
        )

    def test_no_guest_answers(self, guest: Client, cast: Cast) -> None:
        proposal = ProposalFactory(by=cast.guest)

        for verb in ("accept", "decline"):
            assert guest.post(of(Proposal, verb, proposal.pk), {"note": "x"}).status_code == 403
        assert Proposal.objects.waiting().exists()


class TestDrafts:
    """Whoever added a draft writes it, as long as nobody else uses it."""

    def test_what_one_adds_is_one_s_own(self, guest: Client, cast: Cast) -> None:
        there = of(Resource, "add")
        said = {"title": "New", "url": "https://example.org/new"}

        guest.post(there, {**filled_in(open_page(guest, there)), **said})

        made = Resource.objects.get(title="New")
        assert (made.added_by, made.status) == (cast.guest, "draft")
        page = open_page(guest, change(made))
        assert words(page.select_one(".desk-standing")) == (
            "You may change this: it is a draft, and nobody else uses it."
        )
        assert page.select("[name=_save]")
