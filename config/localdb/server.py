"""Starting, stopping and asking after the embedded server; all processes share one.

The truth about it is a connection that works. Process numbers and lock files only help to explain
why there is none. One process at a time acts, under a lock beside the data.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import psycopg2

from config.localdb import binaries, cluster, owner, traces
from config.localdb.errors import OR_ELSE, LocalDatabaseError, disk_is_full, explained
from config.localdb.places import DATABASE, PORT, ROLE, Place

try:
    import fcntl
except ImportError:  # Windows, which `owner.known_uid` refuses
    fcntl = None

# Seconds. Recovering from a crash takes a while after much writing.
PATIENCE = 120
# A server that was told to start a moment ago has no socket yet.
PATIENCE_WITH_SILENCE = 5
PATIENCE_WITH_LEAVERS = 1
CONNECT_TIMEOUT = 10


class Answer(Enum):
    READY = "accepts connections"
    BUSY = "starts, stops or recovers"
    SILENT = "does not answer"


@dataclass(frozen=True)
class Status:
    """clients: connections of others. size: bytes of all databases. Both 0 when not running."""

    running: bool
    place: Place
    version: str = ""
    pid: int | None = None
    clients: int = 0
    size: int = 0


def connect(place: Place, database: str = "postgres") -> psycopg2.extensions.connection:
    """Raises psycopg2.OperationalError when nobody answers, or not yet."""
    uid = owner.known_uid(place)
    if uid is None or not owner.is_private(place.sockets, uid):
        raise psycopg2.OperationalError(f"{place.sockets} is not there")
    connection = psycopg2.connect(
        host=str(place.sockets),
        port=PORT,
        user=ROLE,
        dbname=database,
        connect_timeout=CONNECT_TIMEOUT,
        options="",
        application_name="waymark localdb",
    )
    connection.autocommit = True
    return connection


def probe(place: Place) -> Answer:
    try:
        connect(place).close()
    except psycopg2.OperationalError as error:
        return _meaning(str(error))
    return Answer.READY


def _meaning(message: str) -> Answer:
    """The server's own words are English (lc_messages); those of libpq follow the system."""
    if "the database system is" in message or "timeout expired" in message:
        return Answer.BUSY
    # Whatever else the server complains of (too many clients, say), it is there.
    return Answer.READY if "FATAL:" in message else Answer.SILENT


def ensure(place: Place, *, tell: Callable[[str], None] | None = None) -> None:
    """Returns when the server accepts connections and has the site's database.

    Raises LocalDatabaseError. Costs one connection when all is well.
    """
    if _is_whole(place):
        return
    tell = tell or _to_standard_error
    with explained(place.home):
        _make_home(place)
        with _lock(place):
            if not _wait_while_busy(place):
                _start(place, tell)
            if not _is_whole(place):
                _make_database(place)


def stop(place: Place, *, only_if_idle: bool = False) -> bool:
    """Stops the server; False when none ran, or when `only_if_idle` and someone is connected.

    Clients are cut off, except when `only_if_idle`: one that came in that moment may finish.
    """
    if not place.lock.exists():
        return False
    with explained(place.home), _lock(place):
        if not traces.postmaster(place):
            return False
        if only_if_idle and not _falls_idle(place):
            return False
        stopped = _pg_ctl(place, "stop", "-m", "smart" if only_if_idle else "fast")
        with suppress(OSError):
            # It may lie in a folder for things of the moment, far from the data.
            place.sockets.rmdir()
        return stopped


def _falls_idle(place: Place) -> bool:
    """Whether nobody else is connected, after a moment for those who are just leaving."""
    deadline = time.monotonic() + PATIENCE_WITH_LEAVERS
    while status(place).clients:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def status(place: Place) -> Status:
    query = """
        SELECT current_setting('server_version'),
               (SELECT count(*) FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),
               (SELECT sum(pg_database_size(oid)) FROM pg_database)
    """
    try:
        with closing(connect(place)) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            version, clients, size = cursor.fetchone()
    except psycopg2.OperationalError as error:
        return Status(_meaning(str(error)) is not Answer.SILENT, place)
    process = traces.postmaster(place)
    return Status(True, place, version, process.pid if process else None, clients, int(size))


