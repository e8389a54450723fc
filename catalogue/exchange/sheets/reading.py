"""Reads a sheet that comes back: its rows by `uid`, each cell with whether it was changed in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.report import Rejected
from catalogue.exchange.resources.entries import Entry, Source
from catalogue.exchange.resources.reading.headings import by_column, normalised
from catalogue.exchange.resources.reading.lines import Lines
from catalogue.exchange.resources.reading.survey import Text, survey
from catalogue.exchange.resources.reading.tables import Table
from catalogue.exchange.sheets.cells import digest, plain, unguarded
from catalogue.exchange.sheets.facts import COLUMNS, MENDED, Facts, text_of

# Columns that only sheets have.
OWN = [name for name in COLUMNS if name in ("uid", "status", "modified", "seen")]


@dataclass(slots=True)
class SheetRow:
    """One row as the sheet has it: `cells` by the columns of MENDED that it has."""

    line: int
    uid: str
    cells: dict[str, str]
    modified: str
    seen: dict[str, str]

    def changed(self, now: Facts) -> list[str]:
        """The columns in which somebody wrote something else than the sheet had at first."""
        return [
            column
            for column, cell in self.cells.items()
            if self._was_changed(column, cell, now.text(column))
        ]

    def _was_changed(self, column: str, cell: str, now: str) -> bool:
        if cell == plain(now):
            return False
        return digest(cell) != self.seen[column] if self.seen else True

    def is_outdated(self, column: str, now: Facts) -> bool:
        """Whether the resource says something else by now than when the sheet went out."""
        if self.seen:
            return digest(text_of(now.values[column])) != self.seen[column]
        return bool(self.modified) and self.modified != now.stamp()


class _Sheet(Table):
    def places_of(self, names: list[str]) -> dict[str, list[int]]:
        own = {normalised(name): [at] for at, name in enumerate(names) if normalised(name) in OWN}
        return {**by_column(names), **own}

    def check_header(self) -> None:
        if "uid" not in self._places:
            raise ExchangeError(
                _(
                    "This file has no column “uid”, by which its rows are known. Download the list "
                    "as a spreadsheet first, and change that; new resources come by “Import”."
                )
            )

    def values(self, row: list[str]) -> Iterator[tuple[str, str]]:
        """Every cell, the empty ones too."""
        for column, where in self._places.items():
            yield column, row[where[0]] if where[0] < len(row) else ""


def read_sheet(file) -> tuple[Source, Iterator[SheetRow | Rejected]]:
    """(what is known of the file, its rows). Raises ExchangeError where it is no such sheet."""
    text: Text = survey(file)
    source = Source((), text.lines, text.digest)
    for sentence in text.notes:
        source.note(sentence)
    if text.first_character() in ("<", "[", "{"):
        raise ExchangeError(_("This is no spreadsheet: save it as CSV."))
    sheet = _Sheet(Lines(text.open()), source)
    rows = sheet.entries()
    first = next(rows, None)

    def all_rows() -> Iterator[SheetRow | Rejected]:
        row = first
        while row is not None:
            yield _row(row) if isinstance(row, Entry) else row
            row = next(rows, None)

    return source, all_rows()


def _row(entry: Entry) -> SheetRow:
    said = entry.values
    cells = {name: plain(unguarded(said[name])) for name in MENDED if name in said}
    digests = said.get("seen", "").strip().split(".")
    seen = dict(zip(MENDED, digests, strict=True)) if len(digests) == len(MENDED) else {}
    return SheetRow(
        line=entry.line,
        uid=said.get("uid", "").strip().casefold(),
        cells=cells,
        modified=said.get("modified", "").strip(),
        seen=seen,
    )
