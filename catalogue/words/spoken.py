"""What skills, tags and providers are called, and which words the catalogue itself uses."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from django.db import connection

from catalogue.tallies import Tallies

# So many words, those that most resources hold, are known to the spelling.
MOST = 100_000
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
SPOKEN = """
    SELECT word, count(*) FROM (
        SELECT DISTINCT id, word
        FROM catalogue_resource,
            regexp_split_to_table(
                catalogue_fold(catalogue_apart(title || ' ' || left(description, 50000))), '\\s+'
            ) word
        WHERE status = 'published' AND word ~ '[^0-9]'
    ) held
    GROUP BY word ORDER BY count(*) DESC, word LIMIT %s
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


@dataclass(frozen=True)
class Dictionary:
    """Words of titles and descriptions as they stand there, in small letters without accents, and in
    `numbers` (int32) how many resources hold each; the commonest first."""

    words: list[str]
    numbers: np.ndarray


def dictionary(tallies: Tallies) -> Dictionary:
    """The words that published resources of `tallies` are written in, MOST at most. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN, [MOST])
        rows = cursor.fetchall()
    return Dictionary(
        [word for word, _number in rows],
        np.array([number for _word, number in rows], np.int32),
    )
