"""The words of what is fresh, read from the resources themselves when somebody first looks for some."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from django.db import connection
from pyroaring import BitMap

from catalogue.tallies.places import Places
from catalogue.tallies.sets import NOBODY, from_wire
from catalogue.tallies.sources import WORDS

READ = f"""
    WITH words AS MATERIALIZED ({WORDS.format(condition="resource.id = ANY (%s)")})
    SELECT lexeme, string_agg(int4send(id::int), ''::bytea ORDER BY id),
        string_agg(set_byte('\\x00'::bytea, 0, counts), ''::bytea ORDER BY id)
    FROM words GROUP BY lexeme
    UNION ALL SELECT NULL, string_agg(int4send(id::int), ''::bytea ORDER BY id),
        string_agg(int4send(title) || int4send(names) || int4send(body), ''::bytea ORDER BY id)
    FROM (
        SELECT id, sum(title)::int AS title, sum(names)::int AS names, sum(body)::int AS body
        FROM words GROUP BY id
    ) lengths
"""

Posting = tuple[np.ndarray, np.ndarray]
NO_POSTING: Posting = (np.empty(0, np.uint32), np.empty(0, np.uint8))


@dataclass(frozen=True)
class _Part:
    """Words that were read at once; of resources in `holds`, since others were read again later."""

    holds: BitMap
    postings: dict[str, Posting]

    def without(self, keys: BitMap) -> "_Part":
        return _Part(self.holds - keys, self.postings) if self.holds.intersect(keys) else self

    def get(self, lexeme: str) -> Posting:
        keys, counts = self.postings.get(lexeme, NO_POSTING)
        if len(keys):
            held = np.fromiter((key in self.holds for key in keys.tolist()), bool, len(keys))
            return keys[held], counts[held]
        return keys, counts


@dataclass
class FreshWords:
    """For each lexeme who has it among what is fresh, and how often: `get`.

    Words are read when they are first asked for: one query, none where nothing changed since. So are
    `lengths`, by place: how many words title, names and description have, which are told of all.
    """

    places: Places = field(default_factory=Places)
    lengths: np.ndarray = field(default_factory=lambda: np.zeros((3, 0), np.float32))
    # Those whose words are read, and those whose have to be.
    parts: tuple[_Part, ...] = ()
    pending: BitMap = NOBODY
    _reading: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def get(self, lexeme: str) -> Posting:
        """(primary keys, from the lowest; for each a byte of counts, see sources.WORDS)."""
        self.read()
        found = [part.get(lexeme) for part in self.parts]
        keys = np.concatenate([keys for keys, _counts in found] or [NO_POSTING[0]])
        counts = np.concatenate([counts for _keys, counts in found] or [NO_POSTING[1]])
        order = np.argsort(keys)
        return keys[order], counts[order]

    def lexemes(self) -> Iterator[str]:
        """All that there are, each once or more; some may be of before the last change."""
        self.read()
        for part in self.parts:
            yield from part.postings

    def read(self) -> None:
        """Reads what is pending. One query, or none."""
        if not self.pending:
            return
        with self._reading:
            if self.pending:
                self._read(self.pending)

    def _read(self, keys: BitMap) -> None:
        postings: dict[str, Posting] = {}
        lengths = self.lengths.copy()
        with connection.cursor() as cursor:
            cursor.execute(READ, [list(keys)])
            for lexeme, ids, packed in cursor:
                own = from_wire(ids).astype(np.uint32)
                if lexeme is not None:
                    postings[lexeme] = own, np.frombuffer(packed or b"", np.uint8)
                elif len(own):
                    lengths[:, self.places.of(own)] = from_wire(packed).reshape(-1, 3).T
        self.parts = (*(part.without(keys) for part in self.parts), _Part(keys, postings))
        self.lengths = lengths
        self.pending = NOBODY
