"""The first places of a search that widened, ordered again by what stands in their texts beside the words.

Where few hold all that was typed, the words alone tell little of what comes first among those that hold
some. Two things tell more: that words which were typed side by side stand side by side, and what the
best have in common: whoever says that too is more likely meant. Both are read from the texts of the
first alone, by one query.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from django.db import connection

from catalogue.search.ranking import K1, Places, Scores, Word, rarity
from catalogue.tallies import Tallies

# The texts of so many are read; so many of these, the best, tell what they have in common.
READ, BEST = 30, 10
# What two words add that stand side by side, of the weight of the lesser.
BESIDE = 0.5
# So many lexemes count that the best have in common; what they add, of all words that were typed.
SHARED, ADDS = 20, 0.3
# How rare a lexeme is, so many resources at most tell, spread evenly over the catalogue.
SAMPLE = 512

TEXTS = "SELECT id, found_by::text FROM catalogue_resource WHERE id = ANY (%s)"

# Of each lexeme of a text, where it stands: “1A,5C”.
Text = Mapping[str, str]

# The resources of the sample that was read last, and how many of them have each lexeme.
_sample: tuple[tuple[int, ...], Counter[str]] = ((), Counter())


def reordered(
    groups: Sequence[tuple[Places, Scores]], words: Sequence[Word], tallies: Tallies
) -> Places:
    """The places of all `groups`, one group after the other, the first READ in another order within
    their groups. Each group has its places, the best first, and how well they fit `words`. One query."""
    every = np.concatenate([places for places, _scores in groups])
    if len(every) < 2:
        return every
    scores = np.concatenate([scores for _places, scores in groups])[:READ]
    number = np.repeat(np.arange(len(groups)), [len(places) for places, _scores in groups])[:READ]
    keys = tallies.keys(every[:READ]).tolist()
    texts, rarities = _read(keys, tallies)
    said = [texts.get(key, {}) for key in keys]
    scores = scores + np.array([beside(words, text) for text in said])
    best = np.lexsort((-scores, number))[:BEST]
    telling = in_common([(said[at], scores[at]) for at in best], words, rarities)
    scores += [
        sum(telling[one] * often(text[one]) for one in telling.keys() & text) for text in said
    ]
    return np.concatenate([every[np.lexsort((-scores, number))], every[READ:]])


def beside(words: Sequence[Word], text: Text) -> float:
    """What those of `words` add that follow each other in `text` as they do in the query."""
    spots = [_spots(word.lexemes, text) for word in words]
    return BESIDE * sum(
        min(one.weight, other.weight)
        for (one, ones), (other, others) in pairwise(zip(words, spots, strict=True))
        if any(spot + 1 in others for spot in ones)
    )


def in_common(
    texts: Collection[tuple[Text, float]], words: Sequence[Word], rarities: "Rarities"
) -> dict[str, float]:
    """The lexemes that tell `texts`, each with its score, from others, and what each adds where it
    stands often; none of `words` themselves."""
    own = frozenset().union(*(word.lexemes for word in words))
    all_scores = sum(score for _text, score in texts) or 1.0
    found: dict[str, float] = {}
    for text, score in texts:
        for lexeme, spots in text.items():
            found[lexeme] = found.get(lexeme, 0.0) + often(spots) * score / all_scores
    told = {one: much * rarities.of(one) for one, much in found.items() if one not in own}
    first = sorted(told, key=lambda one: (-told[one], one))[:SHARED]
    all_told = sum(told[one] for one in first) or 1.0
    every = ADDS * (K1 + 1) * sum(word.weight for word in words)
    return {one: every * told[one] / all_told for one in first}


def often(spots: str) -> float:
    """0.5 for what stands once, towards 1 for what stands often."""
    count = spots.count(",") + 1
    return count / (count + 1)


class Rarities:
    """How rare lexemes are, by a sample."""

    def __init__(self, having: Mapping[str, int], total: int) -> None:
        self.having, self.total = having, total

    def of(self, lexeme: str) -> float:
        return rarity(self.having.get(lexeme, 0), self.total)


def _read(keys: Sequence[int], tallies: Tallies) -> tuple[dict[int, Text], Rarities]:
    """The texts of `keys`, and how rare lexemes are: where others are to tell that than before, they
    are read along."""
    global _sample
    few = _spread(tallies)
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
    return tuple(tallies.every[at] for at in range(0, tallies.total, step))


def _text(found_by: str) -> Text:
    """A tsvector as it is written. No lexeme has a space or quotation mark."""
    apart = (one.rpartition("':") for one in found_by.split(" ") if one)
    return {lexeme[1:]: spots for lexeme, _sign, spots in apart}


def _spots(lexemes: Iterable[str], text: Text) -> set[int]:
    """Where any of `lexemes` stands."""
    return {
        int(spot.rstrip("ABC")) for one in lexemes if one in text for spot in text[one].split(",")
    }
