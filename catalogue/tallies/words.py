"""The words of what is fresh, read from the resources themselves when somebody first looks for some."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
from django.db import connection
from pyroaring import BitMap

from catalogue.tallies.places import Places
from catalogue.tallies.sets import NOBODY, from_wire
from catalogue.tallies.sources import SPOKEN, WORDS

# What READ tells of: who has a lexeme, how many words texts have, and words as they are written.
TOLD = ("lexeme", "lengths", "spoken")
READ = f"""
    WITH words AS MATERIALIZED ({WORDS.format(condition="resource.id = ANY (%(keys)s)")})
    SELECT 'lexeme' AS name, lexeme AS word, string_agg(int4send(id::int), ''::bytea ORDER BY id) AS keys,
        string_agg(set_byte('\\x00'::bytea, 0, counts), ''::bytea ORDER BY id) AS counts,
        NULL::int AS number
    FROM words GROUP BY lexeme
    UNION ALL SELECT 'lengths', '', string_agg(int4send(id::int), ''::bytea ORDER BY id),
        string_agg(int4send(title) || int4send(names) || int4send(body), ''::bytea ORDER BY id), NULL
    FROM (
        SELECT id, sum(title)::int AS title, sum(names)::int AS names, sum(body)::int AS body
        FROM words GROUP BY id
    ) lengths HAVING count(*) > 0
    UNION ALL SELECT 'spoken', word, NULL, NULL, number
    FROM ({SPOKEN.format(condition="resource.id = ANY (%(keys)s)")}) spoken
"""

Posting = tuple[np.ndarray, np.ndarray]
NO_POSTING: Posting = (np.empty(0, np.uint32), np.empty(0, np.uint8))


# No text counts for more words, as chunks have it.
LONGEST = 32_767
# What stands between the mark of a language and its word, and in no other lexeme.
STOP = "."
# So many parts are looked through at most: then the later ones become one.
PARTS = 16


@dataclass(frozen=True)
class _Postings:
    """Those of many lexemes in few arrays: an array for each would take many times as much."""

    numbers: dict[str, int]
    # Those of number n stand from starts[n] to starts[n + 1].
    starts: np.ndarray
    keys: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(
        cls, lexemes: Iterable[str], sizes: Iterable[int], keys: np.ndarray, counts: np.ndarray
    ) -> Self:
        """`sizes`: how many of `keys` and of `counts` are of each lexeme, one after the other."""
        numbers = {lexeme: number for number, lexeme in enumerate(lexemes)}
        return cls(numbers, np.cumsum([0, *sizes], dtype=np.int32), keys, counts)

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def get(self, lexeme: str) -> Posting:
        number = self.numbers.get(lexeme)
        if number is None:
            return NO_POSTING
        own = slice(*self.starts[number : number + 2].tolist())
        return self.keys[own], self.counts[own]


@dataclass(frozen=True)
class _Part:
    """Words that were read at once: of the resources in `holds`, and of others that were read again
    since where `is_whole` is false. `spoken`: as SPOKEN tells."""

    holds: BitMap
    postings: _Postings
    spoken: dict[str, int]
    is_whole: bool = True

    def without(self, keys: BitMap) -> "_Part":
        if self.holds.isdisjoint(keys):
            return self
        return _Part(self.holds - keys, self.postings, self.spoken, is_whole=False)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Of the languages that any of it is or was in."""
        return frozenset(one.partition(STOP)[0] for one in self.postings if STOP in one)

    def get(self, lexeme: str) -> Posting:
        keys, counts = self.postings.get(lexeme)
        if self.is_whole:
            return keys, counts
        held = np.array([key in self.holds for key in keys.tolist()], bool)
        return keys[held], counts[held]


def _packed(lexemes: Mapping[str, tuple[bytes, bytes]]) -> _Postings:
    """Of keys and counts as READ tells them."""
    keys, counts = (b"".join(own[at] for own in lexemes.values()) for at in (0, 1))
    sizes = [len(counts) for _keys, counts in lexemes.values()]
    return _Postings.of(
        lexemes, sizes, from_wire(keys).astype(np.uint32), np.frombuffer(counts, np.uint8)
    )


def _posting(lexeme: str, parts: Iterable[_Part]) -> Posting:
    found = [own for part in parts if len((own := part.get(lexeme))[0])]
    if len(found) < 2:
        return found[0] if found else NO_POSTING
    keys, counts = (np.concatenate(own) for own in zip(*found, strict=True))
    order = np.argsort(keys)
    return keys[order], counts[order]


