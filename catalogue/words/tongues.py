"""The languages that the catalogue is written in, beside those that typed words are always read in."""

from collections.abc import Iterable

from django.db import connection

from catalogue.tallies import Tallies

# Of languages that PostgreSQL has stems of: what their lexemes begin with, before a stop, as the function
# catalogue_mark has it. English ones have no mark.
MARKS = (
    *(
        "ar",
        "ca",
        "da",
        "de",
        "el",
        "es",
        "eu",
        "fi",
        "fr",
        "ga",
        "hi",
        "hu",
        "hy",
        "id",
        "it",
        "lt",
    ),
    *("ne", "nl", "no", "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi"),
)
# One step in the index of postings for each chunk and mark; LIMIT keeps PostgreSQL from more.
WRITTEN = """
    SELECT mark FROM unnest(%(marks)s::text[]) mark WHERE EXISTS (
        SELECT FROM catalogue_chunk chunk, LATERAL (
            SELECT FROM catalogue_posting
            WHERE version = chunk.version AND lexeme > mark || '.' AND lexeme < mark || '/' LIMIT 1
        ) found
    )
"""

# What chunks of these versions are written in.
_settled: tuple[dict[int, int], frozenset[str]] = ({}, frozenset())


def written(tallies: Tallies) -> frozenset[str]:
    """The languages of titles and descriptions, as tags: of those alone has what is typed to be read,
    beside English, Welsh and words as they are. One query where chunks were made anew since the dictionary
    was read, none otherwise but for what is fresh; some that nothing is in any more may be among them."""
    return tallies.made("written", lambda: _of_chunks(tallies.chunks) | tallies.fresh_words.marks())


def keep(versions: dict[int, int], marks: Iterable[str]) -> frozenset[str]:
    """Takes note of the `marks` of what chunks of these `versions` are written in."""
    global _settled
    _settled = versions, frozenset(marks)
    return _settled[1]


def forget() -> None:
    """Asks anew."""
    keep({}, ())


def _of_chunks(versions: dict[int, int]) -> frozenset[str]:
    known, found = _settled
    if known == versions:
        return found
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, {"marks": list(MARKS)})
        return keep(versions, (mark for (mark,) in cursor))
