"""Sets of resources, each known by its place: how many come before it by title.

A set is an int of which bit n stands for place n, so that what two share is an `&`. Since that costs
an eighth of a byte for each resource there is, a set of few is kept as an array of its places.
"""

import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator

# A set has few of all where it has one in so many: then kept as places, it takes an eighth of the
# memory or less. What is kept as bits takes 32 bytes at most for each of its members.
ONE_IN = 256

NOT_EMPTY = re.compile(rb"[^\0]", re.DOTALL)

Kept = int | array


def from_wire(places: bytes | None) -> array:
    """Places, or other numbers of four bytes, as PostgreSQL's int4send writes them."""
    return _from_wire("i", places)


def keys_from_wire(keys: bytes | None) -> array:
    """Primary keys as PostgreSQL's int8send writes them."""
    return _from_wire("q", keys)


def _from_wire(kind: str, numbers: bytes | None) -> array:
    found = array(kind)
    found.frombytes(numbers or b"")
    if sys.byteorder == "little":
        found.byteswap()
    return found


def set_of(places: Iterable[int]) -> int:
    """The set with these places."""
    places = places if isinstance(places, array) else list(places)
    bits = bytearray((max(places, default=0) >> 3) + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def places_of(found: int) -> Iterator[int]:
    """The places in the set `found`, from the first."""
    for match in NOT_EMPTY.finditer(as_bytes(found)):
        first, byte = match.start() << 3, match.group()[0]
        yield from (first + bit for bit in range(8) if byte >> bit & 1)


def within(found: int, places: Iterable[int]) -> Iterator[int]:
    """Those of `places` that are in the set `found`, in their order."""
    return filter(membership(found), places)


def membership(found: int) -> Callable[[int], int]:
    """What tells of a place whether it is in the set `found`: 1 or 0."""
    bits = as_bytes(found)
    end = len(bits) << 3
    return lambda place: bits[place >> 3] >> (place & 7) & 1 if place < end else 0


def as_bytes(found: int) -> bytes:
    return found.to_bytes(found.bit_length() // 8 + 1, "little")


def kept(places: array, total: int) -> Kept:
    """The set with `places`, out of `total` that there are, as it takes little memory."""
    return places if len(places) * ONE_IN <= total else set_of(places)


def joined(one: Kept, other: Kept, total: int) -> Kept:
    """What is in one of the two sets or in both, likewise."""
    if isinstance(one, array) and isinstance(other, array):
        return kept(array("i", {*one, *other}), total)
    return as_set(one) | as_set(other)


def as_set(found: Kept) -> int:
    return set_of(found) if isinstance(found, array) else found


def size(found: Kept) -> int:
    return len(found) if isinstance(found, array) else found.bit_count()
