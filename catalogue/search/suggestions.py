"""What is offered while somebody types: things whose names begin so, and the first resources."""

from dataclasses import dataclass

from catalogue.asking import storable
from catalogue.findable import Group, beginning, completed
from catalogue.models import Resource
from catalogue.search.query import ResourceQuery
from catalogue.search.results import search

# Fewer letters begin too many words, and nobody types more before they look.
SHORTEST, LONGEST = 2, 100
# Of each kind, and resources.
EACH, RESOURCES = 3, 4
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

    What `search` takes, one query for the titles, and one where names are not kept.
    """
    typed = storable(typed)[:LONGEST].lstrip()
    if len(typed.strip()) < SHORTEST:
        return Suggestions([], [])
    words = " ".join(completed(typed).split())
    found = search(ResourceQuery(q=words), size=RESOURCES, facets=False)
    titles = Resource.objects.published().only(*TITLE)
    return Suggestions(beginning(typed, each=EACH), titles.in_order_of(found.resources.keys))
