"""From an invitation to a published pathway, in a real browser, with scripts and without."""

import re
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from itertools import count

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from playwright.sync_api import Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from catalogue.models import Resource
from curators.models import Curator, Invitation, User
from pathways.models import Pathway
from tests.browser.leaving import leave_by
from tests.sessions import session_of
from tests.web import serving

pytestmark = pytest.mark.browser

NUMBERS = count()
TITLE = "Reading old maps"


@pytest.fixture
def people(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """`editor`: a session; `guest`: the address of somebody who has no account yet."""
    with django_db_blocker.unblock():
        number = next(NUMBERS)
        editor = User.objects.create_superuser(f"journey{number}@example.org", name="An editor")
        guest = f"invited-on-a-journey{number}@example.org"
        known = Resource.objects.published().order_by("pk").first().url
        session = session_of(editor)
        connection.close()
        yield {"editor": session, "guest": guest, "known": known}
        # What was public can't be deleted; without people it is no one's.
        for pathway in Pathway.objects.filter(title=TITLE, status="published"):
            pathway.withdraw(by=None, reason="It was a test.")
        for curator in Curator.objects.filter(user__email=guest):
            curator.erase(by=None)
        Invitation.objects.filter(email=guest).delete()
        User.objects.filter(email__in=[guest, editor.email]).delete()
        connection.close()


@pytest.fixture
def as_editor(visit: Callable[..., Page], site: str, people: dict[str, str]) -> Callable[..., Page]:
    def open_page(path: str, **how: object) -> Page:
        page = visit("/robots.txt", **how)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": people["editor"], "url": site}
        page.context.add_cookies([cookie])
        page.goto(path)
        return page

    return open_page


def told(page: Page) -> Locator:
    return page.locator(".messagelist")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_an_invitation_to_a_published_pathway(
    as_editor: Callable[..., Page],
    visit: Callable[..., Page],
    people: dict[str, str],
    settings: object,
    scripts: bool,
) -> None:
    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    mail.outbox.clear()

    # An editor invites.
    editor = as_editor("/admin/curators/invitation/add/", scripts=scripts)
    editor.locator("#id_email").fill(people["guest"])
    editor.locator("#id_name").fill("A guest curator")
    editor.locator("#id_task").fill("A pathway on reading old maps.")
    leave_by(editor.locator("[name=_save]").first)
    (letter,) = [one for one in mail.outbox if one.to == [people["guest"]]]
    link = re.search(r"/invitation/[^\s/]+/", letter.body)[0]

    # The link makes the account and the page, and opens the desk.
    guest = visit(link, scripts=scripts)
    leave_by(guest.get_by_role("button", name="Accept the invitation"))
    expect(guest.locator("main")).to_contain_text("Your pathways")

    # A pathway of pasted links: one that is known, one that tells of itself.
    leave_by(guest.get_by_role("link", name="Start a pathway"))
    guest.locator("#id_title").fill(TITLE)
    leave_by(guest.locator("[name=_save]").first)
    guest.get_by_label("Summary").fill("What an old map says, and what it hides.")
    guest.get_by_label("Title of the stage").fill("Look at one")
    with serving() as web:
        words = "<title>How to read a map</title><meta name=description content=Buy>"
        links = f"{people['known']}\n{web.put('/maps', f'<html lang=en>{words}</html>')}"
        guest.get_by_label("Addresses of web pages").fill(links)
        leave_by(guest.get_by_role("button", name="Save, and add these links"))
    expect(guest.locator("main")).to_contain_text("2 steps were added.")
    leave_by(guest.get_by_role("link", name="Go on with your pathway"))

    # The checklist holds it back until the draft of the new resource is mended.
    leave_by(guest.get_by_role("button", name="Save and submit for review"))
    expect(told(guest)).to_contain_text("not submitted yet")
    new = guest.locator("details", has_text="How to read a map").last
    if not new.get_attribute("open"):
        new.locator("summary").first.click()
    new.get_by_role("textbox", name="Description").fill("Learn what the signs of an old map mean.")
    new.get_by_label("I wrote").check()
    new.get_by_label("Type").select_option("guide")
    leave_by(guest.get_by_role("button", name="Save and submit for review"))
    expect(told(guest)).to_contain_text("Submitted.")

    # The editor asks for a change, line by line.
    editor.goto("/admin/")
    leave_by(editor.get_by_role("link", name=TITLE).first)
    line = editor.locator("#line-summary")
    line.locator("summary", has_text="Add a remark").click()
    line.get_by_role("textbox").fill("For whom is it?")
    leave_by(editor.get_by_role("button", name="Ask for changes"))
    expect(told(editor)).to_contain_text("It is a draft again")

    # The curator sees what is asked, mends it, and submits it again.
    guest.goto("/admin/")
    leave_by(guest.get_by_role("link", name="Go on writing"))
    expect(guest.locator("main")).to_contain_text("For whom is it?")
    guest.get_by_label("Who it is for").fill("Staff of reading rooms.")
    leave_by(guest.get_by_role("button", name="Save and submit for review"))
    expect(told(guest)).to_contain_text("Submitted.")

    # The editor publishes it, and everybody reads it.
    editor.goto("/admin/")
    leave_by(editor.get_by_role("link", name=TITLE).first)
    leave_by(editor.get_by_role("button", name="Publish now"))
    expect(told(editor)).to_contain_text("Readers see it now.")
    reader = visit("/pathways/", scripts=scripts)
    leave_by(reader.get_by_role("link", name=TITLE, exact=True))
    expect(reader.locator("main")).to_contain_text("A guest curator")
    expect(reader.locator("main")).to_contain_text("How to read a map")
