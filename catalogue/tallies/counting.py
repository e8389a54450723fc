"""Which published resources have what, as a worker holds it in memory."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from pyroaring import BitMap

from catalogue.tallies import orders
from catalogue.tallies.listed import Listed
from catalogue.tallies.names import NAMED, Name, Names
from catalogue.tallies.places import At, Keys, Places
from catalogue.tallies.sets import NOBODY, Union, keys_of, union
from catalogue.tallies.sources import LEVELS
from catalogue.tallies.words import FreshWords
from catalogue.vocabularies import LinkState

Made = TypeVar("Made")

# What a link tells of, at a proficiency.
LINKED = ("skill", "competence")
# Facets of thousands of values: by them resources are counted one by one where all there are would be
# more than so many times as many.
MANY, TIMES = ("provider", "tag"), 16
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Columns:
    """Facts by place, see Places: when published (microseconds since 1970), minutes (65,535 where it
    doesn't say), half a hash of the sort key, and a rank by title, which grows with it."""

    places: Places = field(default_factory=Places)
    published: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    minutes: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint16))
    titles: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint32))
    ranks: np.ndarray = field(default_factory=lambda: np.empty(0, np.float64))

    def including(self, numbers: Iterable[int]) -> "Columns":
        """With places for these chunks too."""
        places = self.places.including(numbers)
        more = places.size - self.places.size
        if not more:
            return self
        longer = {
            name: np.concatenate([own, np.zeros(more, own.dtype)])
            for name, own in vars(self).items()
            if isinstance(own, np.ndarray)
        }
        return Columns(places, **longer)

    def having(self, keys: Keys, **values: np.ndarray) -> "Columns":
        """With other values for `keys`; a column that has them already is not copied."""
        at = self.places.of(keys)
        changed = {}
        for name, own in values.items():
            if not np.array_equal(getattr(self, name)[at], own):
                changed[name] = getattr(self, name).copy()
                changed[name][at] = own
        return replace(self, **changed) if changed else self


