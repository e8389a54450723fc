"""The one front door to finding resources: a query in, a page of resources with facets out."""

from catalogue.search.excess import Excess
from catalogue.search.facets import Chip, Facet, FacetValue
from catalogue.search.known import known_of
from catalogue.search.query import (
    PAGE_SIZE,
    QUERY_LENGTH,
    SOUGHT,
    Curated,
    Match,
    ResourceQuery,
    Sort,
    Time,
)
from catalogue.search.results import Results, search, too_slow
from catalogue.search.suggestions import Suggestions, suggestions
from catalogue.search.told import Reading

__all__ = [
    "PAGE_SIZE",
    "QUERY_LENGTH",
    "SOUGHT",
    "Chip",
    "Curated",
    "Excess",
    "Facet",
    "FacetValue",
    "Match",
    "Reading",
    "ResourceQuery",
    "Results",
    "Sort",
    "Suggestions",
    "Time",
    "known_of",
    "search",
    "suggestions",
    "too_slow",
]
