"""Lists that an import leaves: what it left out, for whoever mends it, and which cells it changed."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from catalogue.exchange.report import Changed, Rejected

COLUMNS = ["line", "value", "reason", "row"]

# How a spreadsheet knows a formula: these signs begin one, also behind a tab or a line break
# (OWASP, “CSV Injection”). The apostrophe before it is the spreadsheets' own sign for text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: object) -> str:
    """`text` as a CSV cell that no spreadsheet runs as a formula."""
    cell = str(text)
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def columns_of(rejected: Rejected) -> list[str]:
    line = "" if rejected.line is None else str(rejected.line)
    row = "kept" if rejected.is_kept else "left out"
    return [line, harmless(rejected.value), harmless(rejected.reason), row]


def write_rejects(file: TextIO, rejected: list[Rejected]) -> None:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(map(columns_of, rejected))


class _List:
    """A CSV that is made when it has something to hold.

    Each entry is on the disk when the next is written: a killed import leaves what it told. A file
    of an earlier run is replaced, or taken away where there is nothing to tell any more.
    """

    columns: list[str] = []

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written = 0
        self._file: TextIO | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def _write(self, cells: list[str]) -> None:
        if self._file is None:
            # utf-8-sig: spreadsheets take UTF-8 without a mark for another encoding.
            self._file = self.path.open("w", encoding="utf-8-sig", newline="", buffering=1)
            self._writer = csv.writer(self._file)
            self._writer.writerow(self.columns)
        self._writer.writerow(cells)
        self.written += 1


class RejectsFile(_List):
    """Line, value, reason, and whether the row was kept."""

    columns = COLUMNS

    def write(self, rejected: Rejected) -> None:
        self._write(columns_of(rejected))


class ChangesFile(_List):
    """Line, title of the row, column, and what stood and stands in the cell."""

    columns = ["line", "title", "column", "before", "after"]

    def write(self, changed: Changed) -> None:
        line = "" if changed.line is None else str(changed.line)
        said = (changed.title, changed.column, changed.before, changed.after)
        self._write([line, *map(harmless, said)])
