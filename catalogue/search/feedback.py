"""The first places of a search that widened, ordered again by what stands in their texts beside the words.

Where few hold all that was typed, the words alone tell little of what comes first among those that hold
some. Three things tell more: that words which were typed side by side stand side by side, what the best
have in common, since whoever says that too is more likely meant, and how well those fit that speak
of the same. All are read from the texts of the first alone, by one query.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Self

import numpy as np
from django.db import connection

from catalogue.search.ranking import (
    BITS,
    K1,
    MASKS,
    SHIFTS,
    TINY,
    Codes,
    Ground,
    Places,
    Scores,
    Word,
)
from catalogue.tallies import Tallies
from catalogue.tallies.sets import keys_of
from catalogue.words.recent import Recent

# The texts of so many are read; so many of these, the best, tell what they have in common.
READ, BEST = 36, 8
# What two words add that stand side by side, of the weight of the lesser.
BESIDE = 0.5
# So many lexemes count that the best have in common; what they add, of all words that were typed.
SHARED, ADDS = 20, 0.4
# So much of a score is that of so many others whose texts are most alike.
NEAR, NEIGHBOURS = 0.4, 8
# How rare a lexeme is, so many resources at most tell, spread evenly over the catalogue.
SAMPLE = 512

TEXTS = "SELECT id, found_by::text FROM catalogue_resource WHERE id = ANY (%s)"

LEXEME = re.compile(r"'([^']+)':(\S+)")

# The code of what stands once in the title, in names, in the description.
ONCE = {field: 1 << shift for field, (shift, _most) in zip("ABC", BITS, strict=True)}

# The resources of the sample that was read last, and how many of them have each lexeme.
_sample: tuple[tuple[int, ...], Counter[str]] = ((), Counter())


@dataclass(frozen=True)
class Text:
    """`spots`: of each lexeme where it stands, “1A,5C”."""

    spots: Mapping[str, str]

    @cached_property
    def codes(self) -> Codes:
        """How often each stands in each field, in the order of `spots`."""
        # Most stand once.
        codes = (_code(own) if "," in own else ONCE[own[-1]] for own in self.spots.values())
        return np.fromiter(codes, np.uint16, len(self.spots))


NOTHING = Text({})
# Texts that were read lately: who narrows a search, or pages on, has the same first again. In letters.
_texts: Recent[str, Text] = Recent(200_000)


@dataclass(frozen=True)
class Group:
    """Places, the best first, with their scores; `is_whole`: whether they hold every word."""

    places: Places
    scores: Scores
    is_whole: bool = False


@dataclass(frozen=True)
class Rarities:
    """How rare lexemes are, by a sample of `total` resources: how many of them are `having` each."""

    having: Mapping[str, int]
    total: int

    def of(self, lexemes: Iterable[str]) -> np.ndarray:
        """As ranking.rarity tells it."""
        number = self.having.get
        having = np.array([number(lexeme, 0) for lexeme in lexemes], np.float32)
        return np.log1p((self.total - having + 0.5) / (having + 0.5))


@dataclass(frozen=True)
class Said:
    """What texts say, a row for each text and a column for each of `lexemes`. `often`: 0.5 where a
    lexeme stands once, towards 1 where it stands often; `tells`: by field and length too, as it
    would score; `rare`: how rare each is elsewhere."""

    lexemes: Mapping[str, int]
    often: np.ndarray
    tells: np.ndarray
    rare: np.ndarray

    @classmethod
    def by(cls, texts: Sequence[Text], places: Places, ground: Ground, rarities: Rarities) -> Self:
        """By the `texts` of the resources at `places`."""
        every = [*chain.from_iterable(text.spots for text in texts)]
        lexemes = {one: number for number, one in enumerate(dict.fromkeys(every))}
        columns = np.fromiter(map(lexemes.__getitem__, every), np.intp, len(every))
        rows = np.repeat(np.arange(len(texts)), [len(text.spots) for text in texts])
        codes = np.concatenate([text.codes for text in texts])
        counts = ((codes >> SHIFTS) & MASKS).sum(axis=0, dtype=np.float32)
        frequencies = ground.frequencies(places[rows], codes)

        def table(values: np.ndarray) -> np.ndarray:
            found = np.zeros((len(texts), len(lexemes)), np.float32)
            found[rows, columns] = values
            return found

        often, tells = counts / (counts + 1), frequencies / (frequencies + np.float32(K1))
        return cls(lexemes, table(often), table(tells), rarities.of(lexemes))

    def in_common(
        self, scores: Scores, best: np.ndarray, words: Iterable[str]
    ) -> tuple[np.ndarray, np.ndarray]:
        """The lexemes that tell the rows `best`, by their `scores`, from others, SHARED at most, by their
        numbers, and what each is worth of all. None of `words`."""
        worth = (scores[best, None] * self.often[best]).sum(axis=0) * self.rare
        worth[[self.lexemes[one] for one in words if one in self.lexemes]] = 0
        first = np.argsort(-worth, kind="stable")[:SHARED]
        return first, worth[first] / max(worth[first].sum(), TINY)

    def of_neighbours(self, scores: Scores) -> Scores:
        """Of each text, the mean of the `scores` of those that are most alike, by how much they are."""
        told = self.often * self.rare
        lengths = np.sqrt((told * told).sum(axis=1))
        # What stands in one text alone makes none alike.
        told = told[:, np.count_nonzero(told, axis=0) > 1] / np.maximum(lengths, TINY)[:, None]
        # Without BLAS, which would start threads for so little.
        likeness = np.einsum("ik,jk->ij", told, told)
        np.fill_diagonal(likeness, 0)
        last = max(len(scores) - NEIGHBOURS, 0)
        likeness[likeness < np.partition(likeness, last, axis=1)[:, last, None]] = 0
        return (likeness * scores).sum(axis=1) / np.maximum(likeness.sum(axis=1), TINY)


def reordered(groups: Sequence[Group], words: Sequence[Word], tallies: Tallies) -> Places:
    """The places of all `groups`, one group after the other, the first READ in another order within
    their groups. One query."""
    every = np.concatenate([group.places for group in groups])
    if len(every) < 2:
        return every
    number = np.repeat(np.arange(len(groups)), [len(group.places) for group in groups])[:READ]
    whole = np.array([group.is_whole for group in groups])[number]
    keys = tallies.keys(every[:READ]).tolist()
    found, rarities = _read(keys, tallies)
    texts = [found.get(key, NOTHING) for key in keys]
    scores = np.concatenate([group.scores for group in groups])[:READ] + beside(words, texts)
    said = Said.by(texts, every[:READ], words[0].spellings[0].ground, rarities)
    best = np.lexsort((-scores, number))[:BEST]
    again = scores + alike(said, scores, best, words)
    again += NEAR * (said.of_neighbours(again) - again)
    # Who holds every word needs no likeness to others.
    scores = np.where(whole, scores, again)
    return np.concatenate([every[np.lexsort((-scores, number))], every[READ:]])


def forget() -> None:
    """Reads a sample anew."""
    global _sample
    _sample = (), Counter()


def beside(words: Sequence[Word], texts: Sequence[Text]) -> Scores:
    """What is added to each of `texts` for those of `words` that follow each other there as they do in
    the query."""
    adds = [BESIDE * min(one.weight, other.weight) for one, other in pairwise(words)]
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        for lexeme in word.lexemes:
            numbers[lexeme].append(number)
    found = np.zeros(len(texts), np.float32)
    for row, text in enumerate(texts):
        spots: dict[int, list[str]] = defaultdict(list)
        for lexeme in numbers.keys() & text.spots.keys():
            for number in numbers[lexeme]:
                spots[number].append(text.spots[lexeme])
        found[row] = sum(
            adds[number]
            for number in spots.keys() & {number - 1 for number in spots}
            if _follow(spots[number], spots[number + 1])
        )
    return found


def _follow(spots: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of `others` is right after one of `spots`."""
    return not {spot + 1 for spot in _spots(spots)}.isdisjoint(_spots(others))


