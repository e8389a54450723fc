"""What a kind of rows in the queue is.

A row is worked out of the catalogue every time, and goes when its cause does. Editors take it (“mine”),
put it off, or dismiss it, which puts it off for a year; a QueueMark keeps that.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise

from curators.queue.models import QueueMark


@dataclass
class Line:
    """A row: `what` it is and `where` that is; `why` it needs somebody, `since` when.

    `key`: what tells it from others of its kind. `said`: what people wrote, as plain text. `links`:
    (label, address) of where more can be done; `deeds`: names of its kind's deeds that fit it.
    """

    key: str
    what: str
    why: str
    where: str = ""
    since: datetime | None = None
    said: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    deeds: Sequence[str] = ()
    mark: QueueMark | None = None


@dataclass(frozen=True)
class Deed:
    """What one button does: `do(key, by=user)` answers a sentence to tell, and where to go on.

    It raises Model.DoesNotExist, CatalogueError or ValidationError where it can't.
    """

    label: Promise | str
    do: Callable[..., tuple[str, str]]


@dataclass
class Shown:
    """Some lines of a kind, and how many there are of it."""

    total: int
    lines: list[Line] = field(default_factory=list)


class Kind(ABC):
    """One kind of rows. `name` stands in addresses; kinds are shown in the order of `rank`."""

    name: ClassVar[str]
    title: ClassVar[Promise | str]
    about: ClassVar[Promise | str] = ""
    rank: ClassVar[int] = 50
    deeds: ClassVar[dict[str, Deed]] = {}
    # What people wait for is answered, not dismissed.
    can_dismiss: ClassVar[bool] = True

    @abstractmethod
    def show(self, mine: Any, first: int, number: int) -> Shown:
        """`number` lines from `first` on, the oldest first; `mine`: of this user alone, or None.

        What is put off is left out. A constant number of queries.
        """

    def taken(self, key: str) -> None:  # noqa: B027
        """Somebody looks after the row `key` from now on."""


class TableKind(Kind):
    """Rows of a table."""

    @abstractmethod
    def rows(self) -> QuerySet:
        """Those that need somebody, the oldest first, with what their lines show."""

    @abstractmethod
    def line(self, row: Any) -> Line:
        """No query. Its key is the row's."""

    def show(self, mine: Any, first: int, number: int) -> Shown:
        """Two queries."""
        rows = self._open(mine)
        shown = [self.line(row) for row in rows[first : first + number]] if number else []
        return Shown(rows.order_by().count(), shown)

    def _open(self, mine: Any) -> QuerySet:
        marks = QueueMark.objects.filter(
            kind=self.name, key=Cast(OuterRef("pk"), CharField(max_length=200))
        )
        rows = self.rows().exclude(Exists(marks.filter(until__gt=timezone.now())))
        return rows.filter(Exists(marks.filter(taken_by=mine))) if mine else rows


class ListKind(Kind):
    """Rows that no table has: they are worked out together."""

    @abstractmethod
    def all_lines(self) -> list[Line]:
        """The most pressing first. A constant number of queries."""

    def show(self, mine: Any, first: int, number: int) -> Shown:
        marks = QueueMark.objects.filter(kind=self.name)
        put_off = set(marks.filter(until__gt=timezone.now()).values_list("key", flat=True))
        lines = [line for line in self.all_lines() if line.key not in put_off]
        if mine:
            own = set(marks.filter(taken_by=mine).values_list("key", flat=True))
            lines = [line for line in lines if line.key in own]
        return Shown(len(lines), lines[first : first + number])


def with_marks(shown: dict[str, Shown]) -> None:
    """Gives the lines, by their kinds' names, what editors noted of them. One query."""
    asked = Q(pk__in=[])
    for name, one in shown.items():
        asked |= Q(kind=name, key__in=[line.key for line in one.lines])
    marks = {(mark.kind, mark.key): mark for mark in _marks().filter(asked)}
    for name, one in shown.items():
        for line in one.lines:
            line.mark = marks.get((name, line.key))


def _marks() -> QuerySet[QueueMark]:
    return QueueMark.objects.select_related("taken_by")


def row_of(rows: QuerySet, key: str) -> Model:
    """The row of a table that `key` names. Raises DoesNotExist, for nonsense too."""
    if not (key.isascii() and key.isdecimal() and len(key) <= 18):
        raise rows.model.DoesNotExist
    return rows.get(pk=int(key))
