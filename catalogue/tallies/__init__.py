"""The one front door to counts: which published resources have what, kept until something changes.

Pages count resources all over: for each value of each facet, each skill at each proficiency, each
competence of a framework. All of it is answered by a set of resources for each value, which a worker
holds in memory and intersects: a filtered list with all its facets costs it less than one query.
"""

from catalogue.tallies.counting import Name, Tallies, count
from catalogue.tallies.keeping import forget, tallies, with_counts

__all__ = [
    "Name",
    "Tallies",
    "count",
    "forget",
    "tallies",
    "with_counts",
]
