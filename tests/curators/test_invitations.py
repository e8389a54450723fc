"""Invitations: from an editor's form to somebody's own desk, and links that are of no use."""

import re
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.vocabularies import Status
from curators.invitations import licence_given_by
from curators.invitations.models import VALID_DAYS, Invitation, Standing, State
from curators.models import Curator, Membership, User
from tests.cast import Cast
from tests.factories import InvitationFactory, OrganisationFactory
from tests.pages import main, open_page, texts, words
from tests.signing_in import code_in, who_is_in
from tests.together import Somebody

pytestmark = pytest.mark.django_db

ADD = reverse("admin:curators_invitation_add")
LIST = reverse("admin:curators_invitation_changelist")
ASKED = {
    "email": "New@Example.org",
    "name": "Somebody New",
    "standing": "guest",
    "organisation": "",
    "task": "You know how to keep readers’ secrets: would you lead others through it?",
    "licence": "CC-BY-4.0",
}


@pytest.fixture
def editor(cast: Cast) -> Client:
    cast.editor.user_permissions.add(Permission.objects.get(codename="publish_resource"))
    return cast.client_of("editor")


def invited(**fields: Any) -> tuple[Invitation, str]:
    """An invitation that waits, and the path of its link."""
    invitation = InvitationFactory.build(**fields)
    token = invitation.new_token()
    invitation.save()
    return invitation, reverse("invitation", args=[token])


def link_in(message: Any) -> str:
    found = re.search(r"^http://127\.0\.0\.1:8000(/invitation/\S+)$", message.body, re.MULTILINE)
    assert found, message.body
    return found[1]


class TestInviting:
    def test_an_editor_asks_and_a_mail_goes_out(self, cast: Cast, editor: Client) -> None:
        response = editor.post(ADD, ASKED, follow=True)

        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.invited_by) == ("new@example.org", cast.editor)
        assert invitation.status == State.WAITING
        message = mail.outbox[0]
        assert message.to == ["new@example.org"]
        assert message.reply_to == [cast.editor.email]
        assert ASKED["task"] in message.body
        assert "An editor invites you to Waymark" in message.body
        assert link_in(message) not in response.content.decode()

    def test_only_a_hash_of_the_token_is_kept(self, editor: Client) -> None:
        editor.post(ADD, ASKED)

        token = link_in(mail.outbox[0]).split("/")[-2]
        kept = Invitation.objects.values().get()
        assert [name for name, value in kept.items() if token in str(value)] == []

    def test_where_no_mail_leaves_the_link_is_shown_once(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: object, **more: object) -> None:
            raise SMTPException("no such server")

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

        page = open_page_of(editor.post(ADD, ASKED, follow=True))

        told = words(page.select_one(".messagelist"))
        assert "No mail could be sent, but the invitation stands." in told
        link = words(page.select_one(".messagelist code"))
        assert Client().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
        assert "/invitation/" not in editor.get(LIST).content.decode().replace(
            "/curators/invitation/", ""
        )

    def test_an_address_is_asked_once_at_a_time(self, editor: Client) -> None:
        editor.post(ADD, ASKED)

        page = open_page_of(editor.post(ADD, ASKED))

        assert Invitation.objects.count() == 1
        assert "This address has an invitation already" in words(page)

    def test_whose_account_was_closed_can_t_be_asked(self, cast: Cast, editor: Client) -> None:
        User.objects.filter(pk=cast.guest.pk).update(is_active=False)

        page = open_page_of(editor.post(ADD, {**ASKED, "email": "Guest@example.org"}))

        assert "The account of this address is closed" in words(page)

    def test_only_an_administrator_invites_editors(self, cast: Cast, editor: Client) -> None:
        as_editor = {**ASKED, "standing": "editor"}

        editor.post(ADD, as_editor)
        assert not Invitation.objects.exists()

        cast.client_of("admin").post(ADD, as_editor)
        assert Invitation.objects.get().standing == Standing.EDITOR

    def test_a_partner_needs_an_organisation(self, editor: Client) -> None:
        page = open_page_of(editor.post(ADD, {**ASKED, "standing": "partner"}))

        assert "A partner looks after an organisation" in words(page)

    @pytest.mark.parametrize("name", ["visitor", "learner", "guest", "other_guest", "partner"])
    def test_nobody_else_may(self, cast: Cast, name: str) -> None:
        client = cast.client_of(name)
        invitation, _path = invited()

        for verb in ("send-again", "revoke"):
            client.post(reverse(f"admin:curators_invitation_{verb}", args=[invitation.pk]))
        client.post(ADD, ASKED)

        for there in (ADD, LIST):
            assert client.get(there).status_code in (302, 403)
        kept = Invitation.objects.get()
        assert (kept.token_digest, kept.revoked_at) == (invitation.token_digest, None)


