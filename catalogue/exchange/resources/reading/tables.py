"""Reads CSV, its delimiter and columns as they come; a stray quotation mark costs its row only."""

import csv
from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.report import Rejected
from catalogue.exchange.resources.columns import COLUMNS, MANY
from catalogue.exchange.resources.entries import Entry, Source
from catalogue.exchange.resources.reading.headings import (
    SHOWN_NAMES,
    Unknown,
    by_column,
    listed,
    note_twice,
)
from catalogue.exchange.resources.reading.lines import LARGEST, Line, Lines, TooLong
from catalogue.exchange.resources.reading.survey import Text

DELIMITERS = (",", ";", "\t", "|")


def entries(text: Text, source: Source) -> Iterator[Entry | Rejected]:
    """One Entry for each row. Raises ExchangeError where no column is an address or a title."""
    yield from Table(Lines(text.open()), source).entries()


class Table:
    """A CSV as it is read; a subclass may know other columns, and need others."""

    def __init__(self, lines: Lines, source: Source) -> None:
        self._lines = lines
        self._source = source
        self._delimiter = ","
        self._header: list[str] = []
        self._places: dict[str, list[int]] = {}
        csv.field_size_limit(LARGEST + 1)

    def entries(self) -> Iterator[Entry | Rejected]:
        self.read_header()
        is_bare = True
        for found in self.rows():
            is_bare = False
            yield found
        if is_bare:
            self._source.note(_("This file has a header and no rows."))

    def places_of(self, names: list[str]) -> dict[str, list[int]]:
        """Where in `names` each column stands that is known."""
        return by_column(names)

    def read_header(self) -> None:
        first = self._first_filled()
        if stated := _stated_delimiter(first.text):
            first = self._first_filled()
        self._delimiter = stated or self._likeliest_delimiter(first.text)
        self._lines.take_back([first])
        _first, row = self._record()
        self._header = _trimmed(row or self._alone(first))
        self._places = self.places_of(self._header)
        self.check_header()
        self._note_header()

    def rows(self) -> Iterator[Entry | Rejected]:
        while (record := self._record()) is not None:
            first, row = record
            if row is None:
                yield self._mended(first)
            elif any(cell.strip() for cell in row):
                yield self._entry(first.number, row)

    def _first_filled(self) -> Line:
        self._lines.begin()
        try:
            while not next(self._lines).strip("\ufeff \t\r\n"):
                self._lines.begin()
        except (StopIteration, TooLong):
            raise ExchangeError(_("This file has no header that can be read.")) from None
        return self._lines.held[0]

    def check_header(self) -> None:
        if "url" in self._places and "title" in self._places:
            return
        raise ExchangeError(
            _(
                "This file’s columns are %(found)s. It needs a column “url” and a column “title”; "
                "it may have: %(known)s."
            )
            % {
                "found": listed(self._header[:SHOWN_NAMES]),
                "known": ", ".join(name for name in COLUMNS if name not in ("url", "title")),
            }
        )

    def _note_header(self) -> None:
        unknown = Unknown()
        known = {at for where in self._places.values() for at in where}
        for at, name in enumerate(self._header):
            if at not in known:
                unknown.add(name)
        unknown.tell(self._source)
        for column, where in self._places.items():
            if len(where) > 1 and column not in MANY:
                note_twice(self._source, column)

    def _likeliest_delimiter(self, line: str) -> str:
        """The one by which most columns of the header are known."""

        def known(delimiter: str) -> int:
            cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
            return len(self.places_of(cells))

        return max(DELIMITERS, key=known)

    def _record(self) -> tuple[Line, list[str] | None] | None:
        """The next record's first line and its cells; None for the cells where they are broken.

        Of a broken record the lines after its first are read again: a quotation mark that is never
        closed would else swallow the rows after it.
        """
        self._lines.begin()
        try:
            row = next(csv.reader(self._lines, delimiter=self._delimiter, strict=True))
        except StopIteration:
            return None
        except (csv.Error, TooLong):
            row = None
        first, *more = self._lines.held
        if row is None or (more and self._header and not self._fits(row, more)):
            self._lines.take_back(more)
            return first, None
        return first, row

    def _fits(self, row: list[str], more: list[Line]) -> bool:
        """Whether what goes on for several lines is one row, not several run together."""
        if len(_trimmed(row, len(self._header))) != len(self._header):
            return False
        return not any(self._is_row(line) for line in more[:-1])

    def _is_row(self, line: Line) -> bool:
        """Whether a line is a good row by itself: as many cells, and an address in its place."""
        cells = self._alone(line)
        return len(cells) == len(self._header) and any(
            cells[at].strip().startswith(("http://", "https://"))
            for at in self._places.get("url", ())
        )

    def _alone(self, line: Line) -> list[str]:
        """The cells of one line by itself, however its quotation marks stand."""
        return next(csv.reader([line.text.rstrip("\r\n")], delimiter=self._delimiter), [])

    def _mended(self, line: Line) -> Entry | Rejected:
        if line.is_too_long:
            return Rejected(
                line.number, line.text, _("This row is longer than 16 million characters.")
            )
        row = self._alone(line)
        if len(row) == len(self._header):
            self._source.note(_("Quotation marks in the wrong place were mended."))
            return self._entry(line.number, row)
        if line.text.count('"') % 2:
            reason = _("A quotation mark is opened in this row and never closed.")
        else:
            reason = _("A quotation mark stands in the wrong place in this row.")
        return Rejected(line.number, line.text, reason)

    def _entry(self, number: int, row: list[str]) -> Entry | Rejected:
        row = _trimmed(row, len(self._header))
        if _trimmed(row) == self._header:
            return Rejected(
                number, self._delimiter.join(row), _("This row is the header once more.")
            )
        if len(row) > len(self._header):
            self._source.note(
                _("Some rows have more cells than the header; what is over was left out.")
            )
        return Entry(number, dict(self.values(row)))

    def values(self, row: list[str]) -> Iterator[tuple[str, str]]:
        for column, where in self._places.items():
            cells = [row[at] for at in where if at < len(row) and row[at].strip()]
            if cells:
                yield column, ";".join(cells) if column in MANY else cells[0]


def _stated_delimiter(line: str) -> str:
    """What Excel’s line `sep=;` tells."""
    line = line.strip('\ufeff\r\n "')
    is_stated = len(line) == 5 and line.lower().startswith("sep=")
    return line[4] if is_stated and line[4] in DELIMITERS else ""


def _trimmed(row: list[str], to: int = 0) -> list[str]:
    """`row` without the empty cells at its end, as far as it has more than `to`."""
    end = len(row)
    while end > to and not row[end - 1].strip():
        end -= 1
    return row[:end]
