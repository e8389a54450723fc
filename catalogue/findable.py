"""What words find beside resources: skills, questions, roles, and what higher apps have of that kind.

There are hundreds of such things, thousands at most, so all of their names are read in one query and
kept until something public changes.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.keeping import kept
from catalogue.languages import Text
from catalogue.models import Question, Role, Skill
from catalogue.registry import Point, gather
from catalogue.routes import address_of
from catalogue.tallies import Name, tallies
from catalogue.titles import fold
from catalogue.words import lexemes, written

# A word of a name, as people type it.
WORD = re.compile(r"\w+")
# Typed words that are shorter need not stand in a name while others do: “how do I clean data”.
TELLING = 4
# Names are some hundred bytes each (see catalogue.keeping.MOST).
WEIGHT = 500
# Nobody's question has more words that tell something.
MOST_WORDS = 40
NAMES, NONE = ArrayField(TextField()), Value([])


@dataclass(frozen=True)
class Findable:
    """A kind of things that are found by their names; kinds stand in the order of `rank`.

    `rows`: those that are public; `route`: the name of the address of each, which takes its slug.
    `title`, `i18n`: where its title and the translations of that stand; `also`: an expression of an
    array of its other names.
    """

    kind: str
    rank: int
    heading: Promise | str
    rows: Callable[[], QuerySet]
    route: str
    title: str = "title"
    i18n: str = "i18n"
    also: Combinable = NONE


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

    @cached_property
    def names(self) -> frozenset[str]:
        """The lexemes of all of its names."""
        return self.lexemes | self.also


@dataclass(frozen=True)
class Group:
    """Some of a kind, the best first."""

    kind: str
    heading: Promise | str
    entries: list[Entry] = field(default_factory=list)


class Lexemes(Func):
    """What stands in the index for a name, an array of other names, and translations of the name."""

    template = "tsvector_to_array(catalogue_name_words(%(expressions)s))"
    output_field = ArrayField(TextField())


def own_kinds() -> list[Findable]:
    """Those of the catalogue itself."""
    return [
        Findable(
            *("skill", 10, _("Skills"), Skill.objects.published, "catalogue:skill_detail"),
            also=F("synonyms"),
        ),
        Findable(
            *("question", 30, _("Questions"), Question.objects.published),
            route="catalogue:question_detail",
        ),
        Findable("role", 40, _("Roles"), Role.objects.published, "catalogue:role_detail"),
    ]


# One typed word in any of the ways that would do: each some groups, of which a name has to hold one
# lexeme each (catalogue.words.Asked).
Ways = tuple[tuple[Collection[str], ...], ...]


def asked_of(words: Sequence[Sequence[str]]) -> list[Ways]:
    """For each of `words`, given with those that would do in its place, what stands for it in the index.
    What tells nothing is left out. One query, none where all were asked lately."""
    words = words[:MOST_WORDS]
    flat = [*chain(*words)]
    known = dict(zip(flat, lexemes(flat, written(tallies())), strict=True))
    asked = (tuple(chain.from_iterable(known[one].alternatives for one in some)) for some in words)
    return [one for one in asked if one]


def beside(asked: Sequence[Ways], *, each: int) -> list[Group]:
    """What the words find, at most `each` of a kind: all of the words, or a whole title by some of them.

    `asked`: the typed words. One query, none where names are kept.
    """
    every = frozenset().union(*(group for ways in asked for way in ways for group in way))
    found = []
    for entry in entries() if asked else ():
        if _holds_all(entry, asked) or (entry.lexemes and entry.lexemes <= every):
            in_title, _held = _hits(entry, asked)
            # Those whose title holds the most of the words, and little else.
            found.append(((-in_title, len(entry.lexemes), entry.sort_key), entry))
    return grouped(found, each=each)


def near(asked: Sequence[Ways], *, each: int) -> list[Group]:
    """What any of the words finds, at most `each` of a kind; see `beside`."""
    found = []
    for entry in entries() if asked else ():
        in_title, held = _hits(entry, asked)
        if held:
            found.append(((-held, -in_title, len(entry.lexemes), entry.sort_key), entry))
    return grouped(found, each=each)


def _holds_all(entry: Entry, asked: Sequence[Ways]) -> bool:
    """Whether its names have each of the words; most fail at the first."""
    return all(_holds(entry.names, ways) for ways in asked)


def _hits(entry: Entry, asked: Sequence[Ways]) -> tuple[int, int]:
    """How many of the words its title has, and how many any of its names."""
    in_title = sum(_holds(entry.lexemes, ways) for ways in asked)
    return in_title, sum(_holds(entry.names, ways) for ways in asked)


def _holds(lexemes: frozenset[str], ways: Ways) -> bool:
    return any(not any(lexemes.isdisjoint(group) for group in way) for way in ways)


def beginning(typed: str, *, each: int) -> list[Group]:
    """What has a name with all of the words that somebody begins to type, at most `each` of a kind;
    where these tell nothing yet, as “how do I”, what is called so from its beginning.

    One query, none where names are kept.
    """
    folded = fold(typed)
    words = WORD.findall(folded)
    if not words:
        return []
    telling = [word for word in words[:-1] if len(word) >= TELLING]
    # One letter begins too many words.
    telling += [word for word in words[-1:] if len(word) > 1]
    found = []
    for entry in entries():
        in_title = [word for word in telling if _begins_one(word, entry.words)]
        if all(word in in_title or _begins_one(word, entry.other_words) for word in telling):
            begins = fold(str(entry.title)).startswith(folded)
            if not (telling or begins):
                continue
            key = -len(in_title), not begins, len(entry.words), entry.sort_key
            found.append((key, entry))
    return grouped(found, each=each)


def _begins_one(beginning: str, words: Iterable[str]) -> bool:
    return any(word.startswith(beginning) for word in words)


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
    title, i18n, also = F(one.title), F(one.i18n), Cast(one.also, NAMES)
    own = Lexemes(title, Cast(Value([]), NAMES), i18n)
    others = Lexemes(Value(""), also)
    return (
        one.rows()
        .order_by()
        .values_list(Value(one.kind), "slug", title, i18n, "sort_key", also, own, others)
    )


def _entry(
    one: Findable,
    slug: str,
    title: str,
    i18n: dict | None,
    sort_key: str,
    also: list[str],
    lexemes: list[str],
    also_lexemes: list[str],
) -> Entry:
    said = (i18n or {}).items()
    names = [title, *(text for key, text in said if text and key.startswith("title_"))]
    return Entry(
        kind=one.kind,
        address=address_of(one.route, slug),
        name=Name(title, i18n),
        sort_key=sort_key,
        lexemes=frozenset(lexemes),
        also=frozenset(also_lexemes),
        words=frozenset(WORD.findall(fold(" ".join(names)))),
        other_words=frozenset(WORD.findall(fold(" ".join(also)))),
    )
