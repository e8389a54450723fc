"""Reads a file of resources, whatever its format: CSV, JSON, JSON Lines, JSON-LD or bookmarks.

The content tells the format, not the name. A file is read twice (first for its digest, lines and
encoding, then for its entries) and never held: memory doesn't grow with it.
"""

import json
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from catalogue.exchange.report import Rejected
from catalogue.exchange.resources.entries import Entry, Source
from catalogue.exchange.resources.reading import bookmarks, documents, tables
from catalogue.exchange.resources.reading.lines import LARGEST
from catalogue.exchange.resources.reading.survey import Text, survey

__all__ = ["read"]


def read(file: BinaryIO, name: str) -> Source:
    """The entries of `file`, which can be sought in and stays open; `name` is what it is called.

    What is wrong in places comes among the entries as Rejected, in the file's order. Raises
    ExchangeError in a sentence where the file as a whole can't be read.
    """
    text = survey(file)
    source = Source((), text.lines, text.digest)
    for sentence in text.notes:
        source.note(sentence)
    source.entries = _begun(_reader(text, name)(text, source))
    return source


def _reader(text: Text, name: str):
    start = text.first_character()
    if start == "<":
        return bookmarks.entries
    if name.lower().endswith((".jsonl", ".ndjson")):
        return documents.entries_by_line
    if start == "[":
        return documents.entries
    if start == "{":
        return documents.entries_by_line if _is_json_lines(text) else documents.entries
    return tables.entries


def _is_json_lines(text: Text) -> bool:
    """Whether a file that begins with `{` has one object in each line."""
    stream = text.open()
    lines = (line.strip() for line in iter(lambda: stream.readline(LARGEST), ""))
    filled = filter(None, lines)
    first, second = next(filled, ""), next(filled, "")
    if second in ("", "{"):
        return False
    # `{"items": [` goes on in the next line, which may well begin with `{`.
    return (second[0] == "{" and first[-1] not in "[{,:") or _is_whole(first)


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _begun(entries: Iterator[Entry | Rejected]) -> Iterator[Entry | Rejected]:
    """`entries` with its first one read, so that what can't be read at all is told at once."""
    first = next(entries, None)
    return iter(()) if first is None else chain([first], entries)
