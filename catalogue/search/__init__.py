"""The one front door to finding resources: a query in, a page of resources with facets out."""

from catalogue.search.facets import Chip, Facet, FacetValue
from catalogue.search.query import PAGE_SIZE, ResourceQuery
from catalogue.search.results import Results, search
from catalogue.search.told import Reading

__all__ = [
    "PAGE_SIZE",
    "Chip",
    "Facet",
    "FacetValue",
    "Reading",
    "ResourceQuery",
    "Results",
    "search",
]
