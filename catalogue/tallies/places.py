"""Primary keys in chunks, and the places that arrays have for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

# How many primary keys a chunk speaks for: chunk n has those from n × CHUNK on. What is kept of a
# chunk counts in two bytes. A power of two; once there are chunks, it stays.
CHUNK = 16_384

Keys = np.ndarray  # of uint32
At = np.ndarray  # places, of int32


@dataclass(frozen=True)
class Places:
    """Where in an array a resource stands, for arrays that have CHUNK places for each chunk.

    `numbers` are those of the chunks, in the order in which they were first met, so that a place
    stays what it is when others are met.
    """

    numbers: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How long such an array is."""
        return len(self.numbers) * CHUNK

    def including(self, numbers: Iterable[int]) -> "Places":
        """With room for these chunks too."""
        here = set(self.numbers)
        new = [number for number in sorted(set(numbers)) if number not in here]
        return Places((*self.numbers, *new)) if new else self

    def of(self, keys: Keys) -> At:
        """The places of primary keys, each in a chunk that is known."""
        keys = np.asarray(keys, np.uint32)
        if self._is_plain:
            return keys.view(np.int32)
        # Floored division by a power of two; NumPy's own takes several times as long.
        bits, rest = np.uint32(CHUNK.bit_length() - 1), np.uint32(CHUNK - 1)
        return self._starts[keys >> bits] + (keys & rest).astype(np.int32)

    def keys(self, places: At) -> Keys:
        """The primary keys at places."""
        if self._is_plain:
            return np.asarray(places, np.int32).view(np.uint32)
        bits, rest = np.int32(CHUNK.bit_length() - 1), np.int32(CHUNK - 1)
        numbers = np.asarray(self.numbers, np.uint32)[places >> bits]
        return numbers * np.uint32(CHUNK) + (places & rest).astype(np.uint32)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether chunks stand by their numbers from 0 on, as they mostly do: then a place is a key."""
        return self.numbers == tuple(range(len(self.numbers)))

    @cached_property
    def _starts(self) -> np.ndarray:
        """Where each chunk begins, by its number."""
        starts = np.zeros(max(self.numbers, default=-1) + 1, np.int32)
        starts[list(self.numbers)] = np.arange(len(self.numbers)) * CHUNK
        return starts
