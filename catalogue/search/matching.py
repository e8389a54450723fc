"""Which published resources a query leaves: a set for each filter, and what all of them share."""

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import and_, or_

from pyroaring import BitMap

from catalogue.search.query import ResourceQuery
from catalogue.tallies import Tallies
from catalogue.vocabularies import Proficiency

# What a resource teaches at a proficiency: “data cleaning at advanced” has to stand in one link.
LINKED = ("skill", "competence")


class Matching:
    """The resources that `query` leaves of `among`, all of those that its words find."""

    def __init__(self, query: ResourceQuery, tallies: Tallies, among: BitMap) -> None:
        self.query, self.tallies, self.among = query, tallies, among
        self.linked = [name for name in LINKED if query.chosen(name)]

    def every(self) -> BitMap:
        """The set of those that all filters leave."""
        return self._left(linked=bool(self.linked))

    def counts(self, name: str) -> Iterator[tuple[str, int]]:
        """Values of the facet `name`, each with how many it would leave, from those that most have.

        Of any: were it the only value chosen, beside what other filters choose. Of all: were it
        chosen beside those that are.
        """
        if name == "proficiency":
            yield from self._levels()
            return
        yield from self.tallies.counts(name, *self._others(name))

    def most(self, name: str, number: int) -> dict[str, int]:
        """The `number` values of the facet `name` that would leave most, with how many."""
        others, levels = self._others(name)
        return dict(self.tallies.most(name, others, number, levels))

    def of(self, name: str, values: Iterable[str]) -> dict[str, int]:
        """How many each of `values` would leave of the facet `name`, which is not the proficiency."""
        others, levels = self._others(name)
        return {
            value: self.tallies.having(name, value, levels).intersection_cardinality(others)
            for value in values
        }

    def _others(self, name: str) -> tuple[BitMap, tuple[str, ...]]:
        """What values of the facet `name` are counted among, and the levels of their links."""
        linked = bool(self.linked) or name in LINKED
        but = () if self.query.wants_all(name) else (name,)
        levels = self.query.proficiency if name in LINKED else ()
        return self._left(but, linked=linked), levels

    def _levels(self) -> Iterator[tuple[str, int]]:
        others = self._left(("proficiency", *self.linked))
        for level in Proficiency.values:
            own = [self._held(name, (level,)) for name in self.linked]
            own = own or [self.tallies.having("proficiency", level)]
            yield level, len(reduce(and_, own, others))

    def _left(self, but: Collection[str] = (), *, linked: bool = False) -> BitMap:
        """What all filters leave, `but` some. Where links count (`linked`), the proficiency is
        theirs; else it is the resource's own."""
        left = self.among
        levels = self.query.proficiency if linked else ()
        for name in ResourceQuery.FILTERS:
            if name in but or (linked and name == "proficiency") or not self.query.chosen(name):
                continue
            left = left & self._held(name, levels)
        return left

    def _held(self, name: str, levels: tuple[str, ...]) -> BitMap:
        """Those that have what is chosen of the filter `name`."""
        at = levels if name in LINKED else ()
        sets = [self.tallies.having(name, value, at) for value in self.query.chosen(name)]
        return reduce(and_ if self.query.wants_all(name) else or_, sets)
