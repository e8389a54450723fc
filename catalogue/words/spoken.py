"""The words that the catalogue itself uses, as people type them: what spelling is compared with."""

import re
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import connection

from catalogue.tallies import Tallies
from catalogue.tallies.sets import from_wire
from catalogue.tallies.words import FreshWords

# So many words are known to spelling at most, those that count most.
MOST = 100_000
# Where so many resources are fresh at most, the words of each show at once.
FEW = 500
# Else, after they were gathered, they stay for so many times as long as it took.
REST = 50

# Without those that are written without spaces, of which each sign is a word.
WORD = re.compile(r"[^\W\d_\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff]{3,40}")
# As catalogue_fold in SQL has them.
MARKS = re.compile(
    "[\u0300-\u0305\u0307-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640"
    "\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff]|(?<=[a-zA-Z])\u0306"
)
LETTERS = str.maketrans(
    {
        **dict(zip("øłđðıςё", "olddiσе", strict=True)),
        **{"ß": "ss", "þ": "th", "æ": "ae", "œ": "oe"},
    }
)
TEXTS = "SELECT title, left(description, 50000) FROM catalogue_resource WHERE status = 'published'"
NAMES = """
    SELECT concat_ws(' ', title, array_to_string(synonyms, ' '), i18n ->> 'title_cy')
    FROM catalogue_skill WHERE status = 'published'
    UNION ALL SELECT concat_ws(' ', name, array_to_string(synonyms, ' '))
    FROM catalogue_tag WHERE status = 'published'
    UNION ALL SELECT name FROM catalogue_organisation WHERE status = 'published'
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
    nothing changed, else three."""
    kept = _kept
    if kept is not None and _is_good(kept, tallies):
        return kept.dictionary
    # Others go on with what there is, while one gathers.
    if not _gathering.acquire(blocking=kept is None):
        return kept.dictionary
    try:
        if _kept is kept:
            _gather(tallies, kept)
        return _kept.dictionary
    finally:
        _gathering.release()


def forget() -> None:
    """Gathers words anew."""
    global _kept
    _kept = None


def folded(text: str) -> str:
    """`text` in small letters without accents, as catalogue_fold in SQL makes it."""
    if text.isascii():
        return text.lower()
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text))
    small = unicodedata.normalize("NFC", bare).lower()
    return small if small.isascii() else small.translate(LETTERS)


def counted(texts: Iterable[tuple[str, str]]) -> Counter[str]:
    """How many of (title, description) hold each word, those twice that hold it in the title."""
    found: Counter[str] = Counter()
    for title, description in texts:
        in_title = set(WORD.findall(folded(title)))
        found.update(in_title)
        found.update(in_title.union(WORD.findall(folded(description))))
    return found


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
        settled = _settled([*tallies.chunks.values()])
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


def _settled(versions: list[int]) -> Counter[str]:
    """What chunks tell, as much as anybody needs of it. One query, or none."""
    found: Counter[str] = Counter()
    if not versions:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT words, numbers FROM catalogue_chunkwords WHERE version = ANY (%s)", [versions]
        )
        for words, numbers in cursor:
            for word, number in zip(words.split(), from_wire(numbers).tolist(), strict=True):
                found[word] += number
    return Counter(dict(found.most_common(MOST)))


def _fresh(keys: list[int]) -> Counter[str]:
    """What is fresh tells, and names. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        names = ((name, "") for (name,) in cursor.fetchall())
        found = counted(names)
        if keys:
            cursor.execute(f"{TEXTS} AND id = ANY (%s)", [keys])
            found += counted(cursor)
    return found
