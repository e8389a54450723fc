"""Links that stay alive: visiting them, telling what was found, and following those that move.

`visit_links` is a round over all that are due, `visit` looks at one link now, `accept_move` takes a
new address over. What visits found stands in LinkHealth, each of the latest in LinkVisit.
"""

from catalogue.links.asking import Postponed, Visitor
from catalogue.links.judging import Finding, judge
from catalogue.links.moving import accept_move
from catalogue.links.noting import GONE_AFTER, GONE_TIMES, note
from catalogue.links.rounds import (
    AnotherRound,
    LineIsCut,
    Tally,
    due,
    visit,
    visit_links,
)

__all__ = [
    "GONE_AFTER",
    "GONE_TIMES",
    "AnotherRound",
    "Finding",
    "LineIsCut",
    "Postponed",
    "Tally",
    "Visitor",
    "accept_move",
    "due",
    "judge",
    "note",
    "visit",
    "visit_links",
]