def tool(place: Place, name: str) -> Path:
    """A program of the version that the data have, for the person themself to run."""
    return binaries.find(cluster.major_of(place)).tool(name)


def _is_whole(place: Place) -> bool:
    try:
        connect(place, DATABASE).close()
    except psycopg2.OperationalError as error:
        message = str(error)
        missing = f'database "{DATABASE}" does not exist' in message
        return _meaning(message) is Answer.READY and not missing
    return True


def _wait_while_busy(place: Place) -> bool:
    """Whether the server accepts connections in the end; False when it has to be started."""
    started = time.monotonic()
    while (answer := probe(place)) is not Answer.READY:
        waited = time.monotonic() - started
        if answer is Answer.SILENT:
            if not traces.postmaster(place):
                return False
            if waited > PATIENCE_WITH_SILENCE:
                # It listens elsewhere (the project was moved, the socket removed), or hangs.
                _pg_ctl(place, "stop", "-m", "fast")
                return False
        if waited > PATIENCE:
            raise LocalDatabaseError(
                f"The database in {place.data} is still recovering after {PATIENCE} seconds: "
                f"see {place.log} and try again in a while, {OR_ELSE}."
            )
        time.sleep(0.05)
    return True


def _start(place: Place, tell: Callable[[str], None]) -> None:
    mine = owner.owner_of(place)
    major = cluster.major_of(place)
    programs = binaries.usable_by(mine, major)
    binaries.refuse_unsafe(place.home, programs.folder)
    if major is None:
        if mine.other:
            tell(f"Postgres refuses to run as root: the data live in {place.data}.")
        cluster.make(place, programs, mine)
    else:
        cluster.refuse_other_version(place, programs, major)
    _make_socket_folder(place, mine)
    traces.clear(place)
    cluster.configure(place, mine)
    cluster.prepare_log(place, mine)
    before = place.log.stat().st_size
    started = _pg_ctl(place, "start", "-l", str(place.log), programs=programs)
    if not started:
        raise _failure(place, before)


def _make_socket_folder(place: Place, mine: owner.Owner) -> None:
    mine.make_folder(place.sockets)
    owner.is_private(place.sockets, mine.uid)


def _pg_ctl(place: Place, *arguments: str, programs: binaries.Binaries | None = None) -> bool:
    mine = owner.owner_of(place)
    programs = programs or binaries.usable_by(mine, cluster.major_of(place))
    done = mine.run(
        programs.tool("pg_ctl"),
        *arguments,
        *("-D", place.data, "-w", "-t", str(PATIENCE), "-s"),
        folder=place.home,
    )
    return done.returncode == 0


def _failure(place: Place, before: int) -> LocalDatabaseError:
    """Why the server did not start, from what it added to its log."""
    with place.log.open("rb") as stream:
        stream.seek(before)
        lines = stream.read().decode(errors="replace").splitlines()
    if any(words in line for line in lines for words in cluster.FULL):
        return disk_is_full(place.home)
    reasons = [line.split(": ", 1)[-1] for line in lines if "FATAL:" in line or "PANIC:" in line]
    reason = reasons[-1].strip() if reasons else "it did not say why"
    return LocalDatabaseError(
        f"The database in {place.data} could not be started ({reason}): see {place.log}, {OR_ELSE}."
    )


def _make_database(place: Place) -> None:
    try:
        with closing(connect(place)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg2.Error as error:
        if any(words in str(error) for words in cluster.FULL):
            raise disk_is_full(place.home) from error
        raise LocalDatabaseError(
            f"The database could not be made ({str(error).strip()}): see {place.log}, {OR_ELSE}."
        ) from error


def _make_home(place: Place) -> None:
    """Closed to others when a person's own; root's account must get through to its data."""
    if not place.account:
        place.home.parent.mkdir(parents=True, exist_ok=True)
        owner.owner_of(place).make_folder(place.home)
        return
    for folder in (place.home.parent, place.home):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)


@contextmanager
def _lock(place: Place) -> Iterator[None]:
    """One process, and one thread of it, at a time. The system lets go when the process ends."""
    descriptor = os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _to_standard_error(sentence: str) -> None:
    print(sentence, file=sys.stderr)
