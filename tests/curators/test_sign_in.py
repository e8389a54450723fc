"""Signing in: by a code in a mail, or a password; nobody learns who has an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from curators.models import User
from tests.cast import PASSWORD, Cast
from tests.factories import UserFactory
from tests.pages import main, open_page, words
from tests.signing_in import code_in, who_is_in

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("account_login")
CODE = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
DESK = reverse("admin:index")


def ask_for_code(client: Client, email: str, **more: str) -> None:
    response = client.post(CODE, {"email": email, **more})
    assert response.status_code == 302
    assert response["Location"].startswith(CONFIRM)


class TestByCode:
    def test_the_code_in_the_mail_signs_in_and_leads_to_the_desk(
        self, cast: Cast, client: Client
    ) -> None:
        ask_for_code(client, cast.guest.email)
        response = client.post(CONFIRM, {"code": code_in(mail.outbox[0])})

        assert response["Location"] == DESK
        assert who_is_in(client) == cast.guest.pk

    def test_capitals_in_the_address_don_t_matter(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, "Guest@Example.ORG")

        assert mail.outbox[0].to == ["guest@example.org"]

    def test_it_leads_to_where_somebody_wanted_to_go(self, cast: Cast, client: Client) -> None:
        there = reverse("admin:curators_curator_changelist")

        ask_for_code(client, cast.guest.email, next=there)
        response = client.post(CONFIRM, {"code": code_in(mail.outbox[0]), "next": there})

        assert response["Location"] == there

    def test_it_never_leads_to_another_site(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, cast.guest.email)
        sent = {"code": code_in(mail.outbox[0]), "next": "https://elsewhere.example/"}
        response = client.post(CONFIRM, sent)

        assert response["Location"] == DESK

    def test_the_mail_is_plain_says_what_to_do_and_holds_no_link_that_signs_in(
        self, cast: Cast, client: Client
    ) -> None:
        ask_for_code(client, cast.guest.email)

        message = mail.outbox[0]
        assert message.subject == "Your code for Waymark"
        assert message.content_subtype == "plain"
        assert "Type this code on the page where you asked for it." in message.body
        assert "&" not in message.body
        assert re.findall(r"https?://\S+", message.body) == ["http://127.0.0.1:8000"]

    def test_another_browser_can_t_use_it(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, cast.guest.email)
        other = Client()
        other.post(CONFIRM, {"code": code_in(mail.outbox[0])})

        assert who_is_in(other) is None

    def test_it_works_once(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, cast.guest.email)
        code = code_in(mail.outbox[0])
        client.post(CONFIRM, {"code": code})
        client.post(reverse("account_logout"))

        client.post(CONFIRM, {"code": code})

        assert who_is_in(client) is None

    def test_after_three_wrong_ones_it_is_void(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, cast.guest.email)
        for _try in range(3):
            client.post(CONFIRM, {"code": "WRONG1"})

        client.post(CONFIRM, {"code": code_in(mail.outbox[0])})

        assert who_is_in(client) is None

    def test_a_wrong_one_is_told_beside_the_field(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, cast.guest.email)

        response = client.post(CONFIRM, {"code": "WRONG1"})

        assert response.status_code == 200
        assert "This isn’t the code" in response.content.decode()

    def test_another_can_be_sent(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, cast.guest.email)
        client.post(CONFIRM, {"action": "resend"})
        client.post(CONFIRM, {"code": code_in(mail.outbox[1])})

        assert who_is_in(client) == cast.guest.pk

    def test_one_can_begin_again_with_another_address(self, cast: Cast, client: Client) -> None:
        ask_for_code(client, "gest@example.org")
        page = open_page(client, CONFIRM)
        form = page.select_one(f"form[action='{reverse('account_logout')}']")
        client.post(form["action"], {"next": form.select_one("[name=next]")["value"]})

        ask_for_code(client, cast.guest.email)

        assert mail.outbox[1].to == [cast.guest.email]

    def test_a_closed_account_stays_closed(self, cast: Cast, client: Client) -> None:
        User.objects.filter(pk=cast.guest.pk).update(is_active=False)

        ask_for_code(client, cast.guest.email)

        assert "no account has it" in mail.outbox[0].body


class TestWhoHasAnAccount:
    """Pages answer alike; the mail tells its reader alone."""

    def test_the_page_says_the_same_to_strangers(self, cast: Cast) -> None:
        said = []
        for email in (cast.guest.email, "nobody@example.org"):
            client = Client()
            ask_for_code(client, email)
            said.append(words(main(open_page(client, CONFIRM))).replace(email, "…"))

        assert said[0] == said[1]
        assert len(mail.outbox) == 2

    def test_a_stranger_is_told_that_accounts_come_by_invitation(self, client: Client) -> None:
        ask_for_code(client, "nobody@example.org")

        message = mail.outbox[0]
        assert message.to == ["nobody@example.org"]
        assert "Accounts come by invitation." in message.body
        assert "http://127.0.0.1:8000/account/" not in message.body

    def test_a_forgotten_password_neither(self, cast: Cast) -> None:
        said = []
        for email in (cast.guest.email, "nobody@example.org"):
            client = Client()
            response = client.post(reverse("account_reset_password"), {"email": email})
            page = open_page(client, response["Location"])
            said.append(words(main(page)).replace(email, "…"))

        assert said[0] == said[1]

    def test_a_wrong_password_neither(self, cast: Cast) -> None:
        cast.guest.set_password(PASSWORD)
        cast.guest.save()
        said = []
        for email in (cast.guest.email, "nobody@example.org"):
            response = Client().post(SIGN_IN, {"login": email, "password": "not the one it is"})
            said.append(response.content.decode().count("don’t belong together"))

        assert said == [1, 1]


class TestByPassword:
    @pytest.fixture
    def somebody(self) -> User:
        return User.objects.create_user("somebody@example.org", PASSWORD, is_staff=True)

    def test_it_signs_in_without_a_mail(self, somebody: User, client: Client) -> None:
        response = client.post(SIGN_IN, {"login": "Somebody@example.org", "password": PASSWORD})

        assert response["Location"] == DESK
        assert who_is_in(client) == somebody.pk
        assert mail.outbox == []

    def test_a_forgotten_one_is_replaced_by_a_code(self, somebody: User, client: Client) -> None:
        client.post(reverse("account_reset_password"), {"email": somebody.email})
        code = code_in(mail.outbox[0])
        client.post(reverse("account_confirm_password_reset_code"), {"code": code})
        new = "quite another long sentence"
        there = reverse("account_complete_password_reset")
        client.post(there, {"password1": new, "password2": new})

        somebody.refresh_from_db()
        assert somebody.check_password(new)
        assert mail.outbox[1].subject == "Your password at Waymark is changed"


class TestTheDoor:
    def test_the_desk_leads_to_it_and_back(self, client: Client) -> None:
        there = reverse("admin:catalogue_resource_changelist")

        first = client.get(there)
        second = client.get(first["Location"])

        assert second["Location"] == f"{SIGN_IN}?next={there}"

    def test_whoever_may_not_use_the_desk_is_told_so(self, client: Client) -> None:
        client.force_login(UserFactory())

        assert client.get(reverse("admin:login")).status_code == 403

    def test_whoever_is_in_is_led_on(self, cast: Cast) -> None:
        assert cast.client_of("guest").get(reverse("admin:login"))["Location"] == DESK

    def test_nobody_registers_without_an_invitation(self, client: Client) -> None:
        there = reverse("account_signup")
        client.post(there, {"email": "me@example.org", "password1": PASSWORD})

        assert words(open_page(client, there).h1) == "Accounts come by invitation"
        assert not User.objects.filter(email="me@example.org").exists()

    def test_signing_out_is_a_button(self, cast: Cast) -> None:
        client = cast.client_of("guest")
        there = reverse("account_logout")

        assert open_page(client, there).select_one("main form[method=post] button")
        assert who_is_in(client) == cast.guest.pk
        client.post(there)
        assert who_is_in(client) is None
