"""The rejects file: what an import left out, for whoever mends the rows and brings them in again."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from catalogue.exchange.report import Rejected

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


class RejectsFile:
    """A CSV of line, value, reason, and whether the row was kept, made when it has something to hold.

    Each entry is on the disk when the next is written: a killed import leaves what it told. A file
    of an earlier run is replaced, or taken away where nothing is rejected any more.
    """

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

    def write(self, rejected: Rejected) -> None:
        if self._file is None:
            # utf-8-sig: spreadsheets take UTF-8 without a mark for another encoding.
            self._file = self.path.open("w", encoding="utf-8-sig", newline="", buffering=1)
            self._writer = csv.writer(self._file)
            self._writer.writerow(COLUMNS)
        self._writer.writerow(columns_of(rejected))
        self.written += 1
