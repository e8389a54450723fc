"""The button that copies an address: there with scripts alone, and it says what it did."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATHWAY = "/pathways/privacy-for-library-staff/"
PAGES = [PATHWAY, f"{PATHWAY}1/", "/resources/data-detox-kit/", "/curators/waymark-editors/"]


@pytest.mark.parametrize("path", PAGES)
def test_it_copies_the_address_and_says_so(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, permissions=["clipboard-read", "clipboard-write"])
    address = page.locator(".copy-link__address").inner_text()

    page.get_by_role("button", name="Copy the link").press("Enter")

    expect(page.locator(".copy-link [role=status]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_it_says_so_again_when_pressed_again(visit: Callable[..., Page]) -> None:
    page = visit(PATHWAY, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.querySelector(".copy-link [role=status]");
            new MutationObserver(() => window.said.push(status.textContent))
                .observe(status, {childList: true});
        }"""
    )
    button = page.get_by_role("button", name="Copy the link")
    button.click()
    expect(page.locator(".copy-link [role=status]")).to_have_text("Copied.")
    button.click()

    page.wait_for_function("window.said.filter((words) => words === 'Copied.').length >= 2")


def test_where_the_browser_refuses_the_address_is_selected_instead(
    visit: Callable[..., Page],
) -> None:
    page = visit(PATHWAY)
    page.evaluate(
        """() => {
            Object.defineProperty(navigator, "clipboard", {value: undefined});
            document.execCommand = () => false;
        }"""
    )

    page.get_by_role("button", name="Copy the link").click()

    expect(page.locator(".copy-link [role=status]")).to_have_text(
        "It is selected: copy it with your keyboard."
    )
    address = page.locator(".copy-link__address").inner_text()
    assert page.evaluate("getSelection().toString()") == address


def test_without_scripts_the_address_stands_there_to_be_selected(
    visit: Callable[..., Page],
) -> None:
    page = visit(PATHWAY, scripts=False)

    expect(page.locator(".copy-link__address")).to_be_visible()
    expect(page.locator(".copy-link button")).to_be_hidden()
