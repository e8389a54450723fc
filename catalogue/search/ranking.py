"""Which resources hold the words that are looked for, and in what order: BM25F, with numpy.

Nothing here asks the database. A resource is known by its place (catalogue.tallies.places); sets of
them are arrays of places, from the lowest, each once.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np

# How much a field counts, and how far its length beside the average is held against it: title, names
# (of the provider and authors), description.
WEIGHTS = (3.0, 1.5, 1.0)
BY_LENGTH = (0.5, 0.3, 0.7)
# The bits of a code that hold how often a word stands in each field; those beyond tell that a skill or
# tag is so named, that one has another name so, and that anything is.
BITS = ((6, 3), (4, 3), (0, 15))
IN_TEXT, IN_NAME, IN_OTHER, HERE = (1 << 8) - 1, 1 << 8, 1 << 9, 1 << 10
# A skill or tag whose name holds the word: as much as one word in the description of a resource of
# average length, and half; where only another name of it does, less than that word.
NAMED, ALSO = 1.5, 0.75
# How soon another occurrence of a word tells nothing new.
K1 = 2.0
# How far the rarity of a spelling is its own, where there are several; the rest is that of all.
OWN = 0.3
# The shares of all words' weight that are asked for, one after the other, where fewer than a page
# have every word; and how many times as many have to hold so little. The last: any of them.
SHARES = ((0.75, 1), (0.5, 1), (0.25, 1), (0.125, 4), (0.0625, 16), (0.0, 1))
# Of those that hold most, so many times as many as are sought are scored first.
FIRST = 4
# So few are scored at once.
FEW = 1_000
# Where places are so many times as many as what stands there, they are looked up rather than marked.
FAR = 256
# Room for sums that are rounded; and what is told of a share that is hardly any.
ROOM, TINY = 1e-3, 1e-6

Places = np.ndarray
# uint8 or uint16, see BITS.
Codes = np.ndarray
Scores = np.ndarray
NOWHERE: Places = np.zeros(0, np.int32)
# Which of an array, by their numbers; all of it as a slice, which costs nothing.
Numbers = np.ndarray | slice


def _column(values: Iterable[float], kind: type = np.float32) -> np.ndarray:
    """One below the other, for arrays that have a row for each field."""
    return np.array([*values], kind)[:, None]


SHIFTS, MASKS = (_column(own, np.uint16) for own in zip(*BITS, strict=True))
WORTH, REST = _column(WEIGHTS), _column(1 - by for by in BY_LENGTH)


@dataclass(frozen=True)
class Ground:
    """What all resources share: how many places there are, the words of each in title, names and
    description (uint16, 3 × size), their averages, and the resources there are."""

    size: int
    lengths: np.ndarray
    averages: Sequence[float]
    total: int

    def frequencies(self, places: Places, codes: Codes) -> Scores:
        """How often a word stands at each of `places`, as `codes` tell, by field, weight and length."""
        own = (codes >> SHIFTS) & MASKS
        norms = np.take(self.lengths, places, axis=1) * self._shares
        norms += REST
        found = (own * WORTH / norms).sum(axis=0)
        found[(codes & IN_NAME) > 0] += np.float32(NAMED)
        found[(codes & (IN_NAME | IN_OTHER)) == IN_OTHER] += np.float32(ALSO)
        return found

    @cached_property
    def _shares(self) -> np.ndarray:
        """What is held against each field for each of its words."""
        return _column(
            [by / max(own, 1e-9) for by, own in zip(BY_LENGTH, self.averages, strict=True)]
        )


@dataclass(frozen=True)
class Occurrences:
    """Where a lexeme stands in texts: at `places`, in each as often as `codes` tell."""

    places: Places
    codes: Codes


@dataclass(frozen=True)
class Spelling:
    """One way to write a word, and where it stands. `likeness`: 1 for what was typed, less for what is
    only spelt nearly so. `lexemes`: what it is in texts; `names`: (facet, value) of the skills and tags
    that are so named."""

    ground: Ground
    places: Places
    codes: Codes
    likeness: float = 1.0
    lexemes: frozenset[str] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(
        cls,
        ground: Ground,
        texts: Iterable[Occurrences],
        named: Places,
        likeness: float = 1.0,
        *,
        also: Places = NOWHERE,
        **said: frozenset,
    ) -> Self:
        """What stands where one of `texts` does, in the name of a skill or tag at `named`, in another name
        of one at `also`; `said`: `lexemes` and `names`."""
        parts = [(text.places, text.codes) for text in texts]
        for places, code in ((named, IN_NAME), (also, IN_OTHER)):
            parts.append((places, np.full(len(places), code, np.uint16)))
        return cls(ground, *_joined(parts, ground.size), likeness, **said)

    @classmethod
    def either(cls, spellings: Sequence[Self]) -> Self:
        """What stands where one of them does: together they count as one."""
        own, *others = spellings
        if not others:
            return own
        return cls(
            own.ground,
            *_joined([(one.places, one.codes) for one in spellings], own.ground.size),
            lexemes=frozenset().union(*(one.lexemes for one in spellings)),
            names=frozenset().union(*(one.names for one in spellings)),
        )

    @property
    def in_texts(self) -> Places:
        """Where it stands in a text."""
        return self.places[(self.codes & IN_TEXT) > 0]

    @property
    def nbytes(self) -> int:
        """How large it is in memory, with `tellings`."""
        return self.places.nbytes + self.codes.nbytes + 4 * len(self.places)

    @cached_property
    def rarity(self) -> float:
        return rarity(len(self.places), self.ground.total)

    @cached_property
    def tellings(self) -> Scores:
        """At each of `places` how much it tells that it stands there so often: from 0 to 1."""
        return self._tellings(slice(None))

    def _tellings(self, at: Numbers) -> Scores:
        frequencies = self.ground.frequencies(self.places[at], self.codes[at])
        return frequencies / (frequencies + np.float32(K1))

    def scores(self, among: "Among", rarity: float) -> tuple[Numbers, Scores]:
        """Which of `among` have it, by their number there, and how well, where it is so rare."""
        numbers, at = among.shared(self.places)
        # Once many are asked of, all are worked out: they are asked of again.
        if "tellings" in self.__dict__ or isinstance(at, slice) or len(at) * 4 > len(self.places):
            tellings = self.tellings[at]
        else:
            tellings = self._tellings(at)
        return numbers, tellings * np.float32(self.likeness * rarity * (K1 + 1))


def _joined(parts: Iterable[tuple[Places, Codes]], size: int) -> tuple[Places, Codes]:
    """All places of `parts`, and for each its codes as one (uint16): how often all of it stands there."""
    parts = [(places, codes) for places, codes in parts if len(places)]
    if not parts:
        return np.zeros(0, np.int32), np.zeros(0, np.uint16)
    if len(parts) == 1:
        places, codes = parts[0]
        return places, codes.astype(np.uint16)
    if sum(len(places) for places, _codes in parts) * FAR < size:
        every = np.unique(np.concatenate([places for places, _codes in parts]))
        found = np.zeros(len(every), np.uint16)
        for places, codes in parts:
            at = np.searchsorted(every, places)
            found[at] = _added(found[at], codes)
        return every, found
    marks = np.zeros(size, np.uint16)
    for places, codes in parts:
        marks[places] = _added(marks[places], codes)
    every = np.flatnonzero(marks).astype(np.int32)
    return every, marks[every]


def _added(codes: Codes, others: Codes) -> Codes:
    """`codes` and `others` as one: each field as often as both together have it, as far as that can be
    told."""
    others = others.astype(np.uint16)
    if not codes.any():
        return others | np.uint16(HERE)
    found = (codes | others) & np.uint16(IN_NAME | IN_OTHER) | np.uint16(HERE)
    for shift, mask in BITS:
        own = ((codes >> shift) & mask) + ((others >> shift) & mask)
        found |= np.minimum(own, mask).astype(np.uint16) << np.uint16(shift)
    return found


@dataclass(frozen=True)
class Word:
    """One thing that is looked for, in all its spellings. `times`: how often it was typed, or less
    where people type it without looking for it."""

    spellings: Sequence[Spelling]
    times: float = 1.0

    @cached_property
    def places(self) -> Places:
        return united([one.places for one in self.spellings], self.spellings[0].ground.size)

    @property
    def lexemes(self) -> frozenset[str]:
        return frozenset().union(*(one.lexemes for one in self.spellings))

    @cached_property
    def weight(self) -> float:
        """What it is worth beside the other words that were typed."""
        return self.times * max(one.likeness * self._rarity(one) for one in self.spellings)

    @cached_property
    def rarity(self) -> float:
        return rarity(len(self.places), self.spellings[0].ground.total)

    def _rarity(self, spelling: Spelling) -> float:
        """Of what may have been meant, the common is as likely as it is common: a rare neighbour must
        not count for more than the word that most would mean."""
        return spelling.rarity**OWN * self.rarity ** (1 - OWN)

    def add_to(self, scores: Scores, among: "Among") -> None:
        own = np.zeros(len(scores), np.float32) if len(self.spellings) > 1 else scores
        for spelling in self.spellings:
            numbers, found = spelling.scores(among, self._rarity(spelling))
            found *= np.float32(self.times)
            if own is scores:
                scores[numbers] += found
            else:
                # Whoever writes a word in two ways doesn't speak of it more.
                own[numbers] = np.maximum(own[numbers], found)
        if own is not scores:
            scores += own


@dataclass(frozen=True)
class Among:
    """Resources that others are looked for among: each has the number of its place in `places`."""

    places: Places
    size: int

    def shared(self, others: Places) -> tuple[Numbers, Numbers]:
        """Of the places that are in `others` too: their numbers here, and there."""
        if others is self.places:
            return slice(None), slice(None)
        if min(len(self.places), len(others)) * 8 < max(len(self.places), len(others)):
            return _few_of_many(self.places, others)
        at = np.flatnonzero(self._marks[others])
        if len(at) == len(self.places):
            return slice(None), at
        marks = np.zeros(self.size, bool)
        marks[others] = True
        return np.flatnonzero(marks[self.places]), at

    @cached_property
    def _marks(self) -> np.ndarray:
        marks = np.zeros(self.size, bool)
        marks[self.places] = True
        return marks


def _few_of_many(ours: Places, theirs: Places) -> tuple[np.ndarray, np.ndarray]:
    few, many = (ours, theirs) if len(ours) < len(theirs) else (theirs, ours)
    if not len(few):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    hits = np.flatnonzero(many[at] == few)
    return (hits, at[hits]) if few is ours else (at[hits], hits)


def within(places: Places, others: Places, size: int) -> np.ndarray:
    """Which of `places` are in `others`: true or false for each."""
    if len(places) * 16 < len(others):
        at = np.searchsorted(others, places)
        at[at == len(others)] = 0
        return others[at] == places
    marks = np.zeros(size, bool)
    marks[others] = True
    return marks[places]


def rarity(number: int, total: int) -> float:
    """How much it tells that one is of `number` among `total`: the fewer, the more."""
    return math.log(1 + (total - number + 0.5) / (number + 0.5))


def united(sets: Iterable[Places], size: int) -> Places:
    """The places that are in any of `sets`."""
    some = [one for one in sets if len(one)]
    if len(some) < 2:
        return some[0] if some else np.zeros(0, np.int32)
    # Marks take as long as the catalogue is large, but far less for each.
    if sum(map(len, some)) * FAR < size:
        return np.unique(np.concatenate(some))
    marks = np.zeros(size, bool)
    for one in some:
        marks[one] = True
    return np.flatnonzero(marks).astype(np.int32)


@dataclass(frozen=True)
class Matches:
    """The resources that hold enough: `places`; `share`: 0 where all hold every word, else how much of
    the words' weight each holds at least, and `held` how much it does; `whole`: those that hold every
    word."""

    places: Places
    share: float = 0.0
    whole: Places = field(default_factory=lambda: np.zeros(0, np.int32))
    held: np.ndarray | None = None

    def contenders(
        self, places: Places, number: int, words: Sequence[Word], size: int, *, slack: float
    ) -> Places:
        """Those of `places` that may come among the best `number` of them: a score is never more than
        `slack` times what all words give where they stand everywhere."""
        if self.held is None or number <= 0 or len(places) <= max(number, FEW):
            return places
        held = self.held[np.searchsorted(self.places, places)]
        edge = np.partition(held, len(held) - number)[len(held) - number]
        first = np.flatnonzero(held >= edge)[: FIRST * number]
        known = scores(words, places[first], size)
        least = np.partition(known, len(known) - number)[len(known) - number]
        return places[held * np.float32((K1 + 1) * slack) >= least]


def matches(
    words: Sequence[Word],
    size: int,
    *,
    enough: int,
    plenty: int,
    keep: Callable[[Places], Places] = lambda places: places,
    scattered: Places = NOWHERE,
) -> Matches:
    """Those that hold every one of `words`, of which there is one at least, where `enough` do; else those
    that hold the largest of SHARES of their weight that `plenty` hold, or of the last, however many.

    `keep` answers those of some that may match at all. Those `scattered` (catalogue.search.names) are not
    whole.
    """
    words = sorted(words, key=lambda word: (-word.weight, len(word.places)))
    whole = keep(_holding_all(words, size))
    if len(scattered):
        whole = whole[~within(whole, scattered, size)]
    if len(whole) >= enough or len(words) < 2:
        return Matches(whole, 0.0, whole)
    held = _held(words, size)
    total = sum(word.weight for word in words)
    for share, times in SHARES:
        least = max(share * total - ROOM, TINY)
        enough_held = held >= least
        if share and np.count_nonzero(enough_held) < plenty * times:
            continue
        found = keep(np.flatnonzero(enough_held).astype(np.int32))
        if len(found) >= plenty * times:
            break
    if len(found) == len(whole):
        return Matches(whole, 0.0, whole)
    return Matches(found, share or TINY, whole, held[found])


def _holding_all(words: Sequence[Word], size: int) -> Places:
    first, *others = sorted((word.places for word in words), key=len)
    left = first
    for places in others:
        if not len(left):
            break
        left = left[within(left, places, size)]
    return left


def _held(words: Sequence[Word], size: int) -> np.ndarray:
    """By place, the weight of all those of `words` that each holds."""
    held = np.zeros(size, np.float32)
    for word in words:
        held[word.places] += np.float32(word.weight)
    return held


def scores(words: Iterable[Word], places: Places, size: int) -> Scores:
    """How well each of `places` fits `words`."""
    among = Among(places, size)
    found = np.zeros(len(places), np.float32)
    for word in words:
        word.add_to(found, among)
    return found


def best(scores: Scores, ranks: np.ndarray, number: int) -> np.ndarray:
    """The numbers of the `number` highest scores, the highest first; of equal ones, by `ranks`."""
    if 0 < number < len(scores):
        least = np.partition(scores, len(scores) - number)[len(scores) - number]
        chosen = np.flatnonzero(scores >= least)
    else:
        chosen = np.arange(len(scores))
    return chosen[np.lexsort((ranks[chosen], -scores[chosen]))][:number]
