"""Resources that are found by the names of their skills and tags."""

from collections.abc import Collection, Sequence
from functools import reduce

from pyroaring import BitMap

from catalogue.search.ranking import NOWHERE, Places, Word, within
from catalogue.tallies import Tallies
from catalogue.tallies.sets import NOBODY, in_order, keys_of

# What is left of the score of those that have every word only by chance.
SCATTERED = 0.35


def named_by(names: Collection[tuple[str, str]], tallies: Tallies) -> Places:
    """Those that have a skill or tag of `names`, each (facet, value)."""
    own = [tallies.having(*name) for name in names]
    every = BitMap.union(*own) if len(own) > 1 else own[0] if own else NOBODY
    return in_order(tallies.places(keys_of(every)))


def scattered(words: Sequence[Word], tallies: Tallies) -> Places:
    """Those that have all of `words` only by chance: one in the name of a skill or tag, another in that of
    another, and none in their own text. What one name says as a whole is no chance."""
    names = [frozenset().union(*(one.names for one in word.spellings)) for word in words]
    if len(words) < 2 or not all(names):
        return NOWHERE
    named = [named_by(own, tallies) for own in names]
    left = reduce(lambda some, own: some[within(some, own, tallies.size)], sorted(named, key=len))
    texts = [one.in_texts for word in words for one in word.spellings] if len(left) else []
    together = named_by(frozenset.intersection(*names), tallies)
    for spoken in (*texts, together):
        if len(left):
            left = left[~within(left, spoken, tallies.size)]
    return left
