"""The words that the catalogue itself uses, as people type them: what spelling is compared with."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from catalogue.in_time import without_hurry
from catalogue.tallies import Tallies
from catalogue.tallies import words as fresh
from catalogue.tallies.names import Names
from catalogue.words import tongues
from catalogue.words.lengths import Dictionary

# So many words are put together of all chunks at most, those that count most.
MOST = 100_000
# Where more chunks than that were made since, as while much is imported, adding them takes long: what
# was read then stays for so many times as long as it took.
FEW_CHUNKS, REST = 8, 50

NAMED = """
    SELECT lexeme AS word, count(*)::int AS number
    FROM (
        SELECT concat_ws(' ', title, array_to_string(synonyms, ' '), i18n ->> 'title_cy') AS name
        FROM catalogue_skill WHERE status = 'published'
        UNION ALL SELECT concat_ws(' ', name, array_to_string(synonyms, ' '))
        FROM catalogue_tag WHERE status = 'published'
        UNION ALL SELECT name FROM catalogue_organisation WHERE status = 'published'
    ) names, unnest(to_tsvector('simple', catalogue_fold(catalogue_apart(name))))
    WHERE length(lexeme) BETWEEN 3 AND 40 AND lexeme !~ '[0-9]'
    GROUP BY lexeme
"""
# What was put together of all chunks, what was made anew since, what things are called, and, since whoever
# reads these needs it next, which languages it is in.
READ = f"""
    SELECT 'together' AS name, words, numbers FROM catalogue_vocabulary
    UNION ALL SELECT 'chunk', words, numbers FROM catalogue_chunkwords WHERE version <> ALL (
        SELECT unnest(versions) FROM catalogue_vocabulary
    )
    UNION ALL SELECT 'named', string_agg(word, ' '), array_agg(number)
    FROM ({NAMED}) named HAVING count(*) > 0
    UNION ALL SELECT 'written', string_agg(mark, ' '), NULL FROM ({tongues.WRITTEN}) written
"""
# The same, and the words of what is fresh, where these are to be read as well.
WITH_FRESH = f"""
    SELECT name, words, numbers, NULL::bytea AS keys, NULL::bytea AS counts, NULL::int AS number
    FROM ({READ}) every
    UNION ALL SELECT name, word, NULL, keys, counts, number FROM ({fresh.READ}) fresh
"""


@dataclass(frozen=True)
class _Settled:
    """The words of chunks and names, of which they are, and until when they stay in any case
    (time.monotonic)."""

    dictionary: Dictionary
    chunks: dict[int, int]
    named: Names
    rested_at: float

    def is_of(self, tallies: Tallies) -> bool:
        return self.chunks == tallies.chunks and self.named is tallies.named


_kept: _Settled | None = None
_reading = threading.Lock()


def dictionary(tallies: Tallies) -> Dictionary:
    """The words that published resources of `tallies` are written in, and names: of chunks the MOST that
    count most. What changed lately may be counted twice. No query where nothing changed; one where
    chunks or names did, or words of what is fresh aren't read yet."""
    return tallies.made("dictionary", lambda: _settled(tallies).plus(tallies.fresh_words.spoken()))


def forget() -> None:
    """Reads words anew."""
    global _kept
    _kept = None


def _settled(tallies: Tallies) -> Dictionary:
    global _kept
    kept = _kept
    if kept is not None and (kept.is_of(tallies) or time.monotonic() < kept.rested_at):
        return kept.dictionary
    # Others go on with what there is, while one reads.
    if not _reading.acquire(blocking=kept is None):
        return kept.dictionary
    try:
        if _kept is kept:
            with without_hurry():
                _kept = _read(tallies)
        return _kept.dictionary
    finally:
        _reading.release()


def _read(tallies: Tallies) -> _Settled:
    """One query."""
    start = time.monotonic()
    together = Dictionary()
    apart: dict[str, int] = {}
    chunks = 0
    pending = tallies.fresh_words.pending
    fresh_rows: list[tuple] = []
    with connection.cursor() as cursor:
        said = {"marks": list(tongues.MARKS), "keys": list(pending)}
        cursor.execute(WITH_FRESH if pending else READ, said)
        for name, words, numbers, *row in cursor:
            if name in fresh.TOLD:
                fresh_rows.append((name, words, *row))
            elif name == "written":
                tongues.keep(tallies.chunks, (words or "").split())
            elif name == "together":
                together = Dictionary.in_order(words.split(), numbers)
            else:
                chunks += name == "chunk"
                _add(apart, zip(words.split(), numbers, strict=True))
    tallies.fresh_words.take(pending, fresh_rows)
    took = time.monotonic() - start
    return _Settled(
        together.plus(apart),
        tallies.chunks,
        tallies.named,
        rested_at=start + (REST * took if chunks > FEW_CHUNKS else 0),
    )


def _add(counts: dict[str, int], more: Iterable[tuple[str, int]]) -> None:
    for word, number in more:
        counts[word] = counts.get(word, 0) + number
