"""A page of resources that match a query, with all that the page shows around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from catalogue.models import Resource
from catalogue.paging import Paged, page_count
from catalogue.search.facets import Chip, Facet, chips_of, facets_of
from catalogue.search.matching import Matching
from catalogue.search.query import MATCHED, PAGE_SIZE, Match, ResourceQuery, Sort
from catalogue.search.words import Found, find
from catalogue.tallies import Tallies, tallies
from catalogue.tallies.counting import set_of, within


@dataclass(frozen=True)
class Results(Paged):
    """`resources` of one page; `total` of all; facets and chips to narrow and widen by."""

    query: ResourceQuery
    resources: list[Resource]
    total: int
    facets: list[Facet]
    chips: list[Chip]
    # Whether it is what the catalogue says now; see catalogue.tallies.
    is_current: bool = True

    @property
    def number(self) -> int:
        return self.query.page

    @property
    def size(self) -> int:
        return PAGE_SIZE

    def address_of(self, number: int) -> str:
        return self.query.but(page=number).address

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """(label, address, whether it holds) of each order that makes sense here."""
        return [
            (str(sort.label), self.query.but(sort=sort.value).address, sort == self.query.order)
            for sort in Sort
            if self.query.q or sort != Sort.RELEVANCE
        ]

    @property
    def matches(self) -> list[tuple[str, str, bool]]:
        """(label, address, whether it holds) of any and all, where several values of one filter are
        chosen that they speak of; else empty."""
        if self.query.match == Match.ANY and not any(
            len(self.query.chosen(name)) > 1 for name in MATCHED
        ):
            return []
        return [
            (
                str(match.label),
                self.query.but(match=match.value).address,
                match == self.query.match,
            )
            for match in Match
        ]


def search(query: ResourceQuery, *, facets: bool = True, counted: Tallies | None = None) -> Results:
    """Answers `query`. Three queries, one more where words were typed, and one where something has
    changed since resources were counted; one less with `counted`.

    A page beyond the last is the last. `facets` left out leaves chips away too.
    """
    counted = counted or tallies()
    found = find(query.q, counted) if query.q else None
    matching = Matching(query, counted, found.every if found else counted.every)
    left = matching.every()
    total = left.bit_count()
    query = query.but(page=min(query.page, page_count(total, PAGE_SIZE)))
    start = (query.page - 1) * PAGE_SIZE
    shown = islice(_in_order(query, left, counted, found), start, start + PAGE_SIZE)
    return Results(
        query=query,
        resources=Resource.objects.published().cards(list(shown)),
        total=total,
        facets=facets_of(matching) if facets else [],
        chips=chips_of(query, counted) if facets else [],
        is_current=counted.is_current,
    )


def _in_order(
    query: ResourceQuery, left: int, counted: Tallies, found: Found | None
) -> Iterable[int]:
    """Primary keys of the set `left` in the order that `query` asks for."""
    if found is None or query.order != Sort.RELEVANCE:
        return counted.in_order(query.order, left)
    # What only a skill or a tag tells of comes after what does so itself, by title.
    return chain(
        within(left, found.ranked), counted.in_order(Sort.TITLE, left & ~set_of(found.ranked))
    )
