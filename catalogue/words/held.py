"""Which resources hold a lexeme, and how often in which of their texts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from django.db import connection
from pyroaring import BitMap

from catalogue.tallies import Tallies, places
from catalogue.tallies.sets import keys_of
from catalogue.words import names
from catalogue.words.names import Called, named
from catalogue.words.recent import Recent

# What workers keep of postings, in bytes; what keeping one costs beside its arrays.
MOST = 10 * 2**20
KEEPING = 400
# Versions come along, so that what is nowhere in a chunk is known, too; and what things are called.
READ = f"""
    SELECT number, version, NULL AS lexeme, NULL::bytea AS held, NULL AS name, NULL AS slug,
        NULL::bool AS is_own
    FROM catalogue_chunk WHERE number = ANY (%(numbers)s)
    UNION ALL
    SELECT chunk.number, chunk.version, posting.lexeme, posting.held, NULL, NULL, NULL
    FROM catalogue_chunk chunk
    JOIN catalogue_posting posting
        ON posting.version = chunk.version AND posting.lexeme = ANY (%(lexemes)s)
    WHERE chunk.number = ANY (%(numbers)s)
    UNION ALL
    SELECT NULL, NULL, lexeme, NULL, name, slug, is_own FROM ({names.NAMED}) named
"""


@dataclass(frozen=True)
class Posting:
    """Published resources that hold a lexeme: `keys`, their primary keys in ascending order (uint32),
    and `counts` (uint8), for each how often it stands in the title (bits 6 and 7: 3 is three or
    more), in the names of provider and authors (bits 4 and 5, likewise), and in the description
    (bits 0 to 3: 15 is fifteen or more). Never change the arrays."""

    keys: np.ndarray
    counts: np.ndarray

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def titles(self) -> np.ndarray:
        return self.counts >> 6

    @property
    def names(self) -> np.ndarray:
        return self.counts >> 4 & 3

    @property
    def descriptions(self) -> np.ndarray:
        return self.counts & 15


NONE = Posting(np.empty(0, np.uint32), np.empty(0, np.uint8))


@dataclass(frozen=True)
class _Settled:
    """A posting as chunks of these versions have it."""

    posting: Posting
    versions: dict[int, int]


_recent: Recent[str, _Settled] = Recent(MOST)


def postings(lexemes: Collection[str], tallies: Tallies) -> dict[str, Posting]:
    """Of each of `lexemes`, the published resources of `tallies` that hold it. One query, none where
    all were asked lately and nothing changed; one more where words of what is fresh aren't read yet.
    """
    return _with_all_fresh(_settled(lexemes, tallies), tallies)


def postings_and_names(
    lexemes: Collection[str], tallies: Tallies
) -> tuple[dict[str, Posting], dict[str, Called]]:
    """`postings`, and what is called by each of `lexemes`, by the same query."""
    known = names.lately(tallies.named)
    unnamed = [lexeme for lexeme in lexemes if lexeme not in known]
    settled = _settled(lexemes, tallies, unnamed, known)
    return _with_all_fresh(settled, tallies), {lexeme: known[lexeme] for lexeme in lexemes}


def forget() -> None:
    """Reads postings anew."""
    _recent.clear()


def _with_all_fresh(settled: dict[str, Posting], tallies: Tallies) -> dict[str, Posting]:
    own = tallies.fresh_words
    fresh = tallies.made("fresh keys", lambda: keys_of(tallies.fresh))
    return {
        lexeme: _with_fresh(posting, fresh, Posting(*own.get(lexeme)))
        for lexeme, posting in settled.items()
    }


def _with_fresh(settled: Posting, fresh: np.ndarray, own: Posting) -> Posting:
    """`settled` without the keys of what is `fresh`, and with what that has of its `own`."""
    keys, counts = settled.keys, settled.counts
    at = np.searchsorted(keys, fresh)
    at = at[at < len(keys)]
    stale = at[keys[at] == fresh[: len(at)]]
    if len(stale):
        keys, counts = np.delete(keys, stale), np.delete(counts, stale)
    if len(own):
        at = np.searchsorted(keys, own.keys)
        keys, counts = np.insert(keys, at, own.keys), np.insert(counts, at, own.counts)
    return settled if keys is settled.keys else Posting(keys, counts)


def _settled(
    lexemes: Collection[str],
    tallies: Tallies,
    unnamed: Collection[str] = (),
    known: dict[str, Called] | None = None,
) -> dict[str, Posting]:
    """What chunks tell of `lexemes`; what is called by those that are `unnamed` is read along with it, and
    added to what is `known`. One query, or none."""
    if not tallies.chunks:
        if unnamed:
            known.update(named(unnamed))
        return dict.fromkeys(lexemes, NONE)
    kept = _recent.those_of(lexemes)
    missing = {
        lexeme: numbers
        for lexeme in lexemes
        if (numbers := _differing(kept.get(lexeme), tallies.chunks))
    }
    if missing or unnamed:
        numbers = set().union(*missing.values())
        versions, parts, called = _read(list(missing), numbers, unnamed)
        if unnamed:
            known.update(called)
        for lexeme in missing:
            kept[lexeme] = one = _renewed(
                kept.get(lexeme), versions, parts.get(lexeme, {}), tallies
            )
            _recent.keep(lexeme, one, KEEPING + 5 * len(one.posting))
    return {lexeme: _as_of(kept[lexeme], tallies) for lexeme in lexemes}


def _differing(kept: _Settled | None, versions: dict[int, int]) -> set[int]:
    """The chunks that `kept` has not in these versions."""
    if kept is None:
        return {*versions}
    if kept.versions is versions:
        return set()
    return {number for number, version in versions.items() if kept.versions.get(number) != version}


def _read(
    lexemes: list[str], numbers: Iterable[int], unnamed: Collection[str]
) -> tuple[dict[int, int], dict[str, dict[int, Posting]], dict[str, Called]]:
    """The versions of chunks now, what these hold of `lexemes`, by chunk, and what is called by those that
    are `unnamed`. One query."""
    versions: dict[int, int] = {}
    parts: dict[str, dict[int, Posting]] = {}
    told: list[names.Row] = []
    said = {"lexemes": lexemes, "numbers": sorted(numbers), "names": list(unnamed)}
    with connection.cursor() as cursor:
        cursor.execute(READ, said)
        for number, version, lexeme, held, *name in cursor:
            if number is None:
                told.append((name[0], name[1], lexeme, name[2]))
            elif lexeme is None:
                versions[number] = version
            else:
                parts.setdefault(lexeme, {})[number] = unpacked(number, held)
    return versions, parts, names.called(unnamed, told)


def unpacked(number: int, held: bytes) -> Posting:
    """What a row of the chunk `number` holds."""
    both = np.frombuffer(held, ">u4").astype(np.uint32)
    return Posting((both >> 8) + np.uint32(number * places.CHUNK), both.astype(np.uint8))


def _renewed(
    before: _Settled | None,
    versions: dict[int, int],
    parts: dict[int, Posting],
    tallies: Tallies,
) -> _Settled:
    """`before` with `parts` in the place of what chunks of `versions` told before."""
    found, now = dict(parts), dict(versions)
    for number in before.versions if before else ():
        if number not in versions and number in tallies.chunks:
            keys = before.posting.keys
            own = slice(
                *np.searchsorted(keys, [number * places.CHUNK, (number + 1) * places.CHUNK])
            )
            found[number] = Posting(keys[own], before.posting.counts[own])
            now[number] = before.versions[number]
    whole = _joined([found[number] for number in sorted(found)])
    # Shared by as many as are of the same versions.
    return _Settled(whole, tallies.chunks if now == tallies.chunks else now)


def _joined(parts: list[Posting]) -> Posting:
    if not parts:
        return NONE
    return Posting(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.counts for part in parts]),
    )


def _as_of(kept: _Settled, tallies: Tallies) -> Posting:
    """Without what came in since: a chunk may have been made anew after `tallies` were."""
    if not _differing(kept, tallies.chunks):
        return kept.posting
    known = keys_of(BitMap(kept.posting.keys) & tallies.every)
    return Posting(known, kept.posting.counts[np.searchsorted(kept.posting.keys, known)])
