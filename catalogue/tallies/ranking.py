"""Ranks by title: a number for each resource that grows with the order of titles.

Only PostgreSQL knows that order. Where many have other titles it is asked for the order of all; where
few have, for their neighbours, between whose ranks there is room for another number.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
from django.db import connection
from pyroaring import BitMap

from catalogue.tallies.counting import Columns
from catalogue.tallies.sets import from_wire, keys_of, set_of

# Of more, all are put in order again.
FEW = 400

# In pieces: a connection stays for good as large as the largest row that came by it.
ORDER = """
    SELECT string_agg(int4send(id::int), ''::bytea ORDER BY place) FROM (
        SELECT id, row_number() OVER (ORDER BY sort_key, id) AS place
        FROM catalogue_resource WHERE status = 'published'
    ) ordered
    GROUP BY place >> 16 ORDER BY place >> 16
"""
# For each that a table `public` lists, in order, itself, the one before it and the one after it: three
# numbers of four bytes, 0 for none.
NEIGHBOURS = """
    SELECT string_agg(int4send(id::int) || int4send(coalesce((
        SELECT id FROM catalogue_resource other
        WHERE status = 'published' AND (other.sort_key, other.id) < (own.sort_key, own.id)
        ORDER BY other.sort_key DESC, other.id DESC LIMIT 1
    ), 0)::int) || int4send(coalesce((
        SELECT id FROM catalogue_resource other
        WHERE status = 'published' AND (other.sort_key, other.id) > (own.sort_key, own.id)
        ORDER BY other.sort_key, other.id LIMIT 1
    ), 0)::int), ''::bytea ORDER BY sort_key, id) AS neighbours
    FROM public own
"""
ASKED = f"""
    WITH public AS (
        SELECT id, sort_key FROM catalogue_resource WHERE id = ANY (%s) AND status = 'published'
    ) {NEIGHBOURS}
"""

Neighbours = tuple[int, int, int]


def neighbours(packed: bytes | None) -> list[Neighbours]:
    """What NEIGHBOURS told."""
    return list(map(tuple, from_wire(packed).reshape(-1, 3).tolist()))


def ranked(
    columns: Columns, known: BitMap, new: BitMap, told: Iterable[Neighbours] = ()
) -> Columns:
    """`columns` with ranks for those in `new`, where those in `known` have theirs. No query where
    there are none, nor where their neighbours are `told`; else one, and one where these don't tell."""
    if not new:
        return columns
    if known and len(new) <= FEW:
        rows = [row for row in told if row[0] in new]
        if len(rows) < len(new):
            with connection.cursor() as cursor:
                cursor.execute(ASKED, [list(new)])
                rows = neighbours(*cursor.fetchone())
        found = _between(columns, known, rows)
        if found is not None and len(found) == len(new):
            keys = np.array(list(found), np.uint32)
            return columns.having(keys, ranks=np.array(list(found.values()), np.float64))
    return _ranked_anew(columns, known | new)


def _between(
    columns: Columns, known: BitMap, rows: Iterable[Neighbours]
) -> dict[int, float] | None:
    """A rank for each of `rows`, which come in order. None where one has a neighbour that is neither
    known nor one of them, or where there is no room left."""
    found: dict[int, float] = {}
    run: list[int] = []
    start: float | None = None
    own = {key for key, _before, _after in rows}
    for key, before, after in rows:
        if not run:
            if before and before not in known:
                return None
            start = _rank(columns, before) if before else None
        run.append(key)
        if after in own:
            continue
        if after and after not in known:
            return None
        end = _rank(columns, after) if after else None
        ranks = _spread(start, end, len(run))
        if ranks is None:
            return None
        found |= zip(run, ranks, strict=True)
        run = []
    return found


def _rank(columns: Columns, key: int) -> float:
    return float(columns.ranks[columns.places.of(np.array([key], np.uint32))][0])


def _spread(start: float | None, end: float | None, number: int) -> list[float] | None:
    """`number` ranks between two others, or past the one that there is; None where none fit."""
    if start is None:
        start = (end or 0.0) - number - 1
    if end is None:
        end = start + number + 1
    ranks = [start + (end - start) * n / (number + 1) for n in range(number + 2)]
    return ranks[1:-1] if all(a < b for a, b in pairwise(ranks)) else None


def _ranked_anew(columns: Columns, every: BitMap) -> Columns:
    with connection.cursor() as cursor:
        cursor.execute(ORDER)
        keys = from_wire(b"".join(packed for (packed,) in cursor)).astype(np.uint32)
    # Who was published since is told of next time; who was withdrawn since stays where they are.
    keys = keys[np.isin(keys, keys_of(every))]
    missing = keys_of(every - set_of(keys)) if len(keys) < len(every) else keys[:0]
    keys = np.concatenate([keys, missing])
    own = replace(columns, ranks=columns.ranks.copy())
    own.ranks[own.places.of(keys)] = np.arange(len(keys), dtype=np.float64)
    return own
