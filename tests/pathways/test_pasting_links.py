"""Finding links in whatever was pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.addresses import clean_address, is_address
from pathways.pasting.links import Link, links_in

A, B = "https://example.org/a", "https://example.org/b?x=1&y=2"

FOUND = {
    "nothing": ("", []),
    "one": (A, [A]),
    "one on each line": (f"{A}\n{B}\r\n{A}", [A, B, A]),
    "lines that are empty, and blanks around": (f"\n\n   {A}   \n\n\t{B}\n", [A, B]),
    "bullets": (f"- {A}\n* {B}\n1. {A}\n• {B}\n2) {A}", [A, B, A, B, A]),
    "cells of a table": (f"Title\t{A}\tfree\nOther\t{B}\tfree", [A, B]),
    "a row of values": (f'"Title",{A},"{B}"', [A, B]),
    "commas and semicolons between": (f"{A},{B};{A}|{B}", [A, B, A, B]),
    "a sentence": (f"See {A}, then ({B}). Not {A}!", [A, B, A]),
    "quotation marks": (f"“{A}” and '{B}' and «{A}»", [A, B, A]),
    "angle brackets": (f"<{A}> <{B}>", [A, B]),
    "emphasis": (f"**{A}** and *{B}*", [A, B]),
    "code": (f"`{A}`", [A]),
    "a bracket that belongs to it": (
        "https://en.wikipedia.org/wiki/Map_(disambiguation)",
        ["https://en.wikipedia.org/wiki/Map_(disambiguation)"],
    ),
    "and one that doesn't": (
        "(see https://en.wikipedia.org/wiki/Map_(disambiguation))",
        ["https://en.wikipedia.org/wiki/Map_(disambiguation)"],
    ),
    "Markdown": (f'[A map]({A}) and [another]({B} "its title") [x](<{A}>)', [A, B, A]),
    "Markdown of a link that is its own label": (f"[{A}]({A})", [A]),
    "Markdown with brackets": (
        "[x](https://en.wikipedia.org/wiki/Map_(disambiguation))",
        ["https://en.wikipedia.org/wiki/Map_(disambiguation)"],
    ),
    "HTML": (f'<p><a class="x" href="{A}" rel=y>A map</a>, <a href=\'{A}\'>x</a></p>', [A, A]),
    "HTML with entities": (
        '<a href="https://example.org/b?x=1&amp;y=2">https://example.org/b?x=1&amp;y=2</a>',
        [B],
    ),
    "HTML of other links": (
        '<a href="#top">up</a> <a href="/b">b</a> <a href="mailto:x@example.org">m</a>',
        [],
    ),
    "www without a scheme": ("see www.example.org/a.", ["https://www.example.org/a"]),
    "a line that is an address without its scheme": (
        "example.org/a\n- example.com\n  “example.net/x”",
        ["https://example.org/a", "https://example.com", "https://example.net/x"],
    ),
    "words with dots": ("e.g. v1.2, node.js, 3.5\nnode.js\nv1.2\ne.g.\nreport.pdf", []),
    "an e-mail address": ("somebody@example.org\nmailto:somebody@example.org", []),
    "an address of mail in a sentence": ("Ask somebody@www.example.org about it", []),
    "an archived page": (
        "https://web.archive.org/web/2020/https://example.org/a",
        ["https://web.archive.org/web/2020/https://example.org/a"],
    ),
    "letters of any script": (
        "https://cy.wikipedia.org/wiki/Tŷ_Ŵyn",
        ["https://cy.wikipedia.org/wiki/T%C5%B7_%C5%B4yn"],
    ),
    "invisible signs around": (f"\ufeff{A}\u200b {B}\u2060", [A, B]),
    "capitals": ("HTTPS://EXAMPLE.ORG/a", ["https://example.org/a"]),
}


@pytest.mark.parametrize(("text", "urls"), FOUND.values(), ids=FOUND)
def test_links_are_found_wherever_they_stand(text, urls):
    assert [link.url for link in links_in(text)] == urls


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ftp://example.org/x", "is not a web page"),
        ("https://user:word@example.org/", "holds a user name or password"),
        ("http://localhost/x", "only works inside one network"),
        ("https://example.org:99999/", "has an impossible port"),
    ],
)
def test_what_cannot_be_one_is_told(text, problem):
    (link,) = links_in(f"see {text} there")

    assert link.url == "" and link.text == text
    assert problem in link.problem


def test_a_label_is_kept_as_plain_text():
    text = f"[The <b>best</b> map]({A}) <a href='{B}'><em>Another</em>\n one</a> {A}"

    assert [link.label for link in links_in(text)] == ["The best map", "Another one", ""]


WORDS = st.sampled_from(["see", "and then", "(free)", "–", "»", "title:", "e.g.", "1.", "Tŷ"])
PATHS = st.text("abcXYZ019-_/~%", max_size=20)
URLS = st.builds(
    lambda host, path: clean_address(f"https://{host}.example.org/{path}x"),
    st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True),
    PATHS,
)
SHAPES = st.sampled_from(
    [
        "{}",
        "- {}",
        "<{}>",
        "({})",
        "[label]({})",
        "<a href='{}'>label</a>",
        "cell\t{}\tcell",
        "“{}”",
        "**{}**.",
        "{},",
    ]
)


@given(st.lists(st.tuples(WORDS, SHAPES, URLS), max_size=12))
def test_whatever_stands_around_each_is_found_once_and_in_order(pieces):
    text = "\n".join(f"{word} {shape.format(url)} {word}" for word, shape, url in pieces)

    assert [link.url for link in links_in(text)] == [url for _word, _shape, url in pieces]


@given(st.text() | st.text("[]()<>a href='\"https://w.\n\t,;@%&"))
def test_no_text_is_too_odd(text):
    for link in links_in(text):
        assert isinstance(link, Link)
        assert bool(link.url) != bool(link.problem)
        assert not link.url or (is_address(link.url) and clean_address(link.url) == link.url)
        assert "\n" not in link.label


@pytest.mark.parametrize(
    "text",
    [
        *(piece * 50_000 for piece in ("[", "[](", "[a](http://", "<a ", "<a href=", "<a href=x>")),
        *(piece * 50_000 for piece in ("(", "http://", "www.", " ", "a.", "[a](http://(x", "a\t")),
        "https://example.org/" + "(" * 200_000,
        "https://example.org/" + ")" * 200_000,
        "https://example.org/" + "." * 200_000,
    ],
    ids=lambda text: text[:24],
)
def test_no_text_keeps_the_site_busy(text):
    # For ever, if it took more than a look at each sign.
    assert all(len(link.url) < 3000 for link in links_in(text))
