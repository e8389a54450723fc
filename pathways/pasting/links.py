"""Links in whatever was pasted: lines, cells of a table, Markdown, HTML, bullets, running text."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue.addresses import AddressError, clean_address, is_address
from catalogue.fetching import is_out_of_reach
from catalogue.reading.texts import plain_of_markup

# As long as any label is that somebody wrote.
LABEL_LENGTH = 300
# Longer than any address: not worth a look at its end.
TEXT_LENGTH = 3_000

_MARKDOWN = re.compile(
    r"\[([^\[\]\n]{0,500})\]\(\s{0,9}<?((?:https?://|www\.)(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,3000})>?"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s{0,9}\)",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,1000}?\bhref\s{0,9}=\s{0,9}(?:\"([^\"<>]{0,3000})\"|'([^'<>]{0,3000})'|([^\s\"'<>]{1,3000}))"
    r"[^<>]{0,1000}>(?:(.{0,1000}?)</a\s{0,9}>)?",
    re.IGNORECASE | re.DOTALL,
)
# A link ends where the next one begins, also without a blank between them.
_PLAIN = re.compile(
    r"(?<![\w.@/-])(?:[a-z][a-z0-9+.-]{1,15}://|www\.)"
    r"(?:(?![,;|]+(?:https?://|www\.))[^\s<>\"“”«»`\u200b\u2060\ufeff])+",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://|www\.", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*+•‣◦–—]|\d{1,3}[.)])\s+")
_PAIRS = {")": "(", "]": "[", "}": "{"}
# What ends a sentence or an emphasis, and no address that is meant.
_AFTER = ".,;:!?'’‘…*"


@dataclass(frozen=True)
class Link:
    """A link as it was pasted: its clean address, or else what is wrong with it, in a sentence.

    `label` is what the text calls it, where it is Markdown or HTML.
    """

    text: str
    url: str = ""
    label: str = ""
    problem: str = ""


def links_in(text: str) -> list[Link]:
    """All links in `text`, in their order, repeated ones too."""
    found: dict[int, Link] = {}
    for pattern, read in ((_MARKDOWN, _of_markdown), (_ANCHOR, _of_anchor), (_PLAIN, _of_plain)):
        text = pattern.sub(lambda match, read=read: read(match, found), text)
    for place, cell in _cells(text):
        found[place] = _link(cell)
    return [found[place] for place in sorted(found)]


def _of_markdown(match: re.Match[str], found: dict[int, Link]) -> str:
    found[match.start()] = _link(match[2], match[1])
    return _blank(match)


def _of_anchor(match: re.Match[str], found: dict[int, Link]) -> str:
    said = html.unescape(match[1] or match[2] or match[3] or "").strip()
    if _WEB.match(said):
        found[match.start()] = _link(said, match[4] or "")
    return _blank(match)


def _of_plain(match: re.Match[str], found: dict[int, Link]) -> str:
    found[match.start()] = _link(_without_what_follows(match[0]))
    return _blank(match)


def _blank(match: re.Match[str]) -> str:
    """Nothing in the place of what was taken, so that all else keeps its place."""
    return re.sub(r"[^\n\t]", " ", match[0])


def _without_what_follows(text: str) -> str:
    """`text` without the signs after it, of which a bracket belongs to it if it opens in it."""
    while 0 < len(text) < TEXT_LENGTH:
        last = text[-1]
        opening = _PAIRS.get(last)
        is_open = opening is not None and text.count(opening) < text.count(last)
        if last not in _AFTER and not is_open:
            break
        text = text[:-1]
    return text


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """Cells and lines that hold nothing but an address without its scheme, each with its place."""
    place = 0
    for cell in re.split(r"([\n\t])", text):
        bullet = _BULLET.match(cell)
        said = cell[bullet.end() if bullet else 0 :].strip().strip("\"'<>“”").rstrip(_AFTER)
        if (
            "." in said
            and len(said) < 3000
            and not any(map(str.isspace, said))
            and is_address(said)
        ):
            yield place, said
        place += len(cell)


def _link(text: str, label: str = "") -> Link:
    label = plain_of_markup(label, limit=LABEL_LENGTH)
    if is_address(label):
        # It says what the address says.
        label = ""
    try:
        url = clean_address(text)
    except AddressError as error:
        return Link(text, label=label, problem=str(error))
    if is_out_of_reach(url):
        told = _(
            "This address is inside a network of its own: it can’t be reached from here, nor by readers."
        )
        return Link(text, label=label, problem=told)
    return Link(text, url=url, label=label)
