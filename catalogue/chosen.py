"""Rows that are known by their keys, and read only when somebody needs more of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

Row = TypeVar("Row")
Read = Callable[[list[int]], list[Row]]


class Chosen(Sequence[Row]):
    """Public rows by their primary keys, in order. A list of cards reads those alone whose cards are
    not kept (see catalogue.keeping).

    `read(keys)` answers the rows of these keys in that order, without those that are public no longer.
    """

    def __init__(self, keys: Iterable[int], read: Read) -> None:
        self.keys = list(keys)
        self.read = read
        self._rows: list[Row] | None = None

    @property
    def rows(self) -> list[Row]:
        if self._rows is None:
            self._rows = self.read(self.keys) if self.keys else []
        return self._rows

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Chosen(self.keys[place], self.read)
        return self.rows[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None

    def __repr__(self) -> str:
        return f"Chosen({self.keys})"


def chosen_together(lists: Sequence[Iterable[int]], read: Read) -> list[Chosen[Row]]:
    """A Chosen for each of `lists` of keys; whoever first reads one reads the rows of all, at once."""
    lists = [list(keys) for keys in lists]

    @cache
    def rows() -> dict[int, Row]:
        every = list(dict.fromkeys(key for keys in lists for key in keys))
        return {row.pk: row for row in read(every)}

    def some(keys: list[int]) -> list[Row]:
        return [rows()[key] for key in keys if key in rows()]

    return [Chosen(keys, some) for keys in lists]
