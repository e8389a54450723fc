"""What a worker keeps in memory until something public changes: parts of pages, and what they count by.

A part is the same for every visitor: a resource's card, the first page's picture of the competences.
It is kept under the site's revision (see catalogue.models.site), like whole pages are for visitors
without a cookie, so that those who have one get their own page without all of it being made anew.
Nothing is kept outside of a page, nor what was made inside a transaction, which may hold changes
that nobody else sees.
"""

import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from catalogue.chosen import Chosen
from catalogue.models import SiteRevision

Part = TypeVar("Part")

# A part weighs 1 for some 2 KB, so a worker keeps 20 MB at most: as much again as this, since what
# is asked for now and then is found among what was put away last.
MOST = 5_000
# As whole pages are, so that “worked 3 days ago” grows old with the calendar.
SECONDS = 600


@dataclass
class Page:
    """A page in the making: the site's revision as it was first asked for, whether all that it was
    told is what the catalogue says at that revision, and what it shows, if that is counted."""

    revision: int | None = None
    is_current: bool = True
    shows: str | None = None


@dataclass
class _Shelf:
    """The parts of a revision, and until when they may be used (time.monotonic)."""

    revision: int
    ends: float
    parts: dict[Hashable, Any] = field(default_factory=dict)
    # Those of before `parts` were full. Each full time, what nobody asked for since goes.
    put_away: dict[Hashable, Any] = field(default_factory=dict)
    weight: int = 0

    def get(self, key: Hashable) -> Any:
        """The part, or None."""
        part = self.parts.get(key)
        if part is None and (found := self.put_away.get(key)) is not None:
            part, weight = found
            self.put(key, part, weight)
            return part
        return part and part[0]

    def put(self, key: Hashable, part: Any, weight: int) -> None:
        # Two threads at once may count wrong by one part, which does no harm.
        if self.weight + weight > MOST:
            self.put_away, self.parts, self.weight = self.parts, {}, 0
        self.parts[key] = part, weight
        self.weight += weight


_page: ContextVar[Page | None] = ContextVar("page", default=None)
_shelf = _Shelf(revision=-1, ends=0)


@contextmanager
def page(revision: int | None = None) -> Iterator[Page]:
    """While a page is made, the site's revision is read once, if `revision` doesn't tell it, and parts are
    kept."""
    made = Page(revision)
    token = _page.set(made)
    try:
        yield made
    finally:
        _page.reset(token)


def site_revision() -> int:
    """The site's revision as this page goes by it. One query, none when the page asked before.

    Outside of a page it is asked every time.
    """
    made = _page.get()
    if made is None:
        return SiteRevision.current()
    if made.revision is None:
        made.revision = SiteRevision.current()
    return made.revision


def page_is_behind() -> None:
    """Notes that the page in the making shows what was counted before the last edit: neither it nor
    a part of it that counts may be kept."""
    if made := _page.get():
        made.is_current = False


def page_shows(uid: UUID) -> None:
    """Notes whose page is in the making, so that it counts for that whenever it is opened, from the
    page cache as well (see catalogue.evidence)."""
    if made := _page.get():
        made.shows = str(uid)


def kept(key: Hashable, make: Callable[[], Part], *, counts: bool = True, weight: int = 1) -> Part:
    """What `make` answered in this language since the last edit. One query, none when the page knows
    its revision.

    `make` must answer the same for every visitor, and nothing that anybody changes. `counts`: whether
    there are counts in it, which may be of before the last edit; `weight`: see MOST.
    """
    shelf = _shelf_of_page()
    own = (get_language(), key)
    part = shelf and shelf.get(own)
    if part is None:
        part = make()
        if shelf and _may_keep(counts):
            shelf.put(own, part, weight)
    return part


def kept_each(
    name: Hashable,
    keys: Sequence[Hashable],
    make: Callable[[list[Any]], dict[Any, Part]],
) -> list[Part]:
    """A part without counts for each of `keys`, in order, as `kept` under (`name`, key). `make` is asked
    once for all that are not there; a key that it leaves out has none."""
    shelf = _shelf_of_page()
    language = get_language()
    found = {}
    if shelf:
        own = ((key, shelf.get((language, (name, key)))) for key in keys)
        found = {key: part for key, part in own if part is not None}
    missing = [key for key in keys if key not in found]
    if missing:
        made = make(missing)
        found |= made
        if shelf:
            for key, part in made.items():
                shelf.put((language, (name, key)), part, 1)
    return [found[key] for key in keys if key in found]


def forget() -> None:
    """Lets everything be made anew."""
    global _shelf
    _shelf = _Shelf(revision=-1, ends=0)


def _shelf_of_page() -> _Shelf | None:
    """The parts of this page's revision. None where nothing may be kept: outside of a page, in a
    transaction, where templates are being edited, or when another thread knows a later edit."""
    if _page.get() is None or settings.DEBUG or connection.in_atomic_block:
        return None
    return _shelf_of(site_revision())


def _shelf_of(revision: int) -> _Shelf | None:
    global _shelf
    shelf, now = _shelf, time.monotonic()
    if shelf.revision > revision and shelf.ends > now:
        return None
    if shelf.revision < revision or shelf.ends <= now:
        shelf = _shelf = _Shelf(revision, now + SECONDS)
    return shelf


def _may_keep(counts: bool) -> bool:
    made = _page.get()
    return not counts or (made is not None and made.is_current)


def cards(rows: Sequence[Any], draw: Callable[..., Any], **how: Hashable) -> list[Any]:
    """`draw(row, **how)` for each of `rows`: a component. Those of `Chosen` rows are kept."""
    if not isinstance(rows, Chosen):
        return [draw(row, **how) for row in rows]

    def make(keys: list[int]) -> dict[int, Any]:
        chosen = rows if keys == rows.keys else rows.read(keys)
        return {row.pk: draw(row, **how) for row in chosen}

    return kept_each((draw.name, *how.values()), rows.keys, make)


def keep(name: str, *key: Hashable, caller: Callable[[], Any]) -> Any:
    """For templates: `{% call keep("questions") %}…{% endcall %}` is a part of that name. What stands in it
    may depend on nothing but `key`, the language, and what is public."""
    return kept((name, *key), caller)
