"""Which column a name in someone's file stands for."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.exchange.report import shown
from catalogue.exchange.resources.columns import HEADERS
from catalogue.exchange.resources.entries import Source, Value, several

SHOWN_NAMES = 20
# Different names remembered to count them; a file can make up as many as it likes.
_MOST_NAMES = 10_000
_LONGEST_NAME = 100
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def normalised(name: str) -> str:
    """`name` in small letters with `_` between its words, so `Resource Type` as `resourceType`."""
    return _normalised(name[:_LONGEST_NAME])


# JSON tells the same few names again with each object.
@lru_cache(maxsize=2_000)
def _normalised(name: str) -> str:
    return re.sub(r"[\W_]+", "_", _HUMP.sub("_", name.strip()).casefold()).strip("_")


def column_of(name: str) -> str:
    """The column that `name` stands for; empty where it is not known."""
    return HEADERS.get(normalised(name), "")


def by_column(names: Sequence[str]) -> dict[str, list[int]]:
    """Where in `names` each column stands; its own name comes before what others call it."""
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        if column := column_of(name):
            places.setdefault(column, []).append(at)
    for column, where in places.items():
        where.sort(key=lambda at: normalised(names[at]) != column)
    return places


class Unknown:
    """Names that stand for no column, to be told in one sentence."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}

    def add(self, name: str) -> None:
        if name.strip() and len(self._names) < _MOST_NAMES:
            self._names[name.strip()[:_LONGEST_NAME]] = None

    def tell(self, source: Source) -> None:
        names = listed(list(self._names)[:SHOWN_NAMES])
        more = len(self._names) - SHOWN_NAMES
        if more > 0:
            source.note(
                ngettext(
                    "These columns aren’t known and were left out: %(names)s and %(number)s more.",
                    "These columns aren’t known and were left out: %(names)s and %(number)s more.",
                    more,
                )
                % {"names": names, "number": f"{more:,}"}
            )
        elif names:
            source.note(
                _("These columns aren’t known and were left out: %(names)s.") % {"names": names}
            )


def listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{shown(name)}”" for name in names)


def note_twice(source: Source, column: str) -> None:
    source.note(
        _("Several columns stand for “%(column)s”; the first that is filled was taken.")
        % {"column": column}
    )


def joined(values: list[Value]) -> list[str]:
    """The values of several columns that stand for one."""
    return [text for value in values for text in several(value)]
