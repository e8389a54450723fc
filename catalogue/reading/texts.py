"""Texts of strangers, made plain: one line without markup, controls and marks that turn it around."""

import html
import re
import unicodedata
from urllib.parse import unquote, urlsplit

from catalogue.addresses import host_of

TITLE_LENGTH = 300
DESCRIPTION_LENGTH = 600

# Only what is surely markup: “<table>” may be what a text is about.
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|li|ol|p|small|span|strong|sub|sup|u|ul)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
# Marks that make what follows read backwards, and what no text needs at all.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
# A hundred thousand characters of a text are more than any that is shown.
_LONGEST = 100_000


def plain(text: str, *, limit: int) -> str:
    """`text` as one line of at most `limit` characters, cut at a word."""
    text = _TURNING.sub("", text[:_LONGEST])
    text = "".join(
        " " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in text
    )
    return cut(" ".join(text.split()), limit)


def plain_of_markup(text: str, *, limit: int) -> str:
    """The same of a text that may be HTML, as in JSON-LD: tags go, entities are what they stand for."""
    without = _MARKUP.sub(" ", html.unescape(_MARKUP.sub(" ", text[:_LONGEST])))
    return re.sub(r" ([.,;:!?])(?=\s|$)", r"\1", plain(without, limit=limit))


def cut(text: str, limit: int) -> str:
    """`text`, or as many of its words as fit, with “…” after them."""
    if len(text) <= limit:
        return text
    whole, _blank, _rest = text[:limit].rpartition(" ")
    # A word as long as that is no word.
    kept = whole if len(whole) > limit // 2 else text[: limit - 1]
    return kept.rstrip(" ,;:–—-") + "…"


def title_of_file(url: str) -> str:
    """A title from the last part of an address: `…/reading-old-maps.pdf` is “reading old maps”."""
    name = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
    return plain(re.sub(r"[-_+.\s]+", " ", stem), limit=TITLE_LENGTH)


def title_of_address(url: str) -> str:
    """A title for what nothing is known of but its address: host and path, as readers see them."""
    path = unquote(urlsplit(url).path).rstrip("/")
    return plain(f"{host_of(url) or url}{path}", limit=TITLE_LENGTH)
