"""Making chunks anew, while the site serves and people edit."""

import logging
import threading
from datetime import datetime

from django.db import connection, transaction

from catalogue.index.parts import PARTS, WITHIN, Range
from catalogue.models import Chunk
from catalogue.tallies import places, sources
from catalogue.words import settling as words

log = logging.getLogger(__name__)

# Who holds this lock in Postgres, with a chunk's number, makes that chunk anew.
SETTLING = 5_318_023
# So many marks, and so many more for each chunk, are too many: what is marked is read by itself, by
# every worker. More are let stand where there is more to make anew for them.
MARKS = 500
MARKS_OF_A_CHUNK = 60

MAKE = f"""
    WITH {sources.PUBLIC.format(condition=WITHIN)}
    INSERT INTO catalogue_chunk (number, version, made_at, lengths, {", ".join(sources.COLUMNS)})
    SELECT %(number)s, nextval(pg_get_serial_sequence('catalogue_fresh', 'stamp')), now(), '',
        {", ".join(f"coalesce(string_agg({one}, ''::bytea ORDER BY id), '')" for one in sources.COLUMNS.values())}
    FROM public
    ON CONFLICT (number) DO UPDATE SET version = EXCLUDED.version, made_at = EXCLUDED.made_at,
        {", ".join(f"{name} = EXCLUDED.{name}" for name in sources.COLUMNS)}
    RETURNING version
"""
MOVE_SITE = """
    INSERT INTO catalogue_sitemove (transaction)
    VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING
"""
# Chunks that have marks, with how many resources of each; those that have the most first.
MARKED = """
    SELECT (resource_id / %s)::int, count(DISTINCT resource_id) FROM catalogue_fresh
    GROUP BY 1 ORDER BY 2 DESC, 1
"""


def range_of(number: int) -> Range:
    first = number * places.CHUNK
    return Range(number, first, first + places.CHUNK - 1)


@transaction.atomic
def settle(number: int) -> None:
    """Makes chunk `number` anew from the sources, and takes the marks away that were there before.

    Nobody waits for it but who makes the same chunk. The marks are read first: an edit that commits
    later may be in what is read afterwards, wholly or in part, and keeps its mark, by which the chunk
    says nothing of it. So no statement here has to see the same instant as another.
    """
    own = range_of(number)
    said = vars(own)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SETTLING, number])
        cursor.execute(
            "SELECT coalesce(array_agg(stamp), '{}') FROM catalogue_fresh"
            " WHERE resource_id BETWEEN %(first)s AND %(last)s",
            said,
        )
        stamps = cursor.fetchone()[0]
        cursor.execute(MAKE, said)
        version = cursor.fetchone()[0]
        for part in PARTS:
            for statement in part.settle:
                cursor.execute(statement, {**said, "version": version})
        cursor.execute("DELETE FROM catalogue_fresh WHERE stamp = ANY (%s)", [stamps])
        # Workers know the chunk's last version, of which words may be thrown away.
        cursor.execute(MOVE_SITE)


def put_together() -> None:
    """Brings up to date what is kept of all chunks together, after some were made anew. One query; until
    then workers add up what these say, which takes them longer."""
    words.put_together()


def write_words(number: int) -> None:
    """Writes what resources of chunk `number` are found by, where that is otherwise than their texts say, as
    after triggers were switched off. It marks them as fresh."""
    words.write_words(range_of(number))


def write_names() -> None:
    """Likewise, of skills, tags and organisations."""
    words.write_names()


def marked() -> dict[int, int]:
    """How many resources of each chunk are marked, the most first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(MARKED, [places.CHUNK])
        return dict(cursor.fetchall())


def most_marks(chunks: int) -> int:
    """How many marks are too many where there are so many chunks."""
    return MARKS + MARKS_OF_A_CHUNK * chunks


def settle_marked(*, leave: int) -> None:
    """Makes chunks anew, those with the most marks first, until `leave` resources are marked at most.
    Each is a transaction of its own."""
    found = marked()
    left = sum(found.values())
    for number, marks in found.items():
        if left <= leave:
            break
        settle(number)
        left -= marks


def settle_imported(*, is_done: bool) -> None:
    """Puts what an import changed into chunks: those that it has filled, and when it `is_done`, others
    too unless few are marked. Nothing inside a transaction, which may be taken back."""
    if connection.in_atomic_block:
        return
    if is_done:
        settle_marked(leave=most_marks(Chunk.objects.count()) // 2)
        put_together()
        sweep()
        return
    found = marked()
    for number, marks in found.items():
        # New keys grow, so it adds to the last chunk still; of others few may be marked by edits.
        if number < max(found) and marks > places.CHUNK // 4:
            settle(number)


def sweep() -> None:
    """Lets PostgreSQL sweep marks away that are gone: whoever asks for new ones goes through the table.
    Not inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM catalogue_fresh")


_settling = threading.Lock()


def settle_beside() -> None:
    """Makes chunks anew in a thread, until half as many are marked as may be, unless one is at it."""
    if not _settling.acquire(blocking=False):
        return
    try:
        threading.Thread(target=_settle_beside, name="settle", daemon=True).start()
    except RuntimeError:  # The machine has no thread left; a later page tries again.
        _settling.release()


def _settle_beside() -> None:
    try:
        with connection.cursor() as cursor:
            # Other workers have noticed too: one of them is enough. It goes with the connection.
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [SETTLING])
            if cursor.fetchone()[0]:
                settle_marked(leave=most_marks(Chunk.objects.count()) // 2)
                put_together()
    except Exception:
        log.exception("The search index could not be brought up to date")
    finally:
        try:
            connection.close()
        finally:
            _settling.release()


def chunks_to_make(before: datetime | None = None) -> list[int]:
    """Numbers of all chunks that there are or have to be, those made longest ago first; only those that
    were not made since `before`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT number FROM (
                SELECT number, made_at FROM catalogue_chunk
                UNION ALL
                SELECT DISTINCT (id / %(size)s)::int, NULL::timestamptz FROM catalogue_resource
                WHERE status = 'published'
                UNION ALL
                SELECT DISTINCT (resource_id / %(size)s)::int, NULL::timestamptz FROM catalogue_fresh
            ) found GROUP BY number
            HAVING max(made_at) IS NULL OR %(before)s IS NULL OR max(made_at) < %(before)s
            ORDER BY max(made_at) NULLS FIRST, number
            """,
            {"size": places.CHUNK, "before": before},
        )
        return [number for (number,) in cursor.fetchall()]
