"""The first look at a file: its digest, how many lines it has, and how its text is encoded."""

import codecs
import hashlib
import io
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from catalogue.exchange.documents import encoding_of_marked, refuse_other_kinds

CHUNK = 1024 * 1024


@dataclass
class Text:
    """A file known to be text. `open()` reads it from its beginning, as often as is needed."""

    file: BinaryIO
    encoding: str
    errors: str
    lines: int
    digest: str
    notes: list[str] = field(default_factory=list)

    def open(self, newline: str | None = "") -> io.TextIOWrapper:
        """The text from its beginning; with `newline` None each line ends in `\\n`.

        Closing it leaves the file open. One is read at a time: they share the file's position.
        """
        self.file.seek(0)
        raw = io.BufferedReader(_Borrowed(self.file), CHUNK)
        return io.TextIOWrapper(raw, self.encoding, self.errors, newline)

    def first_character(self) -> str:
        """The first that is no blank; empty where there is none."""
        stream = self.open()
        while chunk := stream.read(CHUNK):
            if start := chunk.lstrip("\ufeff\0 \t\r\n")[:1]:
                return start
        return ""


class _Borrowed(io.RawIOBase):
    """Someone else's file: closing this, or forgetting it, doesn't close that."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, into) -> int:
        found = self._file.read(len(into))
        into[: len(found)] = found
        return len(found)


def survey(file: BinaryIO) -> Text:
    """What `file` is as text. Raises ExchangeError where it is none, or empty."""
    file.seek(0)
    chunk = file.read(CHUNK)
    refuse_other_kinds(chunk)
    marked = encoding_of_marked(chunk[:4])
    # A byte that is no UTF-8 comes as a lone surrogate, which tells it apart from what is fine.
    errors = "replace" if marked.startswith(("utf-16", "utf-32")) else "surrogateescape"
    decoder = codecs.getincrementaldecoder(marked or "utf-8")(errors)
    digest, count = hashlib.sha256(), _Count()
    while chunk:
        digest.update(chunk)
        count.add(decoder.decode(chunk))
        chunk = file.read(CHUNK)
    count.add(decoder.decode(b"", final=True))
    text = Text(file, marked or "utf-8", errors, count.lines, digest.hexdigest())
    if not marked and count.bad > count.good:
        text.encoding, text.errors = "windows-1252", "replace"
        text.notes.append(_("This file isn’t UTF-8; it was read as Windows-1252."))
    return text


class _Count:
    """Counts lines, bytes that are no UTF-8 (`bad`) and characters beyond ASCII (`good`)."""

    def __init__(self) -> None:
        self.ends = self.bad = self.good = 0
        self._last = "\n"

    @property
    def lines(self) -> int:
        return self.ends + (self._last not in "\r\n")

    def add(self, text: str) -> None:
        if not text:
            return
        self.ends += text.count("\n") + text.count("\r") - text.count("\r\n")
        if self._last == "\r" and text[0] == "\n":
            self.ends -= 1
        self._last = text[-1]
        if not text.isascii():
            whole = len(text.encode("utf-8", "ignore").decode())
            self.bad += len(text) - whole
            self.good += whole - len(text.encode("ascii", "ignore"))
