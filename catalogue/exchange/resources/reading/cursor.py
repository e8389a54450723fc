"""Walks through JSON element by element, whatever its length, and knows the lines."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from django.utils.translation import gettext as _

from catalogue.exchange.resources.reading.lines import LARGEST

# Members of the outermost object whose elements are what a file is about.
LISTS = ("@graph", "itemListElement", "dataFeedElement", "resources", "items")

_CHUNK = 64 * 1024
# As near to the end of what was read, an error may come of what wasn't read yet.
_MARGIN = 64
_DECODER = json.JSONDecoder(parse_constant=lambda constant: None)


class Broken(Exception):
    """The text can't be read any further: `line`, from 1, and why, in a sentence."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class Cursor:
    """A place in JSON text of which only what is needed is held, `LARGEST` characters at most."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = stream.read(_CHUNK).lstrip("\ufeff")
        self._at = self._dropped = 0
        self._line = 1
        self._is_whole = not self._text

    def nodes(self) -> Iterator[tuple[int, Any]]:
        """(line, value) for each resource's element; raises Broken where the text is no JSON."""
        while char := self._peek():
            if char == "[":
                yield from self._elements()
            elif char == "{":
                yield from self._object()
            else:
                yield self._value()

    def _elements(self) -> Iterator[tuple[int, Any]]:
        self._take("[")
        while self._peek() != "]":
            yield self._value()
            if self._peek() != "]":
                self._take(",")
        self._take("]")

    def _object(self) -> Iterator[tuple[int, Any]]:
        """The elements of its lists, one by one; the object itself where it has no such list."""
        line, rest, size, has_list = self._line, {}, 0, False
        self._take("{")
        while self._peek() != "}":
            name = self._name()
            if name in LISTS and self._peek() == "[":
                has_list = True
                yield from self._elements()
            else:
                before = self._consumed
                _line, value = self._value()
                size += self._consumed - before
                if size > LARGEST:
                    raise Broken(line, _too_long())
                if not has_list:
                    rest[name] = value
            if self._peek() != "}":
                self._take(",")
        self._take("}")
        if not has_list:
            yield line, rest

    def _name(self) -> str:
        if self._peek() != '"':
            raise self._broken(self._at, "Expecting property name enclosed in double quotes")
        _line, name = self._value()
        self._take(":")
        return name

    def _take(self, char: str) -> None:
        if self._peek() != char:
            raise self._broken(self._at, f"Expecting '{char}'")
        self._at += 1

    def _peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            while self._at < len(self._text) and (char := self._text[self._at]) in " \t\r\n":
                self._line += char == "\n"
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._grow():
                return ""

    def _value(self) -> tuple[int, Any]:
        self._peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_final(error) or not self._grow():
                    raise self._broken(error.pos, error.msg) from None
            except RecursionError:
                raise Broken(self._line, _("It is nested too deep.")) from None
            except ValueError:
                # Python refuses to make a number of thousands of digits.
                raise Broken(self._line, _("It holds a number that is too long.")) from None
            else:
                is_cut = len(self._text) - end < _MARGIN and self._text[end - 1] not in '"]}'
                if not (is_cut and self._grow()):
                    return self._advance(end), value

    def _is_final(self, error: json.JSONDecodeError) -> bool:
        """Whether more text would make no difference."""
        if error.msg.startswith("Unterminated string"):
            return False
        return len(self._text[error.pos : error.pos + _MARGIN].strip()) > _MARGIN // 2

    def _advance(self, end: int) -> int:
        """Goes on to `end`, and answers the line where that began."""
        line = self._line
        self._line += self._text.count("\n", self._at, end)
        self._at = end
        return line

    def _grow(self) -> bool:
        """Reads on, about as much again as is held; False at the end of the file."""
        if self._is_whole:
            return False
        held = len(self._text) - self._at
        if held > LARGEST:
            raise Broken(self._line, _too_long())
        more = self._stream.read(max(_CHUNK, held))
        if not more:
            # Places in the text stay what they are.
            self._is_whole = True
            return False
        self._dropped += self._at
        self._text, self._at = self._text[self._at :] + more, 0
        return True

    @property
    def _consumed(self) -> int:
        return self._dropped + self._at

    def _broken(self, at: int, why: str) -> Broken:
        line = self._line + self._text.count("\n", self._at, at)
        return Broken(line, _("This is no JSON (%(why)s).") % {"why": why})


def _too_long() -> str:
    return _("One element is longer than 16 million characters.")
