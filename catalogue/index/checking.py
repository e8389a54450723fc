"""Finding out what the index says otherwise than the resources themselves, as naively as can be."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from django.db import connection, transaction
from django.utils.translation import gettext as _
from pyroaring import BitMap

from catalogue.index.parts import PARTS, WITHIN, Range
from catalogue.index.settling import range_of
from catalogue.models import Chunk, ChunkSet, Fresh
from catalogue.naming import those_named
from catalogue.tallies import count
from catalogue.tallies.orders import ORDERS
from catalogue.tallies.sets import NOBODY, from_wire, set_of
from catalogue.tallies.sources import COLUMNS, KINDS, reading_sources

SOURCES = reading_sources(WITHIN)
ORDERED = {
    "title": "sort_key, id",
    "newest": "published_at DESC, id DESC",
    "shortest": "duration_minutes, id",
}
# How many primary keys a sentence names.
NAMED = 5

Sets = dict[tuple[str, str, str], BitMap]


@contextmanager
def one_instant() -> Iterator[None]:
    """All that is read here is of one instant, whatever is written meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def problems_of_chunk(number: int) -> Iterator[str]:
    """A sentence for each thing that chunk `number` says wrong. What is marked it says nothing of."""
    chunk = range_of(number)
    with one_instant():
        fresh = _fresh(chunk)
        sets, columns = _sources(chunk)
        kept = Chunk.objects.filter(pk=number).first()
        if kept is None:
            # Nobody says anything of them.
            missing = set_of(columns["keys"]) - fresh
            if missing:
                yield _("Chunk %(number)s is missing, with %(keys)s.") % {
                    "number": number,
                    "keys": _told(missing),
                }
            return
        yield from _problems_of_sets(chunk, _kept_sets(chunk), sets, fresh)
        said = {name: from_wire(getattr(kept, name), KINDS[name]) for name in COLUMNS}
        yield from _problems_of_columns(number, said, columns, fresh)
        for part in PARTS:
            yield from part.problems(chunk)


def problems_of_orders() -> Iterator[str]:
    """A sentence for each order in which a worker that starts now lists resources wrongly."""
    with one_instant():
        found = count()
        for order in ORDERS:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT string_agg(int4send(id::int), ''::bytea ORDER BY {ORDERED[order]})"
                    " FROM catalogue_resource WHERE status = 'published'"
                )
                right = from_wire(cursor.fetchone()[0]).astype(np.uint32)
            own = np.fromiter(found.by_rank(order, found.every), np.uint32)
            if len(own) != len(right):
                yield _("By %(order)s it lists %(number)s resources, and there are %(right)s.") % {
                    "order": order,
                    "number": len(own),
                    "right": len(right),
                }
            elif len(wrong := np.flatnonzero(own != right)):
                yield _("By %(order)s place %(place)s has %(key)s, and should have %(right)s.") % {
                    "order": order,
                    "place": wrong[0] + 1,
                    "key": those_named([int(own[wrong[0]])])[0],
                    "right": those_named([int(right[wrong[0]])])[0],
                }


def _fresh(chunk: Range) -> BitMap:
    marks = Fresh.objects.filter(resource_id__range=(chunk.first, chunk.last))
    return BitMap(marks.values_list("resource_id", flat=True))


def _sources(chunk: Range) -> tuple[Sets, dict[str, np.ndarray]]:
    """Sets and columns of the chunk's resources, as they tell themselves."""
    sets: Sets = {}
    columns: dict[str, np.ndarray] = {}
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, vars(chunk))
        for name, value, level, packed in cursor:
            if name == "column":
                columns[value] = from_wire(packed, KINDS[value])
            else:
                sets[name, value, level] = set_of(from_wire(packed).astype(np.uint32))
    return sets, columns


def _kept_sets(chunk: Range) -> Sets:
    rows = ChunkSet.objects.filter(chunk=chunk.number).values_list(
        "name", "value", "level", "members"
    )
    return {
        key: set_of(from_wire(members, ">i2").astype(np.uint32) + np.uint32(chunk.first))
        for *key, members in rows
        for key in [tuple(key)]
    }


def _problems_of_sets(chunk: Range, kept: Sets, right: Sets, fresh: BitMap) -> Iterator[str]:
    for key in sorted(kept.keys() | right.keys()):
        own, sources = (sets.get(key, NOBODY) - fresh for sets in (kept, right))
        if own == sources:
            continue
        name, value, level = key
        yield _("Chunk %(number)s, %(set)s: has wrongly %(more)s; lacks %(less)s.") % {
            "number": chunk.number,
            "set": " ".join(part for part in (name, value, level) if part),
            "more": _told(own - sources),
            "less": _told(sources - own),
        }


def _problems_of_columns(
    number: int, kept: dict[str, np.ndarray], right: dict[str, np.ndarray], fresh: BitMap
) -> Iterator[str]:
    for name in COLUMNS:
        own = dict(_pairs(kept, name))
        sources = dict(_pairs(right, name))
        wrong = {
            key
            for key in own.keys() | sources.keys()
            if key not in fresh and own.get(key) != sources.get(key)
        }
        if wrong:
            yield _("Chunk %(number)s, %(column)s: wrong for %(keys)s.") % {
                "number": number,
                "column": name,
                "keys": _told(BitMap(wrong)),
            }


def _pairs(columns: dict[str, np.ndarray], name: str) -> Iterable[tuple[int, int]]:
    return zip(columns["keys"].tolist(), columns[name].tolist(), strict=False)


def _told(keys: BitMap) -> str:
    """A few of them, and how many more there are."""
    if not keys:
        return _("none")
    first = ", ".join(those_named([*keys[:NAMED]]))
    if len(keys) <= NAMED:
        return first
    return _("%(first)s and %(more)s more") % {"first": first, "more": len(keys) - NAMED}
