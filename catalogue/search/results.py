"""A page of resources that match a query, with all that the page shows around them."""

from dataclasses import dataclass

from catalogue.models import Resource
from catalogue.search.facets import Chip, Facet, chips_of, facets_of
from catalogue.search.matching import matching, ordered
from catalogue.search.query import PAGE_SIZE, ResourceQuery, Sort


@dataclass(frozen=True)
class Page:
    """A number in the pager, with its address."""

    number: int
    address: str
    is_current: bool


@dataclass(frozen=True)
class Results:
    """`resources` of one page; `total` of all; facets and chips to narrow and widen by."""

    query: ResourceQuery
    resources: list[Resource]
    total: int
    facets: list[Facet]
    chips: list[Chip]

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def first(self) -> int:
        """Which of all the first on the page is, counted from 1."""
        return (self.query.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.resources) - 1

    @property
    def pages(self) -> list[Page | None]:
        """First, last, and those around the current page; None where some are left out."""
        here, last = self.query.page, self.page_count
        shown = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
        pages: list[Page | None] = []
        for number in shown:
            if pages and number - shown[shown.index(number) - 1] > 1:
                pages.append(None)
            pages.append(Page(number, self.query.but(page=number).address, number == here))
        return pages

    @property
    def previous(self) -> str:
        """The address of the page before; empty on the first."""
        return self.query.but(page=self.query.page - 1).address if self.query.page > 1 else ""

    @property
    def next(self) -> str:
        here = self.query.page
        return self.query.but(page=here + 1).address if here < self.page_count else ""

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """(label, address, whether it holds) of each order that makes sense here."""
        return [
            (str(sort.label), self.query.but(sort=sort.value).address, sort == self.query.order)
            for sort in Sort
            if self.query.q or sort != Sort.RELEVANCE
        ]


def search(query: ResourceQuery, *, facets: bool = True) -> Results:
    """Answers `query`. Seven queries, and one more for each kind of named filter in use.

    A page beyond the last is the last. Without `facets`, which leaves chips away too, three.
    """
    total = matching(query).count()
    last = max(1, -(-total // PAGE_SIZE))
    if query.page > last:
        query = query.but(page=last)
    start = (query.page - 1) * PAGE_SIZE
    rows = ordered(matching(query), query).with_card()[start : start + PAGE_SIZE]
    return Results(
        query=query,
        resources=list(rows),
        total=total,
        facets=facets_of(query) if facets else [],
        chips=chips_of(query) if facets else [],
    )
