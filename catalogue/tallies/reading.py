"""Reading what there is to count: all of it, or what is new since it was read before.

Chunks are read as they are kept, what is fresh from the resources themselves. Each is read by a
statement of its own; see `count` for why they need not be of one instant.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db import connection
from pyroaring import BitMap

from catalogue.tallies import places
from catalogue.tallies.counting import Columns, Tallies
from catalogue.tallies.names import DIGEST, NAMES, Names
from catalogue.tallies.ranking import ranked
from catalogue.tallies.sets import NOBODY, from_wire, keys_of, set_of
from catalogue.tallies.sources import COLUMNS, KINDS, reading_sources

# What is new for whoever read before: the instant, chunks that were made anew, resources that were
# marked since, and again all that are marked in those chunks; how many marks there are; names, where
# one is another.
#
# A mark that an instant did not see is of a transaction that was under way then or came later. One of
# a transaction that is yet to come stands in a database that was brought over from another server:
# it was there from the beginning. A transaction's own are always new to it, since its instants don't
# tell whether it was before or after them.
NEWS = f"""
    WITH changed AS MATERIALIZED (
        SELECT number FROM catalogue_chunk WHERE (number, version) NOT IN (
            SELECT * FROM unnest(%(numbers)s::int[], %(versions)s::bigint[])
        )
    ),
    marked AS MATERIALIZED (
        SELECT DISTINCT resource_id FROM catalogue_fresh
        WHERE %(instant)s::text IS NULL OR resource_id / %(size)s IN (SELECT number FROM changed)
            OR transaction::text::xid8 = pg_current_xact_id_if_assigned()
            OR (
                NOT pg_visible_in_snapshot(transaction::text::xid8, %(instant)s::text::pg_snapshot)
                AND transaction::text::xid8 < pg_snapshot_xmax(pg_current_snapshot())
            )
    ),
    named AS MATERIALIZED (SELECT {DIGEST} AS digest)
    SELECT 'instant' AS name, pg_current_snapshot()::text AS value, NULL::bytea AS packed,
        NULL::bigint AS key, NULL AS title, NULL::jsonb AS i18n, NULL AS above, 0 AS place
    UNION ALL SELECT 'chunks', '', string_agg(int4send(number), ''::bytea), NULL, NULL, NULL, NULL, 0
    FROM changed
    UNION ALL SELECT 'fresh', '', string_agg(int4send(resource_id::int), ''::bytea ORDER BY resource_id),
        NULL, NULL, NULL, NULL, 0
    FROM marked
    UNION ALL SELECT 'marks', '', NULL, count(*), NULL, NULL, NULL, 0 FROM catalogue_fresh
    UNION ALL SELECT 'digest', digest, NULL, NULL, NULL, NULL, NULL, 0 FROM named
    UNION ALL SELECT name, value, NULL, key, title, i18n, above, place FROM ({NAMES}) names
    WHERE (SELECT digest FROM named) <> %(digest)s
    ORDER BY place
"""
CHUNKS = f"""
    SELECT number, version, lengths, {", ".join(COLUMNS)} FROM catalogue_chunk
    WHERE number = ANY (%s) ORDER BY number
"""
CHUNK_SETS = """
    SELECT name, value, level, array_agg(chunk_id ORDER BY chunk_id),
        array_agg(length(members) / 2 ORDER BY chunk_id), string_agg(members, ''::bytea ORDER BY chunk_id)
    FROM catalogue_chunkset WHERE chunk_id = ANY (%s) GROUP BY name, value, level
