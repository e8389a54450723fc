"""Reads JSON so that whatever is wrong in it can be told with its line."""

import codecs
import json
from bisect import bisect_left
from collections.abc import Callable
from json.decoder import JSONObject
from json.scanner import py_make_scanner
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError

MEGABYTE = 1_000_000
LARGEST_DOCUMENT = 100 * MEGABYTE

# How files begin that people take for text: their first bytes, and what to call them.
_OTHER_FILES = (
    (b"PK\x03\x04", "ZIP or XLSX"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "XLS or DOC"),
    (b"SQLite format 3", "SQLite"),
)


class Located(dict):
    """A JSON object that knows the line of the file where it begins, from 1."""

    line: int


def read_json(file: BinaryIO, *, largest: int = LARGEST_DOCUMENT) -> Any:
    """The JSON in `file`, each of its objects a Located.

    Raises ExchangeError in a sentence, with the line where there is one, for what is no JSON, holds
    NaN or a name twice in one object, is nested too deep or is larger than `largest` bytes.
    """
    raw = file.read(largest + 1)
    if len(raw) > largest:
        raise ExchangeError(
            _("This file is larger than %(number)s MB.") % {"number": largest // MEGABYTE}
        )
    text = _decoded(raw)
    lines = _Lines(text)
    try:
        return _decoder(lines).decode(text)
    except json.JSONDecodeError as error:
        raise ExchangeError(
            _("This is no JSON: line %(line)s, column %(column)s can’t be read (%(why)s).")
            % {"line": error.lineno, "column": error.colno, "why": error.msg}
        ) from None
    except RecursionError:
        raise ExchangeError(_("This JSON is nested too deep.")) from None
    except ValueError:
        # Python reads no number of more than 4,300 digits.
        raise ExchangeError(_("This is no JSON: it holds a number that is too long.")) from None


def other_kind(head: bytes) -> str:
    """What a file that begins with `head` is, where it is no text; else empty."""
    return next((kind for start, kind in _OTHER_FILES if head.startswith(start)), "")


def refuse_other_kinds(head: bytes) -> None:
    """Raises ExchangeError where `head`, the first bytes of a file, is no text or nothing."""
    if kind := other_kind(head):
        raise ExchangeError(
            _("This is a %(kind)s file. Save it as text (CSV or JSON) first.") % {"kind": kind}
        )
    if not head.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise ExchangeError(_("This file is empty."))


def encoding_of_marked(head: bytes) -> str:
    """The encoding that the first bytes of a text tell: by its mark, or by UTF-16's zeros."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) >= 4 and head[1::2][:2] == b"\0\0" and 0 not in head[0::2][:2]:
        return "utf-16-le"
    if len(head) >= 4 and head[0::2][:2] == b"\0\0" and 0 not in head[1::2][:2]:
        return "utf-16-be"
    return ""


def _decoded(raw: bytes) -> str:
    refuse_other_kinds(raw[:16])
    encoding = encoding_of_marked(raw[:4]) or "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ExchangeError(
            _("This file isn’t UTF-8 (line %(line)s): save it so, and bring it again.")
            % {"line": line}
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ExchangeError(_("Line %(line)s holds a NUL character.") % {"line": line})
    return text


class _Lines:
    def __init__(self, text: str) -> None:
        self._ends = [at for at, char in enumerate(text) if char == "\n"]

    def line_of(self, at: int) -> int:
        return bisect_left(self._ends, at) + 1


def _decoder(lines: _Lines) -> json.JSONDecoder:
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    decoder.parse_object = _locating(lines)
    # Python's own scanner: the one in C makes plain dicts whatever parse_object is.
    decoder.scan_once = py_make_scanner(decoder)
    return decoder


def _locating(lines: _Lines) -> Callable:
    def parse_object(text_and_end: tuple, strict: bool, scan_once: Callable, *_hooks: Any) -> tuple:
        memo = _hooks[2] if len(_hooks) > 2 else None
        line = lines.line_of(text_and_end[1] - 1)
        pairs, end = JSONObject(text_and_end, strict, scan_once, None, list, memo)
        return _located(pairs, line), end

    return parse_object


def _located(pairs: list[tuple[str, Any]], line: int) -> Located:
    found = Located(pairs)
    found.line = line
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ExchangeError(
            _("The object on line %(line)s has “%(name)s” twice.") % {"line": line, "name": twice}
        )
    return found


def _refuse_constant(constant: str) -> None:
    raise ExchangeError(_("This is no JSON: it holds %(constant)s.") % {"constant": constant})