def alike(said: Said, scores: Scores, best: np.ndarray, words: Sequence[Word]) -> Scores:
    """What is added to each text for what it says of that which the `best` have in common beside
    `words`: at most ADDS of what these are."""
    own = frozenset().union(*(word.lexemes for word in words))
    shared, worth = said.in_common(scores, best, own)
    most = ADDS * (K1 + 1) * sum(word.weight for word in words)
    return (said.tells[:, shared] * worth).sum(axis=1) * np.float32(most)


def _code(spots: str) -> int:
    """How often a lexeme stands in each field, as ranking.BITS has it."""
    return sum(
        min(spots.count(field), most) << shift
        for field, (shift, most) in zip(ONCE, BITS, strict=True)
    )


def _read(keys: Sequence[int], tallies: Tallies) -> tuple[dict[int, Text], Rarities]:
    """The texts of `keys`, and how rare lexemes are: where others are to tell that than before, they
    are read along."""
    global _sample
    few = tallies.made("spread", lambda: _spread(tallies))
    kept, having = _sample
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [[*keys] if few == kept else [*{*keys, *few}]])
        texts = {key: _text(said) for key, said in cursor.fetchall()}
    if few != kept:
        having = Counter(lexeme for key in few if key in texts for lexeme in texts[key].spots)
        _sample = few, having
    return {key: texts[key] for key in keys if key in texts}, Rarities(having, len(few))


def _spread(tallies: Tallies) -> tuple[int, ...]:
    """Every so many-th of all resources, SAMPLE at most; nearly always the same when one is added."""
    step = 1 << ((tallies.total - 1) // SAMPLE).bit_length()
    return tuple(keys_of(tallies.every)[::step].tolist())


def _text(found_by: str) -> Text:
    """Of a tsvector as it is written. No lexeme has a space or quotation mark."""
    known = _texts.those_of((found_by,)).get(found_by)
    if known is None:
        known = Text(dict(LEXEME.findall(found_by)))
        _texts.keep(found_by, known, len(found_by))
    return known


def _spots(spots: Iterable[str]) -> set[int]:
    """Of “1A,5C”, 1 and 5."""
    return {int(spot.rstrip("ABC")) for own in spots for spot in own.split(",")}
