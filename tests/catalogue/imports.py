"""Files for the tests of imports, and what became of them."""

import csv
import io
import json
from dataclasses import dataclass, field
from typing import Any

from catalogue.exchange import Rejected, Report, import_resources


@dataclass
class Outcome:
    """The report of an import, with what was rejected in the file's order."""

    report: Report
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The counts that are not nought."""
        names = "added changed unchanged merged rejected left_out".split()
        return {name: number for name in names if (number := getattr(self.report, name))}

    @property
    def told(self) -> list[tuple[int | None, str, str]]:
        return [(one.line, one.value, str(one.reason)) for one in self.rejected]


def bring_in(said: bytes | str, name: str = "resources.csv", **options: Any) -> Outcome:
    rejected: list[Rejected] = []
    report = Report(on_rejected=rejected.append)
    content = said.encode() if isinstance(said, str) else said
    import_resources(io.BytesIO(content), name, report=report, **options)
    return Outcome(report, rejected)


def table(*rows: dict[str, Any]) -> str:
    """A CSV of `rows`, with the columns that any of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def lines_of(*nodes: dict[str, Any]) -> str:
    """JSON Lines of `nodes`."""
    return "".join(f"{json.dumps(node)}\n" for node in nodes)
