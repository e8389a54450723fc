"""From “know a better one?” to the editors' answer, in a real browser without scripts."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from catalogue.models import LinkHealth, Resource
from curators.accounts.second_factor import ENTERED
from curators.models import Suggestion, User
from curators.suggestions.models import digest_of
from tests.browser.leaving import leave_by

pytestmark = pytest.mark.browser

TOKENS = {kind: f"{number}" * 40 for number, kind in enumerate(Suggestion.Kind.values)}


@pytest.fixture(scope="module")
def session(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The cookie of an administrator; one of each kind of suggestions waits."""
    with django_db_blocker.unblock():
        user = User.objects.create_superuser("queue@example.org", name="An editor")
        for kind, token in TOKENS.items():
            Suggestion.objects.create(
                kind=kind,
                url="https://example.org/" + "long" * 60 if kind == "resource" else "",
                text="W" * 300 + " <b>no markup</b>\nA second line.",
                about="/resources/data-detox-kit/" if kind == "problem" else "",
                problem="dead" if kind == "problem" else "",
                name="Somebody" if kind == "curator" else "",
                email="somebody@example.org",
                skill="Protecting readers’ privacy" if kind == "resource" else "",
                token_digest=digest_of(token),
            )
        gone = Resource.objects.published().order_by("pk").first()
        LinkHealth.objects.update_or_create(
            resource=gone, defaults={"state": "gone", "checked_at": gone.published_at}
        )
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store[ENTERED] = True
        store.save()
        connection.close()
        yield store.session_key
        Suggestion.objects.all().delete()
        Resource.objects.filter(status="draft", url__contains="example.org").delete()
        LinkHealth.objects.filter(resource=gone).delete()
        user.delete()
        connection.close()


@pytest.fixture
def open_desk(visit: Callable[..., Page], site: str, session: str) -> Callable[..., Page]:
    def open_page(path: str, **how: object) -> Page:
        page = visit("/admin/login/", **how)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}
        page.context.add_cookies([cookie])
        page.goto(path)
        return page

    return open_page


def wait_as_people_do(page: Page) -> None:
    page.wait_for_timeout(3_500)


def test_somebody_suggests_and_an_editor_answers(
    visit: Callable[..., Page], open_desk: Callable[..., Page]
) -> None:
    page = visit("/skills/protecting-readers-privacy/", scripts=False, width=360)
    leave_by(page.get_by_role("link", name="Suggest it"))
    page.get_by_label("Its web address").fill("https://example.org/mending")
    leave_by(page.get_by_role("button", name="Suggest it"))
    expect(page.get_by_role("alert")).to_contain_text("It is not sent yet")
    expect(page.get_by_label("Its web address")).to_have_value("https://example.org/mending")
    page.get_by_label("Why is it good?").fill("Afterwards one can mend a chair.")
    wait_as_people_do(page)
    leave_by(page.get_by_role("button", name="Suggest it"))
    expect(page).to_have_url(re.compile(r"/suggest/[0-9a-f]{40}/$"))
    expect(page.locator("main")).to_contain_text("It has arrived, with thanks.")
    assert page.context.cookies() == []

    desk = open_desk("/admin/queue/?kind=resource", scripts=False, width=360)
    row = desk.locator(".queue-row", has_text="example.org/mending")
    leave_by(row.get_by_role("button", name="I’ll see to it"))
    expect(desk.locator(".messagelist")).to_contain_text("It is yours.")
    leave_by(row.get_by_role("link", name="Answer"))
    desk.get_by_label("We don’t take it").check()
    desk.get_by_label("A sentence to them").fill("It is for joiners.")
    leave_by(desk.get_by_role("button", name="Answer"))
    expect(desk.locator(".messagelist")).to_contain_text("It is answered.")

    page.reload()
    expect(page.locator("main")).to_contain_text("It is for joiners.")


PRIVATE = [f"/suggest/{token}/" for token in TOKENS.values()]
QUEUE = ["/admin/queue/", "/admin/queue/?kind=resource", "/admin/queue/?kind=thin"]


@pytest.mark.parametrize(
    "path", [PRIVATE[0], PRIVATE[1], *QUEUE, "answer resource", "answer curator"]
)
def test_nothing_is_in_the_way_and_nothing_goes_sideways(
    open_desk: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    django_db_blocker: DjangoDbBlocker,
    path: str,
) -> None:
    if path.startswith("answer"):
        with django_db_blocker.unblock():
            pk = Suggestion.objects.filter(kind=path.split()[1]).earliest("pk").pk
            connection.close()
        path = f"/admin/queue/answer/{pk}/"
    found = {}
    for scheme, width in (("light", 1280), ("dark", 320)):
        page = open_desk(path, scheme=scheme, width=width)
        found[scheme] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert found == {"light": [], "dark": []}
