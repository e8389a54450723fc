"""What words find beside resources: skills, questions, roles, and what higher apps have of that kind.

There are hundreds of such things, thousands at most, so all of their names are read in one query and
kept until something public changes.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter, or_

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.keeping import kept
from catalogue.languages import Text
from catalogue.models import Question, Role, Skill
from catalogue.registry import Point, gather
from catalogue.routes import address_of
from catalogue.tallies import Name
from catalogue.titles import fold

EACH_WORD = """
    SELECT tsvector_to_array(to_tsvector('english', word))
    FROM unnest(%s::text[]) WITH ORDINALITY AS typed(word, place) ORDER BY place
"""
# A word of a name, as people type it.
WORD = re.compile(r"\w+")
# Typed words that are shorter need not stand in a name while others do: “how do I clean data”.
TELLING = 4
# Names are some hundred bytes each (see catalogue.keeping.MOST).
WEIGHT = 500


@dataclass(frozen=True)
class Findable:
    """A kind of things that are found by their names; kinds stand in the order of `rank`.

    `rows`: those that are public; `route`: the name of the address of each, which takes its slug.
    `title`, `i18n`: where its title and the translations of that stand; `also`: its other names, as
    an expression of one text.
    """

    kind: str
    rank: int
    heading: Promise | str
    rows: Callable[[], QuerySet]
    route: str
    title: str = "title"
    i18n: str = "i18n"
    also: Combinable = Value("")


@dataclass(frozen=True)
class Entry:
    """One of them. `lexemes` and `words` as they are, folded, of its title, translations included;
    `also` and `other_words`: those of its other names."""

    kind: str
    address: str
    name: Name
    sort_key: str
    lexemes: frozenset[str]
    also: frozenset[str]
    words: frozenset[str]
    other_words: frozenset[str]

    @property
    def title(self) -> Text:
        return self.name.words.title


@dataclass(frozen=True)
class Group:
    """Some of a kind, the best first."""

    kind: str
    heading: Promise | str
    entries: list[Entry] = field(default_factory=list)


class Joined(Func):
    """The texts of an array, as one."""

    template = "array_to_string(%(expressions)s, ' ')"
    output_field = TextField()


class Lexemes(Func):
    """The lexemes of an English text, each once, as search has them."""

    template = "tsvector_to_array(to_tsvector('english', %(expressions)s))"
    output_field = ArrayField(TextField())


def own_kinds() -> list[Findable]:
    """Those of the catalogue itself."""
    others = Joined("synonyms")
    return [
        Findable(
            *("skill", 10, _("Skills"), Skill.objects.published, "catalogue:skill_detail"),
            also=others,
        ),
        Findable(
            *("question", 30, _("Questions"), Question.objects.published),
            route="catalogue:question_detail",
        ),
        Findable("role", 40, _("Roles"), Role.objects.published, "catalogue:role_detail"),
    ]


def asked_of(words: str) -> list[frozenset[str]]:
    """For each of typed `words` its lexemes, without words that tell nothing. One query."""
    with connection.cursor() as cursor:
        cursor.execute(EACH_WORD, [WORD.findall(words)])
        return [frozenset(lexemes) for (lexemes,) in cursor.fetchall() if lexemes]


def beside(asked: Sequence[Collection[str]], *, each: int) -> list[Group]:
    """What the words find, at most `each` of a kind: all of the words, or a whole title by some of them.

    `asked`: for each typed word the lexemes that stand for it. One query, none where names are kept.
    """
    every = frozenset().union(*asked)
    found = []
    for entry in entries() if asked else ():
        in_title, held = _hits(entry, asked)
        if held == len(asked) or (entry.lexemes and entry.lexemes <= every):
            # Those whose title holds the most of the words, and little else.
            found.append(((-in_title, len(entry.lexemes), entry.sort_key), entry))
    return grouped(found, each=each)


def near(asked: Sequence[Collection[str]], *, each: int) -> list[Group]:
    """What any of the words finds, at most `each` of a kind; see `beside`."""
    found = []
    for entry in entries() if asked else ():
        in_title, held = _hits(entry, asked)
        if held:
            found.append(((-held, -in_title, len(entry.lexemes), entry.sort_key), entry))
    return grouped(found, each=each)


def _hits(entry: Entry, asked: Sequence[Collection[str]]) -> tuple[int, int]:
    """How many of the words its title has, and how many any of its names."""
    in_title = [not entry.lexemes.isdisjoint(one) for one in asked]
    also = [not entry.also.isdisjoint(one) for one in asked]
    return sum(in_title), sum(map(or_, in_title, also))


def beginning(typed: str, *, each: int) -> list[Group]:
    """What has a name with all of the words that somebody begins to type, at most `each` of a kind.

    One query, none where names are kept.
    """
    folded = fold(typed)
    words = WORD.findall(folded)
    if not words:
        return []
    telling = [word for word in words[:-1] if len(word) >= TELLING] + words[-1:]
    found = []
    for entry in entries():
        in_title = [word for word in telling if _begins_one(word, entry.words)]
        if all(word in in_title or _begins_one(word, entry.other_words) for word in telling):
            begins = fold(str(entry.title)).startswith(folded)
            key = -len(in_title), not begins, len(entry.words), entry.sort_key
            found.append((key, entry))
    return grouped(found, each=each)


def _begins_one(beginning: str, words: Iterable[str]) -> bool:
    return any(word.startswith(beginning) for word in words)


def completed(typed: str) -> str:
    """`typed` with its last word completed: to that which most names have of those that begin so.

    One query, none where names are kept.
    """
    words = WORD.findall(fold(typed))
    if not words or not typed[-1:].isalnum():
        return typed
    last = words[-1]
    often: dict[str, int] = {}
    for entry in entries():
        for word in entry.words | entry.other_words:
            if word.startswith(last):
                often[word] = often.get(word, 0) + 1
    if not often or last in often:
        return typed
    best = min(often, key=lambda word: (-often[word], len(word), word))
    return f"{typed[: len(typed) - len(last)]}{best}"


def grouped(found: Iterable[tuple[tuple, Entry]], *, each: int) -> list[Group]:
    """`found`, (what it is sorted by, entry), by kinds."""
    headings = {one.kind: one.heading for one in kinds()}
    places = {kind: place for place, kind in enumerate(headings)}
    in_order = sorted(found, key=lambda one: (places[one[1].kind], *one[0]))
    groups = groupby((entry for _key, entry in in_order), key=attrgetter("kind"))
    return [Group(kind, headings[kind], list(some)[:each]) for kind, some in groups]


def kinds() -> list[Findable]:
    return sorted(gather(Point.FINDABLE), key=attrgetter("rank"))


def entries() -> list[Entry]:
    """Everything that can be found by its names. One query, none where they are kept."""
    return kept("findable", _read, counts=False, weight=WEIGHT)


def _read() -> list[Entry]:
    every = {one.kind: one for one in kinds()}
    first, *others = [_columns(one) for one in every.values()]
    return [_entry(every[kind], *row) for kind, *row in first.union(*others, all=True)]


def _columns(one: Findable) -> QuerySet:
    languages = settings.MODELTRANS_AVAILABLE_LANGUAGES
    translations = [KeyTextTransform(f"title_{language}", one.i18n) for language in languages]
    said = (Coalesce(said, Value(""), output_field=TextField()) for said in translations)
    spaced = chain.from_iterable((Value(" "), text) for text in said)
    names = Concat(F(one.title), *spaced, output_field=TextField())
    also = Cast(one.also, TextField())
    return (
        one.rows()
        .order_by()
        .annotate(names=names, also_names=also)
        .annotate(own_lexemes=Lexemes("names"), also_lexemes=Lexemes("also_names"))
        .values_list(
            *(Value(one.kind), "slug", F(one.title), F(one.i18n), "sort_key"),
            *("names", "also_names", "own_lexemes", "also_lexemes"),
        )
    )


def _entry(
    one: Findable,
    slug: str,
    title: str,
    i18n: dict,
    sort_key: str,
    names: str,
    also: str,
    lexemes: list[str],
    also_lexemes: list[str],
) -> Entry:
    return Entry(
        kind=one.kind,
        address=address_of(one.route, slug),
        name=Name(title, i18n),
        sort_key=sort_key,
        lexemes=frozenset(lexemes),
        also=frozenset(also_lexemes),
        words=frozenset(WORD.findall(fold(names))),
        other_words=frozenset(WORD.findall(fold(also))),
    )
