"""The page to build a pathway in a real browser: dragged, by keyboard, and without scripts."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from catalogue.models import Resource
from curators.models import User
from pathways import publication
from pathways.models import Step
from tests.browser.leaving import leave_by
from tests.factories import add_stage, add_step
from tests.sessions import session_of

pytestmark = pytest.mark.browser


@pytest.fixture
def built(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, int]]:
    """The cookie of an administrator, and a draft: A, then B or C, then D; and E."""
    with django_db_blocker.unblock():
        user = User.objects.create_superuser("builder@example.org", name="A builder")
        draft = publication.start(title="Built in a browser", by=user).draft()
        one, two = add_stage(draft, "One"), add_stage(draft, "Two")
        add_step(one, "A", duration_minutes=60)
        add_step(one, "B", requirement="choose-one", choice=1, duration_minutes=30)
        add_step(one, "C", requirement="choose-one", choice=1, duration_minutes=10)
        add_step(one, "D", requirement="optional", duration_minutes=5)
        add_step(two, Resource.objects.order_by("pk").first(), title="E")
        session = session_of(user)
        connection.close()
        yield session, draft.pk
        draft.pathway.delete()
        user.delete()
        connection.close()


@pytest.fixture
def open_draft(
    visit: Callable[..., Page], site: str, built: tuple[str, int]
) -> Callable[..., Page]:
    def open_page(**how: object) -> Page:
        page = visit("/admin/login/", **how)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": built[0], "url": site}
        page.context.add_cookies([cookie])
        page.goto(f"/admin/pathways/revision/{built[1]}/build/")
        return page

    return open_page


@pytest.fixture
def saved(built: tuple[str, int], django_db_blocker: DjangoDbBlocker) -> Callable[[], str]:
    """What the database has: as in `A B/C D; E`."""

    def read() -> str:
        with django_db_blocker.unblock():
            steps = Step.objects.filter(revision=built[1]).in_order().select_related("stage")
            stages: dict[str, str] = {}
            before = None
            for step in steps:
                joined = before and step.choice and (step.stage_id, step.choice) == before
                gap = "/" if joined else " "
                stages[step.stage.title] = stages.get(step.stage.title, "") + gap + step.title
                before = (step.stage_id, step.choice)
            connection.close()
        return "; ".join(one.strip() for one in stages.values())

    return read


def step(page: Page, title: str) -> Locator:
    return page.locator("form [data-part=step]").filter(
        has=page.locator(f"[data-title]:text-is('{title}')")
    )


def save(page: Page) -> None:
    leave_by(page.locator(".build-bar button[value=save]"))


def drag(page: Page, title: str, onto: str, *, below: bool) -> None:
    grip = step(page, title).locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    goal = step(page, onto).bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(goal["x"] + 40, goal["y"] + goal["height"] / 2, steps=4)
    page.mouse.move(goal["x"] + 40, goal["y"] + (goal["height"] - 4 if below else 4), steps=4)
    page.mouse.up()


def test_steps_are_dragged_within_a_stage_into_a_set_and_to_another_stage(
    open_draft: Callable[..., Page], saved: Callable[[], str]
) -> None:
    page = open_draft()

    drag(page, "D", "A", below=False)
    drag(page, "A", "E", below=True)
    save(page)

    assert saved() == "D B/C; E A"
    drag(page, "D", "C", below=True)
    save(page)
    assert saved() == "B/C/D; E A"


def test_the_keyboard_moves_a_step_and_keeps_its_place(
    open_draft: Callable[..., Page], saved: Callable[[], str]
) -> None:
    page = open_draft()
    button = step(page, "D").get_by_role("button", name="Up: D")

    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(button).to_be_focused()
    expect(page.locator("[data-said]")).to_have_text("“D” is number 1 of 4 in “One” now.")
    save(page)
    assert saved() == "D A B/C; E"


def test_without_scripts_a_button_saves_moves_and_comes_back_to_the_step(
    open_draft: Callable[..., Page], saved: Callable[[], str]
) -> None:
    page = open_draft(scripts=False)

    page.get_by_role("button", name="Up: D").press("Enter")
    page.wait_for_url("**#up-*")

    assert saved() == "A D B/C; E"
    expect(page.get_by_role("button", name="Up: D")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert saved() == "D A B/C; E"


def test_without_scripts_a_step_is_added_and_written(
    open_draft: Callable[..., Page], saved: Callable[[], str]
) -> None:
    page = open_draft(scripts=False)

    page.get_by_role("group", name="Add a step to “Two”").get_by_text("An activity").click()
    page.locator("details[open] input[name$='-title']").fill("F")
    save(page)

    assert saved() == "A B/C D; E F"


def test_minutes_add_up_as_one_types(open_draft: Callable[..., Page]) -> None:
    page = open_draft()
    shown = page.locator("[data-sum]")
    expect(shown).to_have_text(re.compile("^1"))

    step(page, "A").locator("summary").click()
    step(page, "A").locator("input[name$='-minutes']").fill("120")

    expect(shown).to_have_text(re.compile("^2"))
    step(page, "A").get_by_label("Delete this step when I save").check()
    expect(shown).to_have_text(re.compile("^(?!1|2)"))
    step(page, "A").get_by_label("Delete this step when I save").uncheck()
    expect(shown).to_have_text(re.compile("^2"))


def test_a_resource_is_found_as_one_types(
    open_draft: Callable[..., Page], saved: Callable[[], str], django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        wanted = Resource.objects.published().order_by("-pk").first().title
        connection.close()
    page = open_draft()
    page.get_by_role("group", name="Add a step to “Two”").get_by_text("A resource").click()
    field = page.get_by_role("combobox", name="Resource").last

    # At once: slow fingers would be answered in between, and the last answer puts away the others.
    field.fill(wanted[:40])
    expect(page.locator(".build-found [role=option]").first).to_contain_text(wanted)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(field).to_have_value(wanted)
    save(page)
    assert saved().startswith("A B/C D; E")
    with django_db_blocker.unblock():
        assert Step.objects.filter(resource__title=wanted, revision__title="Built in a browser")
        connection.close()


def test_a_new_way_stands_in_a_set(
    open_draft: Callable[..., Page], saved: Callable[[], str]
) -> None:
    page = open_draft()

    step(page, "E").locator("summary").click()
    step(page, "E").get_by_text("Offer another way").click()

    ways = page.locator("[data-part=stage]").nth(1).locator("[data-ways] [data-part=step]")
    expect(ways).to_have_count(2)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360), ("light", 320)])
def test_axe_finds_nothing_folded_or_unfolded(
    open_draft: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    scheme: str,
    width: int,
) -> None:
    page = open_draft(scheme=scheme, width=width)

    assert axe(page) == []
    page.evaluate("for (const one of document.querySelectorAll('form details')) one.open = true")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
