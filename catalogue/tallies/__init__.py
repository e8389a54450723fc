"""The one front door to counts: which published resources have what, kept until something changes.

Pages count resources all over: for each value of each facet, each skill at each proficiency, each
competence of a framework. All of it is answered by a set of resources for each value, which a worker
holds in memory and intersects: a filtered list with all its facets costs it less than one query.
"""

from catalogue.tallies.counting import Tallies
from catalogue.tallies.keeping import forget, tallies, with_counts
from catalogue.tallies.names import Name
from catalogue.tallies.reading import count

__all__ = [
    "Name",
    "Tallies",
    "count",
    "forget",
    "tallies",
    "with_counts",
]
