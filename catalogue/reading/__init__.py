"""What a page tells of itself: read from the page alone, by the one safe way of fetching.

`read_page` answers a Page: a row as the importer makes it of a file, clean and short enough to be
stored, and never more than a draft for somebody to mend.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.addresses import clean_address
from catalogue.exchange import Row, Value, row_of
from catalogue.fetching import SECONDS, Fetched, FetchError, fetch
from catalogue.fetching.reaching import Deadline
from catalogue.reading.texts import (
    TITLE_LENGTH,
    cut,
    plain,
    title_of_address,
    title_of_file,
)

# What a word about a page takes at most, beside the page itself.
EMBED_SECONDS = 5
EMBED_BYTES = 100_000

_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
# One tree of a page at a time: a hostile one takes a hundred megabytes.
_parsing = threading.Lock()


class NoPage(FetchError):
    """The site answered, but with no page; `status` is what it said."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status
        if status in (404, 410):
            told = _("The site says that there is no such page (%(status)d).")
        elif status in (401, 403, 429):
            told = _("The site doesn’t show the page to us (%(status)d); it may show it to people.")
        elif status >= 500:
            told = _("The site has a fault at the moment (%(status)d).")
        else:
            told = _("The site answered in a way that tells nothing (%(status)d).")
        self.sentence = told

    def __str__(self) -> str:
        return str(self.sentence) % {"status": self.status}


@dataclass(frozen=True)
class Page:
    """What was read. `title` is never empty; `has_title` tells whether the page itself gave it.

    `final_url` is where the address led; `has_moved` whether for ever. `fields` are fields of a
    Resource, `provider` a name.
    """

    url: str
    final_url: str
    title: str
    has_title: bool = True
    has_moved: bool = False
    provider: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


def read_page(url: str, *, seconds: float = SECONDS) -> Page:
    """What stands at `url`, in `seconds` at most. Raises a FetchError, NoPage among them."""
    deadline = Deadline(seconds)
    found = fetch(url, seconds=seconds)
    if not found.is_found:
        raise NoPage(found.status)
    return read_of(found, deadline)


def read_of(found: Fetched, deadline: Deadline | None = None) -> Page:
    """What a fetched page tells; what stands beside it as oEmbed only where a `deadline` is given."""
    return _page_of(found, _told_in(found, deadline))


def _page_of(found: Fetched, ways: list[dict[str, Value]]) -> Page:
    """The Page of what was told in several ways, the most trusted first."""
    url = clean_address(found.url)
    rows = [
        row
        for values in ways
        if (row := row_of({**values, "url": url, "title": values.get("title") or "?"}))
    ]
    said = [cut(row.title, TITLE_LENGTH) for row in rows if row.title != "?"]
    fields: dict[str, Any] = {}
    for row in reversed(rows):
        fields |= _whole(row)
    languages = fields.get("languages")
    if fields.get("description") and languages:
        fields.setdefault("description_language", languages[0])
    return Page(
        url=found.url,
        final_url=found.final_url,
        title=next(iter(said), "") or _title_without(found) or title_of_address(url),
        has_title=bool(said),
        has_moved=found.has_moved,
        provider=next((row.provider for row in rows if row.provider), ""),
        fields=fields,
    )


def _title_without(found: Fetched) -> str:
    """A title for what has none of its own: the name of a file says more than that of a page."""
    return "" if found.content_type in _HTML else title_of_file(found.final_url)


def _whole(row: Row) -> dict[str, Any]:
    """What a row says, where a description brings its language, and none stays from another row."""
    fields = dict(row.fields)
    for name in ("description_source", "duration_source"):
        fields.pop(name, None)
    if "duration_minutes" in fields:
        fields["duration_source"] = "provider"
    if "description" not in fields:
        fields.pop("description_language", None)
    return fields


def _told_in(found: Fetched, deadline: Deadline | None) -> list[dict[str, Value]]:
    spoken = found.headers.get("content-language", "").partition(",")[0].strip()
    if found.content_type == "application/pdf" or found.body.startswith(b"%PDF-"):
        from catalogue.reading.pdfs import told_by_pdf

        return [told_by_pdf(found.body), {"language": spoken}]
    if found.content_type not in _HTML:
        return [{"language": spoken}]
    # Late, since lxml is only needed by whoever pastes.
    from catalogue.reading.charsets import decode
    from catalogue.reading.documents import oembed_address, parsed, told

    text = decode(found.body, found.headers.get("content-type", ""))
    with _parsing:
        document = parsed(text)
        if document is None:
            return []
        ways = told(document, found.final_url, language=spoken)
        more = oembed_address(document, found.final_url)
        del document
    wanted = ("title", "provider", "resource_type", "duration_minutes")
    if not all(any(values.get(name) for values in ways) for name in wanted):
        # After what the page's data says, before its names and text.
        ways.insert(1, _embedded(more, deadline))
    return ways


def _embedded(address: str, deadline: Deadline | None) -> dict[str, Value]:
    """What oEmbed tells; nothing where it doesn't, since the page was read anyhow."""
    if not address or deadline is None or deadline.left < 1:
        return {}
    from catalogue.reading.documents import minutes_of

    try:
        seconds = min(EMBED_SECONDS, deadline.limit())
        found = fetch(address, seconds=seconds, max_bytes=EMBED_BYTES)
        said = json.loads(found.body) if found.is_found else None
    except (FetchError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    texts = {
        name: plain(value, limit=200 if name != "title" else TITLE_LENGTH)
        for name, value in said.items()
        if isinstance(value, str) and name in ("title", "author_name", "provider_name", "type")
    }
    return {
        "title": texts.get("title", ""),
        "authors": [texts["author_name"]] if texts.get("author_name") else [],
        "provider": texts.get("provider_name", ""),
        "resource_type": "video" if texts.get("type") == "video" else "",
        "duration_minutes": minutes_of(said.get("duration", "")),
    }


__all__ = ["NoPage", "Page", "read_of", "read_page", "title_of_address"]
