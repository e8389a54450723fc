"""Words that are spelt nearly like one that was typed, out of those that the catalogue knows."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import numpy as np
from rapidfuzz.distance import OSA, Levenshtein

from catalogue.words.everyday import is_everyday
from catalogue.words.lengths import LAST, Dictionary, letters_of, threes_of

# Words that are shorter have too many neighbours; one letter may be wrong in those that are not, two
# from the second length on; in everyday words, which are seldom slips, from the third, or where both
# sound the same.
SHORTEST, LONG, LONG_WORD = 3, 6, 8
# Longer ones are no words.
LONGEST = 40
# What each wrong letter leaves of the likeness.
WRONG = (1.0, 0.8, 0.5)
# What is left beside where the first letter is another, which people seldom get wrong, and how much
# more likely slips are: two letters swapped, one doubled or not, the key beside.
OTHER_FIRST, SLIP = 0.7, 1.15
# How fast a rarer word is less likely to be meant.
RARER = 0.05
# How like a word is that sounds the same, however it is spelt.
SOUNDS_SO = 0.8
# How like a word is that only begins so, and how many letters that takes.
BEGUN, TELLING = 0.5, 4
# From how many letters on what was typed is surely a slip, unless it is an everyday word: for what is
# spelt as no word of the catalogue is, and for what may well be a word that the catalogue hasn't got.
SURE = {"swapped": (4, 5), "missing": (4, 5), "wrong": (5, 7), "two": (8, 9), "sounds": (7, 7)}
# Three letters in a row that fewer than one word in so many has are in no word.
ODD = 2_000
# What English has several spellings for, one after the other: signs, and the sound of them.
SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("wr"), "r"),
    (re.compile("^kn"), "n"),
    (re.compile("gh(?=t|$)"), ""),
    (re.compile("c(?=[eiy])|z"), "s"),
    (re.compile("ck|[cq]"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=..)e$"), ""),
)
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
    """A word of the catalogue, how like the typed one it is, from 0 to 1, and whether it was surely
    meant; else it may have been, and what was typed may as well be a word of its own, as every everyday
    word is."""

    word: str
    likeness: float
    is_sure: bool = False


@dataclass(frozen=True)
class Speller:
    """Knows the words of a dictionary."""

    dictionary: Dictionary

    def number(self, word: str) -> int:
        """How many resources have `word`, folded."""
        return self.dictionary.number(word)

    def is_odd(self, word: str) -> bool:
        """Whether `word` has letters in a row that the words known here hardly have."""
        counts = self.dictionary.threes[threes_of(np.array([word]))]
        return bool((counts * ODD < len(self.dictionary)).any())

    def near(self, word: str, number: int) -> list[Near]:
        """The `number` words that were most likely meant by `word`: those first that surely were, and of
        these and of the others the likeliest."""
        if not SHORTEST <= len(word) <= LONGEST or any(map(str.isdigit, word)):
            return []
        most = 2 if len(word) >= LONG else 1
        found = [*self._found(word, self._within(word, most))]
        if most > 1 and not any(near.is_sure for _key, near in found):
            found += self._found(word, self._sounding(word))
        # What sounds the same may be few edits away as well.
        best: dict[str, Near] = {}
        for _key, near in sorted(found, key=itemgetter(0)):
            best.setdefault(near.word, near)
        return [*best.values()][:number]

    def _found(
        self, word: str, others: Iterable[tuple[str, str, int]]
    ) -> Iterator[tuple[tuple[bool, float, str], Near]]:
        """Each of `others` with what it is sorted by."""
        is_odd, is_known = self.is_odd(word), is_everyday(word)
        for other, kind, wrong in others:
            # Short ones look like many another.
            if is_known and (len(word) < LONG or (kind == "two" and not _is_like(word, other))):
                continue
            likeness = _likeness(word, other, wrong)
            meant = likeness * (1 + RARER * math.log1p(self.number(other)))
            is_long = len(word) >= SURE[kind][not is_odd]
            is_sure = is_long and not is_known and _begins_alike(word, other)
            yield (not is_sure, -meant, other), Near(other, likeness, is_sure)

    def _within(self, word: str, most: int) -> Iterator[tuple[str, str, int]]:
        """The other words that are at most so many edits away: each with what is wrong (SURE), and how
        many edits."""
        # An edit takes one letter away and brings one, at most: few are left to look at.
        for other in self._sharing(word, most, 2 * most):
            wrong = OSA.distance(word, other, score_cutoff=most)
            if 0 < wrong <= most:
                yield other, "two" if wrong > 1 else _kind(word, other), wrong

    def _sounding(self, word: str) -> Iterator[tuple[str, str, int]]:
        """The other words that begin with the same letter and sound the same, likewise; the number of
        edits is told as 0."""
        sound = sound_of(word)
        for other in self._sharing(word, 2, 6, word[0]):
            if other != word and sound_of(other) == sound:
                yield other, "sounds", 0

    def _sharing(self, word: str, most: int, apart: int, first: str = "") -> Iterator[str]:
        """Words at most so many letters shorter or longer, of which at most `apart` letters are not in
        both; those that begin with `first`."""
        letters = letters_of(np.array([word]))
        for length in range(max(len(word) - most, 2), len(word) + most + 1):
            own = self.dictionary.lengths.get(length)
            if own is None:
                continue
            places = (
                slice(*np.searchsorted(own.words, [first, first + LAST])) if first else slice(None)
            )
            near = np.bitwise_count(own.letters[places] ^ letters) <= apart
            yield from own.words[places][near].tolist()

    def beginning(self, word: str, number: int) -> list[Near]:
        """The `number` commonest words that begin with `word`, which is long enough to tell them."""
        if len(word) < TELLING:
            return []
        longer: list[tuple[int, str]] = []
        for length, own in self.dictionary.lengths.items():
            if length > len(word):
                places = slice(*np.searchsorted(own.words, [word, word + LAST]))
                numbers, words = own.numbers[places].tolist(), own.words[places].tolist()
                longer += [(-times, one) for times, one in zip(numbers, words, strict=True)]
        return [Near(one, BEGUN) for _times, one in sorted(longer)[:number]]

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


@lru_cache(10_000)
def sound_of(word: str) -> str:
    """`word` as English speaks it, whatever it is spelt like."""
    for signs, sound in SOUNDS:
        word = signs.sub(sound, word)
    return word


def _likeness(typed: str, word: str, wrong: int) -> float:
    """`wrong`: how many letters; 0 where the word only sounds so."""
    found = WRONG[wrong] if wrong else SOUNDS_SO
    if not _begins_alike(typed, word):
        found *= OTHER_FIRST
    if wrong == 1 and _is_slip(typed, word):
        found *= SLIP
    return min(found, 1.0)


def _is_like(typed: str, word: str) -> bool:
    """Whether whoever typed an everyday word may have meant one in which two letters are others."""
    return len(typed) >= LONG_WORD or sound_of(typed) == sound_of(word)


def _begins_alike(typed: str, word: str) -> bool:
    """Whether both begin with one sound: people seldom get that wrong."""
    return typed[0] == word[0] or sound_of(typed[:3])[:1] == sound_of(word[:3])[:1]


def _kind(typed: str, word: str) -> str:
    """What is wrong with a word that is one edit away, as SURE has it; one too many is as one missing."""
    if len(typed) != len(word):
        return "missing"
    return "swapped" if sorted(typed) == sorted(word) else "wrong"


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
