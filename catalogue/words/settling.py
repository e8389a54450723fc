"""Making the words of a chunk anew, and comparing them with what they are made of."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from catalogue.naming import named
from catalogue.tallies.sources import SPOKEN, WORDS
from catalogue.words import spoken

OF_CHUNK = "resource.id BETWEEN %(first)s AND %(last)s"
HELD = f"""
    SELECT lexeme, string_agg(int4send(held), ''::bytea ORDER BY held) AS held
    FROM (
        SELECT lexeme COLLATE "C" AS lexeme, ((id - %(first)s)::int << 8) | counts AS held
        FROM ({WORDS.format(condition=OF_CHUNK)}) words
        -- Else what is sorted is worked out twice.
        OFFSET 0
    ) held
    GROUP BY lexeme
"""
PACKED = f"""
    SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '') AS words,
        coalesce(array_agg(number ORDER BY word COLLATE "C"), '{{}}') AS numbers
    FROM ({SPOKEN.format(condition=OF_CHUNK)}) spoken
    WHERE number > 1
"""
# What makes the words of a chunk anew: with its number, first and last primary key, and version.
SETTLE = (
    # Sorting what a chunk holds, a million words, in memory takes half as long.
    "SET LOCAL work_mem = '128MB'",
    "DELETE FROM catalogue_posting"
    " WHERE version = (SELECT version FROM catalogue_chunkwords WHERE number = %(number)s)",
    f"""
        INSERT INTO catalogue_chunkwords (number, version, words, numbers)
        SELECT %(number)s, %(version)s, packed.* FROM ({PACKED}) packed
        ON CONFLICT (number) DO UPDATE SET version = EXCLUDED.version, words = EXCLUDED.words,
            numbers = EXCLUDED.numbers
    """,
    f"""
        INSERT INTO catalogue_posting (version, lexeme, held)
        SELECT %(version)s, held.* FROM ({HELD}) held
    """,
)
# The words of all chunks, those that count most, in the order in which they are held.
TOGETHER = """
    SELECT coalesce(string_agg(word, ' ' ORDER BY length(word), word COLLATE "C"), '') AS words,
        coalesce(array_agg(number ORDER BY length(word), word COLLATE "C"), '{}') AS numbers
    FROM (
        SELECT word, sum(held)::int AS number
        FROM catalogue_chunkwords,
            unnest(string_to_array(words, ' '), numbers) AS told (word, held)
        GROUP BY word ORDER BY 2 DESC, word COLLATE "C" LIMIT %(most)s
    ) most
"""
VERSIONS = "SELECT coalesce(array_agg(version ORDER BY version), '{}') FROM catalogue_chunkwords"
PUT_TOGETHER = f"""
    INSERT INTO catalogue_vocabulary (id, versions, words, numbers)
    SELECT 1, ({VERSIONS}), together.* FROM ({TOGETHER}) together
    WHERE NOT EXISTS (SELECT FROM catalogue_vocabulary WHERE versions = ({VERSIONS}))
    ON CONFLICT (id) DO UPDATE SET versions = EXCLUDED.versions, words = EXCLUDED.words,
        numbers = EXCLUDED.numbers
"""
# What was put together of chunks that were made anew since is of before; workers add those.
WRONG_TOGETHER = f"""
    SELECT FROM catalogue_vocabulary kept, ({TOGETHER}) together
    WHERE kept.versions = ({VERSIONS})
        AND (kept.words <> together.words OR kept.numbers <> together.numbers)
"""
FRESH = "SELECT resource_id FROM catalogue_fresh WHERE resource_id BETWEEN %(first)s AND %(last)s"
KEPT = """
    SELECT posting.lexeme, posting.held FROM catalogue_chunk chunk
    JOIN catalogue_posting posting ON posting.version = chunk.version
    WHERE chunk.number = %(number)s
"""
KEPT_SPOKEN = "SELECT words, numbers FROM catalogue_chunkwords WHERE number = %(number)s"
# How many wrong words a sentence names.
NAMED = 5
WRONG = """
    SELECT resource.id, resource.title, resource.slug FROM catalogue_resource resource
    LEFT JOIN catalogue_organisation provider ON provider.id = resource.provider_id
    WHERE resource.found_by IS DISTINCT FROM catalogue_resource_words(
        resource.title, provider.name, resource.authors, resource.description, resource.languages,
        resource.description_language
    ) AND resource.id BETWEEN %(first)s AND %(last)s
    ORDER BY resource.id
"""
WRONG_NAMES = """
    SELECT 'skill', slug FROM catalogue_skill
    WHERE found_by IS DISTINCT FROM catalogue_name_words(title, synonyms, i18n)
    UNION ALL SELECT 'tag', slug FROM catalogue_tag
    WHERE found_by IS DISTINCT FROM catalogue_name_words(name, synonyms)
    UNION ALL SELECT 'organisation', slug FROM catalogue_organisation
    WHERE found_by IS DISTINCT FROM catalogue_name_words(name)
    ORDER BY 1, 2
