"""What to ask instead where nothing is found."""

from dataclasses import dataclass

from django.utils.translation import gettext

from catalogue.search.facets import chips_of
from catalogue.search.matching import Matching

# How many ways out are offered.
OFFERED = 6


@dataclass(frozen=True)
class WayOut:
    """A question that leaves out one thing: what that is, the address, and how many resources it has."""

    label: str
    address: str
    count: int


def ways_out(matching: Matching) -> list[WayOut]:
    """What is found without one of the filters, or without the words: that first which leaves most.

    Where no single one helps, without any filter. None where no filter is on. No query.
    """
    query, tallies = matching.query, matching.tallies
    if not query.is_filtered:
        return []
    ways = []
    for chip in chips_of(query, tallies):
        if not chip.address:
            continue
        if chip.name == "q":
            freed = Matching(query.but(q=""), tallies, tallies.every)
        else:
            freed = Matching(query.toggled(chip.name, chip.value), tallies, matching.among)
        ways.append(WayOut(chip.label, chip.address, len(freed.every())))
    ways = sorted((way for way in ways if way.count), key=lambda way: -way.count)[:OFFERED]
    if ways or not query.q:
        return ways
    count = len(matching.among)
    return [WayOut(gettext("all filters"), query.bare.address, count)] if count else []
