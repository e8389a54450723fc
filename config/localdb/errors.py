"""What goes wrong with the embedded Postgres, as sentences that a person can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OR_ELSE = "or set DATABASE_URL to use another Postgres"


class LocalDatabaseError(Exception):
    """Its text is one whole sentence for whoever started the command."""


def disk_is_full(folder: Path) -> LocalDatabaseError:
    return LocalDatabaseError(
        f"The disk that holds {folder} is full; Waymark's database needs about 100 MB there: "
        f"make room and try again, {OR_ELSE}."
    )


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns the errors of an operating system that won't let `folder` be written into sentences."""
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise disk_is_full(folder) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise LocalDatabaseError(
                f"Waymark keeps its database in {folder} but may not write {place} "
                f"({error.strerror}): make the folder writable, {OR_ELSE}."
            ) from error
        raise LocalDatabaseError(
            f"Waymark can't keep its database in {folder} ({error.strerror}: {place}): "
            f"mend that, {OR_ELSE}."
        ) from error
