"""Where a reader of a list stands, as a text to come back with: it stays true while the list changes.

Pages of a list are told apart by their number, so what is published or withdrawn meanwhile pushes
rows from one to the next: a reader meets some twice and others never. A cursor remembers the last
rows that were read instead. Whoever comes back goes on after the last of them that still stands where
it stood; only where none does, by the number of rows that were read.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

from catalogue.models import Resource
from catalogue.search import ResourceQuery
from catalogue.vocabularies import LinkState

# Rows that are remembered, and how far from their place they are looked for.
REMEMBERED = 3
NEARBY = 10_000
# Counts up when a cursor is written in another form.
FORMAT = 2
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
            payload = _signer_of(query).unsign(text)
            kind, read, last, gone, changed_at = json.loads(urlsafe_b64decode(payload.encode()))
        except (BadSignature, ValueError) as error:
            raise NoCursor from error
        if kind != FORMAT:
            raise NoCursor
        changed = BEGINNING_OF_TIME + timedelta(microseconds=changed_at)
        return cls(read, tuple(last), frozenset(gone), changed)

    def text(self, query: ResourceQuery) -> str:
        """What stands for it in the address of the next page of `query`."""
        microseconds = (self.changed_at - BEGINNING_OF_TIME) // timedelta(microseconds=1)
        parts = [FORMAT, self.read, [*self.last], sorted(self.gone), microseconds]
        payload = urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode()
        return _signer_of(query).sign(payload)

    # Going on

    def span(self, limit: int) -> range:
        """The places of the list to look at for the next `limit` rows, and whether there are more."""
        first = max(0, self.read - NEARBY) if self.last else self.read
        reach = NEARBY if self.last else 0
        # Those that are left out as read already stand there too.
        return range(first, self.read + reach + limit + len(self.last) + 1)

    def near(self, keys: Sequence[int], limit: int) -> list[int]:
        """Those of `keys`, which are those in the `span`, that `going_on` has to know: what may be next,
        whichever of the last still stands where it stood, and these themselves."""
        begins = {self._by_number(limit), *(place + 1 for place in self._places(keys).values())}
        last = len(self.last)
        ahead = (key for begin in begins for key in keys[begin : begin + limit + last])
        return [*dict.fromkeys([*self._places(keys), *ahead])]

    def going_on(
        self, keys: Sequence[int], rows: Mapping[int, Resource], limit: int
    ) -> tuple[list[int], bool, int]:
        """Of `keys`, those in the `span`: the next `limit`, whether there are more, and the place of
        the first. `rows`: those of the keys that are `near`, as they are now."""
        places = self._places(keys)
        steady = (places[key] + 1 for key in reversed(self.last) if self._is_steady(rows.get(key)))
        begin = next(steady, self._by_number(limit))
        left = [key for key in keys[begin:] if key not in self.last]
        return left[:limit], len(left) > limit, self.span(limit).start + begin

    def _by_number(self, limit: int) -> int:
        """Where to go on in the `span` where nothing stands where it stood."""
        return self.read - self.span(limit).start

    def _places(self, keys: Sequence[int]) -> dict[int, int]:
        """Where in `keys` the last rows are."""
        return {key: place for place, key in enumerate(keys) if key in self.last}

    def _is_steady(self, row: Resource | None) -> bool:
        """Whether nothing has moved it since it was read."""
        if row is None or row.modified > self.changed_at:
            return False
        return (_state(row) == LinkState.GONE) == (row.pk in self.gone)


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


def _signer_of(query: ResourceQuery) -> Signer:
    """What signs cursors of what is asked, whatever the page: nobody can make one that this site didn't,
    nor take that of another question."""
    return Signer(sep=".", salt=f"cursor of {query.but(more='').address}")
