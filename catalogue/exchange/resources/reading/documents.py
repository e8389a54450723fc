"""Reads JSON and JSON Lines: plain objects here, JSON-LD with linked_data."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.report import Rejected, shown
from catalogue.exchange.resources.columns import MANY
from catalogue.exchange.resources.entries import Entry, Source, Value, one
from catalogue.exchange.resources.reading.cursor import LISTS, Broken, Cursor
from catalogue.exchange.resources.reading.headings import (
    Unknown,
    by_column,
    column_of,
    joined,
    note_twice,
)
from catalogue.exchange.resources.reading.lines import Lines, TooLong
from catalogue.exchange.resources.reading.linked_data import LinkedData, is_linked
from catalogue.exchange.resources.reading.survey import Text

# Lists within lists are opened so far.
_DEEPEST = 5
# JSON-LD shows itself so far into a file.
_HEAD = 64 * 1024
_Found = Iterator[tuple[int, Any] | Rejected]


def entries(text: Text, source: Source) -> Iterator[Entry | Rejected]:
    """An Entry for each element of a JSON document. Raises ExchangeError where not one is read."""
    return _Reader(source, _names(text, _walk)).entries(_walk(text))


def entries_by_line(text: Text, source: Source) -> Iterator[Entry | Rejected]:
    """An Entry for each line of JSON Lines; a line that is broken costs none of the others."""
    return _Reader(source, _names(text, _walk_lines)).entries(_walk_lines(text))


def _walk(text: Text) -> _Found:
    is_first = True
    try:
        for found in Cursor(text.open(newline=None)).nodes():
            is_first = False
            yield found
    except Broken as broken:
        if is_first:
            raise ExchangeError(
                _("This file can’t be read from line %(line)s on: %(reason)s")
                % {"line": broken.line, "reason": broken.reason}
            ) from None
        yield Rejected(
            broken.line,
            "",
            _("From here on this file can’t be read: %(reason)s") % {"reason": broken.reason},
        )


def _walk_lines(text: Text) -> _Found:
    lines = Lines(text.open())
    while True:
        lines.begin()
        try:
            line = next(lines).strip("\ufeff \t\r\n")
        except StopIteration:
            return
        except TooLong:
            [held] = lines.held
            yield Rejected(
                held.number, held.text, _("This line is longer than 16 million characters.")
            )
            continue
        number = lines.held[0].number
        if not line:
            continue
        try:
            yield number, json.loads(line, parse_constant=lambda constant: None)
        except RecursionError:
            yield Rejected(number, line, _("This line is nested too deep."))
        except ValueError as error:
            yield Rejected(number, line, _("This line is no JSON (%(why)s).") % {"why": error})


def _names(text: Text, walk: Callable[[Text], _Found]) -> dict[str, str]:
    """What the nodes with an `@id` are called; nothing where the file is no JSON-LD."""
    if '"@' not in text.open().read(_HEAD):
        return {}
    return LinkedData.names_of(
        node for _line, node in _unfolded(walk(text)) if isinstance(node, dict)
    )


def _unfolded(found: Iterable) -> Iterator[tuple[int | None, Any]]:
    for each in found:
        if not isinstance(each, Rejected):
            line, node = each
            for inner in _opened(node):
                yield line, inner


def _opened(node: Any, depth: int = 0) -> Iterator[Any]:
    """`node`, or what it is but a wrapping of: a ListItem’s item, a graph’s nodes."""
    if not isinstance(node, dict) or depth == _DEEPEST:
        yield node
        return
    if is_linked(node):
        for name in (*LISTS[:3], "item"):
            inner = node.get(name, node.get(f"schema:{name}"))
            if isinstance(inner, dict | list):
                for each in inner if isinstance(inner, list) else [inner]:
                    yield from _opened(each, depth + 1)
                return
    yield node


class _Reader:
    def __init__(self, source: Source, names: dict[str, str]) -> None:
        self._source = source
        self._linked = LinkedData(names)
        self._unknown = Unknown()

    def entries(self, found: _Found) -> Iterator[Entry | Rejected]:
        is_bare = True
        for each in found:
            for entry in self._entries(each):
                is_bare = False
                yield entry
        self._unknown.tell(self._source)
        self._linked.tell(self._source)
        if is_bare:
            self._source.note(_("This file tells of no resource."))

    def _entries(self, found: tuple[int, Any] | Rejected) -> Iterator[Entry | Rejected]:
        if isinstance(found, Rejected):
            yield found
            return
        line, outer = found
        for node in _opened(outer):
            if not isinstance(node, dict):
                yield Rejected(line, shown(node), _("This is no object, so no resource."))
            elif not is_linked(node):
                yield Entry(line, self._plain(node))
            elif self._linked.is_resource(node):
                yield Entry(line, self._linked.values(node))

    def _plain(self, node: Mapping[str, Any]) -> dict[str, Value]:
        names = list(node)
        for name in names:
            if not column_of(name):
                self._unknown.add(name)
        values = {}
        for column, where in by_column(names).items():
            filled = [value for at in where if one(value := _plain_value(node[names[at]]))]
            if len(filled) > 1 and column not in MANY:
                note_twice(self._source, column)
            if filled:
                values[column] = joined(filled) if len(filled) > 1 and column in MANY else filled[0]
        return values


def _plain_value(value: Any) -> Value:
    if isinstance(value, list):
        return [text for each in value if (text := _plain_text(each))]
    return _plain_text(value)


def _plain_text(value: Any) -> str:
    """`value` as text; an object’s is its name, and empty where it has none."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
