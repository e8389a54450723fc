"""What is offered while somebody types: things whose names begin so, and the first resources."""

import re
from dataclasses import dataclass

from catalogue.asking import storable
from catalogue.findable import Group, beginning
from catalogue.in_time import without_hurry
from catalogue.models import Resource
from catalogue.search.finding import commonest
from catalogue.search.query import ResourceQuery
from catalogue.search.results import search
from catalogue.search.understanding import folded
from catalogue.tallies import Tallies, tallies

# Fewer letters begin too many words, and nobody types more before they look.
SHORTEST, LONGEST = 2, 100
# Of each kind, and resources.
EACH, RESOURCES = 3, 4
LAST_WORD = re.compile(r"\w{2,}$")
TITLE = ("slug", "title", "languages", "resource_type", "status")


@dataclass(frozen=True)
class Suggestions:
    """`groups` of other things than resources, and some `resources`, as far as their titles go."""

    groups: list[Group]
    resources: list[Resource]

    @property
    def total(self) -> int:
        return len(self.resources) + sum(len(group.entries) for group in self.groups)


def suggestions(typed: str) -> Suggestions:
    """What `typed`, which may end within a word, is likely to be about. Nothing where it is too short.

    Its last word is completed for resources. What `search` takes, one query for the titles, and one
    where names are not kept.
    """
    typed = storable(typed)[:LONGEST].lstrip()
    if len(typed.strip()) < SHORTEST:
        return Suggestions([], [])
    with without_hurry():
        counted = tallies()
    words = " ".join(_completed(typed, counted).split())
    found = search(ResourceQuery(q=words), size=RESOURCES, facets=False, counted=counted)
    titles = Resource.objects.published().only(*TITLE)
    tells = not (found.says_nothing or found.reading.left_out)
    keys = found.resources.keys if tells else []
    return Suggestions(beginning(typed, each=EACH), titles.in_order_of(keys))


def _completed(typed: str, counted: Tallies) -> str:
    """`typed` with its last word as the catalogue has it most often that begins so."""
    last = LAST_WORD.search(typed)
    whole = commonest(folded(last[0]), counted) if last else ""
    return typed[: last.start()] + whole if whole else typed
