"""Whoever proposed a change is told by mail what became of it."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from catalogue.models import Proposal, Resource
from tests.cast import Cast
from tests.factories import ProposalFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    resource = ResourceFactory(title="A gide", cost="free")
    return ProposalFactory(
        resource=resource,
        by=cast.guest,
        values={"title": "A guide", "cost": "paid"},
        before={"title": "A gide", "cost": "free"},
    )


def answer(cast: Cast, proposal: Proposal, verb: str, **said: Any) -> Any:
    address = reverse(f"admin:catalogue_proposal_{verb}", args=[proposal.pk])
    return cast.client_of("editor").post(address, {"note": "", **said})


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Any:
    def call(*args: Any, **said: Any) -> list[Any]:
        with django_capture_on_commit_callbacks(execute=True):
            answer(*args, **said)
        return mail.outbox

    return call


def test_it_was_taken_over(cast: Cast, proposal: Proposal, told: Any) -> None:
    (letter,) = told(cast, proposal, "accept", note="Well spotted.")

    assert letter.to == ["guest@example.org"]
    assert letter.subject == "Your proposed change: A guide"
    assert "“A guide” is taken over. Thank you." in letter.body
    assert "Well spotted." in letter.body
    assert reverse("admin:catalogue_proposal_change", args=[proposal.pk]) in letter.body


def test_it_was_taken_over_in_part(cast: Cast, proposal: Proposal, told: Any) -> None:
    (letter,) = told(cast, proposal, "accept", leave_out=["cost"], note="It is free.")

    resource = Resource.objects.get()
    assert (resource.title, resource.cost) == ("A guide", "free")
    assert "taken over in part, with thanks. This is not: cost." in letter.body
    assert "It is free." in letter.body
    proposal.refresh_from_db()
    assert proposal.is_in_part


def test_it_was_not_taken_over_and_why(cast: Cast, proposal: Proposal, told: Any) -> None:
    (letter,) = told(cast, proposal, "decline", note="It is spelt so on the page.")

    assert "leaves it as it is." in letter.body
    assert "It is spelt so on the page." in letter.body


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"leave_out": ["title", "cost"], "note": "No."}, "decline the proposal instead"),
        ({"leave_out": ["title"]}, "Say why not all of it"),
    ],
)
def test_in_part_means_a_part_and_has_a_reason(
    cast: Cast, proposal: Proposal, said: dict, why: str
) -> None:
    response = answer(cast, proposal, "accept", **said)

    assert why in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.status == "waiting"


def test_nobody_is_written_to_who_is_not_there_any_more(
    cast: Cast, proposal: Proposal, told: Any
) -> None:
    cast.guest.is_active = False
    cast.guest.save()

    assert told(cast, proposal, "accept") == []


def test_a_mail_that_can_not_be_sent_stops_nothing(
    cast: Cast, proposal: Proposal, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalogue.proposal_mail.get_connection", lambda **_how: 1 / 0)

    told(cast, proposal, "accept")

    proposal.refresh_from_db()
    assert proposal.status == "accepted"
