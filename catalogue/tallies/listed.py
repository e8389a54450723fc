"""The way back from sets: for each resource, the values that it has of a facet with very many.

A facet of thousands of values takes thousands of intersections to count by sets. Where few resources
are left to count, it takes far less to look at each of them.
"""

from collections.abc import Hashable, Mapping

import numpy as np
from pyroaring import BitMap

from catalogue.tallies.places import Places
from catalogue.tallies.sets import keys_of

# Where the values of a place stand is told from where those of its block do, 2 ** BLOCK places: in two
# bytes, unless they have more than sixteen each.
BLOCK = 12


class Listed:
    """Which of `sets` each resource is in, by its place."""

    def __init__(self, sets: Mapping[Hashable, BitMap], places: Places) -> None:
        self.numbers = {value: number for number, value in enumerate(sets)}
        self._sets, self._size = list(sets.values()), places.size
        # Those of a place stand from where they begin to where those of the next place do.
        starts = np.zeros(places.size + 1, np.int32)
        for own in self._sets:
            starts[places.of(keys_of(own)) + 1] += 1
        np.cumsum(starts, out=starts)
        self._blocks = starts[:: 1 << BLOCK].copy()
        beyond = starts - np.repeat(self._blocks, 1 << BLOCK)[: len(starts)]
        self._beyond = beyond.astype(np.min_scalar_type(beyond.max()))
        self._values = np.zeros(starts[-1], np.min_scalar_type(max(len(sets) - 1, 0)))
        for number, own in enumerate(self._sets):
            at = places.of(keys_of(own))
            self._values[starts[at]] = number
            starts[at] += 1

    def is_of(self, sets: Mapping[Hashable, BitMap], places: Places) -> bool:
        """Whether this is made of the very same sets, in whatever order."""
        return (
            len(sets) == len(self._sets)
            and places.size == self._size
            and all(
                value in self.numbers and self._sets[self.numbers[value]] is own
                for value, own in sets.items()
            )
        )

    def counts(self, places: np.ndarray) -> np.ndarray:
        """How many of those at `places`, each given once, each set has, by its number."""
        starts = self._starts(places)
        own = self._starts(places + 1) - starts
        # Their numbers stand in a row each: from its start on, one after the other.
        before = np.cumsum(own) - own
        at = np.repeat(starts - before, own) + np.arange(own.sum(), dtype=np.int32)
        return np.bincount(self._values[at], minlength=len(self._sets))

    def _starts(self, places: np.ndarray) -> np.ndarray:
        return self._blocks[places >> BLOCK] + self._beyond[places]
