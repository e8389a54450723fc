"""The desk in a real browser: no barrier that axe can find, by day or on a phone by night."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from catalogue.models import Resource, Role, Skill
from curators.accounts.second_factor import ENTERED
from curators.models import Curator, User
from pathways import publication
from pathways.models import Pathway, Revision

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def session(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The cookie of an administrator; a draft of each kind stands beside the starter catalogue."""
    with django_db_blocker.unblock():
        user = User.objects.create_superuser("desk@example.org", name="An editor")
        pathway = Pathway.objects.order_by("pk").first()
        draft = publication.draft_from(pathway.published_revision, by=user)
        resource = Resource.objects.create(url="https://example.org/draft", title="W" * 300)
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store[ENTERED] = True
        store.save()
        connection.close()
        yield store.session_key
        draft.delete()
        resource.delete()
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


def path_of(kind: str, blocker: DjangoDbBlocker) -> str:
    """The address of a page of each kind."""
    with blocker.unblock():
        found = {
            "first page": lambda: "/admin/",
            "list": lambda: "/admin/catalogue/resource/",
            "resource": lambda: (
                f"/admin/catalogue/resource/{of(Resource, title='W' * 300)}/change/"
            ),
            "skill": lambda: f"/admin/catalogue/skill/{of(Skill)}/change/",
            "role": lambda: f"/admin/catalogue/role/{of(Role)}/change/",
            "pathway": lambda: f"/admin/pathways/pathway/{of(Pathway)}/change/",
            "draft": lambda: f"/admin/pathways/revision/{of(Revision, status='draft')}/change/",
            "published": lambda: (
                f"/admin/pathways/revision/{of(Revision, status='published')}/change/"
            ),
            "step": lambda: "/admin/pathways/step/add/",
            "withdraw": lambda: f"/admin/catalogue/skill/{of(Skill)}/withdraw/",
            "publish": lambda: (
                f"/admin/catalogue/resource/{of(Resource, title='W' * 300)}/publish/"
            ),
            "erase": lambda: f"/admin/curators/curator/{of(Curator)}/erase/",
        }[kind]()
        connection.close()
        return found


def of(model: type, **fields: object) -> int:
    return model.objects.filter(**fields).order_by("pk").values_list("pk", flat=True)[0]


KINDS = [
    "first page",
    "list",
    "resource",
    "skill",
    "role",
    "pathway",
    "draft",
    "published",
    "step",
    "withdraw",
    "publish",
    "erase",
]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_by_day_on_a_desk_or_by_night_on_a_phone(
    open_desk: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    django_db_blocker: DjangoDbBlocker,
    session: str,
    kind: str,
) -> None:
    path = path_of(kind, django_db_blocker)
    found = {}
    for scheme, width in (("light", 1280), ("dark", 360)):
        page = open_desk(path, scheme=scheme, width=width)
        found[scheme] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert found == {"light": [], "dark": []}
