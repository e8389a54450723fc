"""Finding a pathway: by the skills it practises, how hard it is, how long its steps take, and for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.asking import Asked, Unknown, one_value, several_values, understood
from catalogue.chosen import Chosen
from catalogue.paging import Paged, page_count, page_number
from catalogue.search import Chip, Facet, FacetValue
from catalogue.tallies import Name
from catalogue.vocabularies import Proficiency
from pathways.known import Known, Time, chosen, known_pathways, purposes
from pathways.models import Pathway

PAGE_SIZE = 20


@dataclass(frozen=True)
class PathwayQuery(Asked):
    """What pathways are asked for. Whatever in an address makes no sense is left out of it."""

    FILTERS: ClassVar[tuple[str, ...]] = ("skill", "proficiency", "time", "role")

    skill: tuple[str, ...] = ()
    proficiency: tuple[str, ...] = ()
    time: str = ""
    role: tuple[str, ...] = ()
    page: int = 1

    @classmethod
    def parse(cls, data: QueryDict) -> "PathwayQuery":
        """Reads an address's query. Never raises."""
        return cls(
            skill=several_values(data, "skill"),
            proficiency=several_values(data, "proficiency"),
            time=one_value(data, "time"),
            role=several_values(data, "role"),
            page=page_number(data.get("page", "")),
        )


# In the order of the page.
LABELS = {
    "proficiency": _("Level"),
    "time": pgettext_lazy("facet", "Time"),
    "skill": _("Skill"),
    "role": _("Role"),
}
CHOICES: dict[str, type[TextChoices]] = {"proficiency": Proficiency, "time": Time}


@dataclass(frozen=True)
class PathwayResults(Paged):
    """`pathways` of one page, ready for cards; `total` of all; facets and chips to narrow and widen
    by."""

    query: PathwayQuery
    pathways: Chosen[Pathway]
    total: int
    facets: list[Facet]
    chips: list[Chip]
    # Filters that were asked for and nobody knows.
    unknown: list[Unknown]
    # The page that was asked for, where there is no such page; else 0.
    beyond: int
    size: ClassVar[int] = PAGE_SIZE

    @property
    def number(self) -> int:
        return self.query.page

    def address_of(self, number: int) -> str:
        return self.query.but(page=number).address


def find(query: PathwayQuery) -> PathwayResults:
    """Published pathways that fit all of `query`, by title. Two queries, none where they are kept."""
    known, names = known_pathways(), purposes()
    query, unknown = understood(query, LABELS, lambda name, value: value in _values(name, names))
    fitting = [pk for pk, one in known.items() if _fits(one, query)]
    last = page_count(len(fitting), PAGE_SIZE)
    beyond = query.page if query.page > last else 0
    query = query.but(page=min(query.page, last))
    shown = fitting[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
    return PathwayResults(
        query=query,
        pathways=chosen(shown, known),
        total=len(fitting),
        facets=[_facet(name, query, known, names) for name in LABELS],
        chips=[
            Chip(name, value, _label(name, value, names), query.toggling(name, value))
            for name in LABELS
            for value in query.chosen(name)
        ],
        unknown=unknown,
        beyond=beyond,
    )


def _fits(own: Known, query: PathwayQuery, *, but: str = "") -> bool:
    """Whether a pathway has one of the chosen values of each filter, leaving `but` out of account."""
    return all(
        name == but or not query.chosen(name) or not own.facets[name].isdisjoint(query.chosen(name))
        for name in PathwayQuery.FILTERS
    )


def _facet(
    name: str, query: PathwayQuery, known: dict[int, Known], names: dict[str, dict[str, Name]]
) -> Facet:
    """A facet with the counts that the other filters leave; skills and roles of none are left out."""
    counts: dict[str, int] = {}
    for own in known.values():
        if _fits(own, query, but=name):
            for value in own.facets[name]:
                counts[value] = counts.get(value, 0) + 1
    values = [
        FacetValue(
            value=value,
            label=_label(name, value, names),
            count=counts.get(value, 0),
            is_chosen=query.has(name, value),
            address=query.toggling(name, value),
        )
        for value in _values(name, names)
        if name in CHOICES or counts.get(value) or query.has(name, value)
    ]
    return Facet(name=name, label=str(LABELS[name]), values=values)


def _label(name: str, value: str, names: dict[str, dict[str, Name]]) -> str:
    """What a value is called, as a Text where it is translated."""
    return str(CHOICES[name](value).label) if name in CHOICES else names[name][value].words.title


def _values(name: str, names: dict[str, dict[str, Name]]) -> Collection[str]:
    """The values that a filter knows, in their order."""
    return CHOICES[name].values if name in CHOICES else names[name]
