"""Words that are spelt nearly like one that was typed, out of those that the catalogue knows."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA, Levenshtein

# Words that are shorter have too many neighbours; one letter may be wrong in those that are not, two
# from the second length on.
SHORTEST, LONG = 3, 6
# Longer ones are no words.
LONGEST = 40
# What each wrong letter leaves of the likeness.
WRONG = (1.0, 0.8, 0.5)
# What is left beside where the first letter is another, which people seldom get wrong, and how much
# more likely slips are: two letters swapped, one doubled or not, the key beside.
OTHER_FIRST, SLIP = 0.7, 1.15
# How fast a rarer word is less likely to be meant.
RARER = 0.05
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BESIDE = {
    frozenset((key, other))
    for number, row in enumerate(KEYS)
    for at, key in enumerate(row)
    for other in (
        row[at + 1 : at + 2],
        *(KEYS[number + 1][max(at - 1, 0) : at + 1] if number < 2 else ""),
    )
    if other
}


@dataclass(frozen=True)
class Near:
    """A word of the catalogue, and how like the typed one it is, from 0 to 1."""

    word: str
    likeness: float


class Speller:
    """Knows words, folded, and how many resources have each."""

    def __init__(self, words: Sequence[str], numbers: Sequence[int]) -> None:
        self.numbers = dict(zip(words, map(int, numbers), strict=True))

    def number(self, word: str) -> int:
        return self.numbers.get(word, 0)

    @cached_property
    def _by_length(self) -> dict[int, tuple[list[str], np.ndarray]]:
        """For each length the words of it, and their letters."""
        words: dict[int, list[str]] = defaultdict(list)
        for word in self.numbers:
            if len(word) <= LONGEST:
                words[len(word)].append(word)
        return {length: (own, _letters(own)) for length, own in words.items()}

    def near(self, word: str, number: int) -> list[Near]:
        """The `number` words that were most likely meant by `word`, the likeliest first."""
        if not SHORTEST <= len(word) <= LONGEST or any(map(str.isdigit, word)):
            return []
        most = 2 if len(word) >= LONG else 1
        found: list[tuple[float, str, float]] = []
        for other, wrong in self._within(word, most):
            likeness = _likeness(word, other, wrong)
            meant = likeness * (1 + RARER * math.log1p(self.numbers[other]))
            found.append((-meant, other, likeness))
        return [Near(own, likeness) for _meant, own, likeness in sorted(found)[:number]]

    def _within(self, word: str, most: int) -> Iterator[tuple[str, int]]:
        """The other words that are at most so many edits away, each with how many."""
        letters = _letters([word])
        for length in range(max(len(word) - most, 2), len(word) + most + 1):
            own, theirs = self._by_length.get(length, ([], None))
            if not own:
                continue
            # An edit takes one letter away and brings one, at most: few are left to look at.
            for at in np.flatnonzero(np.bitwise_count(theirs ^ letters) <= 2 * most).tolist():
                wrong = OSA.distance(word, own[at], score_cutoff=most)
                if 0 < wrong <= most:
                    yield own[at], wrong

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two words that `word` is when a space is put in; None where there are none."""
        if not 2 * SHORTEST <= len(word) <= LONGEST:
            return None
        splits = [
            (min(self.numbers[word[:at]], self.numbers[word[at:]]), (word[:at], word[at:]))
            for at in range(2, len(word) - 1)
            if word[:at] in self.numbers and word[at:] in self.numbers
        ]
        return max(splits)[1] if splits else None


def _letters(words: list[str]) -> np.ndarray:
    """For each of `words`, which are of one length, a bit for each letter in it, some sharing one."""
    letters = np.array(words).view(np.uint32).reshape(len(words), -1)
    return np.bitwise_or.reduce(np.uint32(1) << (letters & np.uint32(31)), axis=1)


def _likeness(typed: str, word: str, wrong: int) -> float:
    found = WRONG[wrong]
    if typed[0] != word[0]:
        found *= OTHER_FIRST
    if wrong == 1 and _is_slip(typed, word):
        found *= SLIP
    return min(found, 1.0)


def _is_slip(typed: str, word: str) -> bool:
    """Whether fingers easily make of `word` what was typed, which is one edit away."""
    edits = Levenshtein.editops(typed, word)
    if len(edits) > 1:
        return True
    kind, here, there = edits[0].tag, edits[0].src_pos, edits[0].dest_pos
    if kind == "replace":
        return frozenset((typed[here], word[there])) in BESIDE
    long, at = (word, there) if kind == "insert" else (typed, here)
    return long[at] in (long[at - 1 : at] + long[at + 1 : at + 2])
