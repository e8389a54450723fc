"""What speaks for a resource before anything was typed: that it is used, works, says what it is, and
keeps to one thing.

It is modest: of two that fit words about alike the better kept comes first, and no more.
"""

import numpy as np
from pyroaring import BitMap

from catalogue.search.ranking import Places, Scores
from catalogue.tallies import Tallies
from catalogue.tallies.sets import Union, keys_of, set_of
from catalogue.vocabularies import LinkState, Proficiency

# How much each adds to the score, of which the words give 1. (facet, value): a facet and one of its
# values that a resource has to have.
CURATED, WORKS, SAYS_LEVEL, SAYS_TIME = 0.06, 0.04, 0.02, 0.02
# Of those that are found by the name of a skill, what teaches it alone tells more of it.
ONE_SKILL = 0.03
ADDS = (
    (CURATED, (("curated", "yes"),)),
    (WORKS, (("link", LinkState.WORKS.value),)),
    (SAYS_LEVEL, tuple(("proficiency", level) for level in Proficiency.values)),
    (SAYS_TIME, (("time", "240"), ("time", "more"))),
)
# All of it together.
MOST = sum(share for share, _values in ADDS) + ONE_SKILL

# The sets of all skills that were read last, and those that are in one of them alone.
_alone: tuple[Union, BitMap] = (Union([]), BitMap())


def prior(places: Places, tallies: Tallies) -> Scores:
    """What is added to each of `places`, from 0 to MOST."""
    keys = tallies.keys(places)
    among = set_of(np.sort(keys))
    order = np.argsort(keys)
    found = np.zeros(len(places), np.float32)
    adds = [(share, tallies.having(*value)) for share, values in ADDS for value in values]
    for share, having in (*adds, (ONE_SKILL, tallies.made("one skill", lambda: _of_one(tallies)))):
        here = keys_of(having & among)
        found[order[np.searchsorted(keys, here, sorter=order)]] += np.float32(share)
    return found


def _of_one(tallies: Tallies) -> BitMap:
    """The set of those that teach one skill and no other, made anew when a skill has other resources."""
    global _alone
    own = [tallies.having("skill", skill) for skill in tallies.names["skill"]]
    before, alone = _alone
    if not before.is_of(own):
        once, more = BitMap(), BitMap()
        for one in own:
            more |= once & one
            once |= one
        _alone = Union(own), (alone := once - more)
    return alone
