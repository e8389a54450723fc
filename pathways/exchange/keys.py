"""Takes values out of one JSON object by key, and tells of each that has the wrong type or size."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from catalogue.addresses import AddressError, clean_address
from pathways.exchange.findings import Findings

# About fifteen thousand words: more than any step can ask to be read, less than a slip.
LONGEST_TEXT = 100_000
# Entries of a list: more than any pathway has of anything.
MOST = 1_000


class Keys:
    """The keys of one object. `path` is where such objects stand, as in `stages.steps`.

    Each method answers the value of a key, or what stands for nothing where it is left out, null or
    wrong; what is wrong is in `findings`.
    """

    def __init__(
        self, said: Any, path: str, findings: Findings, *, line: int | None = None
    ) -> None:
        self.line = getattr(said, "line", line)
        self.findings = findings
        self.path = path
        self._asked: set[str] = set()
        self._said = said if isinstance(said, dict) else {}
        self._is_object = True
        if not isinstance(said, dict):
            self.wrong(said, _("Here has to stand an object, in braces."))
            self._is_object = False

    def wrong(self, value: Any, reason: str) -> None:
        # Of what is no object that has been told, and it lacks every key.
        if self._is_object:
            self.findings.wrong(self.line, value, reason)

    def has(self, name: str) -> bool:
        return self.raw(name) is not None

    def raw(self, name: str) -> Any:
        self._asked.add(name)
        return self._said.get(name)

    def text(self, name: str, *, longest: int = LONGEST_TEXT, needed: bool = False) -> str:
        value = self.raw(name)
        if value is None:
            value = ""
        elif not isinstance(value, str):
            self.wrong(value, _("“%(key)s” takes a text.") % {"key": name})
            return ""
        if needed and not value.strip():
            self.wrong(value, _("“%(key)s” is missing or empty.") % {"key": name})
            return ""
        return value if self._is_storable(name, value, longest) else ""

    def texts(self, name: str, *, longest: int = 300) -> list[str]:
        """A list of texts, none of them empty."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(value, _("“%(key)s” takes a list of texts.") % {"key": name})
            return []
        if not self._is_countable(name, value):
            return []
        return [one for one in value if one.strip() and self._is_storable(name, one, longest)]

    def lines(self, name: str) -> list[str]:
        """A list of texts of one line each."""
        found = self.texts(name, longest=1000)
        for one in found:
            if len(one.splitlines()) > 1:
                self.wrong(one, _("“%(key)s” takes texts of one line each.") % {"key": name})
        return found

    def number(self, name: str, *, least: int = 1, most: int) -> int | None:
        value = self.raw(name)
        if value is None:
            return None
        # True is a number to Python, and 3.0 is one to JSON.
        if type(value) is not int or not least <= value <= most:
            self.wrong(
                value,
                _("“%(key)s” takes a whole number from %(least)s to %(most)s.")
                % {"key": name, "least": f"{least:,}", "most": f"{most:,}"},
            )
            return None
        return value

    def truth(self, name: str) -> bool | None:
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(value, _("“%(key)s” takes true or false.") % {"key": name})
        return None

    def choice(self, name: str, values: Iterable[str], *, needed: bool = False) -> str:
        value = self.text(name, needed=needed)
        return value if self.is_one_of(name, value, values) else ""

    def choices(self, name: str, values: Iterable[str]) -> list[str]:
        return [one for one in self.texts(name) if self.is_one_of(name, one, values)]

    def is_one_of(self, name: str, value: str, values: Iterable[str]) -> bool:
        if not value or value in [*values]:
            return True
        told = {"key": name, "values": ", ".join(values)}
        self.wrong(value, _("“%(key)s” takes one of these: %(values)s.") % told)
        return False

    def uid(self, name: str = "uid") -> UUID | None:
        value = self.raw(name)
        if value is None:
            return None
        try:
            return UUID(value)
        except (AttributeError, TypeError, ValueError):
            self.wrong(
                value,
                _("“%(key)s” takes a permanent identifier, 32 hexadecimal digits.") % {"key": name},
            )
            return None

    def address(self, name: str) -> str:
        """A web address, mended where it can only mean one thing."""
        value = self.text(name)
        if not value:
            return ""
        try:
            return clean_address(value)
        except AddressError as error:
            self.wrong(value, str(error))
            return ""

    def objects(self, name: str) -> list["Keys"]:
        """Each object of a list; a list that holds anything else is told of."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(value, _("“%(key)s” takes a list of objects.") % {"key": name})
            return []
        if not self._is_countable(name, value):
            return []
        return [self._inner(name, one) for one in value]

    def object(self, name: str) -> "Keys":
        return self._inner(name, self.raw(name))

    def leave_the_rest(self) -> None:
        """Notes every key that nobody asked for."""
        for name in self._said:
            if name not in self._asked:
                key = f"{self.path}.{name}".lstrip(".")
                self.findings.note(
                    _("The key “%(key)s” means nothing here and is left aside.") % {"key": key[:80]}
                )

    def _inner(self, name: str, said: Any) -> "Keys":
        return Keys(said, f"{self.path}.{name}".lstrip("."), self.findings, line=self.line)

    def _is_countable(self, name: str, value: list) -> bool:
        if len(value) > MOST:
            told = _("“%(key)s” has %(number)s entries; it takes %(most)s at most.")
            numbers = {"number": f"{len(value):,}", "most": f"{MOST:,}"}
            self.wrong(None, told % {"key": name, **numbers})
        return len(value) <= MOST

    def _is_storable(self, name: str, value: str, longest: int) -> bool:
        if len(value) > longest:
            told = {"key": name, "limit": f"{longest:,}"}
            self.wrong(value, _("“%(key)s” is longer than %(limit)s characters.") % told)
            return False
        # No text of the database can hold a NUL or half of a character.
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            told = {"key": name}
            self.wrong(value, _("“%(key)s” holds a character that can’t be stored.") % told)
            return False
        return True
