"""What skills, tags and providers are called."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from catalogue.tallies.names import Names

NAMED = """
    WITH asked AS MATERIALIZED (
        SELECT replace(array_to_tsvector(%(names)s)::text, ''' ''', ''' | ''')::tsquery AS words
    )
    SELECT name, slug, lexeme, 'A' = ANY (weights) AS is_own
    FROM (
        SELECT 'skill' AS name, slug, found_by FROM catalogue_skill, asked
        WHERE status = 'published' AND found_by @@ words
        UNION ALL SELECT 'tag', slug, found_by FROM catalogue_tag, asked
        WHERE status = 'published' AND found_by @@ words
        UNION ALL SELECT 'provider', slug, found_by FROM catalogue_organisation, asked
        WHERE status = 'published' AND found_by @@ words
    ) named, unnest(found_by)
    WHERE lexeme = ANY (%(names)s)
"""


@dataclass(frozen=True)
class Called:
    """(facet, value) of published skills, tags and providers, for Tallies.having(): what has a word in its
    name, and what has it in another name alone."""

    own: frozenset[tuple[str, str]] = frozenset()
    also: frozenset[tuple[str, str]] = frozenset()


# (name, slug, lexeme, whether it stands in the name itself), as NAMED tells.
Row = tuple[str, str, str, bool]

# What is called by lexemes that were asked for lately, as long as no name changes; so many are kept.
_lately: tuple[Names, dict[str, Called]] = (Names(), {})
MOST = 10_000


def lately(names: Names) -> dict[str, Called]:
    """What is called by each of the lexemes that were asked for since `names` are what there is. Whoever
    reads of others adds them."""
    global _lately
    known, kept = _lately
    if known is not names or len(kept) > MOST:
        _lately = names, kept = names, {}
    return kept


def forget() -> None:
    """Reads names anew."""
    global _lately
    _lately = Names(), {}


def named(lexemes: Collection[str]) -> dict[str, Called]:
    """What is called by each of `lexemes`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"names": list(lexemes)})
        return called(lexemes, cursor)


def called(lexemes: Iterable[str], rows: Iterable[Row]) -> dict[str, Called]:
    """What `rows` tell of each of `lexemes`."""
    found: dict[str, tuple[set, set]] = {lexeme: (set(), set()) for lexeme in lexemes}
    for name, slug, lexeme, is_own in rows:
        found[lexeme][not is_own].add((name, slug))
    return {lexeme: Called(*map(frozenset, both)) for lexeme, both in found.items()}