class TestVerbs:
    def test_sent_again_the_old_link_dies_and_the_new_one_lives(self, editor: Client) -> None:
        invitation, old = invited()

        editor.post(reverse("admin:curators_invitation_send-again", args=[invitation.pk]))

        assert Client().get(old).status_code == 410
        assert Client().get(link_in(mail.outbox[0])).status_code == 200

    def test_an_expired_one_lives_again(self, editor: Client) -> None:
        invitation, old = invited()
        Invitation.objects.update(expires_at=timezone.now())
        assert Client().get(old).status_code == 410

        editor.post(reverse("admin:curators_invitation_send-again", args=[invitation.pk]))

        assert Client().get(link_in(mail.outbox[0])).status_code == 200

    def test_a_revoked_one_is_gone_and_the_address_free(self, editor: Client) -> None:
        invitation, link = invited(email="new@example.org")

        editor.post(reverse("admin:curators_invitation_revoke", args=[invitation.pk]))

        assert Client().get(link).status_code == 410
        editor.post(ADD, ASKED)
        assert Invitation.objects.count() == 2

    def test_what_was_accepted_is_neither(self, editor: Client) -> None:
        invitation, link = invited()
        Client().post(link, {"name": "Somebody New", "licence": "CC-BY-4.0"})

        for verb in ("send-again", "revoke"):
            editor.post(reverse(f"admin:curators_invitation_{verb}", args=[invitation.pk]))

        invitation.refresh_from_db()
        assert invitation.status == State.ACCEPTED
        assert mail.outbox == []

    def test_the_list_tells_how_each_stands(self, editor: Client) -> None:
        invited(name="Waits")
        expired, _link = invited(name="Is late")
        Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
        revoked, _link = invited(name="Was taken back")
        revoked.revoke()

        rows = texts(open_page(editor, LIST), "#result_list .field-state")
        assert rows == ["Revoked", "Expired", "Waiting for an answer"]
        for state, name in (("waiting", "Waits"), ("expired", "Is late")):
            shown = texts(open_page(editor, f"{LIST}?state={state}"), "#result_list .field-name")
            assert shown == [name]


class TestLooking:
    def test_the_page_tells_who_asks_for_what_and_what_is_kept(self, cast: Cast) -> None:
        _invitation, link = invited(invited_by=cast.editor, task="Lead others through it.")

        said = words(main(open_page(Client(), link)))

        assert "An editor asks you to join Waymark." in said
        assert "Lead others through it." in said
        assert "What you get" in said
        assert "What is kept of you" in said

    def test_looking_changes_nothing(self) -> None:
        invitation, link = invited()

        for _time in range(2):
            assert Client().get(link).status_code == 200

        invitation.refresh_from_db()
        assert invitation.status == State.WAITING
        assert User.objects.count() == 0

    def test_it_is_kept_from_caches_and_search_engines(self) -> None:
        _invitation, link = invited()

        response = Client().get(link)

        assert "no-store" in response["Cache-Control"]
        assert b'name="robots" content="noindex"' in response.content

    def test_the_button_needs_the_page_s_token(self) -> None:
        _invitation, link = invited()

        response = Client(enforce_csrf_checks=True).post(link, {"name": "X"})

        assert response.status_code == 403
        assert User.objects.count() == 0


