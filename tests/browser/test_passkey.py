"""Passkeys in a real browser: set up as an editor's second factor, and signed in with alone."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from curators.models import User
from tests.browser.leaving import leave_by
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser

# What a laptop with a fingerprint reader is to a browser.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


SIGN_IN = "/account/sign-in/"


@pytest.fixture
def boss(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An administrator with a password and no second factor."""
    with django_db_blocker.unblock():
        user = User.objects.create_superuser("boss@example.org", PASSWORD)
        connection.close()
        yield
        user.delete()
        connection.close()


def with_device(page: Page, **how: bool) -> Page:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, **how}})
    return page


def sign_in_by_password(page: Page) -> None:
    page.get_by_text("I have set a password").click()
    page.locator("#id_login").fill("boss@example.org")
    page.locator("#id_password").fill(PASSWORD)
    leave_by(page.get_by_role("button", name="Sign in with a password"))


def arrives_at(page: Page, heading: str) -> None:
    """Wait for the page of that heading: a device answers in its own time, and the script after it."""
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()


@pytest.mark.usefixtures("boss")
def test_it_is_a_second_factor_and_signs_in_alone(visit: Callable[..., Page]) -> None:
    page = with_device(visit(SIGN_IN, by_name=True))
    sign_in_by_password(page)
    arrives_at(page, "Set up a second factor")

    leave_by(page.get_by_role("link", name="Add a passkey"))
    page.get_by_label("Sign in with it alone").check()
    leave_by(page.get_by_role("button", name="Add it"))
    arrives_at(page, "Your recovery codes")
    leave_by(page.get_by_role("link", name="Kept: on to the desk"))
    arrives_at(page, "Your desk")

    leave_by(page.get_by_role("button", name="Sign out"))
    page.goto(SIGN_IN)
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrives_at(page, "Your desk")


def test_where_it_fails_the_page_says_so(visit: Callable[..., Page]) -> None:
    page = with_device(visit(SIGN_IN, by_name=True), isUserVerified=False)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert").filter(has_text="You can try again.")).to_be_visible()


def test_a_bare_address_says_why_it_can_t(visit: Callable[..., Page]) -> None:
    page = visit(SIGN_IN)

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(page.get_by_text("This browser can’t use passkeys here.")).to_be_visible()


def test_where_it_can_nothing_is_said_of_that(visit: Callable[..., Page]) -> None:
    page = visit(SIGN_IN, by_name=True)

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
    expect(page.get_by_text("This browser can’t use passkeys here.")).to_be_hidden()


def test_without_scripts_the_other_ways_are_there(visit: Callable[..., Page]) -> None:
    page = visit(SIGN_IN, scripts=False)

    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()
    expect(page.get_by_text("They need scripts")).to_be_visible()
