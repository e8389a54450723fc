"""The digest: maintainers are told once of what died or moved in their pathways."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalogue.links import Finding, note
from catalogue.models import LinkHealth, Resource
from curators import mails
from curators.models import User
from pathways.models import Maintainer, Pathway, ToldLink
from pathways.upkeep import Sent, news_for, send_digests
from tests.cast import Cast
from tests.factories import ResourceFactory, UserFactory, add_stage, add_step, make_draft
from tests.factories import make_pathway as make

pytestmark = pytest.mark.django_db


def make_pathway(title: str, *resources: Any, by: User) -> Pathway:
    pathway = make(title, steps=[*resources])
    Maintainer.objects.create(pathway=pathway, user=by)
    return pathway


def dies(resource: Resource, *, since: str = "2026-02-01") -> None:
    now = timezone.now()
    link, _made = LinkHealth.objects.get_or_create(resource=resource)
    link.state, link.checked_at = "gone", now
    link.missing_since = timezone.datetime.fromisoformat(f"{since}T09:00+00:00")
    link.save()


def moves(resource: Resource, to: str = "https://example.org/new") -> None:
    note(resource.pk, resource.url, Finding("moved", answer=200, moved_to=to))


@pytest.fixture
def guest(cast: Cast) -> User:
    return cast.guest


@pytest.fixture
def resource() -> Resource:
    return ResourceFactory(title="Old maps", url="https://example.org/maps")


class TestWhatItTells:
    def test_of_all_at_once_gone_before_moved_each_with_its_pathways(self, guest: User) -> None:
        gone, stood_in, moved, fine = (
            ResourceFactory(title=title, url=f"https://example.org/{number}")
            for number, title in enumerate(["Gone", "Stood in for", "Moved", "Fine"])
        )
        make_pathway(
            "One way", gone, (stood_in, {"stand_in": fine}), moved, ResourceFactory(), by=guest
        )
        make_pathway("Two ways", gone, by=guest)
        dies(gone)
        dies(stood_in)
        moves(moved)

        assert send_digests() == Sent(sent=1)

        (letter,) = mail.outbox
        assert letter.to == ["guest@example.org"]
        assert letter.subject == "3 links in your pathways have changed"
        assert letter.body == (
            "Hello A guest curator,\n\n"
            "This is what became of links in your pathways. You are told of each once.\n\n"
            "No longer there:\n\n"
            "- “Gone”, in “One way”, “Two ways”\n"
            "  https://example.org/0\n"
            "  The copy in the Internet Archive: "
            "https://web.archive.org/web/https://example.org/0\n"
            "  Nothing stands in for it: choose something in its place.\n\n"
            "- “Stood in for”, in “One way”\n"
            "  https://example.org/1\n"
            "  The copy in the Internet Archive: "
            "https://web.archive.org/web/https://example.org/1\n"
            "  Its stand-in has taken its place. A new step may be better in the long run.\n\n"
            "At another address now:\n\n"
            "- “Moved”, in “One way”\n"
            "  from https://example.org/2\n"
            "  to https://example.org/new\n"
            "  Readers still get there, and an editor will take the new address over.\n\n"
            "Change your pathways at the desk:\n\n"
            "http://127.0.0.1:8000/admin/\n\n"
            "-- \nWaymark\nhttp://127.0.0.1:8000\n"
        )

    def test_a_stand_in_that_died_too(self, guest: User, resource: Resource) -> None:
        make_pathway("A way", (ResourceFactory(), {"stand_in": resource}), by=guest)
        dies(resource)

        assert [one.link.resource for one in news_for(guest)] == [resource]

    @pytest.mark.parametrize("state", ["works", "unsure", "unchecked"])
    def test_nothing_of_what_may_be_there(self, guest: User, state: str) -> None:
        resource = ResourceFactory(link="" if state == "unchecked" else state)
        make_pathway("A way", resource, by=guest)

        assert send_digests() == Sent()
        assert mail.outbox == []

    def test_nothing_of_other_peoples_pathways_drafts_or_what_was_withdrawn(
        self, cast: Cast, resource: Resource
    ) -> None:
        make_pathway("Theirs", resource, by=cast.other_guest)
        draft = make_draft("A draft")
        add_step(add_stage(draft), resource)
        Maintainer.objects.create(pathway=draft.pathway, user=cast.guest)
        withdrawn = make_pathway("Withdrawn", resource, by=cast.guest)
        withdrawn.withdraw(by=None, reason="It is out of date.")
        dies(resource)

        assert news_for(cast.guest) == []
        assert send_digests() == Sent(sent=1)
        assert mail.outbox[0].to == ["other@example.org"]

    def test_a_title_breaks_no_subject_and_is_no_markup(self, guest: User) -> None:
        resource = ResourceFactory(title="<b>Maps & “plans”</b>")
        make_pathway("A way", resource, by=guest)
        dies(resource)

        send_digests()

        assert "- “<b>Maps & “plans”</b>”, in “A way”" in mail.outbox[0].body


class TestWhoIsTold:
    def test_only_who_is_active_and_has_an_address(self, resource: Resource) -> None:
        pathway = make("A way", steps=[resource])
        for fields in ({"is_active": False}, {}):
            Maintainer.objects.create(pathway=pathway, user=UserFactory(**fields))
        dies(resource)

        assert send_digests() == Sent(sent=1)
        assert User.objects.get(email=mail.outbox[0].to[0]).is_active

    def test_each_maintainer_in_a_mail_of_their_own(self, cast: Cast, resource: Resource) -> None:
        pathway = make_pathway("A way", resource, by=cast.guest)
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)
        dies(resource)

        send_digests()

        assert [letter.to for letter in mail.outbox] == [
            ["guest@example.org"],
            ["other@example.org"],
        ]


class TestOnce:
    def test_the_same_is_never_told_twice(self, guest: User, resource: Resource) -> None:
        make_pathway("A way", resource, by=guest)
        dies(resource)
        send_digests()

        for _round in range(3):
            assert send_digests(at_once=True) == Sent()

    def test_nor_when_it_was_unsure_in_between(self, guest: User, resource: Resource) -> None:
        make_pathway("A way", resource, by=guest)
        dies(resource)
        send_digests()

        LinkHealth.objects.update(state="unsure")
        dies(resource)

        assert news_for(guest) == []

    def test_what_came_back_and_died_again_is_told_again(
        self, guest: User, resource: Resource
    ) -> None:
        make_pathway("A way", resource, by=guest)
        dies(resource)
        send_digests()

        dies(resource, since="2026-08-01")

        assert send_digests(at_once=True) == Sent(sent=1)

    def test_so_is_what_moved_on(self, guest: User, resource: Resource) -> None:
        make_pathway("A way", resource, by=guest)
        moves(resource)
        send_digests()
        moves(resource)

        assert send_digests(at_once=True) == Sent()
        moves(resource, "https://example.org/newer")
        assert send_digests(at_once=True) == Sent(sent=1)

    def test_who_was_told_this_week_is_told_of_the_rest_the_next(
        self, guest: User, resource: Resource
    ) -> None:
        other = ResourceFactory()
        make_pathway("A way", resource, other, by=guest)
        dies(resource)
        send_digests()
        dies(other)
        today = timezone.now()

        days = []
        for day in range(1, 10):
            with time_machine.travel(today + timedelta(days=day), tick=False):
                if send_digests().sent:
                    days.append(day)

        assert days == [7]
        assert mail.outbox[-1].subject == "1 link in your pathways has changed"


class TestMailThatFails:
    @pytest.fixture
    def broken(self, monkeypatch: pytest.MonkeyPatch) -> set[str]:
        """Addresses that no mail can be sent to."""
        addresses: set[str] = set()
        send = mails._send

        def fail(address: str, subject: str, text: str) -> None:
            if address in addresses:
                raise SMTPException("no such mailbox")
            send(address, subject, text)

        monkeypatch.setattr(mails, "_send", fail)
        return addresses

    def test_is_sent_the_next_time_and_keeps_nobody_else_from_theirs(
        self, cast: Cast, resource: Resource, broken: set[str]
    ) -> None:
        pathway = make_pathway("A way", resource, by=cast.guest)
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)
        dies(resource)
        broken.add("guest@example.org")

        first = send_digests()
        broken.clear()
        second = send_digests()

        assert (first, second) == (Sent(sent=1, failed=1), Sent(sent=1))
        assert [letter.to[0] for letter in mail.outbox] == [
            "other@example.org",
            "guest@example.org",
        ]

    def test_ends_the_command_with_a_failure(
        self, guest: User, resource: Resource, broken: set[str]
    ) -> None:
        make_pathway("A way", resource, by=guest)
        dies(resource)
        broken.add("guest@example.org")

        with pytest.raises(CommandError) as error:
            call_command("send_digests", verbosity=0)

        assert str(error.value) == "1 mail could not be sent; it is sent the next time."
        assert not ToldLink.objects.exists()


class TestCommand:
    def test_it_counts_the_mails(self, guest: User, resource: Resource, capsys) -> None:
        make_pathway("A way", resource, by=guest)
        dies(resource)

        call_command("send_digests")

        assert capsys.readouterr().out == "1 mail sent.\n"

    def test_a_look_sends_nothing(self, guest: User, resource: Resource, capsys) -> None:
        make_pathway("A way", resource, by=guest)
        dies(resource)

        call_command("send_digests", "--dry-run")

        assert capsys.readouterr().out == f"user {guest.pk}: links 1, pathways to confirm 0\n"
        assert mail.outbox == [] and not ToldLink.objects.exists()

    def test_now_waits_for_no_week(self, guest: User, resource: Resource) -> None:
        other = ResourceFactory()
        make_pathway("A way", resource, other, by=guest)
        dies(resource)
        call_command("send_digests")
        dies(other)

        call_command("send_digests")
        call_command("send_digests", "--now")

        assert len(mail.outbox) == 2
