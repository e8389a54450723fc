"""Sets of resources: roaring bitmaps of their primary keys, and the ways of numbers to and from them."""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import is_

import numpy as np
from pyroaring import BitMap

NOBODY = BitMap()


def set_of(keys: np.ndarray) -> BitMap:
    """The set of these primary keys, from an array of uint32."""
    # By far the quickest way that pyroaring offers.
    return BitMap(array("I", np.ascontiguousarray(keys, np.uint32).tobytes()))


def keys_of(found: BitMap) -> np.ndarray:
    """The primary keys in the set, from the lowest: an array of uint32."""
    return np.frombuffer(found.to_array(), np.uint32)


def in_order(numbers: np.ndarray) -> np.ndarray:
    """`numbers` from the lowest; themselves where they are in order, as they nearly always are, which
    is far sooner found out than done."""
    return np.sort(numbers) if np.any(numbers[1:] < numbers[:-1]) else numbers


def union(own: Iterable[BitMap]) -> BitMap:
    """The set of what is in any of them. It may be one of these itself, so never change it."""
    own = [one for one in own if one]
    if len(own) < 2:
        return own[0] if own else NOBODY
    return BitMap.union(*own)


class Union:
    """What is in any of several sets: how many are, and once somebody asked for it the set of them,
    which takes a hundred times the memory."""

    def __init__(self, sources: Iterable[BitMap]) -> None:
        self._sources = list(sources)

    def is_of(self, sources: Sequence[BitMap]) -> bool:
        """Whether this is made of the very same sets, in this order."""
        return len(sources) == len(self._sources) and all(map(is_, sources, self._sources))

    @cached_property
    def whole(self) -> BitMap:
        return union(self._sources)

    @cached_property
    def size(self) -> int:
        return len(self.whole if "whole" in self.__dict__ else union(self._sources))


def from_wire(numbers: bytes | None, kind: str = ">i4") -> np.ndarray:
    """Numbers as PostgreSQL's int2send, int4send (the default) and int8send write them."""
    packed = np.frombuffer(numbers or b"", kind)
    return packed.astype(packed.dtype.newbyteorder("="))
