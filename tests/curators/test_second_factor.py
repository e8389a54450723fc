"""The second factor, which editors and administrators need before they may use the desk."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curators.entrance import one_time_link
from curators.models import User
from tests.cast import PASSWORD, Cast, give_second_factor
from tests.pages import open_page, texts, words
from tests.signing_in import app_code, app_code_of, code_in, sign_in, who_is_in

pytestmark = pytest.mark.django_db

DESK = reverse("admin:index")
SET_UP = reverse("second_factor")
AGAIN = reverse("mfa_reauthenticate")


@pytest.fixture(autouse=True)
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a commit happens within its request, as on the site; a test never commits."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, **more: do())


@pytest.fixture
def admin(db: None) -> User:
    """An administrator without a second factor."""
    return User.objects.create_superuser("new@example.org")


@pytest.fixture
def browser(admin: User) -> Client:
    client = Client()
    sign_in(client, admin, PASSWORD)
    return client


def set_up_an_app(client: Client) -> HttpResponse:
    page = open_page(client, reverse("mfa_activate_totp"))
    code = app_code(words(page.select_one(".account__secret")))
    return client.post(reverse("mfa_activate_totp"), {"code": code})


class TestDemand:
    @pytest.mark.parametrize(
        "name", ["index", "catalogue_resource_changelist", "autocomplete", "curators_user_add"]
    )
    def test_without_one_every_page_of_the_desk_leads_to_setting_it_up(
        self, browser: Client, name: str
    ) -> None:
        there = reverse(f"admin:{name}")

        response = browser.get(there)

        assert response.status_code == 302
        assert response["Location"] == f"{SET_UP}?next={there.replace('/', '%2F')}"

    def test_nothing_can_be_posted_either(self, browser: Client, admin: User) -> None:
        browser.post(reverse("admin:curators_user_add"), {"email": "friend@example.org"})

        assert not User.objects.filter(email="friend@example.org").exists()

    def test_a_guest_and_a_partner_need_none(self, cast: Cast) -> None:
        for user in (cast.guest, cast.partner):
            client = Client()
            sign_in(client, user, PASSWORD)
            assert client.get(DESK).status_code == 200, user

    def test_the_rest_of_the_site_asks_for_none(self, browser: Client) -> None:
        for there in (reverse("home"), reverse("account")):
            assert browser.get(there).status_code == 200

    def test_a_session_that_never_gave_it_is_asked(self, browser: Client, admin: User) -> None:
        give_second_factor(admin)

        assert browser.get(DESK)["Location"] == f"{AGAIN}?next=%2Fadmin%2F"

        response = browser.post(f"{AGAIN}?next={DESK}", {"code": app_code_of(admin)})
        assert response["Location"] == DESK
        assert browser.get(DESK).status_code == 200

    def test_whoever_drops_it_is_led_back_to_setting_it_up(self, cast: Cast) -> None:
        client = cast.client_of("admin")

        Authenticator.objects.filter(user=cast.admin).delete()

        assert client.get(DESK)["Location"].startswith(SET_UP)


class TestSettingUp:
    def test_an_app_opens_the_desk_and_leaves_ten_recovery_codes(
        self, browser: Client, admin: User
    ) -> None:
        response = set_up_an_app(browser)

        assert response["Location"] == reverse("mfa_view_recovery_codes")
        codes = open_page(browser, response["Location"])
        assert len(texts(codes, ".account__codes li")) == 10
        assert browser.get(DESK).status_code == 200

    def test_its_owner_is_told_by_mail(self, cast: Cast) -> None:
        client = Client()
        sign_in(client, cast.guest, PASSWORD)

        set_up_an_app(client)

        told = mail.outbox[0]
        assert told.subject == "Your account at Waymark asks for an app’s codes now"
        assert "http://127.0.0.1:8000/account/" in told.body

    def test_a_wrong_code_switches_nothing_on(self, browser: Client, admin: User) -> None:
        browser.get(reverse("mfa_activate_totp"))

        browser.post(reverse("mfa_activate_totp"), {"code": "000000"})

        assert not Authenticator.objects.exists()

    def test_the_page_for_a_passkey_has_what_the_browser_needs(
        self, browser: Client, admin: User
    ) -> None:
        page = open_page(browser, reverse("mfa_add_webauthn"))

        options = page.select_one("#passkey-data")
        assert '"challenge"' in options.string
        assert '"testserver"' in options.string
        assert {script["src"].rpartition("/")[2] for script in page.select("script[src]")} == {
            *("webauthn-json.js", "webauthn.js", "onload.js", "passkey.js"),
            # Of the search box in the header.
            "suggestions.js",
        }

    def test_somebody_who_signed_in_long_ago_is_asked_for_the_password_first(
        self, browser: Client, admin: User
    ) -> None:
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            response = browser.get(reverse("mfa_activate_totp"))

        assert response["Location"].startswith(reverse("account_reauthenticate"))

    def test_somebody_who_has_one_is_led_on(self, cast: Cast) -> None:
        client = cast.client_of("editor")

        response = client.get(SET_UP, {"next": DESK})

        assert response["Location"] == DESK


class TestSigningIn:
    def test_a_password_alone_isn_t_enough(self, cast: Cast, client: Client) -> None:
        give_second_factor(cast.admin)
        sign_in(client, cast.admin, PASSWORD)
        assert who_is_in(client) is None

        response = client.post(reverse("mfa_authenticate"), {"code": app_code_of(cast.admin)})

        assert response["Location"] == DESK
        assert client.get(DESK).status_code == 200

    def test_nor_is_a_mailbox(self, cast: Cast, client: Client) -> None:
        give_second_factor(cast.admin)
        client.post(reverse("account_request_login_code"), {"email": cast.admin.email})
        code = code_in(mail.outbox[0])

        response = client.post(reverse("account_confirm_login_code"), {"code": code})

        assert response["Location"] == reverse("mfa_authenticate")
        assert who_is_in(client) is None

    def test_a_recovery_code_signs_in_once(self, browser: Client, admin: User) -> None:
        set_up_an_app(browser)
        page = open_page(browser, reverse("mfa_view_recovery_codes"))
        code = texts(page, ".account__codes li")[0]

        first, second = Client(), Client()
        for client in (first, second):
            sign_in(client, admin, PASSWORD)
            client.post(reverse("mfa_authenticate"), {"code": code})

        assert who_is_in(first) == admin.pk
        assert who_is_in(second) is None


class TestNobodyIsLockedOut:
    def test_the_operator_s_link_opens_the_desk_without_it(self, admin: User) -> None:
        client = Client()
        link = one_time_link("http://testserver").removeprefix("http://testserver")

        client.post(link)

        assert client.get(DESK).status_code == 200

    def test_an_administrator_takes_away_what_somebody_lost(self, cast: Cast) -> None:
        elsewhere = cast.client_of("editor")
        there = reverse("admin:curators_user_take-factors", args=[cast.editor.pk])

        cast.client_of("admin").post(there)

        assert not Authenticator.objects.filter(user=cast.editor).exists()
        assert elsewhere.get(reverse("account")).status_code == 302

    def test_nobody_else_can(self, cast: Cast) -> None:
        give_second_factor(cast.admin)
        there = reverse("admin:curators_user_take-factors", args=[cast.admin.pk])

        for name in ("guest", "partner", "editor"):
            cast.client_of(name).post(there)

        assert Authenticator.objects.filter(user=cast.admin).exists()
