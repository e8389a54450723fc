"""Sets of resources: roaring bitmaps of their primary keys, and the ways of numbers to and from them."""

from array import array
from collections.abc import Iterable

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


def from_wire(numbers: bytes | None, kind: str = ">i4") -> np.ndarray:
    """Numbers as PostgreSQL's int2send, int4send (the default) and int8send write them."""
    packed = np.frombuffer(numbers or b"", kind)
    return packed.astype(packed.dtype.newbyteorder("="))
