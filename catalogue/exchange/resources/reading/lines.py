"""The lines of a file with their numbers, none held longer than it must be."""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

# Characters of one line, record or element. What is longer is told and left out.
LARGEST = 16_000_000
# No cell goes on for so many lines: a quotation mark before it was never closed.
MOST_LINES = 10_000
_KEPT_OF_TOO_LONG = 1_000


class Line(NamedTuple):
    """A line as it stands in the file. Of one that is too long only the beginning is here."""

    number: int
    text: str
    is_too_long: bool = False


class TooLong(Exception):
    """A line, or a record of several lines, is longer than what is read."""


class Lines:
    """Gives line after line as text, and knows those of the record that is being read.

    `begin()` starts a record, `held` are the lines given since, and `take_back()` gives some of
    them once more. Raises TooLong where a record becomes too long.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._number = 0
        self._back: deque[Line] = deque()
        self._length = 0
        self.held: list[Line] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._read()
        self.held.append(line)
        self._length += len(line.text)
        if line.is_too_long or self._length > LARGEST or len(self.held) > MOST_LINES:
            raise TooLong
        return line.text

    def begin(self) -> None:
        self.held = []
        self._length = 0

    def take_back(self, lines: list[Line]) -> None:
        self._back.extendleft(reversed(lines))

    def _read(self) -> Line:
        text = self._stream.readline(LARGEST + 1)
        if not text:
            raise StopIteration
        self._number += 1
        if len(text) <= LARGEST:
            return Line(self._number, text)
        rest = text
        while rest and rest[-1] not in "\r\n":
            rest = self._stream.readline(LARGEST)
        return Line(self._number, text[:_KEPT_OF_TOO_LONG], is_too_long=True)
