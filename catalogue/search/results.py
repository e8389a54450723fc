"""A page of resources that match a query, with all that the page shows around them."""

from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext

from catalogue.asking import Unknown
from catalogue.chosen import Chosen
from catalogue.in_time import without_hurry
from catalogue.models import Resource
from catalogue.numbers import grouped
from catalogue.paging import Paged, page_count
from catalogue.search.facets import Chip, Facet, chips_of, facets_of, within_quotes
from catalogue.search.finding import find
from catalogue.search.instead import WayOut, ways_out
from catalogue.search.known import known_of
from catalogue.search.matching import Matching
from catalogue.search.query import MATCHED, PAGE_SIZE, Match, ResourceQuery, Sort
from catalogue.search.told import Reading
from catalogue.tallies import Tallies, tallies

# Pages end after so many resources: nobody reads on, and robots would.
DEEPEST = 10_000


@dataclass(frozen=True)
class Results(Paged):
    """`resources` of one page; `total` of all; facets and chips to narrow and widen by."""

    query: ResourceQuery
    resources: Chosen[Resource]
    total: int
    facets: list[Facet]
    chips: list[Chip]
    # Filters that were asked for and nobody knows.
    unknown: list[Unknown] = field(default_factory=list)
    # The page that was asked for, where there is no such page; else 0.
    beyond: int = 0
    # Where nothing was found: what to leave out.
    ways_out: list[WayOut] = field(default_factory=list)
    # How many resources a page holds.
    size: int = PAGE_SIZE
    # How the typed words were read, where not simply as they were typed.
    reading: Reading = field(default_factory=Reading)
    # 0 where all of these have every word; else those that have words of at least this share of all
    # words' weight, up to ¾: fewer than a page have every word.
    widened: float = 0.0
    # Of these, how many have every word.
    whole: int = 0
    # Whether `total` is the least: more may have a phrase that was asked for.
    is_more: bool = False
    # Whether it took too long to look for: then there are no resources.
    is_too_slow: bool = False

    @property
    def number(self) -> int:
        return self.query.page

    @property
    def page_count(self) -> int:
        return page_count(min(self.total, DEEPEST), self.size)

    @property
    def said_total(self) -> str:
        """How many there are, as people read it: “12,345”, or “5,000+” where there may be more."""
        total = grouped(self.total)
        return f"{total}+" if self.is_more else total

    @property
    def about(self) -> str:
        """The words that were looked for, as they stand between quotation marks."""
        return within_quotes(self.reading.shown_for or self.query.q)

    @property
    def labels(self) -> list[str]:
        """What narrows the list, the words first, as a page’s title tells it."""
        words = [gettext("“%(words)s”") % {"words": self.about}] if self.query.q else []
        return words + [chip.label for chip in self.chips if chip.name != "q"]

    @property
    def says_nothing(self) -> bool:
        """Whether nothing of what was typed tells what to look for: these are then all resources."""
        if not self.query.q or self.reading.left_out:
            return False
        return len(self.query.wanted) <= len(self.reading.ignored)

    @property
    def is_mixed(self) -> bool:
        """Whether the words were widened and some of these lack words; filters may leave others."""
        return bool(self.widened) and self.total > self.whole

    @property
    def is_by_fit(self) -> bool:
        """Whether what holds most of the words comes first."""
        return self.query.order == Sort.RELEVANCE

    @property
    def is_end_of_pages(self) -> bool:
        """Whether this is the last page, though there are more resources than pages hold."""
        return self.total > DEEPEST and self.number == self.page_count

    @property
    def filter_count(self) -> int:
        """How many filters are on; the words are none."""
        return sum(chip.name != "q" for chip in self.chips)

    @property
    def seeks(self) -> bool:
        """Whether something is looked for among the values of a facet."""
        return any(facet.sought for facet in self.facets)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the page’s form carries beside its fields: filters, so that they survive other words; where
        facets have fields, all that these don’t say."""
        if not self.query.is_long:
            return self.query.hidden
        said = {(facet.name, value) for facet in self.facets for value in facet.ticked}
        return [
            one for one in self.query.parameters if one[0] not in ("q", "page") and one not in said
        ]

    def address_of(self, number: int) -> str:
        return self.query.but(page=number).address

    @property
    def sorts(self) -> list[tuple[str, str, str, bool]]:
        """(label, value, address, whether it holds) of each order that makes sense here."""
        return [
            (
                str(sort.label),
                sort.value,
                self.query.but(sort=sort.value).address,
                sort == self.query.order,
            )
            for sort in Sort
            if self.query.q or sort != Sort.RELEVANCE
        ]

    @property
    def matches(self) -> list[tuple[str, str, str, bool]]:
        """(label, value, address, whether it holds) of any and all, where several values of one filter are
        chosen that they speak of; else empty."""
        if self.query.match == Match.ANY and not any(
            len(self.query.chosen(name)) > 1 for name in MATCHED
        ):
            return []
        return [
            (
                str(match.label),
                match.value,
                self.query.but(match=match.value).address,
                match == self.query.match,
            )
            for match in Match
        ]


def search(
    query: ResourceQuery,
    *,
    size: int = PAGE_SIZE,
    span: range | None = None,
    facets: bool = True,
    counted: Tallies | None = None,
) -> Results:
    """Answers `query`. One query, more where words were typed (see `find`), and one where something
    has changed since resources were counted; one less with `counted`. One more where the search widened,
    and one reads the resources.

    `size`: how many resources a page holds. A page beyond the last is the last. `span`: places in the
    order, from 0, that are shown instead of a page, however deep. `facets` left out leaves chips away
    too, and takes filters for known.
    """
    if counted is None:
        with without_hurry():
            counted = tallies()
    unknown: list[Unknown] = []
    if facets:
        query, unknown = known_of(query, counted)
    found = find(query, counted) if query.q else None
    matching = Matching(query, counted, found.every if found else counted.every)
    left = matching.every()
    total = len(left)
    # What is unfolded and looked for among values concerns the facets alone.
    last = page_count(min(total, DEEPEST), size)
    beyond = query.page if query.page > last else 0
    query = query.without_seeking.but(page=min(query.page, last))
    start = (query.page - 1) * size
    span = range(start, start + size) if span is None else span
    if found and query.order == Sort.RELEVANCE:
        shown = found.in_order(left, span.stop)[span.start :]
    else:
        shown = list(islice(counted.in_order(query.order, left), span.start, span.stop))
    return Results(
        query=query,
        resources=Resource.objects.published().chosen(shown),
        total=total,
        facets=facets_of(matching) if facets else [],
        chips=chips_of(query, counted) if facets else [],
        unknown=unknown,
        beyond=beyond,
        ways_out=ways_out(matching) if facets and not total else [],
        size=size,
        reading=found.reading if found else Reading(),
        widened=found.widened if found else 0.0,
        whole=found.whole(left) if found else total,
        is_more=bool(found and found.is_more),
    )


def too_slow(query: ResourceQuery) -> Results:
    """What is told of `query` where it took too long to answer. No query: filters are called what they
    are in the address."""
    return Results(
        query=query.without_seeking,
        resources=Resource.objects.published().chosen([]),
        total=0,
        facets=[],
        chips=chips_of(query, Tallies()),
        is_too_slow=True,
    )