def _spoken(parts: Iterable[_Part]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts:
        for word, number in part.spoken.items():
            found[word] = found.get(word, 0) + number
    return found


def _as_one(parts: Iterable[_Part]) -> _Part:
    parts = list(parts)
    lexemes = {lexeme for part in parts for lexeme in part.postings}
    found = {lexeme: _posting(lexeme, parts) for lexeme in lexemes}
    holds = BitMap.union(*(part.holds for part in parts))
    found = {lexeme: own for lexeme, own in found.items() if len(own[0])}
    keys, counts = map(np.concatenate, zip(NO_POSTING, *found.values(), strict=True))
    sizes = [len(keys) for keys, _counts in found.values()]
    return _Part(holds, _Postings.of(found, sizes, keys, counts), _spoken(parts))


@dataclass
class FreshWords:
    """For each lexeme who has it among what is fresh, and how often: `get`; and the words as they are
    written: `spoken`.

    Words are read when they are first asked for: one query, none where nothing changed since. So are
    `lengths`, by place: how many words title, names and description have, which are told of all.
    """

    places: Places = field(default_factory=Places)
    lengths: np.ndarray = field(default_factory=lambda: np.zeros((3, 0), np.uint16))
    # Those whose words are read, and those whose have to be.
    parts: tuple[_Part, ...] = ()
    pending: BitMap = NOBODY
    _reading: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def get(self, lexeme: str) -> Posting:
        """(primary keys, from the lowest; for each a byte of counts, see sources.WORDS)."""
        self.read()
        return _posting(lexeme, self.parts)

    def lexemes(self) -> set[str]:
        """All that there are; some may be of before the last change."""
        self.read()
        return {lexeme for part in self.parts for lexeme in part.postings}

    def spoken(self) -> dict[str, int]:
        """Words as they are written, see SPOKEN; what was read again since may be counted twice."""
        self.read()
        return _spoken(self.parts)

    def marks(self) -> frozenset[str]:
        """With which lexemes begin in languages that any of it is in, or was a moment ago."""
        self.read()
        return frozenset().union(*(part.marks for part in self.parts))

    def read(self) -> None:
        """Reads what is pending. One query, or none."""
        if not self.pending:
            return
        with self._reading:
            if self.pending:
                self._read(self.pending)

    def take(self, keys: BitMap, rows: Iterable[tuple]) -> None:
        """Adds what READ told of `keys`, which were pending, unless somebody has read it meanwhile."""
        with self._reading:
            if self.pending:
                self._take(keys, rows)

    def after(
        self, places: Places, known: BitMap, fresh: BitMap, keys: np.ndarray, lengths: np.ndarray
    ) -> "FreshWords":
        """These, where chunks speak for the resources `known` now, or nobody does, and those in `fresh`
        have other words; `lengths` [3, n] are those of `keys`, as chunks tell."""
        with self._reading:
            parts, pending, own = self.parts, self.pending, self.lengths
        parts = tuple(left for part in parts if (left := part.without(known | fresh)).holds)
        if more := places.size - own.shape[1]:
            own = np.concatenate([own, np.zeros((3, more), np.uint16)], axis=1)
        if len(keys):
            own = own.copy()
            own[:, places.of(keys)] = lengths
        return FreshWords(places, own, parts, (pending - known) | fresh)

    def _read(self, keys: BitMap) -> None:
        with connection.cursor() as cursor:
            cursor.execute(READ, {"keys": list(keys)})
            self._take(keys, cursor)

    def _take(self, keys: BitMap, rows: Iterable[tuple]) -> None:
        lexemes: dict[str, tuple[bytes, bytes]] = {}
        spoken: dict[str, int] = {}
        lengths = self.lengths.copy()
        for name, word, packed, counts, number in rows:
            if name == "spoken":
                spoken[word] = number
            elif name == "lexeme":
                lexemes[word] = bytes(packed), bytes(counts)
            else:
                said = np.minimum(from_wire(counts), LONGEST)
                at = self.places.of(from_wire(packed).astype(np.uint32))
                lengths[:, at] = said.reshape(-1, 3).T
        parts = (*self.parts, _Part(keys, _packed(lexemes), spoken))
        if len(parts) > PARTS:
            parts = (parts[0], _as_one(parts[1:]))
        self.parts, self.lengths = parts, lengths
        self.pending = NOBODY
