"""Many words in few bytes: an array for each length of words. As texts they would take five times as
much, and a dictionary of these as much again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

import numpy as np

# Comes after every sign that begins a word.
LAST = "\U0010ffff"
# Nobody asks of three letters whether more words have them.
MANY = 255


@dataclass(frozen=True)
class OfLength:
    """Words of one length in the order of their signs, and in `numbers` (int32) how many resources
    hold each. Never change the arrays."""

    words: np.ndarray
    numbers: np.ndarray

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "OfLength":
        words = sorted(counts)
        return cls(np.array(words), np.array([counts[word] for word in words], np.int32))

    def number(self, word: str) -> int:
        """How many hold `word`, which is of this length."""
        at = int(np.searchsorted(self.words, word))
        is_here = at < len(self.words) and self.words[at] == word
        return int(self.numbers[at]) if is_here else 0

    def plus(self, more: "OfLength") -> "OfLength":
        at = np.searchsorted(self.words, more.words)
        is_new = at == len(self.words)
        is_new[~is_new] = self.words[at[~is_new]] != more.words[~is_new]
        numbers = self.numbers.copy()
        numbers[at[~is_new]] += more.numbers[~is_new]
        return OfLength(
            np.insert(self.words, at[is_new], more.words[is_new]),
            np.insert(numbers, at[is_new], more.numbers[is_new]),
        )

    @cached_property
    def letters(self) -> np.ndarray:
        """For each word a bit for each letter in it, some sharing one (uint32)."""
        return letters_of(self.words)

    @cached_property
    def threes(self) -> np.ndarray:
        """How often any three letters stand in a row, by their number (threes_of; uint8, MANY for more)."""
        counts = np.bincount(threes_of(self.words), minlength=1 << 15)
        return np.minimum(counts, MANY).astype(np.uint8)


@dataclass(frozen=True)
class Dictionary:
    """Words of titles, descriptions and names as they stand there, in small letters without accents,
    and how many resources hold each, those twice that hold it in the title."""

    lengths: dict[int, OfLength] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Dictionary":
        by_length: dict[int, dict[str, int]] = {}
        for word, number in counts.items():
            by_length.setdefault(len(word), {})[word] = number
        return cls({length: OfLength.of(own) for length, own in by_length.items()})

    @classmethod
    def in_order(cls, words: Sequence[str], numbers: Sequence[int]) -> "Dictionary":
        """Of `words` that come in the order in which they are held: by length, then by their signs."""
        lengths: dict[int, OfLength] = {}
        start = 0
        for length, some in groupby(words, len):
            own = np.array([*some])
            end = start + len(own)
            lengths[length] = OfLength(own, np.array(numbers[start:end], np.int32))
            start = end
        return cls(lengths)

    def plus(self, counts: Mapping[str, int]) -> "Dictionary":
        """With `counts` added; lengths that none of these has are handed on."""
        more = Dictionary.of(counts).lengths
        own = {
            length: self.lengths[length].plus(more[length])
            for length in more
            if length in self.lengths
        }
        return Dictionary(self.lengths | more | own)

    def __len__(self) -> int:
        return sum(len(own.words) for own in self.lengths.values())

    @cached_property
    def threes(self) -> np.ndarray:
        """How often any three letters stand in a row, by their number (threes_of; int64); of words of each
        length MANY at most."""
        own = [one.threes for one in self.lengths.values()]
        return np.sum([np.zeros(1 << 15, np.int64), *own], axis=0, dtype=np.int64)

    def items(self) -> Iterator[tuple[str, int]]:
        """(word, how many hold it), short ones first."""
        for _length, own in sorted(self.lengths.items()):
            yield from zip(own.words.tolist(), own.numbers.tolist(), strict=True)

    def number(self, word: str) -> int:
        """How many hold `word`; 0 where it is none of these."""
        own = self.lengths.get(len(word))
        return own.number(word) if own else 0

    def commonest(self, beginning: str) -> str:
        """The longer word that begins so and that most hold, of such the shortest; "" where none does."""
        found = (0, "")
        for length, own in sorted(self.lengths.items()):
            if length > len(beginning):
                first, end = np.searchsorted(own.words, [beginning, beginning + LAST])
                if first < end:
                    at = int(first + own.numbers[first:end].argmax())
                    if own.numbers[at] > found[0]:
                        found = int(own.numbers[at]), str(own.words[at])
        return found[1]


def letters_of(words: np.ndarray) -> np.ndarray:
    """For each of `words`, which are of one length, a bit for each letter in it, some sharing one."""
    return np.bitwise_or.reduce(np.uint32(1) << _signs(words), axis=1)


def threes_of(words: np.ndarray) -> np.ndarray:
    """For each three letters that stand in a row in `words`, which are of one length, a number below
    32,768, which some share; begin and end are letters too."""
    framed = np.pad(_signs(words), ((0, 0), (1, 1)))
    return ((framed[:, :-2] << 10) | (framed[:, 1:-1] << 5) | framed[:, 2:]).ravel()


def _signs(words: np.ndarray) -> np.ndarray:
    """The letters of each word, as numbers below 32, which some share: a row for each."""
    signs = np.ascontiguousarray(words).view(np.uint32).reshape(len(words), -1)
    return signs & np.uint32(31)
