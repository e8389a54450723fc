"""One page of every kind, in a real browser: no barrier that axe can find, nothing sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/resources/",
    "/resources/?q=privacy&proficiency=basic&time=60",
    "/resources/?q=nothing+like+this",
    "/resources/data-detox-kit/",
    "/skills/",
    "/skills/?framework=none",
    "/skills/protecting-readers-privacy/",
    "/frameworks/",
    "/frameworks/digcomp-3.0/",
    "/frameworks/digcomp-3.0/coverage/",
    "/frameworks/digcomp-3.0/4.2/",
    "/roles/",
    "/roles/childrens-and-youth-librarian/",
    "/questions/",
    "/organisations/",
    "/tags/",
    "/pathways/",
    "/pathways/privacy-for-library-staff/",
    "/pathways/privacy-for-library-staff/1/",
    "/pathways/privacy-for-library-staff/4/",
    "/pathways/open-data-first-steps/",
    "/curators/",
    "/curators/waymark-editors/",
    "/frameworks/essential-digital-skills/",
    "/about/",
    "/about/selection/",
    "/contact/?about=/resources/data-detox-kit/",
    "/suggest/?about=/skills/protecting-readers-privacy/",
    "/suggest/problem/?about=/resources/data-detox-kit/",
    "/suggest/curator/",
    "/suggest/message/",
    "/accessibility/",
    "/privacy/",
    "/licence/",
    "/api/v1/docs",
    "/style/",
    "/account/sign-in/",
    "/account/sign-up/",
    "/account/password/forgotten/",
]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_by_day_on_a_desk_or_by_night_on_a_phone(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], path: str
) -> None:
    found = {}
    for scheme, width in (("light", 1280), ("dark", 360)):
        page = visit(path, scheme=scheme, width=width)
        found[scheme] = axe(page)

    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("path", PAGES)
def test_it_never_scrolls_sideways_at_320_pixels(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, width=320, scripts=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# What WCAG asks of larger text, on a desk and on a phone.
@pytest.mark.parametrize("path", PAGES)
def test_it_never_scrolls_sideways_with_text_at_twice_its_size(
    visit: Callable[..., Page], path: str
) -> None:
    page = visit(path, width=320)
    widths = {}
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        widths[width] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == {320: 320, 1280: 1280}


@pytest.mark.parametrize(("path", "status"), [("/no-such-page/", 404)])
def test_an_error_page_has_no_barrier_either(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], site: str, path: str, status: int
) -> None:
    page = visit("/")
    # Chromium writes an answer of 404 to the console, so it is fetched as the page's own text.
    answer = page.request.get(site + path)
    page.set_content(answer.text().replace('href="/', f'href="{site}/'))

    assert answer.status == status
    assert axe(page) == []
