"""The words that the catalogue itself uses, as people type them: what spelling is compared with."""

import threading
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
from django.db import connection

from catalogue.in_time import without_hurry
from catalogue.models import ChunkWords
from catalogue.tallies import Tallies
from catalogue.tallies.sets import from_wire
from catalogue.tallies.words import FreshWords

# So many words are known to spelling at most, those that count most.
MOST = 100_000
# Where so many resources are fresh at most, the words of each show at once.
FEW = 500
# Else, after they were gathered, they stay for so many times as long as it took.
REST = 50
# So many chunks are read by a statement.
AT_A_TIME = 4

# How many resources hold each word, those twice that hold it in the title, of those for which
# `{condition}` holds. Where words are written without spaces, each sign is one, and too short.
# Each word is looked at once, and not each time it stands somewhere: therefore OFFSET.
SPOKEN = """
    SELECT word, number
    FROM (
        SELECT lexeme AS word,
            (count(*) + count(*) FILTER (WHERE 'A' = ANY (weights)))::int AS number
        FROM catalogue_resource resource,
            unnest(
                setweight(to_tsvector('simple', catalogue_fold(catalogue_apart(title))), 'A')
                || to_tsvector('simple', catalogue_fold(catalogue_apart(left(description, 50000))))
            )
        WHERE status = 'published' AND {condition}
        GROUP BY lexeme OFFSET 0
    ) spoken
    WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]'
"""
NAMED = """
    SELECT lexeme, count(*)
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


@dataclass(frozen=True)
class Dictionary:
    """Words of titles, descriptions and names as they stand there, in small letters without accents,
    and in `numbers` (int32) how many resources hold each, those twice that hold it in the title; the
    commonest first. What changed lately may be counted twice or not yet."""

    words: list[str]
    numbers: np.ndarray


@dataclass(frozen=True)
class _Kept:
    """What was gathered, of what, and until when it stays in any case (time.monotonic)."""

    dictionary: Dictionary
    settled: Counter[str]
    chunks: dict[int, int]
    fresh: FreshWords
    rested_at: float


_kept: _Kept | None = None
_gathering = threading.Lock()


def dictionary(tallies: Tallies) -> Dictionary:
    """The words that published resources of `tallies` are written in, MOST at most. No query where
    nothing changed, else two."""
    kept = _kept
    if kept is not None and _is_good(kept, tallies):
        return kept.dictionary
    # Others go on with what there is, while one gathers.
    if not _gathering.acquire(blocking=kept is None):
        return kept.dictionary
    try:
        if _kept is kept:
            with without_hurry():
                _gather(tallies, kept)
        return _kept.dictionary
    finally:
        _gathering.release()


def forget() -> None:
    """Gathers words anew."""
    global _kept
    _kept = None


def _is_good(kept: _Kept, tallies: Tallies) -> bool:
    if kept.chunks == tallies.chunks and kept.fresh is tallies.fresh_words:
        return True
    return len(tallies.fresh) > FEW and time.monotonic() < kept.rested_at


def _gather(tallies: Tallies, before: _Kept | None) -> None:
    global _kept
    start = time.monotonic()
    if before is not None and before.chunks == tallies.chunks:
        settled = before.settled
    else:
        settled = _settled([*tallies.chunks])
    every = settled + _fresh([*tallies.fresh])
    first = every.most_common(MOST)
    numbers = np.array([number for _word, number in first], np.int32)
    _kept = _Kept(
        Dictionary([word for word, _number in first], numbers),
        settled,
        tallies.chunks,
        tallies.fresh_words,
        rested_at=time.monotonic() + REST * (time.monotonic() - start),
    )


def _settled(numbers: list[int]) -> Counter[str]:
    """What chunks tell, as much as anybody needs of it. One query for each four."""
    found: Counter[str] = Counter()
    # A few at a time: all of them at once would be larger than what comes of them.
    for start in range(0, len(numbers), AT_A_TIME):
        rows = ChunkWords.objects.filter(number__in=numbers[start : start + AT_A_TIME])
        for words, packed in rows.values_list("words", "numbers"):
            for word, number in zip(words.split(), from_wire(packed).tolist(), strict=True):
                found[word] += number
    return Counter(dict(found.most_common(MOST)))


def _fresh(keys: list[int]) -> Counter[str]:
    """What is fresh tells, and names. One query."""
    with connection.cursor() as cursor:
        fresh = SPOKEN.format(condition="id = ANY (%s)")
        cursor.execute(f"{fresh} UNION ALL {NAMED}", [keys])
        found: Counter[str] = Counter()
        for word, number in cursor:
            found[word] += number
    return found
