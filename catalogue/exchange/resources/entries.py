"""What a reader makes of a file, whatever its format: one Entry for each resource it tells of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from catalogue.exchange.report import Rejected

# What stands in one column: a cell as text (several values separated by `;`), or a list of them.
Value = str | list[str]


@dataclass(slots=True)
class Entry:
    """One resource as a file tells of it: `values` by column (see columns.COLUMNS)."""

    line: int
    values: dict[str, Value]


@dataclass
class Source:
    """A file as its reader opened it.

    `entries` is read once, in the file's order; what can't be read comes as a Rejected. `lines` is
    how many lines there are, and `digest` the SHA-256 of the bytes. `notes` fills while reading.
    """

    entries: Iterable[Entry | Rejected]
    lines: int = 0
    digest: str = ""
    notes: dict[str, None] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Entry | Rejected]:
        return iter(self.entries)

    def note(self, sentence: str) -> None:
        self.notes[sentence] = None


def one(value: Value | None) -> str:
    """The text of a column that takes one value: the first that is not empty."""
    if isinstance(value, list):
        return next((text.strip() for text in value if text.strip()), "")
    return (value or "").strip()


def several(value: Value | None) -> list[str]:
    """The texts of a column that takes several."""
    parts = value if isinstance(value, list) else (value or "").split(";")
    return [part.strip() for part in parts if part.strip()]
