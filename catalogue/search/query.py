"""What a reader asked for, read once from the address."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.paging import page_number
from catalogue.vocabularies import Access, Cost, LinkState, Proficiency, ResourceType

PAGE_SIZE = 20
QUERY_LENGTH = 200
# More values of one filter than anybody chooses by hand.
VALUES = 20


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
    NEWEST = "newest", pgettext_lazy("sort", "newest")
    SHORTEST = "shortest", pgettext_lazy("sort", "shortest")


@dataclass(frozen=True)
class ResourceQuery:
    """One question to the catalogue. Whatever in an address makes no sense is left out of it."""

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
    page: int = 1

    @classmethod
    def parse(cls, data: QueryDict) -> "ResourceQuery":
        """Reads an address's query. Never raises."""

        def several(name: str, known: Any = None) -> tuple[str, ...]:
            said = dict.fromkeys(_plain(value)[:100] for value in data.getlist(name))
            values = (value for value in said if value and (known is None or value in known))
            return tuple(values)[:VALUES]

        def one(name: str, known: Any, default: str = "") -> str:
            value = _plain(data.get(name, ""))
            return value if value in known else default

        return cls(
            q=" ".join(_plain(data.get("q", "")).split())[:QUERY_LENGTH],
            skill=several("skill"),
            competence=several("competence"),
            type=several("type", ResourceType.values),
            proficiency=several("proficiency", Proficiency.values),
            time=one("time", Time.values),
            language=several("language"),
            cost=several("cost", Cost.values),
            access=several("access", Access.values),
            provider=several("provider"),
            tag=several("tag"),
            curated=one("curated", Curated.values),
            link=several("link", LinkState.values),
            match=one("match", Match.values, Match.ANY.value),
            sort=one("sort", Sort.values),
            page=page_number(data.get("page", "")),
        )

    @property
    def order(self) -> str:
        """The sort that holds: the best match first where something was typed."""
        if self.sort and (self.q or self.sort != Sort.RELEVANCE):
            return self.sort
        return Sort.RELEVANCE if self.q else Sort.TITLE

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the typed words narrows the list."""
        return any(getattr(self, name) for name in FILTERS)

    def but(self, **changes: Any) -> "ResourceQuery":
        """The same question with `changes`, from its first page unless they name another."""
        return replace(self, **{"page": 1, **changes})

    def toggled(self, name: str, value: str) -> "ResourceQuery":
        """With `value` of the filter `name` added, or taken off where it is chosen.

        Of a filter that takes one value, it takes the other's place.
        """
        chosen = self.chosen(name)
        if isinstance(getattr(self, name), str):
            return self.but(**{name: "" if value in chosen else value})
        if value in chosen:
            return self.but(**{name: tuple(one for one in chosen if one != value)})
        return self.but(**{name: (*chosen, value)})

    def has(self, name: str, value: str) -> bool:
        return value in self.chosen(name)

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values of the filter `name` that are on."""
        value = getattr(self, name)
        return value if isinstance(value, tuple) else (value,) if value else ()

    def wants_all(self, name: str) -> bool:
        """Whether a resource must have every chosen value of the filter `name`."""
        return self.match == Match.ALL and name in MATCHED

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What an address has to say to ask this again: nothing that is the default."""
        said: list[tuple[str, str]] = []
        for name, default in DEFAULTS.items():
            value = getattr(self, name)
            if isinstance(value, tuple):
                said += [(name, one) for one in value]
            elif value != default:
                said.append((name, str(value)))
        return said

    @property
    def address(self) -> str:
        """`?q=…&skill=…`, or `?` alone, which asks for everything."""
        return "?" + "&".join(part for parts in self._parts.values() for part in parts)

    def toggling(self, name: str, value: str) -> str:
        """The address of `toggled(name, value)`, quicker, since a page has a hundred of them."""
        own, mine = self._parts[name], urlencode({name: value})
        if mine in own:
            own = [part for part in own if part != mine]
        else:
            own = [mine] if isinstance(getattr(self, name), str) else [*own, mine]
        parts = {**self._parts, name: own, "page": []}
        return "?" + "&".join(part for parts in parts.values() for part in parts)

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """For each parameter what an address says of it, encoded."""
        parts: dict[str, list[str]] = {name: [] for name in DEFAULTS}
        for name, value in self.parameters:
            parts[name].append(urlencode({name: value}))
        return parts

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form has to carry beside the words, so that filters survive it."""
        return [
            (name, value) for name, value in self.parameters if name not in ("q", "page", "sort")
        ]


DEFAULTS = {field.name: field.default for field in fields(ResourceQuery)}
FILTERS = (
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
# Filters of which `match=all` asks for every chosen value.
MATCHED = ("skill", "competence", "tag", "language")


def _plain(text: str) -> str:
    """`text` without what no text of the database can hold."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
