"""Reading what there is to count: all of it, or what is new since it was read before.

Chunks are read as they are kept, what is fresh from the resources themselves: by statements of their
own, which need not be of one instant (see `following`). Where no more is new than a few resources, as
after an edit, one statement tells all of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db import connection
from pyroaring import BitMap

from catalogue.tallies import places, ranking
from catalogue.tallies.counting import Columns, Tallies
from catalogue.tallies.names import DIGEST, NAMES, Names
from catalogue.tallies.sets import NOBODY, from_wire, keys_of, set_of
from catalogue.tallies.sources import COLUMNS, FACTS, HELD, KINDS, PUBLIC, reading_sources

# What of few resources comes along with the news of them.
FEW = ranking.FEW
# What is new for whoever read before: the instant, chunks that were made anew, resources that were
# marked since, and again all that are marked in those chunks; how many marks there are; names, where
# one is another. And where FEW are marked and no chunk was made anew, what there is to count of these,
# and their neighbours by title.
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
    few AS MATERIALIZED (
        SELECT resource_id FROM marked
        WHERE (SELECT count(*) FROM marked) <= %(few)s AND NOT EXISTS (SELECT FROM changed)
    ),
    {PUBLIC.format(condition="resource.id = ANY (ARRAY(SELECT resource_id FROM few))")},
    named AS MATERIALIZED (SELECT {DIGEST} AS digest)
    SELECT 'instant' AS what, '' AS name, pg_current_snapshot()::text AS value, '' AS level,
        NULL::bytea AS packed, NULL::bigint AS key, NULL AS title, NULL::jsonb AS i18n, 0 AS place
    UNION ALL SELECT 'chunks', '', '', '', string_agg(int4send(number), ''::bytea), NULL, NULL, NULL, 0
    FROM changed
    UNION ALL SELECT 'fresh', '', '', '',
        string_agg(int4send(resource_id::int), ''::bytea ORDER BY resource_id), NULL, NULL, NULL, 0
    FROM marked
    UNION ALL SELECT 'marks', '', '', '', NULL, count(*), NULL, NULL, 0 FROM catalogue_fresh
    UNION ALL SELECT 'neighbours', '', '', '', neighbours, NULL, NULL, NULL, 0
    FROM ({ranking.NEIGHBOURS}) neighbours WHERE EXISTS (SELECT FROM few)
    UNION ALL SELECT 'fact', name, value, level, members, NULL, NULL, NULL, 0
    FROM ({FACTS}) facts WHERE EXISTS (SELECT FROM few)
    UNION ALL SELECT 'digest', '', digest, '', NULL, NULL, NULL, NULL, 0 FROM named
    UNION ALL SELECT 'name', name, value, above, NULL, key, title, i18n, place FROM ({NAMES}) names
    WHERE (SELECT digest FROM named) <> %(digest)s
    ORDER BY place
"""
# Each chunk, and for each set who is in it, chunk by chunk: of one instant.
CHUNKS = f"""
    SELECT number, version, lengths, {", ".join(COLUMNS)}, NULL AS name, NULL AS value, NULL AS level,
        NULL::int[] AS chunks, NULL::int[] AS sizes, NULL::bytea AS members
    FROM catalogue_chunk WHERE number = ANY (%(numbers)s)
    UNION ALL SELECT NULL, NULL, NULL, {", ".join("NULL" for _column in COLUMNS)}, name, value, level,
        array_agg(chunk_id ORDER BY chunk_id),
        array_agg(length(members) / 2 ORDER BY chunk_id),
        string_agg(members, ''::bytea ORDER BY chunk_id)
    FROM catalogue_chunkset WHERE chunk_id = ANY (%(numbers)s) GROUP BY name, value, level
    ORDER BY number
"""
# So many chunks are read by a statement: what is sent takes more memory than what is made of it.
AT_A_TIME = 8
FRESH = reading_sources("resource.id = ANY (%(keys)s)")

Member = tuple[str, str, str]
# As sources.FACTS tells.
Fact = tuple[str, str, str, "bytes | None"]


@dataclass
class News:
    """What is new since `before`: chunks by their numbers, and the primary keys of what is fresh; what
    there is to count of these, and their neighbours by title, where that was told along."""

    before: Tallies
    instant: str = ""
    chunks: list[int] = field(default_factory=list)
    fresh: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint32))
    marks: int = 0
    names: Names = field(default_factory=Names)
    facts: list[Fact] = field(default_factory=list)
    neighbours: list[ranking.Neighbours] = field(default_factory=list)

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
    lengths: np.ndarray = field(default_factory=lambda: np.empty((3, 0), np.uint16))

    def add(self, member: Member, keys: np.ndarray) -> None:
        if member in self.members:
            self.members[member] |= set_of(keys)
        elif len(keys):
            self.members[member] = set_of(keys)

    def take(self, facts: Iterable[Fact]) -> None:
        """Adds what resources tell of themselves."""
        for name, value, level, packed in facts:
            if name == "column":
                self.columns.setdefault(value, []).append(_column(value, packed))
            else:
                self.add((name, value, level), from_wire(packed).astype(np.uint32))


