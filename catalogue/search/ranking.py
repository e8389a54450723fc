"""Which resources hold the words that are looked for, and in what order: BM25F, with numpy.

Nothing here asks the database. A resource is known by its place (catalogue.tallies.places); sets of
them are arrays of places, from the lowest, each once.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

# How much a field counts, and how far its length beside the average is held against it: title, names
# (of the provider and authors), description.
WEIGHTS = (3.0, 1.5, 1.0)
BY_LENGTH = (0.5, 0.3, 0.7)
# The bits of a count that hold each field's.
BITS = ((6, 3), (4, 3), (0, 15))
# A skill or tag whose name holds the word: as much as one word in the description of a resource of
# average length, and half.
NAMED = 1.5
# How soon another occurrence of a word tells nothing new.
K1 = 2.0
# How far the rarity of a spelling is its own, where there are several; the rest is that of all.
OWN = 0.3
# The shares of all words' weight that are asked for, one after the other, where fewer than a page
# have every word; and how many times as many have to hold so little. The last: any of them.
SHARES = ((0.75, 1), (0.5, 1), (0.25, 1), (0.125, 4), (0.0625, 16), (0.0, 1))
# Room for sums that are rounded; and what is told of a share that is hardly any.
ROOM, TINY = 1e-3, 1e-6

Places = np.ndarray
Scores = np.ndarray
NOWHERE: Places = np.zeros(0, np.int32)
# Which of an array, by their numbers; all of it as a slice, which costs nothing.
Numbers = np.ndarray | slice


@dataclass(frozen=True)
class Ground:
    """What all resources share: how many places there are, the words of each in title, names and
    description (float32, 3 × size), their averages, and the resources there are."""

    size: int
    lengths: np.ndarray
    averages: Sequence[float]
    total: int


@dataclass(frozen=True)
class Occurrences:
    """Where a lexeme stands: at `places`, in each as often as `counts` says (see BITS)."""

    places: Places
    counts: np.ndarray

    def frequencies(self, ground: Ground, at: Numbers) -> Scores:
        """How often it stands in each, by field, weight and length; of those that `at` counts out."""
        places, counts = self.places[at], self.counts[at]
        found = np.zeros(len(places), np.float32)
        for number, (shift, mask) in enumerate(BITS):
            own = (counts >> shift) & mask
            some: Numbers = slice(None)
            if np.count_nonzero(own) * 2 < len(own):
                some = np.flatnonzero(own)
            share = BY_LENGTH[number] / max(ground.averages[number], 1e-9)
            lengths = ground.lengths[number][places[some]] * np.float32(share)
            lengths += np.float32(1 - BY_LENGTH[number])
            found[some] += own[some] * np.float32(WEIGHTS[number]) / lengths
        return found


@dataclass(frozen=True)
class Spelling:
    """One way to write a word: what stands for it in texts, and the resources that have a skill or tag
    so named. `likeness`: 1 for what was typed, less for what is only spelt nearly so. `lexemes`: what
    it is in texts; `names`: (facet, value) of the skills and tags."""

    ground: Ground
    texts: Sequence[Occurrences]
    named: Places
    likeness: float = 1.0
    lexemes: frozenset[str] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def places(self) -> Places:
        return united([*(text.places for text in self.texts), self.named], self.ground.size)

    @cached_property
    def rarity(self) -> float:
        return rarity(len(self.places), self.ground.total)

    def scores(self, among: "Among", rarity: float) -> tuple[Numbers, Scores]:
        """Which of `among` have it, by their number there, and how well, where it is so rare."""
        if len(self.texts) == 1 and not len(self.named):
            numbers, at = among.shared(self.places)
            frequencies = self.texts[0].frequencies(self.ground, at)
        else:
            every = np.zeros(len(among.places), np.float32)
            for text in self.texts:
                numbers, at = among.shared(text.places)
                every[numbers] += text.frequencies(self.ground, at)
            every[among.shared(self.named)[0]] += np.float32(NAMED)
            numbers = np.flatnonzero(every)
            frequencies = every[numbers]
        telling = np.float32(self.likeness * rarity * (K1 + 1))
        return numbers, telling * frequencies / (frequencies + np.float32(K1))


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
        numbers = self._numbers[others]
        at = np.flatnonzero(numbers >= 0)
        return numbers[at], at

    @cached_property
    def _numbers(self) -> np.ndarray:
        """For every place there is its number here, −1 for none."""
        numbers = np.full(self.size, -1, np.int32)
        numbers[self.places] = np.arange(len(self.places), dtype=np.int32)
        return numbers


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
    if sum(map(len, some)) * 256 < size:
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
        if self.held is None or not 0 < number < len(places):
            return places
        held = self.held[np.searchsorted(self.places, places)]
        first = np.argpartition(-held, number)[:number]
        least = scores(words, np.sort(places[first]), size).min()
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
    places, held = _held(words, size)
    places, own = keep(places), places
    held = held[within(own, places, size)] if len(places) < len(own) else held
    total = sum(word.weight for word in words)
    for share, times in SHARES:
        enough_held = held >= share * total - ROOM
        if np.count_nonzero(enough_held) >= plenty * times:
            break
    found = places[enough_held]
    if len(found) == len(whole):
        return Matches(whole, 0.0, whole)
    return Matches(found, share or TINY, whole, held[enough_held])


def _holding_all(words: Sequence[Word], size: int) -> Places:
    first, *others = sorted((word.places for word in words), key=len)
    left = first
    for places in others:
        if not len(left):
            break
        left = left[within(left, places, size)]
    return left


def _held(words: Sequence[Word], size: int) -> tuple[Places, np.ndarray]:
    """Those that hold any of `words`, and the weight of all that each holds."""
    if sum(len(word.places) for word in words) * 16 < size:
        places = united([word.places for word in words], size)
        held = np.zeros(len(places), np.float32)
        for word in words:
            held[np.searchsorted(places, word.places)] += np.float32(word.weight)
        return places, held
    every = np.zeros(size, np.float32)
    for word in words:
        every[word.places] += np.float32(word.weight)
    places = np.flatnonzero(every).astype(np.int32)
    return places, every[places]


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
