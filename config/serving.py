"""What `run`, `dev` and `serve` share: the port, the static files, the way in and the way out."""

import errno
import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from config import gunicorn

LOOPBACK = "127.0.0.1"
LARGEST_PORT = 65535


def free_port(target: str) -> int:
    """PORT from the environment (8000), known to be free. `target` is the command to advise."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 1 <= int(given) <= LARGEST_PORT:
        raise CommandError(
            f"PORT is “{given}”: it takes a number from 1 to {LARGEST_PORT}, "
            f"as in “make {target} PORT=8001”."
        )
    port = int(given)
    problem = _problem_with(port)
    if not problem:
        return port
    other = next((n for n in range(max(port + 1, 1024), port + 1100) if not _problem_with(n)), 8001)
    if problem == errno.EADDRINUSE:
        raise CommandError(
            f"Port {port} is in use by another program (perhaps Waymark already runs): stop that "
            f"one, or take another port, as in “make {target} PORT={other}”."
        )
    raise CommandError(
        f"Port {port} can't be used ({os.strerror(problem)}): take another, "
        f"as in “make {target} PORT={other}”."
    )


def _problem_with(port: int) -> int | None:
    """The error number that binding `port` ends in."""
    if port > LARGEST_PORT:
        return errno.EINVAL
    with socket.socket() as candidate:
        # As the servers do, so that connections that were just closed are no obstacle.
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
        except OSError as error:
            return error.errno
    return None


def collect_static_files() -> bool:
    """Collects the static files when they changed since the last time; whether it did."""
    stamp = settings.VAR_DIR / "static.stamp"
    current = _static_fingerprint()
    try:
        if settings.STATIC_ROOT.is_dir() and stamp.read_text() == current:
            return False
    except OSError:
        pass
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(current)
    except OSError as error:
        raise CommandError(
            f"The static files can't be collected in {settings.STATIC_ROOT} "
            f"({error.strerror}: {error.filename}): make the folder writable."
        ) from error
    return True


def _static_fingerprint() -> str:
    """Changes with every static file, and with what makes the collected ones of them."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    sources = [(storage.path(p), p) for f in get_finders() for p, storage in f.list([])]
    # The storage decides what becomes of them (config/static.py joins stylesheets).
    storage_class = storages["staticfiles"].__class__
    sources.append((sys.modules[storage_class.__module__].__file__, storage_class.__name__))
    for source, name in sorted(sources):
        found = os.stat(source)
        digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def welcome(base_url: str) -> str:
    """What the person reads when the site answers."""
    from curators.entrance import one_time_link

    return (
        f"\n  {settings.SITE_NAME} is at {base_url}/\n"
        f"  The desk, once, without a password: {one_time_link(base_url)}\n"
        "  Ctrl-C stops it.\n"
    )


@contextmanager
def database_put_away() -> Iterator[None]:
    """Stops the embedded database in the end, unless somebody else uses it."""
    try:
        yield
    finally:
        connections.close_all()
        if settings.DATABASES["default"]["ENGINE"] == "config.localdb.backend":
            from config import localdb

            localdb.stop(settings.BASE_DIR, only_if_idle=True)


class Site(BaseApplication):
    """The site as production serves it, in this very process."""

    def __init__(self, *, port: int, greeting: str) -> None:
        self.port = port
        self.greeting = greeting
        super().__init__()

    def load_config(self) -> None:
        for name, value in vars(gunicorn).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("bind", f"{LOOPBACK}:{self.port}")
        self.cfg.set("loglevel", "warning")
        self.cfg.set("when_ready", lambda arbiter: print(self.greeting, flush=True))

    def load(self):
        from config.wsgi import application

        return application

    def run(self) -> None:
        # A worker must not inherit a connection of this process.
        connections.close_all()
        _Arbiter(self).run()


class _Arbiter(Arbiter):
    def handle_hup(self) -> None:
        """Closing the terminal ends the site; gunicorn would start it anew."""
        self.handle_term()
