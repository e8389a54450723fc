"""Registers of names from A to Z: on one page while they are few, by their initial letters beyond."""

import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import pgettext

from catalogue.paging import ListPage

# As many as still make one page of names, in weight and for the eye.
ON_ONE_PAGE = 300
# The value of `letter` for names that begin with a digit or in another script.
OTHERS = "other"


class Entry(NamedTuple):
    """A name in a register, and how many resources there are."""

    slug: str
    name: str
    sort_key: str
    count: int

    @property
    def letter(self) -> str:
        """The letter it stands under, a to z without accents, or OTHERS."""
        first = self.sort_key[:1]
        return first if first and first in string.ascii_lowercase else OTHERS


@dataclass(frozen=True)
class Letter:
    """A letter of a register: the value of `letter` that asks for it, and how many names it has."""

    value: str
    count: int
    is_current: bool

    @property
    def label(self) -> str:
        return (
            pgettext("names under no letter", "Other")
            if self.value == OTHERS
            else self.value.upper()
        )

    @property
    def address(self) -> str:
        return f"?letter={self.value}"


@dataclass(frozen=True)
class Register:
    """`pager` holds the entries of the page. `letters`: none where all names stand on one page."""

    pager: ListPage
    letters: list[Letter]

    @classmethod
    def of(cls, entries: Sequence[Entry], asked: QueryDict) -> "Register":
        """What the address asks for of `entries`, which are in order: a letter, and a page of it.

        A letter that no name has is read as none given, and that as the first that some name has.
        """
        if len(entries) <= ON_ONE_PAGE:
            return cls(ListPage.of(entries, asked, size=ON_ONE_PAGE), [])
        sizes = Counter(entry.letter for entry in entries)
        first = next(one for one in EVERY if sizes[one])
        said = asked.get("letter", "")
        here = said if sizes.get(said) else first
        kept = (("letter", here),)
        shown = [entry for entry in entries if entry.letter == here]
        letters = [Letter(one, sizes[one], one == here) for one in EVERY]
        return cls(ListPage.of(shown, asked, size=ON_ONE_PAGE, kept=kept), letters)

    @property
    def letter(self) -> Letter | None:
        """The one whose names are shown; None where all are."""
        return next((letter for letter in self.letters if letter.is_current), None)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What the page's own address says: nothing for the first page of the first letter."""
        number = [("page", str(self.pager.number))] if self.pager.number > 1 else []
        first = next((one for one in self.letters if one.count), None)
        plain = first == self.letter and not number
        return number if plain else [*self.pager.kept, *number]


EVERY = [*string.ascii_lowercase, OTHERS]
