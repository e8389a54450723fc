"""How a page is left for another one, on a machine of any speed."""

from playwright.sync_api import Locator


def leave_by(way: Locator) -> None:
    """Clicks what leads to another page, and waits until that one is there whole, with its scripts.

    A bare click comes back while the page before still stands, or half of the next.
    """
    with way.page.expect_navigation():
        way.click()