@dataclass
class Tallies:
    """Which published resources have what. A set of resources is a BitMap of their primary keys:
    never change one that you were given.

    `names` has, for each of skill, competence, provider and tag, what the values are called, in the
    order that pages list them in. `chunks`: the version of each chunk that was read; `fresh`: those
    that chunks don't speak for, whether published or not; `fresh_words`: the words of these.
    """

    every: BitMap = NOBODY
    # What transactions had ended when this was read, as PostgreSQL's pg_snapshot; "" for none.
    instant: str = ""
    chunks: dict[int, int] = field(default_factory=dict)
    fresh: BitMap = NOBODY
    fresh_words: FreshWords = field(default_factory=FreshWords)
    columns: Columns = field(default_factory=Columns)
    named: Names = field(default_factory=Names)
    # For each facet, who has a value at a level of it: as sources.MEMBERS tells.
    members: dict[str, dict[tuple[str, str], BitMap]] = field(default_factory=dict)
    # What was made of several sets; handed on as long as these stay.
    unions: dict[Hashable, Union] = field(default_factory=dict)
    # The way back from sets, for some of MANY; handed on likewise.
    listed: dict[str, Listed] = field(default_factory=dict)
    _made: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, dict[str, Name]]:
        return self.named.values

    @property
    def total(self) -> int:
        """How many resources are published."""
        return len(self.every)

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` answers, asked once for these tallies: for what others derive from them."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def keep_heads(self, before: "Tallies", changed: BitMap) -> None:
        """Takes over the first of each order from `before`, as long as nobody of `changed` was or comes
        among them."""
        here = changed & self.every
        for order in orders.ORDERS:
            head = before._made.get(("head", order))
            if head is None or not head.set.isdisjoint(changed):
                continue
            _keys, ranks = self._ranks(order, here)
            _last, edge = self._ranks(order, BitMap(head.keys[-1:]))
            if len(head.keys) == orders.HEAD and (not here or ranks.min() > edge[0]):
                self._made["head", order] = head

    # Sets

    def having(self, name: str, value: str, levels: Iterable[str] = ()) -> BitMap:
        """The set of those with `value` for the facet `name`.

        With `levels`, of a skill or competence, those that teach it at one of them; "" stands for
        links that state none.
        """
        if name not in LINKED:
            return self._members(name).get((self._key(name, value), ""), NOBODY)
        levels = tuple(levels)
        if len(levels) < 2:
            key = (name, value, *levels)
            return self.made(key, lambda: self._union(name, value, levels).whole)
        return union(self.having(name, value, (level,)) for level in levels)

    @cached_property
    def gone(self) -> BitMap:
        """The set of those whose link is gone: still there to be found, but after all others."""
        return self.having("link", LinkState.GONE)

    def _members(self, name: str) -> dict[tuple[str, str], BitMap]:
        return self.members.get(name, {})

    def _key(self, name: str, value: str) -> str:
        """How `members` know a value; "" one that nobody named."""
        if name not in NAMED:
            return value
        known = self.names[name].get(value)
        return str(known.key) if known else ""

    def _sources(self, name: str, value: str, levels: tuple[str, ...]) -> Iterator[BitMap]:
        """What the set of those that teach `value` is made of."""
        for facet, key in self._behind(name, value):
            own = self._members(facet)
            yield from (own[key, level] for level in levels or LEVELS if (key, level) in own)

    def _behind(self, name: str, value: str) -> Iterator[tuple[str, str]]:
        """(facet, key) of what teaches `value`: a competence through skills too, an area through its
        competences."""
        if name == "skill":
            yield name, self._key(name, value)
            return
        for one in self.named.inside.get(value, ()):
            yield name, self._key(name, one)
            yield from (("skill", str(skill)) for skill in self.named.realising.get(one, ()))

    def _union(self, name: str, value: str, levels: tuple[str, ...] = ()) -> Union:
        key, own = (name, value, *levels), [*self._sources(name, value, levels)]
        known = self.unions.get(key)
        if known is None or not known.is_of(own):
            known = self.unions[key] = Union(own)
        return known

    # Counts

    def sizes(self, name: str) -> dict[str, int]:
        """How many resources each value of the facet `name` has, the most first; none of a value that
        none has."""
        return self.made(("sizes", name), lambda: self._sizes(name))

    def _sizes(self, name: str) -> dict[str, int]:
        if name in LINKED:
            counts = [(value, self._union(name, value).size) for value in self.names[name]]
        else:
            own = {key: len(found) for (key, _level), found in self._members(name).items()}
            called = self.named.by_key[name] if name in NAMED else {key: key for key in sorted(own)}
            counts = [(value, own[key]) for key, value in called.items() if key in own]
        return dict(sorted((one for one in counts if one[1]), key=itemgetter(1), reverse=True))

    def counts(
        self, name: str, among: BitMap, levels: Iterable[str] = ()
    ) -> Iterator[tuple[str, int]]:
        """How many of the set `among` have each value of the facet `name`, in the order of sizes().

        `levels` as in having().
        """
        levels = tuple(levels)
        if among is self.every and not levels:
            yield from self.sizes(name).items()
        elif self._is_sparse(name, among):
            yield from zip(self.sizes(name), self._counted(name, among).tolist(), strict=True)
        else:
            for value, own in self._sets(name, levels):
                yield value, own.intersection_cardinality(among)

    def most(
        self, name: str, among: BitMap, number: int, levels: Iterable[str] = ()
    ) -> list[tuple[str, int]]:
        """The `number` values of the facet `name` that most of the set `among` have, with how many, the
        most first; of equal ones those that more have at all. None that none has.

        `levels` as in having().
        """
        if self._is_sparse(name, among):
            counts = self._counted(name, among)
            first = np.argsort(-counts, kind="stable")[:number]
            values = self.made(("values", name), lambda: list(self.sizes(name)))
            return [(values[at], int(counts[at])) for at in first.tolist() if counts[at]]
        sizes = self.sizes(name)
        found: list[tuple[str, int]] = []
        for value, count in self.counts(name, among, levels):
            least = found[number - 1][1] if len(found) >= number else 0
            # No later value can have more.
            if sizes[value] <= least:
                break
            if count > least:
                found.append((value, count))
                found.sort(key=itemgetter(1), reverse=True)
        return found[:number]

    def _is_sparse(self, name: str, among: BitMap) -> bool:
        return name in MANY and len(among) * TIMES < self.total

    def _counted(self, name: str, among: BitMap) -> np.ndarray:
        """How many of the few `among` have each value of the facet `name`, in the order of sizes()."""
        listed = self.made(("listed", name), lambda: self._listed(name))

        def make() -> np.ndarray:
            numbers = [listed.numbers[self._key(name, value), ""] for value in self.sizes(name)]
            return np.array(numbers, np.int32)

        numbers = self.made(("numbers", name), make)
        return listed.counts(self.places(keys_of(among)))[numbers]

    def _listed(self, name: str) -> Listed:
        own = self._members(name)
        before = self.listed.get(name)
        if before is None or not before.is_of(own, self.columns.places):
            self.listed[name] = Listed(own, self.columns.places)
        return self.listed[name]

    def _sets(self, name: str, levels: tuple[str, ...]) -> Iterable[tuple[str, BitMap]]:
        """Each value that anybody has, with the set of who has it; kept, since finding the sets of
        thousands of tags takes ten times as long as counting by them."""
        if len(levels) > 1:
            # Unions of their own: too large to be kept.
            return ((value, self.having(name, value, levels)) for value in self.sizes(name))
        key = ("sets", name, *levels)
        return self.made(key, lambda: [(v, self.having(name, v, levels)) for v in self.sizes(name)])

    def newest_in(self, found: BitMap) -> datetime | None:
        """When the newest of the set `found` was published; None where it is empty."""
        if not found:
            return None
        published = self.columns.published[self.places(keys_of(found))].max()
        return EPOCH + timedelta(microseconds=int(published))

    # Places

    @property
    def size(self) -> int:
        """How long an array by place is."""
        return self.columns.places.size

    def places(self, keys: Keys) -> At:
        """Where arrays have the resources with these primary keys, which are published: int32."""
        return self.columns.places.of(keys)

    def keys(self, places: At) -> Keys:
        """The primary keys of those at `places`: uint32."""
        return self.columns.places.keys(places)

    @property
    def lengths(self) -> np.ndarray:
        """How many words each has in its title, its names and its description: uint16 [3, size]. One
        query where some are fresh and nobody asked yet."""
        self.fresh_words.read()
        return self.fresh_words.lengths

    @property
    def averages(self) -> tuple[float, float, float]:
        """The mean of each of `lengths`, 1 at least."""

        def make() -> tuple[float, ...]:
            own = self.lengths[:, self.places(keys_of(self.every))]
            return tuple(max(float(mean), 1.0) for mean in own.mean(axis=1)) if self.total else ()

        return self.made("averages", make) or (1.0, 1.0, 1.0)

    # Orders

    def in_order(self, order: str, found: BitMap) -> Iterator[int]:
        """The primary keys in the set `found` by title, newest or shortest; those last whose link is
        gone."""
        gone = found & self.gone
        if not gone:
            return self.by_rank(order, found)
        return chain(self.by_rank(order, found - gone), self.by_rank(order, gone))

    def by_rank(self, order: str, found: BitMap) -> Iterator[int]:
        """As in_order(), those among the others whose link is gone."""
        if len(found) <= orders.FEW:
            yield from orders.in_ranks(*self._ranks(order, found))
            return
        head = self.made(("head", order), lambda: self._head(order))
        yield from head.within(found)
        yield from orders.in_ranks(*self._ranks(order, found - head.set))

    def _head(self, order: str) -> orders.Head:
        return orders.Head(orders.first(*self._ranks(order, self.every), orders.HEAD))

    def _ranks(self, order: str, found: BitMap) -> tuple[Keys, np.ndarray]:
        """The primary keys in `found`, each with a rank that grows with the order."""
        keys = keys_of(found)
        at = self.places(keys)
        if order == "title":
            return keys, self.columns.ranks[at]
        if order == "newest":
            # The later of two that were published in the same instant first.
            return keys[::-1], -self.columns.published[at][::-1]
        return keys, self.columns.minutes[at]
