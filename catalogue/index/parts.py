"""The parts of the index: what is made anew of a chunk, and how each part finds out what it says wrong.

A part is a list of statements and a question. A new one gets a line in PARTS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalogue.tallies import sources
from catalogue.words import settling


@dataclass(frozen=True)
class Range:
    """A chunk: its number, and the primary keys that it speaks for."""

    number: int
    first: int
    last: int


def nothing_wrong(chunk: Range) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True)
class Part:
    """`settle`: statements that make it anew for a chunk, after the row of the chunk itself, with the
    parameters number, first, last (primary keys) and version. `problems(chunk)`: a sentence for each
    thing that it says otherwise than the sources, in a transaction that reads one instant, leaving
    out what is marked as fresh."""

    settle: tuple[str, ...]
    problems: Callable[[Range], Iterator[str]] = nothing_wrong


WITHIN = "resource.id BETWEEN %(first)s AND %(last)s"
SETS = Part(
    settle=(
        "DELETE FROM catalogue_chunkset WHERE chunk_id = %(number)s",
        f"""
            WITH {sources.PUBLIC.format(condition=WITHIN)}
            INSERT INTO catalogue_chunkset (chunk_id, name, value, level, members)
            SELECT %(number)s, name, value, level,
                string_agg(int2send((id - %(first)s)::int2), ''::bytea)
            FROM (SELECT * FROM ({sources.MEMBERS}) every ORDER BY id) members
            GROUP BY name, value, level
        """,
    )
)
LENGTHS = Part(
    settle=(
        f"""
            UPDATE catalogue_chunk SET lengths = coalesce((
                SELECT string_agg(
                    int2send((id - %(first)s)::int2) || int2send(least(title, 32767)::int2)
                    || int2send(least(names, 32767)::int2) || int2send(least(body, 32767)::int2),
                    ''::bytea ORDER BY id
                ) FROM ({sources.LENGTHS.format(condition=WITHIN)}) lengths
            ), ''::bytea)
            WHERE number = %(number)s
        """,
    )
)
WORDS = Part(settle=settling.SETTLE, problems=settling.problems)
PARTS = (SETS, LENGTHS, WORDS)
