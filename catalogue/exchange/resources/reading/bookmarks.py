"""Reads the file in which browsers export bookmarks (Netscape’s format)."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.report import Rejected
from catalogue.exchange.resources.entries import Entry, Source
from catalogue.exchange.resources.reading.survey import CHUNK, Text

# What browsers themselves call the folders at the top: no one’s choice, so no tags.
_TOP_FOLDERS = frozenset(
    (
        "bookmarks", "bookmarks bar", "bookmarks toolbar", "bookmarks menu", "other bookmarks",
        "mobile bookmarks", "synced bookmarks", "imported", "favourites", "favourites bar",
        "other favourites", "favorites", "favorites bar", "other favorites", "unsorted bookmarks",
        "unfiled bookmarks", "reading list",
    )
)  # fmt: skip
_TOP_ATTRIBUTES = ("personal_toolbar_folder", "unfiled_bookmarks_folder")
_DEEPEST = 500
_LONGEST = 1_000_000
_HEAD = 64 * 1024


def entries(text: Text, source: Source) -> Iterator[Entry | Rejected]:
    """An Entry for each bookmark. Raises ExchangeError for another kind of page."""
    _check(text)
    parser, stream, is_bare = _Parser(), text.open(newline=None), True
    while chunk := stream.read(CHUNK):
        parser.feed(chunk)
        for entry in parser.taken():
            is_bare = False
            yield entry
        if parser.is_lost:
            yield Rejected(
                parser.getpos()[0],
                "",
                _(
                    "From here on this file can’t be read: a tag is never closed, or too much is nested."
                ),
            )
            return
    # Not close(): on a tag cut off at the end that can take very long.
    parser.feed("\n<p>")
    parser.finish()
    for entry in parser.taken():
        is_bare = False
        yield entry
    if is_bare:
        source.note(_("This file holds no bookmarks."))


def _check(text: Text) -> None:
    head = text.open().read(_HEAD).casefold()
    if "netscape-bookmark" not in head and "<dl" not in head:
        raise ExchangeError(
            _("This is a web page or XML, and not a file of bookmarks as browsers export them.")
        )


class _Parser(HTMLParser):
    """Collects bookmarks as they come; `taken()` hands over those that are complete."""

    def __init__(self) -> None:
        super().__init__()
        self._ready: list[Entry] = []
        self._bookmark: Entry | None = None
        self._folders: list[str] = []
        self._heading: str | None = None
        self._is_top_heading = False
        # What is being read: `title`, `heading`, `description` or nothing.
        self._reading = ""
        self._parts: list[str] = []
        self._length = 0

    @property
    def is_lost(self) -> bool:
        return len(self.rawdata) > 2 * CHUNK or len(self._folders) > _DEEPEST

    def taken(self) -> list[Entry]:
        ready, self._ready = self._ready, []
        return ready

    def finish(self) -> None:
        """The bookmark that was begun is complete."""
        self._read("")
        if self._bookmark:
            self._ready.append(self._bookmark)
        self._bookmark = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "dt", "dl", "h3"):
            self.finish()
        match tag:
            case "a":
                self._begin({name: value or "" for name, value in attrs})
            case "h3":
                self._is_top_heading = any(name in _TOP_ATTRIBUTES for name, _value in attrs)
                self._read("heading")
            case "dl":
                self._folders.append(self._heading or "")
                self._heading = None
            case "dd" if self._bookmark:
                self._read("description")

    def handle_endtag(self, tag: str) -> None:
        if (tag, self._reading) in (("a", "title"), ("h3", "heading"), ("dd", "description")):
            self._read("")
        elif tag == "dl":
            self.finish()
            self._heading = None
            if self._folders:
                self._folders.pop()

    def handle_data(self, data: str) -> None:
        if self._reading and self._length < _LONGEST:
            self._parts.append(data)
            self._length += len(data)

    def _begin(self, attributes: dict[str, str]) -> None:
        address = attributes.get("href", "").strip()
        # What Firefox searches for in the bookmarks themselves.
        if address.startswith("place:"):
            return
        values = {"url": address, "title": ""}
        tags = [*filter(None, self._folders), *attributes.get("tags", "").split(",")]
        if tags := list(dict.fromkeys(tag.strip() for tag in tags if tag.strip())):
            values["tags"] = tags
        self._bookmark = Entry(self.getpos()[0], values)
        self._read("title")

    def _read(self, what: str) -> None:
        """Puts away what was read so far, and goes on with `what`."""
        text = "".join(self._parts).strip()
        if self._reading == "heading":
            self._heading = "" if self._is_browsers_own(text) else text
        elif self._reading and self._bookmark and text:
            self._bookmark.values[self._reading] = text
        self._reading, self._parts, self._length = what, [], 0

    def _is_browsers_own(self, name: str) -> bool:
        is_at_top = len(self._folders) <= 1
        return self._is_top_heading or (is_at_top and name.casefold() in _TOP_FOLDERS)
