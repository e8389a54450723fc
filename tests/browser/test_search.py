"""Searching in a real browser: what is offered while one types, filters by name, and the whole journey."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

SKILL = "Protecting readers’ privacy"


def field_of(page: Page) -> Locator:
    return page.get_by_role("combobox")


def open_list(page: Page, typed: str = "privacy") -> Locator:
    """The options, once they are offered for what is typed."""
    field_of(page).click()
    page.keyboard.type(typed)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


class TestWhatIsOffered:
    @pytest.mark.parametrize("path", ["/", "/skills/", "/resources/"])
    def test_it_is_read_out_and_told_as_a_list_of_the_field(
        self, visit: Callable[..., Page], path: str
    ) -> None:
        page = visit(path)
        field = field_of(page)
        expect(field).to_have_attribute("aria-expanded", "false")
        expect(field).to_have_attribute("aria-autocomplete", "list")

        options = open_list(page)

        expect(field).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("listbox", name="Suggestions")).to_have_id(
            field.get_attribute("aria-controls")
        )
        expect(page.locator("form[role=search] [role=status]")).to_contain_text("suggestions")
        expect(options.filter(has_text=SKILL)).to_be_visible()

    def test_arrows_go_through_it_and_round_while_the_field_keeps_its_focus(
        self, visit: Callable[..., Page]
    ) -> None:
        page = visit("/skills/")
        field, options = field_of(page), open_list(page)
        chosen = page.locator("[role=option][aria-selected=true]")

        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
        expect(field).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(chosen).to_have_count(0)
        expect(field).not_to_have_attribute("aria-activedescendant", re.compile(".*"))
        page.keyboard.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        expect(chosen).to_have_count(0)

    def test_enter_on_one_opens_it(self, visit: Callable[..., Page]) -> None:
        page = visit("/skills/")
        open_list(page)

        page.keyboard.press("ArrowDown")
        expect(page.locator("[role=option][aria-selected=true]")).to_have_text(SKILL)
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text(SKILL)

    def test_enter_on_none_searches(self, visit: Callable[..., Page]) -> None:
        page = visit("/skills/")
        open_list(page)

        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_contain_text("about “privacy”")

    def test_escape_closes_it_and_keeps_what_was_typed(self, visit: Callable[..., Page]) -> None:
        page = visit("/resources/")
        open_list(page)

        page.keyboard.press("Escape")

        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field_of(page)).to_have_attribute("aria-expanded", "false")
        expect(field_of(page)).to_have_value("privacy")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("listbox")).to_be_visible()

    def test_leaving_the_field_closes_it(self, visit: Callable[..., Page]) -> None:
        page = visit("/resources/")
        open_list(page)

        page.keyboard.press("Tab")

        expect(page.get_by_role("listbox")).to_be_hidden()

    def test_a_press_on_one_opens_it_on_a_phone(self, visit: Callable[..., Page]) -> None:
        page = visit("/", width=360, scheme="dark")
        options = open_list(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

        options.filter(has_text=SKILL).click()

        expect(page.get_by_role("heading", level=1)).to_have_text(SKILL)

    def test_nothing_is_asked_before_two_letters_nor_once_for_each_of_more(
        self, visit: Callable[..., Page]
    ) -> None:
        page = visit("/resources/")
        asked: list[str] = []
        page.on(
            "request",
            lambda one: asked.append(one.url) if "suggestions/?" in one.url else None,
        )

        field_of(page).click()
        page.keyboard.type("p")
        # As long as the script would have waited, and longer.
        page.wait_for_timeout(500)
        assert asked == []
        page.keyboard.type("rivacy")
        expect(page.get_by_role("option").first).to_be_visible()
        assert len(asked) < 6
        assert asked[-1].endswith("?q=privacy")

    def test_where_nothing_begins_so_no_list_opens(self, visit: Callable[..., Page]) -> None:
        page = visit("/resources/")
        field_of(page).click()

        with page.expect_response(re.compile("suggestions")):
            page.keyboard.type("zzxqv")

        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field_of(page)).to_have_attribute("aria-expanded", "false")

    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
    def test_axe_finds_nothing_while_it_is_open(
        self,
        visit: Callable[..., Page],
        axe: Callable[[Page], list[str]],
        width: int,
        scheme: str,
    ) -> None:
        page = visit("/resources/", width=width, scheme=scheme)
        open_list(page)
        page.keyboard.press("ArrowDown")
        option = page.locator("[role=option][aria-selected=true]")
        expect(option).to_be_visible()
        # Its colours change for a moment.
        page.wait_for_function(
            "() => document.getAnimations().every((one) => one.playState === 'finished')"
        )

        assert axe(page) == []


class TestFiltersByName:
    def find(self, page: Page, typed: str) -> Locator:
        page.locator("summary", has_text="Provider").click()
        page.get_by_label("Find a provider").fill(typed)
        return page.get_by_role("list", name="Provider").get_by_role("listitem")

    def test_values_are_narrowed_as_one_types_and_all_else_is_kept(
        self, visit: Callable[..., Page]
    ) -> None:
        page = visit("/resources/?proficiency=basic")

        found = self.find(page, "tactical")
        expect(found).to_have_count(1)
        found.first.get_by_role("link").click()

        expect(page).to_have_url(
            re.compile(r"\?proficiency=basic&provider=[^&]+&in_provider=tactical")
        )
        expect(page.locator(".chip--active")).to_have_count(2)

    def test_enter_leads_back_to_the_filter(self, visit: Callable[..., Page]) -> None:
        page = visit("/resources/")
        self.find(page, "univ")

        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile(r"/resources/\?in_provider=univ#facet-provider$"))

    def test_without_scripts_a_button_does_it(self, visit: Callable[..., Page]) -> None:
        page = visit("/resources/?q=data&proficiency=basic", width=360, scripts=False)
        page.get_by_role("link", name="Filters").click()
        self.find(page, "univ")
        page.get_by_role("button", name="Find – Provider").click()

        expect(page).to_have_url(re.compile(r"q=data&.*proficiency=basic.*#facet-provider$"))
        found = page.get_by_role("list", name="Provider").get_by_role("listitem")
        expect(found.first).to_be_visible()
        expect(page.get_by_label("Find a provider")).to_have_value("univ")


class TestTheJourney:
    @pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
    def test_from_a_slip_of_the_keyboard_to_a_resource(
        self, visit: Callable[..., Page], scripts: bool
    ) -> None:
        page = visit("/", scripts=scripts)
        page.get_by_label("What do you want to be able to do?").fill("privcay")
        page.get_by_role("button", name="Search").click()

        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("about “privacy”")
        expect(page.get_by_text("Search instead for")).to_be_visible()
        beside = page.get_by_role("region", name="More than resources")
        expect(beside.get_by_role("link", name=SKILL)).to_be_visible()

        page.locator(".facet", has_text="Basic").click()
        expect(page.locator(".chip--active")).to_have_count(2)
        page.get_by_role("navigation", name="Sort by").get_by_role("link", name="title").click()
        expect(page).to_have_url(re.compile("sort=title"))
        expect(page.locator(".chip--active")).to_have_count(2)

        page.locator(".resource-card a").first.click()
        expect(page.locator("a", has_text=re.compile("^Open (the|it)")).first).to_be_visible()

    def test_from_nothing_found_to_a_suggestion(self, visit: Callable[..., Page]) -> None:
        page = visit("/resources/?type=book&cost=paid&q=zzxqv")

        expect(page.get_by_role("heading", level=1)).to_contain_text("0 resources")
        page.get_by_role("main").get_by_role("link", name="Suggest a resource").click()

        expect(page.locator("[name=skill]")).to_have_value("zzxqv")
