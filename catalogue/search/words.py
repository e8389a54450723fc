"""Plain full-text search: the resources that typed words find, the best first."""

from dataclasses import dataclass

from django.db import connection

from catalogue.tallies import Tallies
from catalogue.tallies.sets import set_of

# The column `found_by` is written by triggers: catalogue.triggers.WritesWords. Only weights A to C
# are given: a title counts two and a half times a provider's name, and five times a description.
FIND = """
    WITH asked AS (SELECT websearch_to_tsquery('english', %s) AS words),
    own AS MATERIALIZED (
        SELECT id, sort_key, ts_rank(found_by, words) AS rank
        FROM catalogue_resource, asked
        WHERE status = 'published' AND found_by @@ words
    )
    SELECT
        (SELECT array_agg(id ORDER BY rank DESC, sort_key, id) FROM own),
        (SELECT array_agg(slug) FROM catalogue_skill, asked WHERE found_by @@ words),
        (SELECT array_agg(slug) FROM catalogue_tag, asked WHERE found_by @@ words)
"""


@dataclass(frozen=True)
class Found:
    """`ranked`: places of resources whose own words match, the best first; `every`: the set of these
    and of those that teach a skill or bear a tag whose name matches."""

    ranked: list[int]
    every: int


def find(words: str, tallies: Tallies) -> Found:
    """Published resources that `words` find, as people type them in a search. One query.

    All of the words have to stand in one place: the resource's title, provider and description
    together, the names of a skill, or those of a tag.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIND, [words])
        ids, skills, tags = cursor.fetchone()
    ranked = tallies.places(ids or [])
    every = set_of(ranked)
    for name, slugs in ("skill", skills), ("tag", tags):
        for slug in slugs or []:
            every |= tallies.having(name, slug)
    return Found(ranked, every)
