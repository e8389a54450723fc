"""Making the words of a chunk anew, and comparing them with what they are made of."""

from collections.abc import Iterator

import numpy as np
from django.db import connection

from catalogue.tallies.places import CHUNK
from catalogue.tallies.sources import WORDS
from catalogue.words.spoken import TEXTS, counted

OF_CHUNK = "resource.id BETWEEN %(first)s AND %(last)s"
HELD = f"""
    SELECT lexeme, string_agg(int4send(held), ''::bytea ORDER BY held)
    FROM (
        SELECT lexeme COLLATE "C" AS lexeme, ((id - %(first)s)::int << 8) | counts AS held
        FROM ({WORDS.format(condition=OF_CHUNK)}) words
    ) held
    GROUP BY lexeme
"""
WRITE_POSTINGS = f"""
    INSERT INTO catalogue_posting (version, lexeme, held)
    SELECT %(version)s, held.* FROM ({HELD}) held
"""
WRITE_WORDS = "INSERT INTO catalogue_chunkwords (version, words, numbers) VALUES (%s, %s, %s)"
# What one resource alone holds, in its description alone, is left out: most of it is misspelt.
LEAST = 2
FRESH = "SELECT resource_id FROM catalogue_fresh WHERE resource_id BETWEEN %(first)s AND %(last)s"
WRONG = """
    SELECT resource.id FROM catalogue_resource resource
    LEFT JOIN catalogue_organisation provider ON provider.id = resource.provider_id
    WHERE resource.found_by IS DISTINCT FROM catalogue_resource_words(
        resource.title, provider.name, resource.authors, resource.description, resource.languages,
        resource.description_language
    )
    ORDER BY resource.id
"""
WRONG_NAMES = {
    "skill": "SELECT slug FROM catalogue_skill"
    " WHERE found_by IS DISTINCT FROM catalogue_name_words(title, synonyms, i18n)",
    "tag": "SELECT slug FROM catalogue_tag"
    " WHERE found_by IS DISTINCT FROM catalogue_name_words(name, synonyms)",
    "organisation": "SELECT slug FROM catalogue_organisation"
    " WHERE found_by IS DISTINCT FROM catalogue_name_words(name)",
}


def settle(number: int, version: int) -> None:
    """Writes the words of the chunk `number` as `version`, from the resources themselves, in the
    transaction of whoever makes the chunk. Four statements."""
    with connection.cursor() as cursor:
        # The sort of a million rows or so, at once.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(WRITE_POSTINGS, {**_bounds(number), "version": version})
        words, numbers = _spoken(number)
        cursor.execute(WRITE_WORDS, [version, words, numbers])


def remove(versions: list[int]) -> None:
    """Removes what was written as `versions`. Two statements."""
    with connection.cursor() as cursor:
        for table in "catalogue_posting", "catalogue_chunkwords":
            cursor.execute(f"DELETE FROM {table} WHERE version = ANY (%s)", [versions])


def differing(number: int, version: int) -> Iterator[str]:
    """A sentence for each lexeme of which the chunk `number` tells otherwise than those of its resources
    that are not fresh."""
    with connection.cursor() as cursor:
        cursor.execute(FRESH, _bounds(number))
        fresh = np.array([key - number * CHUNK for (key,) in cursor], np.uint32)
        cursor.execute(HELD, _bounds(number))
        expected = {lexeme: _without(held, fresh) for lexeme, held in cursor}
        cursor.execute("SELECT lexeme, held FROM catalogue_posting WHERE version = %s", [version])
        told = {lexeme: _without(held, fresh) for lexeme, held in cursor}
        for lexeme in sorted({*expected, *told}):
            own, said = expected.get(lexeme, b""), told.get(lexeme, b"")
            if own != said:
                yield (
                    f"Chunk {number} has “{lexeme}” in {len(said) // 4:,} resources, or otherwise in "
                    f"these; {len(own) // 4:,} have it."
                )
        if not len(fresh):
            cursor.execute(
                "SELECT words, numbers FROM catalogue_chunkwords WHERE version = %s", [version]
            )
            words, numbers = cursor.fetchone() or ("", b"")
            if (words, bytes(numbers)) != _spoken(number):
                yield f"Chunk {number} has other words to spell by than its resources."


def misread() -> Iterator[str]:
    """A sentence for each row whose column `found_by` is not what its texts make of it."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG)
        for (key,) in cursor.fetchall():
            yield f"Resource {key} is found by other words than its own."
        for noun, wrong in WRONG_NAMES.items():
            cursor.execute(wrong)
            for (slug,) in cursor.fetchall():
                yield f"The {noun} “{slug}” is found by other words than its own."


def _bounds(number: int) -> dict[str, int]:
    return {"first": number * CHUNK, "last": (number + 1) * CHUNK - 1}


def _without(held: bytes, fresh: np.ndarray) -> bytes:
    if not len(fresh):
        return bytes(held)
    both = np.frombuffer(held, ">u4")
    return both[~np.isin(both >> 8, fresh)].tobytes()


def _spoken(number: int) -> tuple[str, bytes]:
    """Words and numbers of the chunk, as ChunkWords has them."""
    with connection.cursor() as cursor:
        cursor.execute(f"{TEXTS} AND id BETWEEN %(first)s AND %(last)s", _bounds(number))
        found = counted(cursor)
    kept = sorted(word for word, count in found.items() if count >= LEAST)
    return " ".join(kept), np.array([found[word] for word in kept], ">i4").tobytes()
