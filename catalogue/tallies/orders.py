"""Resources in order, the first of them without sorting the others."""

from collections.abc import Iterator

import numpy as np
from pyroaring import BitMap

from catalogue.tallies.sets import set_of

ORDERS = ("title", "newest", "shortest")
# How many are put in order at first; each further time eight times as many.
FIRST = 256
# Of so many of all, the first are kept: as deep as pages go, and some that filters leave out.
HEAD = 12_000
# Where a set has fewer, it is quicker sorted by itself than found among those.
FEW = 4_000


def in_ranks(keys: np.ndarray, ranks: np.ndarray) -> Iterator[int]:
    """`keys` by `ranks`, the lowest first; those of one rank as they come in `keys`."""
    size = FIRST
    while len(keys) > 2 * size:
        among = _lowest(ranks, size)
        yield from _sorted(keys[among], ranks[among])
        keys, ranks = keys[~among], ranks[~among]
        size *= 8
    yield from _sorted(keys, ranks)


def first(keys: np.ndarray, ranks: np.ndarray, size: int) -> list[int]:
    """The first `size` of in_ranks()."""
    if len(keys) > size:
        among = _lowest(ranks, size)
        keys, ranks = keys[among], ranks[among]
    return _sorted(keys, ranks)


def _lowest(ranks: np.ndarray, size: int) -> np.ndarray:
    """Which are the lowest `size` of more `ranks`."""
    edge = np.partition(ranks, size - 1)[size - 1]
    among = ranks < edge
    ties = np.flatnonzero(ranks == edge)
    among[ties[: size - np.count_nonzero(among)]] = True
    return among


def _sorted(keys: np.ndarray, ranks: np.ndarray) -> list[int]:
    return keys[np.argsort(ranks, kind="stable")].tolist()


class Head:
    """The first of all resources in an order, from which the first of nearly any set are picked."""

    def __init__(self, keys: list[int]) -> None:
        self.keys = keys
        self.set = set_of(np.array(keys, np.uint32))

    def within(self, found: BitMap) -> Iterator[int]:
        """Those that are in the set `found`, in order."""
        shared = found & self.set
        return (key for key in self.keys if key in shared)
