"""Where a reader of a list stands, as a text to come back with: it stays true while the list changes.

Pages of a list are told apart by their number, so what is published or withdrawn meanwhile pushes
rows from one to the next: a reader meets some twice and others never. A cursor remembers the last
rows that were read instead. Whoever comes back goes on after the last of them that still stands where
it stood; only where none does, by the number of rows that were read.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from catalogue.models import Resource
from catalogue.search import ResourceQuery
from catalogue.vocabularies import LinkState, Status

# Rows that are remembered, and how far from their place they are looked for.
REMEMBERED = 3
NEARBY = 10_000
# Counts up when a cursor is written in another form.
FORMAT = 1
BEGINNING_OF_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class NoCursor(ValueError):
    """The text is no cursor of this question."""


@dataclass(frozen=True)
class Cursor:
    """`read`: how many rows were read; `last`: the keys of the last of them, in order, and of these
    `gone`, whose links were; `changed_at`: when the latest change of any of `last` was."""

    read: int = 0
    last: tuple[int, ...] = ()
    gone: frozenset[int] = frozenset()
    changed_at: datetime = BEGINNING_OF_TIME

    # As a text

    @classmethod
    def of(cls, text: str, query: ResourceQuery) -> "Cursor":
        """The cursor that `text` is, which belongs to `query`; the beginning where it is empty.

        Raises NoCursor.
        """
        if not text:
            return cls()
        try:
            kind, mark, read, last, gone, changed_at = json.loads(urlsafe_b64decode(text.encode()))
            numbers = [read, changed_at, *last, *gone]
        except (ValueError, TypeError, RecursionError) as error:
            raise NoCursor from error
        are_sound = all(type(number) is int and 0 <= number < 2**63 for number in numbers)
        if [kind, mark] != [FORMAT, _mark_of(query)] or not are_sound or len(last) > REMEMBERED:
            raise NoCursor
        return cls(read, tuple(last), frozenset(gone), _moment(changed_at))

    def text(self, query: ResourceQuery) -> str:
        """What stands for it in the address of the next page of `query`."""
        microseconds = (self.changed_at - BEGINNING_OF_TIME) // timedelta(microseconds=1)
        parts = [FORMAT, _mark_of(query), self.read, [*self.last], sorted(self.gone), microseconds]
        return urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode()

    # Going on

    def span(self, limit: int) -> range:
        """The places of the list to look at for the next `limit` rows, and whether there are more."""
        first = max(0, self.read - NEARBY) if self.last else self.read
        reach = NEARBY if self.last else 0
        # Those that are left out as read already stand there too.
        return range(first, self.read + reach + limit + len(self.last) + 1)

    def going_on(self, keys: Sequence[int], limit: int) -> tuple[list[int], bool, int]:
        """Of `keys`, those in the `span`: the next `limit`, whether there are more, and the place of
        the first. One query where there are rows to remember."""
        first = self.span(limit).start
        places = {key: place for place, key in enumerate(keys) if key in self.last}
        steady = self._steady(places)
        begin = next(
            (places[key] + 1 for key in reversed(self.last) if key in steady), self.read - first
        )
        left = [key for key in keys[begin:] if key not in self.last]
        return left[:limit], len(left) > limit, first + begin

    def _steady(self, among: Collection[int]) -> set[int]:
        """Those of `among` that nothing has moved since they were read."""
        if not among:
            return set()
        rows = Resource.objects.filter(pk__in=among, status=Status.PUBLISHED)
        return {
            key
            for key, modified, state in rows.values_list("pk", "modified", "link__state")
            if modified <= self.changed_at and (state == LinkState.GONE) == (key in self.gone)
        }


def after(rows: Sequence[Resource], read: int) -> Cursor:
    """The cursor of a reader who has read `read` rows, the last of them `rows`."""
    last = rows[-REMEMBERED:]
    return Cursor(
        read=read,
        last=tuple(row.pk for row in last),
        gone=frozenset(row.pk for row in last if _state(row) == LinkState.GONE),
        changed_at=max(row.modified for row in last),
    )


def _state(row: Resource) -> str:
    return row.link.state if hasattr(row, "link") else LinkState.UNCHECKED


def _mark_of(query: ResourceQuery) -> str:
    """A short mark of what is asked, whatever the page."""
    asked = query.but(more="").address
    return hashlib.sha256(asked.encode()).hexdigest()[:8]


def _moment(microseconds: int) -> datetime:
    try:
        return BEGINNING_OF_TIME + timedelta(microseconds=microseconds)
    except OverflowError as error:
        raise NoCursor from error
