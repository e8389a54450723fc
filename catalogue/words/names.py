"""What skills, tags and providers are called."""

from collections.abc import Collection

from django.db import connection

NAMED = """
    WITH asked AS MATERIALIZED (
        SELECT replace(array_to_tsvector(%(lexemes)s)::text, ''' ''', ''' | ''')::tsquery AS words
    )
    SELECT name, slug, lexeme
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


def named(lexemes: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Of each of `lexemes`, what is called by it: (facet, value) of published skills, tags and
    providers, for Tallies.having(). One query."""
    found: dict[str, list[tuple[str, str]]] = {lexeme: [] for lexeme in lexemes}
    if not found:
        return found
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"lexemes": list(found)})
        for name, slug, lexeme in cursor:
            found[lexeme].append((name, slug))
    return found