"""
# So many chunks are read by a statement: what is sent takes more memory than what is made of it.
AT_A_TIME = 8
FRESH = reading_sources("resource.id = ANY (%(keys)s)")

Member = tuple[str, str, str]


@dataclass
class News:
    """What is new since `before`: chunks by their numbers, and the primary keys of what is fresh."""

    before: Tallies
    instant: str = ""
    chunks: list[int] = field(default_factory=list)
    fresh: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint32))
    marks: int = 0
    names: Names = field(default_factory=Names)

    @property
    def size(self) -> int:
        """How many resources have to be read, at most."""
        return len(self.chunks) * places.CHUNK + len(self.fresh)


@dataclass
class Facts:
    """What was read: who has what, and columns by the primary keys that stand in the first of them."""

    members: dict[Member, BitMap] = field(default_factory=dict)
    columns: dict[str, list[np.ndarray]] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    # Those of chunks: primary keys, and [3, n].
    lengths_of: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint32))
    lengths: np.ndarray = field(default_factory=lambda: np.empty((3, 0), np.float32))

    def add(self, member: Member, keys: np.ndarray) -> None:
        if member in self.members:
            self.members[member] |= set_of(keys)
        elif len(keys):
            self.members[member] = set_of(keys)


def count(before: Tallies | None = None) -> Tallies:
    """All of it as it is now, as far as possible handed on from `before`. One query; two more for each
    eight chunks that were made anew, one where resources changed, and one where they have other
    titles."""
    return following(news_since(before or Tallies()))


def news_since(before: Tallies) -> News:
    """What is new since `before` was read. One query."""
    news = News(before, names=before.named)
    said = {
        "numbers": list(before.chunks),
        "versions": list(before.chunks.values()),
        "instant": before.instant or None,
        "size": places.CHUNK,
        "digest": before.named.digest,
    }
    names = Names()
    with connection.cursor() as cursor:
        cursor.execute(NEWS, said)
        for name, value, packed, key, title, i18n, above, _place in cursor:
            if name == "instant":
                news.instant = value
            elif name == "chunks":
                news.chunks = from_wire(packed).tolist()
            elif name == "fresh":
                news.fresh = from_wire(packed).astype(np.uint32)
            elif name == "marks":
                news.marks = key
            elif name == "digest":
                names.digest = value
            else:
                names.add((name, value, key, title, i18n, above))
    if names.digest != before.named.digest:
        news.names = names
    return news


def following(news: News) -> Tallies:
    """What there is to count after `news`.

    What is read here may be of a later instant than the news. So a chunk's version is read before its
    sets: were they made anew in between, the next news tell of the chunk again. And who is marked in
    between is told of by the next news, since they ask for what the instant of these did not see.
    """
    before = news.before
    if not news.size:
        return _handed_on(before, instant=news.instant, named=news.names)
    fresh = set_of(news.fresh)
    known = NOBODY.copy()
    for number in news.chunks:
        known.add_range(number * places.CHUNK, (number + 1) * places.CHUNK)
    facts = Facts()
    for start in range(0, len(news.chunks), AT_A_TIME):
        _read_chunks(facts, news.chunks[start : start + AT_A_TIME], fresh)
    if fresh:
        _read_fresh(facts, news.fresh)
    changed = known | fresh
    columns = {name: np.concatenate(own) for name, own in facts.columns.items()}
    keys = columns.pop("keys").astype(np.uint32)
    every = (before.every - changed) | set_of(keys)
    own = _columns(before, every, keys, columns)
    return _handed_on(
        before,
        instant=news.instant,
        named=news.names,
        every=every,
        chunks=before.chunks | facts.versions,
        fresh=(before.fresh - known) | fresh,
        fresh_words=before.fresh_words.after(
            own.places, known, fresh, facts.lengths_of, facts.lengths
        ),
        columns=own,
        members=_members(before.members, changed, facts.members),
        changed=changed,
    )


def _handed_on(before: Tallies, *, changed: BitMap = NOBODY, **values: object) -> Tallies:
    kept = {
        name: getattr(before, name)
        for name in (
            *("every", "chunks", "fresh", "fresh_words", "columns", "members", "unions", "listed"),
        )
    }
    found = Tallies(**kept | values)
    found.keep_heads(before, changed)
    return found


def _columns(
    before: Tallies, every: BitMap, keys: np.ndarray, columns: dict[str, np.ndarray]
) -> Columns:
    was = before.columns.including(np.unique(keys // places.CHUNK).tolist())
    stayed = set_of(keys) & before.every
    has_title = was.titles[was.places.of(keys)] == columns["titles"]
    retitled = keys[~(has_title & np.isin(keys, keys_of(stayed)))]
    own = was.having(keys, **columns)
    return ranked(own, every - set_of(retitled), set_of(retitled))


def _members(
    before: dict[str, dict[tuple[str, str], BitMap]],
    changed: BitMap,
    read: dict[Member, BitMap],
) -> dict[str, dict[tuple[str, str], BitMap]]:
    """The sets of `before` with what was `read` of the resources in `changed`; a set that none of them
    is or was in is the same BitMap."""
    found = {name: _without(sets, changed) for name, sets in before.items()}
    for (name, value, level), new in read.items():
        sets = found.setdefault(name, {})
        own = sets.get((value, level))
        sets[value, level] = own | new if own else new
    return found


def _without(sets: dict[tuple[str, str], BitMap], changed: BitMap) -> dict[tuple[str, str], BitMap]:
    found = dict(sets)
    for key, own in sets.items():
        if not own.isdisjoint(changed):
            found[key] = own - changed
            if not found[key]:
                del found[key]
    return found


def _read_chunks(facts: Facts, numbers: Iterable[int], fresh: BitMap) -> None:
    """Reads what chunks say of resources that are not `fresh`. Two queries."""
    is_fresh = _among(fresh)
    with connection.cursor() as cursor:
        cursor.execute(CHUNKS, [list(numbers)])
        lengths_of, lengths = [facts.lengths_of], [facts.lengths]
        for number, version, words, *packed in cursor:
            facts.versions[number] = version
            own = {
                name: from_wire(column, KINDS[name])
                for name, column in zip(COLUMNS, packed, strict=True)
            }
            stays = ~is_fresh(own["keys"])
            for name, column in own.items():
                facts.columns.setdefault(name, []).append(column[stays])
            said = from_wire(words, ">i2").reshape(-1, 4)
            keys = said[:, 0].astype(np.uint32) + np.uint32(number * places.CHUNK)
            stays = ~is_fresh(keys)
            lengths_of.append(keys[stays])
            lengths.append(said[stays, 1:].T.astype(np.float32))
        facts.lengths_of = np.concatenate(lengths_of)
        facts.lengths = np.concatenate(lengths, axis=1)
        cursor.execute(CHUNK_SETS, [list(numbers)])
        for name, value, level, chunks, sizes, packed in cursor:
            starts = np.repeat(np.array(chunks, np.uint32) * np.uint32(places.CHUNK), sizes)
            keys = starts + from_wire(packed, ">i2").astype(np.uint32)
            keys = keys[~is_fresh(keys)] if fresh else keys
            facts.add((name, value, level), keys)


def _among(fresh: BitMap) -> Callable[[np.ndarray], np.ndarray]:
    """What tells of an array of primary keys which of them are in `fresh`."""
    own = keys_of(fresh)
    return lambda keys: np.isin(keys, own)


def _read_fresh(facts: Facts, keys: np.ndarray) -> None:
    """Reads the resources `keys`, those of them that are published, from themselves. One query."""
    with connection.cursor() as cursor:
        cursor.execute(FRESH, {"keys": keys.tolist()})
        for name, value, level, packed in cursor:
            if name == "column":
                own = from_wire(packed, KINDS[value])
                facts.columns.setdefault(value, []).append(own)
            else:
                own = from_wire(packed).astype(np.uint32)
                facts.add((name, value, level), own)
