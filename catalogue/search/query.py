"""What a reader asked for, read once from the address."""

import re
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import ClassVar

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.addresses import is_address
from catalogue.asking import Asked, one_value, plain, several_values
from catalogue.paging import page_number
from catalogue.search.reading import LONGEST, Typed, read

PAGE_SIZE = 20
# A long paragraph; what is beyond is not read, which a page tells. An address has to hold it, and some
# servers take no more than 4,094 characters of that.
QUERY_LENGTH = 1_000
# What an address begins with that says nothing of what is there.
BEGINNING = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)


class Time(TextChoices):
    """How long it may take; each holds the shorter ones too, but for the last."""

    TEN = "10", _("10 minutes or less")
    TWENTY = "20", _("20 minutes or less")
    HOUR = "60", _("An hour or less")
    HALF_DAY = "240", _("Half a day or less")
    MORE = "more", pgettext_lazy("time needed", "Longer")


class Curated(TextChoices):
    """Whether a published pathway leads to it."""

    YES = "yes", _("On a pathway")
    NO = "no", _("On none yet")


class Match(TextChoices):
    """Whether one of several values of a filter is enough."""

    ANY = "any", _("any of them")
    ALL = "all", _("all of them")


class Sort(TextChoices):
    RELEVANCE = "relevance", pgettext_lazy("sort", "best match")
    TITLE = "title", pgettext_lazy("sort", "title")
    NEWEST = "newest", pgettext_lazy("sort", "newest here")
    SHORTEST = "shortest", pgettext_lazy("sort", "shortest")


# Filters of which `match=all` asks for every chosen value.
MATCHED = ("skill", "competence", "tag", "language")
# Filters with too many values to show them all unasked; `more` names the one that is unfolded.
LONG = ("skill", "competence", "language", "provider", "tag")
# Of these, filters whose values can be looked for by name: `in_tag=…` and so on.
SOUGHT = ("skill", "competence", "provider", "tag")
SOUGHT_LENGTH = 60


@dataclass(frozen=True)
class ResourceQuery(Asked):
    """One question to the catalogue, with filters as they were asked: catalogue.search.known leaves
    out what nobody knows. Whatever else in an address makes no sense is left out at once."""

    FILTERS: ClassVar[tuple[str, ...]] = (
        "skill",
        "competence",
        "type",
        "proficiency",
        "time",
        "language",
        "cost",
        "access",
        "provider",
        "tag",
        "curated",
        "link",
    )

    q: str = ""
    skill: tuple[str, ...] = ()
    competence: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    proficiency: tuple[str, ...] = ()
    time: str = ""
    language: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    curated: str = ""
    link: tuple[str, ...] = ()
    match: str = Match.ANY.value
    sort: str = ""
    # "1": exactly what was typed, without words that are spelt nearly so.
    verbatim: str = ""
    more: str = ""
    # Of which framework competences are offered.
    framework: str = ""
    # What somebody looks for among the values of a long filter.
    in_skill: str = ""
    in_competence: str = ""
    in_provider: str = ""
    in_tag: str = ""
    page: int = 1

    @classmethod
    def parse(cls, data: QueryDict) -> "ResourceQuery":
        """Reads an address's query. Never raises."""

        several, one = partial(several_values, data), partial(one_value, data)
        return cls(
            q=_cut(typed_in(data)),
            skill=several("skill"),
            competence=several("competence"),
            type=several("type"),
            proficiency=several("proficiency"),
            time=one("time"),
            language=several("language"),
            cost=several("cost"),
            access=several("access"),
            provider=several("provider"),
            tag=several("tag"),
            curated=one("curated"),
            link=several("link"),
            match=one("match", Match.values, Match.ANY.value),
            sort=one("sort", Sort.values),
            verbatim=one("verbatim", ("1",)),
            more=one("more", LONG),
            framework=one("framework"),
            **{f"in_{name}": one(f"in_{name}")[:SOUGHT_LENGTH].strip() for name in SOUGHT},
            page=page_number(data.get("page", "")),
        )

    @property
    def typed(self) -> Typed:
        """What was typed as it is read: of an address what tells where it leads."""
        return read(BEGINNING.sub("", self.q) if is_address(self.q) else self.q)

    @property
    def wanted(self) -> list[tuple[str, ...]]:
        """The words that are looked for, each with those that would do in its place."""
        found: list[tuple[str, ...]] = []
        for one in self.typed.wanted:
            ways = [tuple(chain(*one.ways))] if len(one.ways) > 1 else zip(*one.ways, strict=True)
            found += ways
        return found

    @property
    def order(self) -> str:
        """The sort that holds: the best match first where something was typed."""
        if self.sort and (self.q or self.sort != Sort.RELEVANCE):
            return self.sort
        return Sort.RELEVANCE if self.q else Sort.TITLE

    def sought(self, name: str) -> str:
        """What is looked for among the values of the filter `name`."""
        return getattr(self, f"in_{name}") if name in SOUGHT else ""

    @property
    def bare(self) -> "ResourceQuery":
        """The words alone, without any filter."""
        return ResourceQuery(q=self.q, verbatim=self.verbatim)

    @cached_property
    def without_seeking(self) -> "ResourceQuery":
        """The same question of the same page, as it concerns the resources alone."""
        return self.but(more="", page=self.page, **{f"in_{name}": "" for name in SOUGHT})

    def wants_all(self, name: str) -> bool:
        """Whether a resource must have every chosen value of the filter `name`."""
        return self.match == Match.ALL and name in MATCHED


def typed_in(data: QueryDict) -> str:
    """What was typed, however long, with single spaces."""
    return " ".join(plain(data.get("q", "")).split())


def _cut(typed: str) -> str:
    """The first QUERY_LENGTH characters, without a word that would end in its midst."""
    said = typed[:QUERY_LENGTH].strip()
    before, _space, last = said.rpartition(" ")
    is_broken = not typed[QUERY_LENGTH : QUERY_LENGTH + 1].isspace() and len(typed) > QUERY_LENGTH
    return before if is_broken and before and len(last) <= LONGEST else said
