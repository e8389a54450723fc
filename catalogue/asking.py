"""What a list is asked for in its address: filters and a page, and the addresses that ask otherwise."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, lru_cache
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import quote_plus

from django.http import QueryDict

# More values of one filter than anybody chooses by hand.
VALUES = 500
# A longer address is not repeated in every link of a page, which would weigh too much.
LONG_ADDRESS = 250
# What a new search doesn't take over from the one before.
NOT_KEPT = ("q", "page", "sort", "verbatim")


@dataclass(frozen=True)
class Asked:
    """What an address asks of a list: filters, each with one value or a tuple of them, and a page."""

    FILTERS: ClassVar[tuple[str, ...]] = ()

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the typed words narrows the list."""
        return any(getattr(self, name) for name in self.FILTERS)

    def but(self, **changes: Any) -> Self:
        """The same question with `changes`, from its first page unless they name another."""
        return replace(self, **{"page": 1, **changes})

    def toggled(self, name: str, value: str) -> Self:
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

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """What an address has to say to ask this again: nothing that is the default."""
        said: list[tuple[str, str]] = []
        for name, default in _defaults(type(self)):
            value = getattr(self, name)
            if isinstance(value, tuple):
                said += [(name, one) for one in value]
            elif value != default:
                said.append((name, str(value)))
        return tuple(said)

    @cached_property
    def address(self) -> str:
        """`?q=…&skill=…`, or `?` alone, which asks for everything."""
        return "?" + "&".join(part for parts in self._parts.values() for part in parts)

    def toggling(self, name: str, value: str) -> str:
        """The address of `toggled(name, value)`, quicker, since a page has a hundred of them."""
        own, mine = self._parts[name], said(name, value)
        if mine in own:
            own = [part for part in own if part != mine]
        else:
            own = [mine] if isinstance(getattr(self, name), str) else [*own, mine]
        parts = {**self._parts, name: own, "page": []}
        return "?" + "&".join(part for parts in parts.values() for part in parts)

    @cached_property
    def is_long(self) -> bool:
        """Whether its address is too long to stand in every link of a page."""
        return len(self.address) > LONG_ADDRESS

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """For each parameter what an address says of it, encoded."""
        parts: dict[str, list[str]] = {name: [] for name, _default in _defaults(type(self))}
        for name, value in self.parameters:
            parts[name].append(said(name, value))
        return parts

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form has to carry beside the words, so that filters survive it."""
        return [(name, value) for name, value in self.parameters if name not in NOT_KEPT]


@cache
def _defaults(kind: type[Asked]) -> tuple[tuple[str, Any], ...]:
    """Each parameter, and what it is where an address doesn't say."""
    return tuple((field.name, field.default) for field in fields(kind))


@lru_cache(10_000)
def said(name: str, value: str) -> str:
    """What an address says to ask for `value` of the filter `name`."""
    return f"{name}={quote_plus(value)}"


@dataclass(frozen=True)
class Unknown:
    """A value of a filter that nobody knows: the heading of its filter, and what was asked, as it was."""

    label: str
    value: str


Query = TypeVar("Query", bound=Asked)


def understood(
    query: Query, labels: Mapping[str, Any], is_known: Callable[[str, str], bool]
) -> tuple[Query, list[Unknown]]:
    """`query` without the values that nobody knows, and these: they are left out, and told.

    `labels`: the heading of each filter; `is_known(filter, value)`.
    """
    unknown: list[Unknown] = []
    kept: dict[str, str | tuple[str, ...]] = {}
    for name, label in labels.items():
        chosen = query.chosen(name)
        known = tuple(value for value in chosen if is_known(name, value))
        if known != chosen:
            unknown += [Unknown(str(label), value) for value in chosen if value not in known]
            kept[name] = known if isinstance(getattr(query, name), tuple) else ""
    return (query.but(**kept, page=query.page) if kept else query), unknown


def storable(text: str) -> str:
    """`text` without what no text of the database can hold."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def plain(text: str) -> str:
    """`text` as it may be stored, without space around it."""
    return storable(text).strip()


def storable_form(data: QueryDict) -> QueryDict:
    """A form as it was sent, its values as they may be stored."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        kept.setlist(name, [storable(value) for value in values])
    return kept


def several_values(
    data: QueryDict, name: str, known: Collection[str] | None = None
) -> tuple[str, ...]:
    """The values of the parameter `name`, each once, of those that are `known` where that is given."""
    said = dict.fromkeys(plain(value)[:100] for value in data.getlist(name))
    values = (value for value in said if value and (known is None or value in known))
    return tuple(values)[:VALUES]


def one_value(
    data: QueryDict, name: str, known: Collection[str] | None = None, default: str = ""
) -> str:
    """The last value of the parameter `name`, where `known` is given only one of these."""
    value = plain(data.get(name, ""))[:100]
    return value if known is None or value in known else default
