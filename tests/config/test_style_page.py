"""The style page shows every component in its states, of rows that were never saved."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.pages import open_page, texts

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# On every page, the style page too.
AROUND = {"site_header", "site_footer", "messages"}


def called_in(template: str) -> set[str]:
    """The components that a template calls, and those that these call in turn."""
    found: set[str] = set()
    todo = {template}
    while todo:
        source = (TEMPLATES / todo.pop()).read_text()
        new = set(re.findall(r"components\.(\w+)", source)) - found
        found |= new
        todo |= {f"components/{name}.html" for name in new}
    return found


def test_every_component_stands_on_it():
    every = {path.stem for path in (TEMPLATES / "components").glob("*.html")}

    assert called_in("style.html") | AROUND == every


@pytest.mark.django_db
class TestPage:
    def test_its_rows_are_not_the_catalogue_s(self, client: Client, django_assert_num_queries):
        # The site's revision, as every page asks it.
        with django_assert_num_queries(1):
            open_page(client, "/style/")

    def test_it_is_not_for_search_engines(self, client: Client):
        page = open_page(client, "/style/")

        assert page.find("meta", {"name": "robots"})["content"] == "noindex"

    def test_it_is_no_heavier_than_a_page_may_be(self, client: Client):
        assert len(client.get("/style/").content) < 110_000

    def test_landmarks_that_stand_on_it_several_times_have_names_of_their_own(self, client: Client):
        page = open_page(client, "/style/")

        names = [nav["aria-label"] for nav in page.select(".turns")]
        assert len(names) > 1
        assert len(set(names)) == len(names)

    def test_it_shows_what_the_site_says_after_a_deed(self, client: Client):
        page = open_page(client, "/style/")

        assert {"Saved.", "Not saved."} <= set(texts(page, "#messages ~ .notice .notice__title"))

    def test_it_shows_the_long_the_empty_and_the_other_way_round(self, client: Client):
        page = open_page(client, "/style/")

        assert max(len(title) for title in texts(page, ".resource-card__title")) > 300
        assert "0 steps" in texts(page, ".pathway-card .facts li")
        assert "40 steps" in texts(page, ".pathway-card .facts li")
        assert page.select_one('.resource-card__title [lang="ar"]')["dir"] == "rtl"
        assert page.select('.facts .freshness--failed, .note [lang="cy"]')
