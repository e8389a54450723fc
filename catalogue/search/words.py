"""Plain full-text search: the resources that typed words find, the best first."""

from dataclasses import dataclass
from itertools import islice

from django.db import OperationalError, connection
from pyroaring import BitMap

from catalogue.tallies import Tallies

# The column `found_by` is written by triggers: catalogue.triggers.WritesWords. Only weights A to C
# are given: a title counts two and a half times a provider's name, and five times a description.
FIND = """
    WITH asked AS MATERIALIZED (SELECT websearch_to_tsquery('english', %s) AS words)
    SELECT
        (
            SELECT array_agg(id) FROM catalogue_resource, asked
            WHERE status = 'published' AND found_by @@ words
        ),
        (SELECT array_agg(slug) FROM catalogue_skill, asked WHERE found_by @@ words),
        (SELECT array_agg(slug) FROM catalogue_tag, asked WHERE found_by @@ words)
"""
RANK = """
    SELECT id FROM catalogue_resource, websearch_to_tsquery('english', %s) AS words
    WHERE id = ANY (%s) ORDER BY ts_rank(found_by, words) DESC, sort_key, id
"""
# For the statement that is sent along with it, where no transaction is open.
LIMIT = "SET LOCAL statement_timeout = {milliseconds};"

# Ranking reads all words of each match: of so many at most, the first by title, and for so long.
MOST_RANKED = 2_000
RANKING_MS = 500
# What PostgreSQL says of a statement that took longer.
QUERY_CANCELED = "57014"


@dataclass(frozen=True)
class Found:
    """`ranked`: primary keys of resources whose own words match, the best first; `every`: the set of all
    these and of those that teach a skill or bear a tag whose name matches."""

    ranked: list[int]
    every: BitMap


def find(words: str, tallies: Tallies, *, ranked: bool = True) -> Found:
    """Published resources that `words` find, as people type them in a search. One query, and one
    more where they are to be `ranked`.

    All of the words have to stand in one place: the resource's title, provider and description
    together, the names of a skill, or those of a tag. What can't be ranked in time is not.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIND, [words])
        keys, skills, tags = cursor.fetchone()
    own = every = BitMap(keys or []) & tallies.every
    for name, slugs in ("skill", skills), ("tag", tags):
        for slug in slugs or []:
            every = every | tallies.having(name, slug)
    first = list(islice(tallies.in_order("title", own), MOST_RANKED)) if ranked else []
    return Found(_by_rank(words, first) if first else [], every)


def _by_rank(words: str, keys: list[int]) -> list[int]:
    limit = "" if connection.in_atomic_block else LIMIT.format(milliseconds=RANKING_MS)
    try:
        with connection.cursor() as cursor:
            cursor.execute(limit + RANK, [words, keys])
            return [key for (key,) in cursor.fetchall()]
    except OperationalError as error:
        if getattr(getattr(error.__cause__, "diag", None), "sqlstate", None) != QUERY_CANCELED:
            raise
        return []
