"""The main job from end to end: browse skills by competency, open a resource, follow a pathway."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.leaving import leave_by

pytestmark = pytest.mark.browser

PATHWAY = "Reader privacy, from the front desk up"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitor_finds_a_skill_and_a_resource_and_follows_a_pathway(
    visit: Callable[..., Page], scripts: bool
) -> None:
    page = visit("/", scripts=scripts)

    leave_by(page.get_by_role("navigation", name="Main").get_by_role("link", name="Skills"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Skills")
    leave_by(page.get_by_role("link", name="Protecting readers’ privacy").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Protecting readers’ privacy")

    leave_by(page.get_by_role("main").get_by_role("link", name="Data Detox Kit").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Data Detox Kit")
    way_out = page.get_by_role("link", name="Open the toolkit")
    expect(way_out).to_have_attribute("href", "https://datadetoxkit.org/")

    leave_by(page.get_by_role("main").get_by_role("link", name=PATHWAY).first)
    expect(page.get_by_role("heading", level=1)).to_have_text(PATHWAY)
    assert len(_walk(page)) == 10


def _walk(page: Page) -> list[str]:
    """Follows the pathway that is open by its “next” links; answers the titles in order."""
    with page.expect_navigation():
        page.locator(".trail a").first.press("Enter")
    titles = []
    while len(titles) < 50:
        titles.append(page.get_by_role("heading", level=1).inner_text())
        onward = page.locator('a[rel="next"]')
        if onward.count() == 0:
            return titles
        leave_by(onward)
    raise AssertionError(f"the walk has no end: {titles}")


def test_the_last_step_leads_back_to_the_pathway_and_on(visit: Callable[..., Page]) -> None:
    page = visit("/pathways/privacy-for-library-staff/")
    _walk(page)

    back = page.get_by_role("main").get_by_role("link", name=PATHWAY)

    expect(back.first).to_be_visible()


def test_the_trail_is_walked_with_the_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("/pathways/privacy-for-library-staff/")
    steps = page.locator(".trail .step a").all_inner_texts()

    reached: list[str] = []
    for _press in range(120):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.evaluate("link => !!link.closest('.trail .step')"):
            reached.append(focused.inner_text())
        if len(reached) == len(steps):
            break

    assert reached == steps
    page.locator(".trail .step a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Data Detox Kit")
    assert page.url.endswith("/pathways/privacy-for-library-staff/1/")


def test_the_skip_link_comes_first_and_leads_to_the_main_text(visit: Callable[..., Page]) -> None:
    page = visit("/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the main text")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_on_paper_nothing_is_left_to_press_and_addresses_are_written_out(
    visit: Callable[..., Page],
) -> None:
    page = visit("/pathways/privacy-for-library-staff/")

    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator(".button:visible")).to_have_count(0)
    link = page.locator(".trail a[data-to]").first
    written = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert "datadetoxkit.org" in written
    expect(page.locator(".trail .step__post").first).to_be_visible()
