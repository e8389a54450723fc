"""Which values of filters are known: others are left out, and told."""

from collections.abc import Collection

from catalogue.asking import Unknown, understood
from catalogue.languages import language_name
from catalogue.search.facets import CHOICES, LABELS
from catalogue.search.query import ResourceQuery
from catalogue.tallies import Tallies


def known_of(query: ResourceQuery, tallies: Tallies) -> tuple[ResourceQuery, list[Unknown]]:
    """`query` without the values that nobody knows, and these. No query."""
    return understood(query, LABELS, lambda name, value: _is_known(name, value, tallies))


def _is_known(name: str, value: str, tallies: Tallies) -> bool:
    known: Collection[str]
    if name in CHOICES:
        known = CHOICES[name].values
    elif name == "language":
        # Also one that nothing is in yet.
        return value in tallies.sizes(name) or language_name(value) != value
    else:
        known = tallies.names[name]
    return value in known
