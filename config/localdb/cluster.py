"""The files of the embedded server: making its data, and its configuration before every start."""

import shutil
from pathlib import Path

from config.localdb.binaries import Binaries
from config.localdb.errors import OR_ELSE, LocalDatabaseError, disk_is_full
from config.localdb.owner import Owner
from config.localdb.places import PORT, ROLE, Place

CONFIGURATION = "waymark.conf"
LARGEST_LOG = 10 * 1024 * 1024
# The last is how Postgres tells of a write that found room for a part only.
FULL = ("No space left on device", "Disk quota exceeded", "could not extend file")


def major_of(place: Place) -> int | None:
    """The version of Postgres that made the data; None when there are no (whole) data."""
    try:
        version = (place.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        version = ""
    whole = (place.data / "global" / "pg_control").exists()
    if version.isdecimal() and whole:
        return int(version)
    if whole:
        raise LocalDatabaseError(
            f"{place.data} holds a database but has lost its file PG_VERSION: put it back (it holds "
            f"the number of the Postgres that made the data), {OR_ELSE}."
        )
    return None


def refuse_other_version(place: Place, binaries: Binaries, major: int) -> None:
    """Data of another version are left alone: their owner takes them over with a dump."""
    if major == binaries.major:
        return
    raise LocalDatabaseError(
        f"The database in {place.data} was made by Postgres {major} and this is Postgres "
        f"{binaries.major}: with the Waymark that made it, run “python manage.py localdb dump "
        f"waymark.sql”, then move {place.data} away and run “python manage.py localdb psql -f "
        f"waymark.sql” with this one, {OR_ELSE}."
    )


def make(place: Place, binaries: Binaries, owner: Owner) -> None:
    """Makes an empty cluster; whatever interrupts it, `place.data` is whole or not there at all."""
    _remove(place.data)
    _remove(place.draft)
    owner.make_folder(place.draft)
    initdb = owner.run(
        binaries.tool("initdb"),
        *("-D", place.draft, "-U", ROLE, "-E", "UTF8", "--auth=trust", "--no-instructions"),
        *_locale(binaries.major),
        folder=place.home,
    )
    if initdb.returncode != 0:
        _remove(place.draft)
        raise _failure_of_initdb(place, initdb.stdout)
    configuration = place.draft / "postgresql.conf"
    included = f"\n# Written anew at every start.\ninclude = '{CONFIGURATION}'\n"
    owner.write(configuration, configuration.read_text() + included)
    place.draft.rename(place.data)


def _locale(major: int) -> list[str]:
    """Every system sorts by code points and knows the case of ŵ and ŷ, whatever its locales."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _failure_of_initdb(place: Place, said: str) -> LocalDatabaseError:
    if any(words in said for words in FULL):
        return disk_is_full(place.home)
    errors = [line for line in said.splitlines() if "error:" in line or "FATAL:" in line]
    reason = (errors or said.strip().splitlines() or ["it says nothing"])[0]
    return LocalDatabaseError(
        f"Postgres could not make a database in {place.home} ({reason.strip()}): "
        f"mend that, {OR_ELSE}."
    )


def configure(place: Place, owner: Owner) -> None:
    """Writes what differs from Postgres' defaults, with the paths of the project as it is now."""
    folder = str(place.sockets).replace('"', '""').replace("\\", "\\\\").replace("'", "''")
    owner.write(
        place.data / CONFIGURATION,
        f"""\
# Written by config/localdb at every start: changes here are lost. Add yours to postgresql.conf,
# below the line that includes this file.
listen_addresses = ''
port = {PORT}
unix_socket_directories = '"{folder}"'
unix_socket_permissions = 0700
max_connections = 100

shared_buffers = 128MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 1GB
max_wal_size = 512MB
random_page_cost = 1.1
jit = off

fsync = on
synchronous_commit = on

timezone = 'UTC'
lc_messages = 'C'
log_checkpoints = off
""",
    )


def prepare_log(place: Place, owner: Owner) -> None:
    """The log is the owner's, and starts anew when it has grown large."""
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_name("log.old"))
    if not place.log.exists():
        owner.write(place.log, "")


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