"""
# What a row of each kind is written by, so that its trigger writes its words too, and nothing else.
WRITE = "UPDATE catalogue_{kind} SET {column} = {column} WHERE {key} = ANY (%s)"
NAME_COLUMNS = {"skill": "title", "tag": "name", "organisation": "name"}


class Range(Protocol):
    """A chunk, and the primary keys that it speaks for."""

    number: int
    first: int
    last: int


def write_words(chunk: Range) -> int:
    """Writes the words of the chunk’s resources that are found by others, as after triggers were switched
    off; how many these are. One query, two where there are some."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG, vars(chunk))
        wrong = [key for key, *_facts in cursor]
        # A statement that writes nothing moves the site's revision all the same.
        if wrong:
            cursor.execute(WRITE.format(kind="resource", column="title", key="id"), [wrong])
    return len(wrong)


def write_names() -> int:
    """Likewise, of skills, tags and organisations. One query, and one for each kind that has such."""
    wrong: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(WRONG_NAMES)
        for kind, slug in cursor.fetchall():
            wrong.setdefault(kind, []).append(slug)
        for kind, slugs in wrong.items():
            cursor.execute(WRITE.format(kind=kind, column=NAME_COLUMNS[kind], key="slug"), [slugs])
    return sum(map(len, wrong.values()))


def problems(chunk: Range) -> Iterator[str]:
    """A sentence for each thing that is kept of the chunk's words otherwise than its resources tell,
    leaving out what is marked as fresh. Six queries."""
    said = {"number": chunk.number, "first": chunk.first, "last": chunk.last}
    with connection.cursor() as cursor:
        cursor.execute(WRONG, said)
        for _key, title, slug in cursor.fetchall():
            yield _("%(resource)s is found by other words than its own.") % {
                "resource": named(title, slug)
            }
        cursor.execute(FRESH, said)
        fresh = np.array([key - chunk.first for (key,) in cursor], np.uint32)
        held = [_without(fresh, *_asked(cursor, sql, said)) for sql in (KEPT, HELD)]
        yield from _differing(chunk.number, *held)
        if not len(fresh):
            yield from _misspelt(cursor, said)


def put_together() -> None:
    """Puts the words of all chunks together, so that no worker has to; nothing where they are of these
    chunks already. One query.

    Whatever it is interrupted by, or overtaken, does no harm: it keeps of which versions of chunks it
    is, and workers add those that have others (see spoken.READ).
    """
    with connection.cursor() as cursor:
        cursor.execute(PUT_TOGETHER, {"most": spoken.MOST})


def problems_of_words_together() -> Iterator[str]:
    """A sentence where words that were put together are others than those of their chunks."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG_TOGETHER, {"most": spoken.MOST})
        if cursor.fetchall():
            yield _("The words to spell by of all chunks are others than those of each.")


def problems_of_names() -> Iterator[str]:
    """A sentence for each skill, tag and organisation that is found by other words than its names."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG_NAMES)
        for kind, slug in cursor.fetchall():
            yield _("%(kind)s %(slug)s: it is found by other words than its names.") % {
                "kind": kind,
                "slug": slug,
            }


def _asked(cursor: object, sql: str, said: dict[str, int]) -> list[tuple[str, bytes]]:
    cursor.execute(sql, said)
    return cursor.fetchall()


def _without(fresh: np.ndarray, *rows: tuple[str, bytes]) -> dict[str, bytes]:
    """For each lexeme what is held, but for those that are `fresh`."""
    found = {}
    for lexeme, held in rows:
        both = np.frombuffer(held, ">u4")
        left = both[~np.isin(both >> 8, fresh)] if len(fresh) else both
        if len(left):
            found[lexeme] = left.tobytes()
    return found


def _differing(number: int, kept: dict[str, bytes], right: dict[str, bytes]) -> Iterator[str]:
    for lexeme in sorted(kept.keys() | right.keys()):
        own, sources = kept.get(lexeme, b""), right.get(lexeme, b"")
        if own != sources:
            told = _(
                "Chunk %(number)s, word %(lexeme)s: it tells of %(own)s resources, and there are "
                "%(right)s; or it counts otherwise."
            )
            numbers = {"own": len(own) // 4, "right": len(sources) // 4}
            yield told % {"number": number, "lexeme": lexeme, **numbers}


def _misspelt(cursor: object, said: dict[str, int]) -> Iterator[str]:
    cursor.execute(KEPT_SPOKEN, said)
    kept = _spoken(*cursor.fetchall())
    cursor.execute(PACKED, said)
    right = _spoken(*cursor.fetchall())
    wrong = sorted(word for word in kept.keys() | right.keys() if kept.get(word) != right.get(word))
    if not wrong:
        return
    told = [
        _("%(word)s (%(own)s, and there are %(right)s)")
        % {"word": word, "own": kept.get(word, 0), "right": right.get(word, 0)}
        for word in wrong[:NAMED]
    ]
    yield _(
        "Chunk %(number)s has other words to spell by than its resources, %(wrong)s of them: %(words)s."
    ) % {"number": said["number"], "wrong": len(wrong), "words": ", ".join(told)}


def _spoken(*rows: tuple[str, list[int]]) -> dict[str, int]:
    """How many resources hold each word."""
    return {
        word: number
        for words, numbers in rows
        for word, number in zip(words.split(), numbers, strict=True)
    }
