"""What a file gets wrong about one pathway, gathered so that all of it is told at once."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """`value` as the file has it, `reason` a sentence for whoever wrote the file."""

    line: int | None
    value: Any
    reason: str

    @property
    def shown(self) -> str:
        """The value as text, in the file's own spelling where it is none."""
        if isinstance(self.value, str):
            return self.value
        return "" if self.value is None else json.dumps(self.value, ensure_ascii=False, default=str)


@dataclass
class Findings:
    """Faults keep the pathway out; what is `left_out` and the notes don't."""

    faults: list[Fault] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    def wrong(self, line: int | None, value: Any, reason: str) -> None:
        self.faults.append(Fault(line, value, reason))

    def note(self, sentence: str) -> None:
        """Told once for a pathway, however often it is true."""
        self.notes[sentence] = None


class Refused(Exception):
    """A pathway stays out: its Findings hold at least one fault."""
