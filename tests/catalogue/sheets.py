"""Sheets for the tests: as they go out, changed as somebody would, and brought back."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from catalogue.exchange import Changed, Rejected, Report, sheet_of, take_sheet
from catalogue.models import Resource

Row = dict[str, str]


@dataclass
class Outcome:
    report: Report
    changed: list[Changed] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """(column, before, after) of each cell that was changed."""
        return [(one.column, one.before, one.after) for one in self.changed]

    @property
    def why_not(self) -> list[str]:
        return [one.reason for one in self.rejected]


def download(rows: Any = None) -> str:
    return "".join(sheet_of(Resource.objects.order_by("pk") if rows is None else rows))


def rows_of(sheet: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))


def written(rows: list[Row], *, delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def changed(sheet: str, edit: Callable[[Row], Any] | None = None, **cells: str) -> str:
    """The sheet with these cells in every row, and what `edit` does to each."""
    rows = rows_of(sheet)
    for row in rows:
        row.update(cells)
        if edit:
            edit(row)
    return written(rows)


def bring_back(sheet: str | bytes, name: str = "mended.csv", **options: Any) -> Outcome:
    outcome = Outcome(Report())
    outcome.report.on_changed = outcome.changed.append
    outcome.report.on_rejected = outcome.rejected.append
    content = sheet.encode() if isinstance(sheet, str) else sheet
    take_sheet(io.BytesIO(content), name, report=outcome.report, **options)
    return outcome
