"""Your account: the address, the password, other sessions; and every page of it in our own look."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver, reverse

from curators.accounts import words as said
from curators.accounts.urls import urlpatterns
from curators.models import User
from tests.cast import PASSWORD, Cast
from tests.pages import links, main, open_page, texts, words
from tests.signing_in import code_in, sign_in, who_is_in

pytestmark = pytest.mark.django_db

ACCOUNT = reverse("account")


class TestThePage:
    def test_it_is_for_whoever_is_signed_in(self, client: Client) -> None:
        there = f"{reverse('account_login')}?next={ACCOUNT}"

        assert client.get(ACCOUNT)["Location"] == there

    def test_it_leads_to_all_that_can_be_changed(self, cast: Cast) -> None:
        page = open_page(cast.client_of("guest"), ACCOUNT)

        assert texts(page, "main h2") == [
            *("Your address", "Passkeys", "Codes from an app", "Password", "Other browsers")
        ]
        assert {*links(main(page)).values()} == {
            reverse("admin:index"),
            cast.guest_curator.get_absolute_url(),
            reverse("account_email"),
            reverse("mfa_add_webauthn"),
            reverse("mfa_deactivate_totp"),
            reverse("account_change_password"),
        }


class TestAddress:
    @pytest.fixture
    def client(self, cast: Cast) -> Client:
        client = Client()
        sign_in(client, cast.guest, PASSWORD)
        return client

    def ask(self, client: Client, email: str) -> None:
        sent = {"email": email, "action_add": "yes"}
        response = client.post(reverse("account_email"), sent)
        assert response["Location"] == reverse("account_email_verification_sent")

    def test_it_changes_once_the_code_from_the_new_one_is_typed(
        self, cast: Cast, client: Client
    ) -> None:
        self.ask(client, "Newer@example.org")
        cast.guest.refresh_from_db()
        assert cast.guest.email == "guest@example.org"
        assert mail.outbox[0].to == ["newer@example.org"]

        client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[0])})

        cast.guest.refresh_from_db()
        assert cast.guest.email == "newer@example.org"

    def test_the_old_one_is_told_and_no_longer_signs_in(self, cast: Cast, client: Client) -> None:
        self.ask(client, "newer@example.org")
        client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[0])})

        told = mail.outbox[1]
        assert (told.to, told.subject) == (
            ["guest@example.org"],
            "Your address at Waymark is changed",
        )
        assert [one.email for one in EmailAddress.objects.filter(user=cast.guest)] == [
            "newer@example.org"
        ]
        Client().post(reverse("account_request_login_code"), {"email": "guest@example.org"})
        assert "no account has it" in mail.outbox[2].body

    def test_one_that_somebody_else_has_can_t_be_taken(self, cast: Cast, client: Client) -> None:
        self.ask(client, cast.editor.email)

        # Only who reads the mail of both gets as far as this.
        there = reverse("account_email_verification_sent")
        page = client.post(there, {"code": code_in(mail.outbox[0])}, follow=True)

        assert "This address can’t be used here." in page.content.decode()
        cast.guest.refresh_from_db()
        assert cast.guest.email == "guest@example.org"

    def test_one_that_an_administrator_changed_holds(self, cast: Cast, client: Client) -> None:
        desk = cast.client_of("admin")
        there = reverse("admin:curators_user_change", args=[cast.guest.pk])
        form = open_page(desk, there).select_one("#user_form")
        sent = {
            one["name"]: one.get("value", "on")
            for one in form.select("input[name]")
            if one.get("type") != "checkbox" or one.has_attr("checked")
        }
        desk.post(there, {**sent, "email": "given@example.org"})

        cast.guest.refresh_from_db()
        assert cast.guest.email == "given@example.org"
        for email, has_account in (("guest@example.org", False), ("given@example.org", True)):
            mail.outbox.clear()
            Client().post(reverse("account_request_login_code"), {"email": email})
            assert ("no account has it" not in mail.outbox[0].body) is has_account


class TestPassword:
    def test_one_is_set_where_there_was_none(self, client: Client) -> None:
        user = User.objects.create_user("new@example.org")
        client.force_login(user)

        sent = {"password1": PASSWORD, "password2": PASSWORD}
        response = client.post(reverse("account_set_password"), sent)

        user.refresh_from_db()
        assert response["Location"] == ACCOUNT
        assert user.check_password(PASSWORD)
        assert who_is_in(client) == user.pk

    def test_one_that_is_too_easy_is_refused_beside_the_field(self, client: Client) -> None:
        client.force_login(User.objects.create_user("new@example.org"))

        sent = {"password1": "short", "password2": "short"}
        response = client.post(reverse("account_set_password"), sent)

        assert b'id="id_password1_error"' in response.content


class TestOtherSessions:
    def test_they_end_and_this_one_goes_on(self, cast: Cast) -> None:
        here, elsewhere = cast.client_of("guest"), cast.client_of("guest")

        here.post(reverse("sign_out_elsewhere"))

        assert here.get(ACCOUNT).status_code == 200
        assert elsewhere.get(ACCOUNT).status_code == 302

    def test_looking_ends_none(self, cast: Cast) -> None:
        assert cast.client_of("guest").get(reverse("sign_out_elsewhere")).status_code == 405

    def test_others_stay_signed_in(self, cast: Cast) -> None:
        other = cast.client_of("other_guest")

        cast.client_of("guest").post(reverse("sign_out_elsewhere"))

        assert other.get(ACCOUNT).status_code == 200


class TestEveryPage:
    def names(self) -> list[str]:
        """The templates of all pages that an address of the account can show."""
        views = [getattr(one.callback, "view_class", None) for one in urlpatterns]
        named = {view.template_name for view in views if getattr(view, "template_name", None)}
        # Nobody lands there: addresses of its pages lead to the account.
        return [*sorted(named - {"account/signup.html"}), "account/signup_closed.html", "429.html"]

    def test_each_is_one_of_ours(self) -> None:
        names = self.names()

        theirs = [
            name
            for name in names
            if name.endswith("html") and get_template(name).backend.name != "jinja2"
        ]
        assert len(names) > 20
        assert theirs == []

    def test_no_address_leads_to_a_page_that_isn_t_listed(self) -> None:
        listed = {one.name for one in urlpatterns}
        known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

        assert {name for name in known if name.startswith(("account_", "mfa_"))} <= listed

    @pytest.mark.parametrize("name", ["guest", "admin"])
    def test_each_opens_in_our_look(self, cast: Cast, name: str) -> None:
        client = cast.client_of(name)
        for one in urlpatterns:
            if "<" in str(one.pattern) or one.name in ("sign_out_elsewhere", "mail_settings"):
                continue
            response = client.get(reverse(one.name))
            assert response.status_code in (200, 302, 404), one.name
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                page = open_page(client, reverse(one.name))
                assert page.select_one("link[href$='css/site.css']"), one.name
                assert len(page.select("h1")) == 1, one.name
                assert not page.select("script:not([src]):not([type='application/json'])"), one.name

    def test_each_mail_has_words_of_ours(self) -> None:
        assert said.MAILS.keys() == said.SUBJECTS.keys()


def test_whoever_holds_the_server_gets_in(client: Client, capsys: pytest.CaptureFixture) -> None:
    call_command("enter")

    link = capsys.readouterr().out.strip()
    response = client.post(link.removeprefix("http://127.0.0.1:8000"))
    assert response["Location"] == reverse("admin:index")


def test_the_page_to_sign_in_offers_three_ways(client: Client) -> None:
    page = open_page(client, reverse("account_login"))

    assert texts(page, "main button") == [
        *("Send me a code", "Sign in with a passkey", "Sign in with a password")
    ]
    assert words(page.h1) == "Sign in"
