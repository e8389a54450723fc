"""A review in a real browser: no barrier that axe can find, and the way from remark to publication,
with scripts and without."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from catalogue.models import Resource
from curators.models import Curator, User
from pathways import publication
from pathways.models import Maintainer, Pathway, Remark, Revision
from tests.browser.leaving import leave_by
from tests.pathways.reviews import GUEST
from tests.sessions import session_of

pytestmark = pytest.mark.browser


@pytest.fixture
def review(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, object]]:
    """A changed pathway of the starter catalogue in review: its number, and two people's sessions."""
    with django_db_blocker.unblock():
        editor = User.objects.create_superuser("review@example.org", name="An editor")
        guest = User.objects.create_user("guest@example.org", name="A curator", is_staff=True)
        guest.user_permissions.add(*Permission.objects.filter(codename__in=GUEST))
        curator = Curator.objects.create(name="A curator", user=guest)
        pathway = Pathway.objects.order_by("pk").first()
        shown = pathway.published_revision
        keeps = Maintainer.objects.create(pathway=pathway, user=guest)
        draft = changed(pathway, guest)
        publication.submit(draft, by=guest, note="I rewrote the beginning.")
        step = draft.steps.order_by("n").first()
        first = Remark.objects.create(
            revision=draft, about=step.uid, text="Say why this one.", by=editor
        )
        Remark.objects.create(
            revision=draft, about=step.uid, text="I did.", by=guest, answers=first
        )
        Remark.objects.create(revision=draft, about="summary", text="Shorter.", by=editor)
        sessions = {"editor": session_of(editor), "guest": session_of(guest)}
        connection.close()
        yield {"pk": draft.pk, "pathway": pathway.pk, **sessions}
        # The starter catalogue as it was, for those who come after.
        draft.refresh_from_db()
        if draft.status == "in-review":
            publication.send_back(draft, by=editor, note="Enough.")
        Pathway.objects.filter(pk=pathway.pk).update(published_revision=shown)
        if draft.status == "draft":
            draft.delete()
        keeps.delete()
        curator.delete()
        editor.delete()
        guest.delete()
        connection.close()


def changed(pathway: Pathway, by: User) -> Revision:
    draft = publication.draft_from(pathway.published_revision, by=by)
    draft.summary = f"{draft.summary} And a little more."
    draft.save()
    first, second, *_others = draft.steps.in_order()
    draft.steps.filter(pk=first.pk).update(note="Because it takes five minutes, and is fun.")
    draft.steps.filter(pk=second.pk).update(position=99)
    number = Resource.objects.count()
    resource = Resource.objects.create(
        url=f"https://example.org/new/{number}",
        title="A draft resource " + "w" * 200,
        description="Taken over.",
        resource_type="guide",
        languages=["en"],
    )
    draft.steps.create(stage=first.stage, resource=resource, n=pathway.take_number(), position=2)
    return draft


def path_of(kind: str, review: dict[str, object]) -> tuple[str, str]:
    """Who looks, and where."""
    revision, pathway = f"/admin/pathways/revision/{review['pk']}", review["pathway"]
    return {
        "review": ("editor", f"{revision}/review/"),
        "review as its curator": ("guest", f"{revision}/review/"),
        "compare": ("guest", f"{revision}/compare/"),
        "all revisions": ("guest", f"/admin/pathways/pathway/{pathway}/revisions/"),
        "first page of an editor": ("editor", "/admin/"),
        "first page of a curator": ("guest", "/admin/"),
    }[kind]


@pytest.fixture
def open_as(
    visit: Callable[..., Page], site: str, review: dict[str, object]
) -> Callable[..., Page]:
    def open_page(who: str, path: str, **how: object) -> Page:
        page = visit("/admin/login/", **how)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": review[who], "url": site}])
        page.goto(path)
        return page

    return open_page


KINDS = [
    *("review", "review as its curator", "compare", "all revisions"),
    *("first page of an editor", "first page of a curator"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_by_day_on_a_desk_or_by_night_on_a_phone(
    open_as: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    review: dict[str, object],
    kind: str,
) -> None:
    found = {}
    for scheme, width in (("light", 1280), ("dark", 360)):
        page = open_as(*path_of(kind, review), scheme=scheme, width=width)
        # What is folded is read as well.
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found[scheme] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_a_remark_to_publication(
    open_as: Callable[..., Page], review: dict[str, object], scripts: bool
) -> None:
    path = f"/admin/pathways/revision/{review['pk']}/review/"

    editor = open_as("editor", path, scripts=scripts)
    line = editor.locator("#line-audience")
    line.locator("summary", has_text="Add a remark").click()
    line.get_by_role("textbox").fill("Who else?")
    leave_by(editor.get_by_role("button", name="Ask for changes"))
    expect(editor.locator(".messagelist")).to_contain_text("It is a draft again")

    guest = open_as("guest", path, scripts=scripts)
    line = guest.locator("#line-audience")
    line.locator("summary", has_text="Answer").click()
    line.get_by_role("textbox").fill("Nobody else.")
    leave_by(line.get_by_role("button", name="Done"))
    expect(guest.locator("#line-audience")).to_contain_text("Nobody else.")
    leave_by(guest.get_by_role("link", name="Submit for review"))
    guest.locator("[name=change_summary]").fill("A new beginning.")
    leave_by(guest.get_by_role("button", name="Submit for review"))
    expect(guest.locator(".messagelist")).to_contain_text("is in review now")

    editor.goto(path)
    leave_by(editor.get_by_role("button", name="Publish now"))
    expect(editor.locator(".messagelist")).to_contain_text("Readers see it now.")
