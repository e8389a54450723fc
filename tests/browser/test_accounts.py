"""Accounts in a real browser: from an invitation to the desk, on a phone too, scripts or not."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from curators.entrance import one_time_link
from curators.models import Curator, Invitation, User
from tests.browser.leaving import leave_by
from tests.factories import InvitationFactory

pytestmark = pytest.mark.browser

NUMBERS = count()
# Pages of the account that somebody sees who has signed in.
OWN = [
    "/account/",
    "/account/email/",
    "/account/password/set/",
    "/account/app/",
    "/account/passkeys/add/",
    "/account/second-factor/",
    "/account/sign-out/",
]


@pytest.fixture
def link(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The path of an invitation that waits."""
    with django_db_blocker.unblock():
        email = f"new{next(NUMBERS)}@example.org"
        invitation = InvitationFactory.build(email=email, name="Somebody New")
        token = invitation.new_token()
        invitation.save()
        connection.close()
        yield reverse("invitation", args=[token])
        # Pages that were public can't be deleted; erased, they are no one's.
        for page in Curator.objects.filter(user__email=email):
            page.erase(by=None)
        Invitation.objects.filter(email=email).delete()
        User.objects.filter(email=email).delete()
        connection.close()


@pytest.fixture
def enter(site: str, django_db_blocker: DjangoDbBlocker) -> Callable[[Page], None]:
    """Signs the operator in, who has no second factor, by their one-time link."""

    def enter(page: Page) -> None:
        with django_db_blocker.unblock():
            link = one_time_link(site)
            connection.close()
        page.goto(link)
        leave_by(page.get_by_role("button", name="Sign in"))

    return enter


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_invitation_is_accepted(visit: Callable[..., Page], link: str, scripts: bool) -> None:
    page = visit(link, width=360, scripts=scripts)
    expect(page.locator("h1")).to_have_text("You are invited")

    page.get_by_label("What you know about, in a few words").fill("Privacy in libraries")
    page.get_by_label("CC0 1.0").check()
    leave_by(page.get_by_role("button", name="Accept the invitation"))
    expect(page.locator("#content h1")).to_have_text("Your desk")

    leave_by(page.get_by_role("link", name="Your account"))
    leave_by(page.get_by_role("link", name="Your public page"))
    expect(page.locator("h1")).to_have_text("Somebody New")
    expect(page.get_by_text("Privacy in libraries")).to_be_visible()


def test_its_page_has_no_barrier(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], link: str
) -> None:
    found = {}
    for scheme, width in (("light", 1280), ("dark", 320)):
        page = visit(link, scheme=scheme, width=width)
        found[scheme] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("path", OWN)
def test_no_page_of_the_account_has_a_barrier(
    visit: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    enter: Callable[[Page], None],
    path: str,
) -> None:
    page = visit("/account/sign-in/", scheme="dark", width=320)
    enter(page)

    page.goto(path)

    assert page.evaluate("location.pathname") == path
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
