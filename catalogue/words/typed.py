"""Typed words as the index has them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from catalogue.words.recent import Recent

# What names may be in, whatever texts are in; und is undetermined, and reads words as they are, which is
# how those of languages without stems stand.
ALWAYS = ("en", "cy", "und", *(tag for tag, _name in settings.LANGUAGES))
HYPHENED = re.compile(r"([^\W\d_]+)-(\w+)")
# Words of the page's own language that say nothing are no words, whatever they mean in others:
# row with tag "" tells which are left.
READ = """
    SELECT place, '' AS tag, words.lexeme, words.positions
    FROM unnest(%(said)s::text[]) WITH ORDINALITY asked (said, place),
        unnest(to_tsvector('english', catalogue_apart(said))) words
    UNION ALL
    SELECT place, tag, words.lexeme, words.positions
    FROM unnest(%(said)s::text[]) WITH ORDINALITY asked (said, place),
        (
            SELECT DISTINCT ON (catalogue_configuration(tag), catalogue_mark(tag)) tag
            FROM unnest(%(tags)s::text[]) tag
        ) spoken,
        unnest(catalogue_words(said, tag)) words
"""
# In all configurations a word is the same for ever; so many are remembered.
_recent: Recent[tuple[str, frozenset[str]], "Asked"] = Recent(10_000)

Group = frozenset[str]


@dataclass(frozen=True)
class Asked:
    """What one typed word is called in the index.

    `alternatives`: a resource holds the word if it holds one of them; that, if it holds one lexeme
    of each of its groups. There is one group for each part of the word, nearly always one; another
    alternative where it has a hyphen: “e-mail” is “email” too. None at all for what says nothing: signs,
    and words as “the”.
    """

    alternatives: tuple[tuple[Group, ...], ...]

    @property
    def lexemes(self) -> Group:
        """All of them."""
        return frozenset().union(*(group for one in self.alternatives for group in one))


def lexemes(words: Sequence[str], languages: Iterable[str] = ()) -> list[Asked]:
    """Each of `words` as the index has it in `languages` (BCP 47 tags; see catalogue.words.written),
    English, Welsh and those of the site, and as it stands. One query, none where all were asked lately.
    """
    tags = frozenset({*languages, *ALWAYS})
    found = _recent.those_of((word, tags) for word in words)
    new = [word for word in dict.fromkeys(words) if (word, tags) not in found]
    for word, asked in _read(new, tags).items():
        found[word, tags] = asked
        _recent.keep((word, tags), asked)
    return [found[word, tags] for word in words]


def forget() -> None:
    """Asks anew, though it would be told the same."""
    _recent.clear()


def _read(words: Sequence[str], tags: Iterable[str]) -> dict[str, Asked]:
    if not words:
        return {}
    spellings = {word: _spellings(word) for word in words}
    said = list({one for several in spellings.values() for one in several})
    parts: list[dict[int, set[str]]] = [{} for _one in said]
    left: list[set[int]] = [set() for _one in said]
    with connection.cursor() as cursor:
        cursor.execute(READ, {"said": said, "tags": sorted(tags)})
        for place, tag, lexeme, positions in cursor:
            if tag:
                for position in positions:
                    parts[place - 1].setdefault(position, set()).add(lexeme)
            else:
                left[place - 1].update(positions)
    groups = {
        one: tuple(frozenset(found[position]) for position in sorted(found) if position in kept)
        for one, found, kept in zip(said, parts, left, strict=True)
    }
    return {
        word: Asked(tuple(groups[one] for one in several if groups[one]))
        for word, several in spellings.items()
    }


def _spellings(word: str) -> list[str]:
    word = word.replace("\0", " ")
    if HYPHENED.fullmatch(word):
        return [word.replace("-", ""), word.replace("-", " ")]
    return [word]
