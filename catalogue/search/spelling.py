"""Words that are spelt nearly like one that was typed, out of those that the catalogue knows."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA, Levenshtein

from catalogue.words.lengths import Dictionary, letters_of

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


@dataclass(frozen=True)
class Speller:
    """Knows the words of a dictionary."""

    dictionary: Dictionary

    def number(self, word: str) -> int:
        """How many resources have `word`, folded."""
        return self.dictionary.number(word)

    def near(self, word: str, number: int) -> list[Near]:
        """The `number` words that were most likely meant by `word`, the likeliest first."""
        if not SHORTEST <= len(word) <= LONGEST or any(map(str.isdigit, word)):
            return []
        most = 2 if len(word) >= LONG else 1
        found: list[tuple[float, str, float]] = []
        for other, wrong, times in self._within(word, most):
            likeness = _likeness(word, other, wrong)
            meant = likeness * (1 + RARER * math.log1p(times))
            found.append((-meant, other, likeness))
        return [Near(own, likeness) for _meant, own, likeness in sorted(found)[:number]]

    def _within(self, word: str, most: int) -> Iterator[tuple[str, int, int]]:
        """The other words that are at most so many edits away, each with how many, and how many
        resources have it."""
        letters = letters_of(np.array([word]))
        for length in range(max(len(word) - most, 2), len(word) + most + 1):
            own = self.dictionary.lengths.get(length)
            if own is None:
                continue
            # An edit takes one letter away and brings one, at most: few are left to look at.
            near = np.flatnonzero(np.bitwise_count(own.letters ^ letters) <= 2 * most)
            for other, times in zip(
                own.words[near].tolist(), own.numbers[near].tolist(), strict=True
            ):
                wrong = OSA.distance(word, other, score_cutoff=most)
                if 0 < wrong <= most:
                    yield other, wrong, times

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two words that `word` is when a space is put in; None where there are none."""
        if not 2 * SHORTEST <= len(word) <= LONGEST:
            return None
        splits = []
        for at in range(2, len(word) - 1):
            parts = word[:at], word[at:]
            if number := min(map(self.number, parts)):
                splits.append((number, parts))
        return max(splits)[1] if splits else None


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
