"""A framework as a file tells it, whatever the format: what the readers make and `place` stores."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.report import Report

# Characters. The longest description of a real framework has a few thousand.
LONGEST_TEXT = 50_000


@dataclass
class Part:
    """A level, a competence or a statement.

    `key` names it within the file, and `above` is the key of its band, its area or, for a statement,
    its competence; empty at the root. `level` is the code of a statement's level, or empty. `values`
    are fields of the model, Welsh ones with `_cy`.
    """

    line: int | None
    key: str
    code: str
    values: dict[str, Any]
    above: str = ""
    level: str = ""
    uid: UUID | None = None

    def __str__(self) -> str:
        return f"{self.code} {self.values.get('title') or self.values.get('text', '')}"


@dataclass
class Relation:
    """A row of a crosswalk: from the code of a competence here to `framework:code` or a uid."""

    line: int | None
    source: str
    relation: str
    target: str | UUID
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"


@dataclass
class Told:
    """One version of a framework. `values` are fields of the model, `slug`, `family` and `version`
    among them; `is_named_here` tells that the file names none of these, and others may be alike."""

    line: int | None
    values: dict[str, Any]
    uid: UUID | None = None
    is_named_here: bool = False
    levels: list[Part] = field(default_factory=list)
    competences: list[Part] = field(default_factory=list)
    statements: list[Part] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def line_of(said: Any) -> int | None:
    """The line of the file where an object begins; None where nobody counted."""
    return getattr(said, "line", None)


def text(said: Any, key: str) -> str:
    """The text under `key`, empty where there is none. Raises ExchangeError for what is no text."""
    value = said.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ExchangeError(_("“%(key)s” takes a text.") % {"key": key})
    value = str(value).strip()
    if len(value) > LONGEST_TEXT:
        raise ExchangeError(
            _("“%(key)s” has more than %(number)s characters.")
            % {"key": key, "number": f"{LONGEST_TEXT:,}"}
        )
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise ExchangeError(_("“%(key)s” holds a character that can’t be stored.") % {"key": key})
    return value


def texts(said: Any, keys: Iterable[str]) -> dict[str, str]:
    """Those of `keys` that hold something."""
    return {key: value for key in keys if (value := text(said, key))}


def objects(said: Any, key: str) -> list:
    """The list under `key`, empty where there is none. Raises ExchangeError for what is no list."""
    value = said.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ExchangeError(_("“%(key)s” takes a list.") % {"key": key})
    return value


def uuid_in(value: Any) -> UUID | None:
    """The UUID that `value` is; None where it is something else."""
    if isinstance(value, str) and re.fullmatch(r"[0-9a-fA-F-]{32,36}", value):
        try:
            return UUID(value)
        except ValueError:
            pass
    return None


def each(said: Iterable, report: Report, read: Callable) -> Iterator[Any]:
    """What `read` makes of each object; those it refuses are rejected, and None is left out."""
    for one in said:
        try:
            if not isinstance(one, dict):
                raise ExchangeError(_("This is no object."))
            found = read(one)
        except ExchangeError as error:
            report.reject(line_of(one), _name_of(one), str(error))
            continue
        if found is not None:
            yield found


def _name_of(said: Any) -> str:
    """What an object calls itself, for whoever looks for it in the file."""
    if not isinstance(said, dict):
        return str(said)
    keys = ("code", "@id", "humanCodingScheme", "identifier", "title", "name", "slug")
    return next((str(said[key])[:200] for key in keys if said.get(key)), "")
