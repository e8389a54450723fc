"""What skills, tags and providers are called."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

NAMED = """
    WITH asked AS MATERIALIZED (
        SELECT replace(array_to_tsvector(%(lexemes)s)::text, ''' ''', ''' | ''')::tsquery AS words
    )
    SELECT name, slug, lexeme, 'A' = ANY (weights)
    FROM (
        SELECT 'skill' AS name, slug, found_by FROM catalogue_skill, asked
        WHERE status = 'published' AND found_by @@ words
        UNION ALL SELECT 'tag', slug, found_by FROM catalogue_tag, asked
        WHERE status = 'published' AND found_by @@ words
        UNION ALL SELECT 'provider', slug, found_by FROM catalogue_organisation, asked
        WHERE status = 'published' AND found_by @@ words
    ) named, unnest(found_by)
    WHERE lexeme = ANY (%(lexemes)s)
    ORDER BY name, slug
"""


@dataclass(frozen=True)
class Called:
    """(facet, value) of published skills, tags and providers, for Tallies.having(): what has a word in its
    name, and what has it in another name alone."""

    own: frozenset[tuple[str, str]] = frozenset()
    also: frozenset[tuple[str, str]] = frozenset()


def named(lexemes: Collection[str]) -> dict[str, Called]:
    """What is called by each of `lexemes`. One query."""
    found: dict[str, tuple[set, set]] = {lexeme: (set(), set()) for lexeme in lexemes}
    if not found:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"lexemes": list(found)})
        for name, slug, lexeme, is_own in cursor:
            found[lexeme][not is_own].add((name, slug))
    return {lexeme: Called(*map(frozenset, both)) for lexeme, both in found.items()}