class TestAccepting:
    def test_a_guest_gets_an_account_a_page_and_a_desk(self, client: Client) -> None:
        invitation, link = invited(email="new@example.org")
        sent = {
            "name": "Somebody New",
            "headline": "Privacy in public libraries",
            "biography": "I *like* it.",
            "licence": "CC-BY-SA-4.0",
        }

        response = client.post(link, sent)

        user = User.objects.get()
        assert response["Location"] == reverse("admin:index")
        assert client.get(response["Location"]).status_code == 200
        assert who_is_in(client) == user.pk
        assert (user.email, user.name, user.is_staff) == ("new@example.org", "Somebody New", True)
        assert not user.has_usable_password()
        assert texts_of(user.groups) == ["Guest curators"]
        page = Curator.objects.get()
        assert (page.user, page.status, page.name) == (user, Status.PUBLISHED, "Somebody New")
        assert page.headline == "Privacy in public libraries"
        assert Client().get(page.get_absolute_url()).status_code == 200
        invitation.refresh_from_db()
        assert (invitation.status, invitation.accepted_by) == (State.ACCEPTED, user)
        assert licence_given_by(user) == "CC-BY-SA-4.0"

    def test_next_time_they_sign_in_by_a_code(self, client: Client) -> None:
        _invitation, link = invited(email="new@example.org")
        client.post(link, {"name": "Somebody New", "licence": "CC-BY-4.0"})

        later = Client()
        later.post(reverse("account_request_login_code"), {"email": "new@example.org"})
        later.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

        assert who_is_in(later) == who_is_in(client)

    def test_a_partner_gets_a_membership_and_no_page(self, client: Client) -> None:
        body = OrganisationFactory(is_sector_body=True)
        _invitation, link = invited(standing=Standing.PARTNER, organisation=body)

        client.post(link, {"name": "Somebody New"})

        member = Membership.objects.get()
        assert (member.organisation, member.user.is_staff) == (body, True)
        assert texts_of(member.user.groups) == ["Partners"]
        assert not Curator.objects.exists()

    def test_an_editor_sets_up_a_second_factor_first(self, client: Client) -> None:
        Group.objects.get_or_create(name="Editors")[0].permissions.add(
            Permission.objects.get(codename="publish_resource")
        )
        _invitation, link = invited(standing=Standing.EDITOR)

        response = client.post(link, {"name": "Somebody New"}, follow=True)

        assert response.redirect_chain[-1][0].startswith(reverse("second_factor"))

    def test_a_name_has_to_be_given(self, client: Client) -> None:
        _invitation, link = invited()

        page = open_page_of(client.post(link, {"name": " ", "licence": "CC-BY-4.0"}))

        assert page.select_one("#id_name_error")
        assert User.objects.count() == 0

    def test_no_other_licence_can_be_given(self, client: Client) -> None:
        _invitation, link = invited()

        client.post(link, {"name": "Somebody New", "licence": "All rights reserved"})

        assert User.objects.count() == 0

    def test_of_whoever_was_never_invited_it_is_the_usual_licence(self, cast: Cast) -> None:
        assert licence_given_by(cast.guest) == "CC-BY-4.0"


class TestWhoHasAnAccountAlready:
    def test_a_stranger_with_the_link_is_asked_to_sign_in_and_gets_nothing(
        self, cast: Cast, client: Client
    ) -> None:
        invitation, link = invited(email=cast.partner.email)

        page = open_page_of(client.post(link, {"name": "X", "licence": "CC-BY-4.0"}))

        assert "Sign in with it, and you come back to this page." in words(page)
        assert page.select_one(f"main a[href='{reverse('account_login')}?next={link}']")
        assert who_is_in(client) is None
        invitation.refresh_from_db()
        assert invitation.status == State.WAITING
        assert not Curator.objects.filter(user=cast.partner).exists()

    def test_its_owner_joins_it(self, cast: Cast) -> None:
        _invitation, link = invited(email=cast.partner.email)
        client = cast.client_of("partner")

        client.post(link, {"name": "A name to be credited", "licence": "CC0-1.0"})

        assert User.objects.filter(email=cast.partner.email).count() == 1
        assert Curator.objects.get(user=cast.partner).name == "A name to be credited"
        assert texts_of(cast.partner.groups) == ["Guest curators", "Partners"]
        assert Membership.objects.filter(user=cast.partner).exists()

    def test_a_page_from_before_stays_as_it_is(self, cast: Cast) -> None:
        _invitation, link = invited(email=cast.guest.email)

        cast.client_of("guest").post(link, {"name": "Another", "licence": "CC-BY-4.0"})

        assert Curator.objects.get(user=cast.guest).name == "A guest curator"

    def test_somebody_else_who_is_signed_in_is_told_to_sign_out(self, cast: Cast) -> None:
        _invitation, link = invited(email="new@example.org")
        client = cast.client_of("other_guest")

        page = open_page_of(client.post(link, {"name": "X", "licence": "CC-BY-4.0"}))

        assert "You are signed in with another account" in words(page)
        assert not User.objects.filter(email="new@example.org").exists()

    def test_a_closed_account_isn_t_opened_by_it(self, cast: Cast, client: Client) -> None:
        User.objects.filter(pk=cast.guest.pk).update(is_active=False)
        _invitation, link = invited(email=cast.guest.email)

        client.post(link, {"name": "X", "licence": "CC-BY-4.0"})

        assert who_is_in(client) is None
        assert User.objects.get(pk=cast.guest.pk).is_active is False


