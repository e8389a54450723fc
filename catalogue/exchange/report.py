"""What an import did: counts, notes, and what it had to leave out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN_LENGTH = 200


@dataclass(frozen=True)
class Rejected:
    """Something of a file that could not be brought in, and why.

    `line` is where it begins in the file, from 1; None where it has no place of its own.
    `is_kept` tells that the row came in without this value.
    """

    line: int | None
    value: str
    reason: str
    is_kept: bool = False


@dataclass(frozen=True)
class Changed:
    """One value that was changed: of which resource (its title) and column, from what to what."""

    line: int | None
    title: str
    column: str
    before: str
    after: str


@dataclass
class Report:
    """Counts of what a file's rows became. `rejected` counts rows, `left_out` single values.

    `on_rejected` is handed each Rejected as it is met, so that a report stays small however many
    there are; `on_changed` likewise, where an import tells of single values. `notes` holds sentences, with how often each was told.
    """

    on_rejected: Callable[[Rejected], None] = lambda rejected: None
    on_changed: Callable[[Changed], None] = lambda changed: None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    merged: int = 0
    rejected: int = 0
    left_out: int = 0
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether all of the file came in."""
        return not self.rejected and not self.left_out

    @property
    def changes_nothing(self) -> bool:
        return not self.added and not self.changed

    def note(self, sentence: str) -> None:
        self.notes[sentence] = self.notes.get(sentence, 0) + 1

    def reject(self, line: int | None, value: object, reason: str) -> None:
        """A row, or all of a thing, stays out."""
        self.rejected += 1
        self.on_rejected(Rejected(line, shown(value), reason))

    def leave_out(self, line: int | None, value: object, reason: str) -> None:
        """A value stays out, and its row comes in without it."""
        self.left_out += 1
        self.on_rejected(Rejected(line, shown(value), reason, is_kept=True))

    def change(self, changed: Changed) -> None:
        self.on_changed(changed)

    def sentences(self, *, dry_run: bool = False) -> Iterator[str]:
        """The counts and notes for people, what matters most first."""
        if dry_run:
            yield _("Nothing was written: this is what would be done.")
        for number, sentence in self._counted():
            if number:
                yield sentence % {"number": f"{number:,}"}
        if self.changes_nothing:
            yield _("Nothing is new in this file.")
        for sentence, times in self.notes.items():
            yield sentence if times == 1 else f"{sentence} (×{times:,})"

    def _counted(self) -> Iterator[tuple[int, str]]:
        yield self.added, ngettext("%(number)s added.", "%(number)s added.", self.added)
        yield self.changed, ngettext("%(number)s changed.", "%(number)s changed.", self.changed)
        yield (
            self.unchanged,
            ngettext(
                "%(number)s was here already and is left as it is.",
                "%(number)s were here already and are left as they are.",
                self.unchanged,
            ),
        )
        yield (
            self.merged,
            ngettext(
                "%(number)s repeats one further up in the file and was merged into it.",
                "%(number)s repeat one further up in the file and were merged into it.",
                self.merged,
            ),
        )
        yield self.rejected, ngettext("%(number)s rejected.", "%(number)s rejected.", self.rejected)
        yield (
            self.left_out,
            ngettext(
                "%(number)s value left out; its row came in without it.",
                "%(number)s values left out; their rows came in without them.",
                self.left_out,
            ),
        )


def shown(value: object) -> str:
    """`value` as a report quotes it: one line, nothing invisible, at most 200 characters."""
    text = str(value)[: 2 * SHOWN_LENGTH]
    line = " ".join(text.split())
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1] + "…"


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Both as a report quotes them, beginning shortly before what is not the same in them."""
    same = next(
        (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    start = max(0, same - SHOWN_LENGTH // 4)
    if max(len(before), len(after)) <= SHOWN_LENGTH or start == 0:
        return shown(before), shown(after)
    return shown(f"…{before[start:]}"), shown(f"…{after[start:]}")
