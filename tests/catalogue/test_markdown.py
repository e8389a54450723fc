"""Curators' Markdown is shown as text, never as a page of their own."""

import pytest
from bs4 import BeautifulSoup

from catalogue.markdown import render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("  \n", ""),
        ("Plain.", "<p>Plain.</p>\n"),
        ("**Bold** and *slanted*", "<p><strong>Bold</strong> and <em>slanted</em></p>\n"),
        ("# A heading", "<p><strong>A heading</strong></p>"),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"),
    ],
)
def test_it_knows_paragraphs_lists_and_emphasis(text: str, html: str):
    assert render(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        '<a href="#" onclick="x()">x</a>',
        "![x](https://example.org/x.png)",
        '<div style="position:fixed">x</div>',
    ],
)
def test_nothing_active_comes_through(text: str):
    tags = BeautifulSoup(render(text), "html.parser").find_all(True)

    assert {tag.name for tag in tags} <= {"p", "a"}
    assert {tag.get("href", "") for tag in tags} <= {"", "https://example.org/x.png"}


def test_links_lead_out_without_telling_from_where():
    html = render("[A guide](https://example.org/guide)")

    assert html == (
        '<p><a href="https://example.org/guide" rel="external noopener">A guide</a></p>\n'
    )


def test_a_nul_byte_is_no_text():
    assert render("a\x00b") == "<p>ab</p>\n"
