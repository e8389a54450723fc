"""Reads the site's pages as their readers do: by what stands on them."""

from bs4 import BeautifulSoup, Tag
from django.template import engines
from django.test import Client


def open_page(client: Client, path: str, *, status: int = 200) -> BeautifulSoup:
    """The page at `path`, which has to answer with `status`."""
    response = client.get(path)
    assert response.status_code == status, f"{path} answers {response.status_code}"
    return BeautifulSoup(response.content, "lxml")


def render(source: str, **context: object) -> BeautifulSoup:
    """A piece of a template of public pages, rendered alone."""
    html = engines["jinja2"].from_string(source).render(context)
    return BeautifulSoup(html, "lxml")


def words(part: Tag | None) -> str:
    """The text of a part of a page, with single spaces; empty where there is no such part."""
    return " ".join(part.get_text().split()) if part else ""


def texts(page: Tag, selector: str) -> list[str]:
    """The texts of all that `selector` finds, in the order of the page."""
    return [words(part) for part in page.select(selector)]


def links(page: Tag, selector: str = "a[href]") -> dict[str, str]:
    """Where the links lead that `selector` finds, by their text."""
    return {words(link): link["href"] for link in page.select(selector)}


def main(page: BeautifulSoup) -> Tag:
    """The page's own text, without what stands around it on every page."""
    found = page.find("main")
    assert isinstance(found, Tag)
    return found
