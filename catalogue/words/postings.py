"""Which resources hold a lexeme, and how often in which of their texts."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from django.db import connection

from catalogue.tallies import Tallies

# How often a lexeme stands in title, names and description, in two, two and four bits.
COUNTED = """
    (least(cardinality(array_positions(weights, 'A')), 3) << 6)
    | (least(cardinality(array_positions(weights, 'B')), 3) << 4)
    | least(cardinality(array_positions(weights, 'C')), 15)
"""
FROM_SOURCES = f"""
    SELECT lexeme, array_agg(id ORDER BY id), array_agg({COUNTED} ORDER BY id)
    FROM catalogue_resource, unnest(found_by)
    WHERE status = 'published' AND lexeme = ANY (%(lexemes)s)
        AND found_by @@ (
            SELECT replace(array_to_tsvector(%(lexemes)s)::text, ''' ''', ''' | ''')::tsquery
        )
    GROUP BY lexeme
"""


@dataclass(frozen=True)
class Posting:
    """Published resources that hold a lexeme: `keys`, their primary keys in ascending order (uint32),
    and `counts` (uint8), for each how often it stands in the title (bits 6 and 7: 3 is three or
    more), in the names of provider and authors (bits 4 and 5, likewise), and in the description
    (bits 0 to 3: 15 is fifteen or more). Never change the arrays."""

    keys: np.ndarray
    counts: np.ndarray

    @property
    def titles(self) -> np.ndarray:
        return self.counts >> 6

    @property
    def names(self) -> np.ndarray:
        return self.counts >> 4 & 3

    @property
    def descriptions(self) -> np.ndarray:
        return self.counts & 15


NONE = Posting(np.empty(0, np.uint32), np.empty(0, np.uint8))


def postings(lexemes: Collection[str], tallies: Tallies) -> dict[str, Posting]:
    """Of each of `lexemes`, the published resources of `tallies` that hold it. One query."""
    found = dict.fromkeys(lexemes, NONE)
    if not found:
        return found
    with connection.cursor() as cursor:
        cursor.execute(FROM_SOURCES, {"lexemes": list(found)})
        for lexeme, keys, counts in cursor:
            found[lexeme] = Posting(np.array(keys, np.uint32), np.array(counts, np.uint8))
    return found
