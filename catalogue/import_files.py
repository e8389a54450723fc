"""Files that somebody chose at the desk, kept between the look at what they would do and the deed.

They lie in `VAR_DIR/imports`, which the site's own user alone may enter: for each choice the file, a
note of whose it is and what came of it, and the rows that were rejected. The file goes as soon as it
is brought in, the rest within a day of the next choice.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


class NotKept(Exception):
    """There is no such file: it was brought in, grew old, is somebody else's, or was changed."""


class KeptFile:
    """One chosen file. `note` holds what JSON can: `user`, `kind`, `name`, `checksum`, and more."""

    # After a day the look at it is out of date: the catalogue has gone on meanwhile.
    SECONDS = 24 * 3600

    def __init__(self, key: UUID, note: dict[str, Any]) -> None:
        self.key = key
        self.note = note

    @classmethod
    def keep(cls, upload: UploadedFile, *, user: Any, kind: str, **more: Any) -> Self:
        """Keeps a copy of `upload` for `user` alone; `kind` says which page it was chosen on."""
        _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep()
        checksum = hashlib.sha256()
        key = uuid4()
        with _closed(_path(key, "file")) as copy:
            for chunk in upload.chunks():
                checksum.update(chunk)
                copy.write(chunk)
        about = {"user": str(user.pk), "kind": kind, "name": upload.name}
        kept = cls(key, {**about, "checksum": checksum.hexdigest(), **more})
        kept.save()
        return kept

    @classmethod
    def find(cls, key: UUID, *, user: Any, kind: str) -> Self:
        """The choice of `user` on the page `kind`. Raises NotKept."""
        path = _path(key, "json")
        try:
            if _is_old(path):
                raise NotKept(f"{key} is out of date")
            note = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise NotKept(f"no file {key}") from error
        if (note["user"], note["kind"]) != (str(user.pk), kind):
            raise NotKept(f"{key} is somebody else's")
        return cls(key, note)

    def save(self) -> None:
        """Writes the note, whole or not at all."""
        new = _path(self.key, "new")
        new.unlink(missing_ok=True)
        with _closed(new) as file:
            file.write(json.dumps(self.note).encode())
        new.replace(_path(self.key, "json"))

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file as it was chosen. Raises NotKept where it is another or none."""
        with _same(_path(self.key, "file"), self.note["checksum"]) as file:
            yield file

    @contextmanager
    def take(self) -> Iterator[BinaryIO]:
        """Likewise, and once only: whoever comes later finds none. The file goes in the end."""
        taken = _path(self.key, "taken")
        try:
            _path(self.key, "file").rename(taken)
        except FileNotFoundError as error:
            raise NotKept(f"{self.key} is taken") from error
        try:
            with _same(taken, self.note["checksum"]) as file:
                yield file
        finally:
            taken.unlink(missing_ok=True)

    @property
    def is_here(self) -> bool:
        """Whether the file waits to be brought in."""
        return _path(self.key, "file").exists()

    @property
    def rejects(self) -> Path:
        """Where the rejected rows stand as CSV, if there are any."""
        return _path(self.key, "csv")

    @property
    def changes(self) -> Path:
        """Where the changed values stand as CSV, if that is told."""
        return _path(self.key, "changes")

    def remove(self) -> None:
        for path in _folder().glob(f"{self.key}.*"):
            path.unlink(missing_ok=True)


def sweep() -> None:
    """Removes what is out of date."""
    for path in _folder().iterdir():
        if _is_old(path):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "imports"


def _path(key: UUID, end: str) -> Path:
    return _folder() / f"{key}.{end}"


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - KeptFile.SECONDS
    except FileNotFoundError:
        return False


def _closed(path: Path) -> BinaryIO:
    """A new file that its owner alone may read, open for writing."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def _same(path: Path, checksum: str) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise NotKept(f"no file at {path.name}") from error
    with file:
        if hashlib.file_digest(file, "sha256").hexdigest() != checksum:
            raise NotKept(f"{path.name} was changed")
        file.seek(0)
        yield file
