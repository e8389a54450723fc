"""What speaks for a resource before anything was typed: that it is used, works, and says what it is.

It is modest: of two that fit words about alike the better kept comes first, and no more.
"""

import numpy as np

from catalogue.search.ranking import Places, Scores
from catalogue.tallies import Tallies
from catalogue.tallies.sets import keys_of, set_of
from catalogue.vocabularies import LinkState, Proficiency

# How much each adds to the score, of which the words give 1. (facet, value): a facet and one of its
# values that a resource has to have.
CURATED, WORKS, SAYS_LEVEL, SAYS_TIME = 0.06, 0.04, 0.02, 0.02
ADDS = (
    (CURATED, (("curated", "yes"),)),
    (WORKS, (("link", LinkState.WORKS.value),)),
    (SAYS_LEVEL, tuple(("proficiency", level) for level in Proficiency.values)),
    (SAYS_TIME, (("time", "240"), ("time", "more"))),
)
# All of it together.
MOST = sum(share for share, _values in ADDS)


def prior(places: Places, tallies: Tallies) -> Scores:
    """What is added to each of `places`, from 0 to MOST."""
    keys = tallies.keys(places)
    among = set_of(np.sort(keys))
    order = np.argsort(keys)
    found = np.zeros(len(places), np.float32)
    for share, values in ADDS:
        for value in values:
            having = keys_of(tallies.having(*value) & among)
            found[order[np.searchsorted(keys, having, sorter=order)]] += np.float32(share)
    return found
