"""Filters that an address asks for and nobody knows: they are left out, and told."""

from collections.abc import Collection
from dataclasses import dataclass

from catalogue.languages import language_name
from catalogue.search.facets import CHOICES, LABELS
from catalogue.search.query import ResourceQuery
from catalogue.tallies import Tallies


@dataclass(frozen=True)
class Unknown:
    """A value that was left out: the heading of its filter, and what was asked, as it was."""

    label: str
    value: str


def understood(query: ResourceQuery, tallies: Tallies) -> tuple[ResourceQuery, list[Unknown]]:
    """`query` without the values that nobody knows, and these. No query."""
    unknown: list[Unknown] = []
    kept: dict[str, str | tuple[str, ...]] = {}
    for name, label in LABELS.items():
        chosen = query.chosen(name)
        strange = [value for value in chosen if not _is_known(name, value, tallies)]
        if strange:
            unknown += [Unknown(str(label), value) for value in strange]
            left = tuple(value for value in chosen if value not in strange)
            kept[name] = left if isinstance(getattr(query, name), tuple) else ""
    return (query.but(**kept, page=query.page) if kept else query), unknown


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