class TestLinksOfNoUse:
    @pytest.fixture
    def page(self) -> bytes:
        """What anybody sees who has made one up."""
        return said_at(reverse("invitation", args=["forged"]))

    def test_a_forged_one(self, page: bytes) -> None:
        assert "This link is of no use" in page

    def test_a_used_one_says_no_more(self, page: bytes, client: Client) -> None:
        _invitation, link = invited()
        client.post(link, {"name": "Somebody New", "licence": "CC-BY-4.0"})

        assert said_at(link) == page

    def test_an_expired_one_says_no_more(self, page: bytes) -> None:
        _invitation, link = invited()
        later = timezone.now() + timedelta(days=VALID_DAYS, minutes=1)

        with time_machine.travel(later, tick=False):
            assert said_at(link) == page

    def test_a_revoked_one_says_no_more(self, page: bytes) -> None:
        invitation, link = invited()
        invitation.revoke()

        assert said_at(link) == page

    @pytest.mark.parametrize("token", ["x" * 5000, "..", "%00", "'; --", "ŵ"])
    def test_nonsense(self, token: str) -> None:
        assert Client().get(f"/invitation/{token}/").status_code in (404, 410)

    def test_the_hash_that_is_kept_opens_nothing(self) -> None:
        invitation, _link = invited()

        assert "This link is of no use" in said_at(
            reverse("invitation", args=[invitation.token_digest])
        )


class TestForgetting:
    def test_an_erased_person_s_invitation_goes_too(self, cast: Cast, client: Client) -> None:
        _invitation, link = invited()
        client.post(link, {"name": "Somebody New", "licence": "CC-BY-4.0"})

        Curator.objects.get(name="Somebody New").erase(by=cast.admin)

        assert not Invitation.objects.exists()

    def test_a_deleted_account_s_too(self, client: Client) -> None:
        _invitation, link = invited()
        client.post(link, {"name": "Somebody New", "licence": "CC-BY-4.0"})

        Curator.objects.update(user=None)
        User.objects.get().delete()

        assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_let_in() -> None:
    _invitation, link = invited()
    mine, theirs = Client(), Client()
    sent = {"name": "Somebody New", "licence": "CC-BY-4.0"}

    with Somebody(lambda: theirs.post(link, sent)) as other, transaction.atomic():
        assert mine.post(link, sent).status_code == 302
        other.starts_and_waits()

    assert other.error is None
    assert other.answer.status_code == 410
    assert who_is_in(theirs) is None
    assert User.objects.count() == 1


def said_at(path: str) -> str:
    response = Client().post(path, {"name": "Somebody", "licence": "CC-BY-4.0"})
    assert response.status_code == 410
    return words(main(open_page(Client(), path, status=410)))


def texts_of(groups: Any) -> list[str]:
    return sorted(groups.values_list("name", flat=True))


def open_page_of(response: Any) -> Any:
    from bs4 import BeautifulSoup

    return BeautifulSoup(response.content, "lxml")


class TestKeepingNoLonger:
    def test_what_ended_long_ago_and_nobody_accepted_goes(self, cast: Cast) -> None:
        now = timezone.now()
        long_ago, lately = now - timedelta(days=91), now - timedelta(days=30)
        InvitationFactory(email="a@example.org", expires_at=long_ago)
        InvitationFactory(email="b@example.org", revoked_at=long_ago)
        kept = [
            InvitationFactory(email="c@example.org", expires_at=lately),
            InvitationFactory(
                email="d@example.org",
                expires_at=long_ago,
                accepted_at=long_ago,
                accepted_by=cast.guest,
            ),
            InvitationFactory(email="e@example.org"),
        ]

        call_command("forget_addresses")

        assert [*Invitation.objects.order_by("pk")] == kept
