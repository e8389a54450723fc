"""Where the embedded Postgres of a project keeps its things: computed, never looked up or made."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

DATABASE = "waymark"
# The role that owns everything; only whoever can reach the socket folder can be it.
ROLE = "waymark"
# Part of the socket's name, no network port: the server listens on none.
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"

# Postgres refuses to run as root, so that root's servers run as this account, and keep their data
# where the account may enter without anybody's folders being opened to it.
SYSTEM_ACCOUNT = "waymark-db"
SYSTEM_FOLDER = Path("/var/lib/waymark")

# Socket paths end at 104 bytes on macOS and 108 on Linux.
LONGEST_SOCKET = 100
# libpq splits a host at commas, and takes a leading @ for an abstract socket.
PLAIN_PATH = re.compile(r"/[A-Za-z0-9 ._/+~-]*")


@dataclass(frozen=True)
class Place:
    """The folders of one embedded server.

    home: holds all else, data included.
    sockets: where it listens; nobody else may enter.
    account: whom root runs it as; None when whoever asks runs it.
    """

    home: Path
    sockets: Path
    account: str | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def draft(self) -> Path:
        """Where new data is made; it becomes `data` when it is whole."""
        return self.home / "data.new"

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def socket(self) -> Path:
        return self.sockets / SOCKET_NAME


def place_of(base_dir: Path, *, uid: int | None = None) -> Place:
    """The place of the project in `base_dir` for the user `uid` (None: whoever asks)."""
    if uid is None:
        uid = os.geteuid() if hasattr(os, "geteuid") else 1
    project = os.path.abspath(base_dir)
    digest = hashlib.sha256(os.fsencode(project)).hexdigest()[:12]
    if uid == 0:
        home = SYSTEM_FOLDER / digest
        return Place(home, home / "sockets", SYSTEM_ACCOUNT)
    home = Path(project, "var", "postgres")
    return Place(home, _socket_folder(home / "sockets", Path(f"/tmp/waymark-{uid}-{digest}")))


def _socket_folder(preferred: Path, fallback: Path) -> Path:
    """`fallback` is the same for every process, whatever its TMPDIR, or they would not meet."""
    fits = len(os.fsencode(preferred / SOCKET_NAME)) < LONGEST_SOCKET
    return preferred if fits and PLAIN_PATH.fullmatch(str(preferred)) else fallback