def count(before: Tallies | None = None) -> Tallies:
    """All of it as it is now, as far as possible handed on from `before`. One query; one more for each
    eight chunks that were made anew, one for what is fresh beside these or where it is much, and one
    where many have other titles."""
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
        "few": FEW,
    }
    names = Names()
    with connection.cursor() as cursor:
        cursor.execute(NEWS, said)
        for what, name, value, level, packed, key, title, i18n, _place in cursor:
            if what == "instant":
                news.instant = value
            elif what == "chunks":
                news.chunks = from_wire(packed).tolist()
            elif what == "fresh":
                news.fresh = from_wire(packed).astype(np.uint32)
            elif what == "marks":
                news.marks = key
            elif what == "neighbours":
                news.neighbours = ranking.neighbours(packed)
            elif what == "fact":
                news.facts.append((name, value, level, packed))
            elif what == "digest":
                names.digest = value
            else:
                names.add((name, value, key, title, i18n, level))
    if names.digest != before.named.digest:
        news.names = names
    return news


def following(news: News) -> Tallies:
    """What there is to count after `news`.

    What is read here may be of a later instant than the news. A chunk is read whole at one instant, so
    that its version tells of all of it. What is fresh is read after the chunks, or came with the news
    where there are none to read: were it older than a chunk, that might have been made anew of an edit
    in between, and nothing would tell of it any more. And who is marked in between is told of by the
    next news, since they ask for what the instant of these did not see.
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
        facts.take(news.facts or _fresh_facts(news.fresh))
    changed = known | fresh
    columns = {name: np.concatenate(own) for name, own in facts.columns.items()}
    keys = columns.pop("keys")
    every = (before.every - changed) | set_of(keys)
    own = _columns(before, every, keys, columns, news.neighbours)
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
    before: Tallies,
    every: BitMap,
    keys: np.ndarray,
    columns: dict[str, np.ndarray],
    neighbours: list[ranking.Neighbours],
) -> Columns:
    was = before.columns.including(np.unique(keys // places.CHUNK).tolist())
    stayed = set_of(keys) & before.every
    has_title = was.titles[was.places.of(keys)] == columns["titles"]
    retitled = keys[~(has_title & np.isin(keys, keys_of(stayed)))]
    own = was.having(keys, **columns)
    new = set_of(retitled)
    return ranking.ranked(own, every - new, new, neighbours)


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


def _read_chunks(facts: Facts, numbers: list[int], fresh: BitMap) -> None:
    """Reads what chunks say of resources that are not `fresh`. One query."""
    is_fresh = _among(fresh)
    lengths_of, lengths = [facts.lengths_of], [facts.lengths]
    with connection.cursor() as cursor:
        cursor.execute(CHUNKS, {"numbers": numbers})
        for number, version, words, *packed, name, value, level, chunks, sizes, members in cursor:
            if number is None:
                starts = np.repeat(np.array(chunks, np.uint32) * np.uint32(places.CHUNK), sizes)
                keys = starts + from_wire(members, ">i2").astype(np.uint32)
                facts.add((name, value, level), keys[~is_fresh(keys)] if fresh else keys)
                continue
            facts.versions[number] = version
            own = {
                name: _column(name, column) for name, column in zip(COLUMNS, packed, strict=True)
            }
            stays = ~is_fresh(own["keys"])
            for name, column in own.items():
                facts.columns.setdefault(name, []).append(column[stays])
            said = from_wire(words, ">i2").reshape(-1, 4)
            keys = said[:, 0].astype(np.uint32) + np.uint32(number * places.CHUNK)
            stays = ~is_fresh(keys)
            lengths_of.append(keys[stays])
            lengths.append(said[stays, 1:].T.astype(np.uint16))
    facts.lengths_of = np.concatenate(lengths_of)
    facts.lengths = np.concatenate(lengths, axis=1)


def _column(name: str, packed: bytes | None) -> np.ndarray:
    """As Columns have it."""
    return from_wire(packed, KINDS[name]).astype(HELD[name])


def _among(fresh: BitMap) -> Callable[[np.ndarray], np.ndarray]:
    """What tells of an array of primary keys which of them are in `fresh`."""
    own = keys_of(fresh)
    return lambda keys: np.isin(keys, own)


def _fresh_facts(keys: np.ndarray) -> list[Fact]:
    """What there is to count of the resources `keys`, those of them that are published. One query."""
    with connection.cursor() as cursor:
        cursor.execute(FRESH, {"keys": keys.tolist()})
        return cursor.fetchall()
