"""Pasting links in a real browser: without scripts, on a phone by night, and with nothing in the way."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from catalogue.models import Resource
from curators.models import User
from pathways import publication
from tests.browser.leaving import leave_by
from tests.factories import add_stage
from tests.sessions import session_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """`session`: an administrator's cookie; `paste`, `add`: the two pages; `known`: an address."""
    with django_db_blocker.unblock():
        user = User.objects.create_superuser("paste@example.org", name="An editor")
        draft = publication.start(title="Reading old maps", by=user).draft()
        add_stage(draft, "Begin with what lies in the drawer")
        resource = Resource.objects.published().order_by("pk").first()
        session = session_of(user)
        connection.close()
        yield {
            "session": session,
            "paste": f"/admin/pathways/revision/{draft.pk}/paste/",
            "add": f"/admin/pathways/revision/add-resource/{resource.uid}/",
            "known": resource.url,
            "resource": resource.get_absolute_url(),
        }
        draft.pathway.delete()
        user.delete()
        connection.close()


@pytest.fixture
def open_desk(visit: Callable[..., Page], site: str, desk: dict) -> Callable[..., Page]:
    def open_page(path: str, **how: object) -> Page:
        page = visit("/admin/login/", **how)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": desk["session"], "url": site}
        page.context.add_cookies([cookie])
        page.goto(path)
        return page

    return open_page


def test_links_are_pasted_without_scripts(open_desk: Callable[..., Page], desk: dict) -> None:
    page = open_desk(desk["paste"], scripts=False, width=360, scheme="dark")

    page.get_by_label("Links").fill(f"- {desk['known']}\n- ftp://example.org/x\n- {desk['known']}")
    leave_by(page.get_by_role("button", name="Add these links"))

    told = page.locator(".paste-one").all_inner_texts()
    assert len(told) == 3
    assert "In the catalogue already" in told[0] or "A step of this pathway already" in told[0]
    assert "is not a web page" in told[1]
    assert "It stands further up already" in told[2]


@pytest.mark.parametrize("name", ["paste", "told", "add", "refused"])
def test_axe_finds_nothing_by_day_on_a_desk_or_by_night_on_a_phone(
    open_desk: Callable[..., Page], axe: Callable[[Page], list[str]], desk: dict, name: str
) -> None:
    found = {}
    for scheme, width in (("light", 1280), ("dark", 360)):
        page = open_desk(desk["add" if name == "add" else "paste"], scheme=scheme, width=width)
        if name == "told":
            page.get_by_label("Links").fill(f"{desk['known']} ftp://example.org/{'x' * 200}")
        if name in ("told", "refused"):
            leave_by(page.get_by_role("button", name="Add these links"))
        found[scheme] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert found == {"light": [], "dark": []}


def test_from_a_resource_one_gets_to_its_step(open_desk: Callable[..., Page], desk: dict) -> None:
    page = open_desk(desk["resource"], scripts=False)

    leave_by(page.get_by_role("link", name="Add to a pathway"))
    leave_by(page.get_by_role("button", name="Add as a step"))

    assert "/admin/pathways/revision/" in page.url and "add-resource" not in page.url
