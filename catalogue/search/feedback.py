"""The first places of a search that widened, ordered again by what stands in their texts beside the words.

Where few hold all that was typed, the words alone tell little of what comes first among those that hold
some. Two things tell more: that words which were typed side by side stand side by side, and what the
best have in common: whoever says that too is more likely meant. Both are read from the texts of the
first alone, by one query.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from django.db import connection

from catalogue.search.ranking import K1, Places, Scores, Word, rarity
from catalogue.tallies import Tallies
from catalogue.tallies.sets import keys_of

# The texts of so many are read; so many of these, the best, tell what they have in common.
READ, BEST = 24, 8
# What two words add that stand side by side, of the weight of the lesser.
BESIDE = 0.5
# So many lexemes count that the best have in common; what they add, of all words that were typed.
SHARED, ADDS = 20, 0.3
# How rare a lexeme is, so many resources at most tell, spread evenly over the catalogue.
SAMPLE = 512

TEXTS = "SELECT id, found_by::text FROM catalogue_resource WHERE id = ANY (%s)"

LEXEME = re.compile(r"'([^']+)':(\S+)")

# Of each lexeme of a text, where it stands: “1A,5C”.
Text = Mapping[str, str]

# The resources of the sample that was read last, and how many of them have each lexeme.
_sample: tuple[tuple[int, ...], Counter[str]] = ((), Counter())


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

    def of(self, lexeme: str) -> float:
        return rarity(self.having.get(lexeme, 0), self.total)


def reordered(groups: Sequence[Group], words: Sequence[Word], tallies: Tallies) -> Places:
    """The places of all `groups`, one group after the other, the first READ in another order within
    their groups. One query."""
    every = np.concatenate([group.places for group in groups])
    if len(every) < 2:
        return every
    number = np.repeat(np.arange(len(groups)), [len(group.places) for group in groups])[:READ]
    whole = np.array([group.is_whole for group in groups])[number]
    keys = tallies.keys(every[:READ]).tolist()
    texts, rarities = _read(keys, tallies)
    said = [texts.get(key, {}) for key in keys]
    scores = np.concatenate([group.scores for group in groups])[:READ] + beside(words, said)
    best = np.lexsort((-scores, number))[:BEST]
    shared = in_common([(said[at], float(scores[at])) for at in best], words, rarities)
    # Who holds every word needs no likeness to others.
    scores[~whole] += alike(shared, said)[~whole]
    return np.concatenate([every[np.lexsort((-scores, number))], every[READ:]])


def forget() -> None:
    """Reads a sample anew."""
    global _sample
    _sample = (), Counter()


def beside(words: Sequence[Word], texts: Sequence[Text]) -> Scores:
    """What is added to each of `texts` for those of `words` that follow each other there as they do in
    the query."""
    lexemes = [word.lexemes for word in words]
    adds = [BESIDE * min(one.weight, other.weight) for one, other in pairwise(words)]
    found = np.zeros(len(texts), np.float32)
    for number, text in enumerate(texts):
        spots = [_spots(own, text) for own in lexemes]
        found[number] = sum(
            add
            for add, one, other in zip(adds, spots, spots[1:], strict=False)
            if one and other and any(spot + 1 in other for spot in one)
        )
    return found


def in_common(
    texts: Iterable[tuple[Text, float]], words: Iterable[Word], rarities: Rarities
) -> dict[str, float]:
    """The lexemes that tell `texts`, each with its score, from others, and what each is worth: all of
    them ADDS of what `words` are. None of `words` themselves."""
    found: dict[str, float] = defaultdict(float)
    for text, score in texts:
        for lexeme, spots in text.items():
            found[lexeme] += often(spots) * score
    for word in words:
        for lexeme in word.lexemes:
            found.pop(lexeme, None)
    told = {one: much * rarities.of(one) for one, much in found.items()}
    first = sorted(told, key=lambda one: (-told[one], one))[:SHARED]
    share = ADDS * (K1 + 1) * sum(word.weight for word in words)
    share /= sum(told[one] for one in first) or 1.0
    return {one: share * told[one] for one in first}


def alike(shared: Mapping[str, float], texts: Sequence[Text]) -> Scores:
    """What is added to each of `texts` for what it says of what is `shared`."""
    return np.array(
        [
            sum(much * often(text[one]) for one, much in shared.items() if one in text)
            for text in texts
        ],
        np.float32,
    )


def often(spots: str) -> float:
    """0.5 for what stands once, towards 1 for what stands often."""
    count = spots.count(",") + 1
    return count / (count + 1)


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
        having = Counter(lexeme for key in few for lexeme in texts.get(key, ()))
        _sample = few, having
    return {key: texts[key] for key in keys if key in texts}, Rarities(having, len(few))


def _spread(tallies: Tallies) -> tuple[int, ...]:
    """Every so many-th of all resources, SAMPLE at most; nearly always the same when one is added."""
    step = 1 << ((tallies.total - 1) // SAMPLE).bit_length()
    return tuple(keys_of(tallies.every)[::step].tolist())


def _text(found_by: str) -> Text:
    """A tsvector as it is written. No lexeme has a space or quotation mark."""
    return dict(LEXEME.findall(found_by))


def _spots(lexemes: Iterable[str], text: Text) -> set[int]:
    """Where any of `lexemes` stands."""
    own = [text[one] for one in lexemes if one in text]
    return {int(spot.rstrip("ABC")) for spots in own for spot in spots.split(",")}
