"""Pages of a list: which one is shown, and the addresses of the others."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

# Beyond it no list has pages; what is larger is read as this.
LAST_PAGE = 10**12


@dataclass(frozen=True)
class Page:
    """A number in the pager, with its address."""

    number: int
    address: str
    is_current: bool


class Paged(ABC):
    """What a pager needs to know of a list: page `number` of `total` rows, `size` on each page."""

    number: int
    total: int
    size: int

    @abstractmethod
    def address_of(self, number: int) -> str:
        """The address of page `number`."""

    @property
    def page_count(self) -> int:
        return page_count(self.total, self.size)

    @property
    def first(self) -> int:
        """Which of all the first on the page is, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return min(self.first + self.size - 1, self.total)

    @property
    def pages(self) -> list[Page | None]:
        """First, last, and those around the current page; None where some are left out."""
        here, last = self.number, self.page_count
        shown = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
        pages: list[Page | None] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before > 1:
                pages.append(None)
            pages.append(Page(number, self.address_of(number), number == here))
        return pages

    @property
    def previous(self) -> str:
        """The address of the page before; empty on the first."""
        return self.address_of(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.address_of(self.number + 1) if self.number < self.page_count else ""


@dataclass(frozen=True)
class ListPage(Paged):
    """A page of a plain list, which `?page=` chooses.

    `kept`: parameters that chose the list, which its pages keep.
    """

    rows: Sequence[Any]
    number: int
    total: int
    size: int
    kept: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        rows: Sequence[Any],
        asked: QueryDict,
        *,
        size: int,
        kept: tuple[tuple[str, str], ...] = (),
    ) -> "ListPage":
        """The page that the address asks for; beyond the last, the last."""
        number = min(page_number(asked.get("page", "")), page_count(len(rows), size))
        shown = rows[(number - 1) * size : number * size]
        return cls(rows=shown, number=number, total=len(rows), size=size, kept=kept)

    def address_of(self, number: int) -> str:
        return "?" + urlencode([*self.kept, *([("page", number)] if number > 1 else [])])


def page_count(total: int, size: int) -> int:
    return max(1, -(-total // size))


def page_number(text: str) -> int:
    """A page number from 1; anything else is the first page."""
    if not (text.isascii() and text.isdigit()):
        return 1
    if len(text) > len(str(LAST_PAGE)):
        return LAST_PAGE
    return min(max(int(text), 1), LAST_PAGE)
