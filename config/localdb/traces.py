"""What a server leaves behind: its processes, and the lock files that name them.

A process number in a lock file proves nothing. After a crash, a restart of the machine or of a
container it may belong to any other program, and Postgres would then refuse to start.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

import psutil

from config.localdb.places import SOCKET_NAME, Place

PATIENCE_WITH_ORPHANS = 1.0  # seconds, for each of three ways
LARGEST_NUMBER = 2**31


def postmaster(place: Place) -> psutil.Process | None:
    """The server's main process, whether or not it accepts connections."""
    number = _number_in(place.data / "postmaster.pid")
    if number is None:
        return None
    try:
        process = psutil.Process(number)
        return process if _serves(process, place.data) else None
    except psutil.Error:
        return None


def _number_in(file: Path) -> int | None:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, errors="replace") as stream:
            # A lock file of a socket carries the number of a process that is no postmaster as -n.
            number = abs(int(stream.readline(40)))
    except (OSError, ValueError):
        return None
    return number if 0 < number < LARGEST_NUMBER else None


def _serves(process: psutil.Process, data: Path) -> bool:
    """Postgres works in its data folder. A zombie is done, though nobody may ever collect it."""
    if process.status() == psutil.STATUS_ZOMBIE or not process.name().startswith("postgres"):
        return False
    try:
        return os.path.samefile(process.cwd(), data)
    except OSError:
        return False
    except psutil.AccessDenied:
        return str(data) in process.cmdline()


def clear(place: Place) -> None:
    """Makes way for a new server, once the old one is known to be gone."""
    _wait_for_orphans(place)
    socket_lock = place.sockets / f"{SOCKET_NAME}.lock"
    for lock in (place.data / "postmaster.pid", socket_lock):
        number = _number_in(lock)
        # A dead process' file is left: Postgres checks its shared memory by it, then removes it.
        if number is None or psutil.pid_exists(number):
            lock.unlink(missing_ok=True)


def _wait_for_orphans(place: Place) -> None:
    """Ends sessions that outlived a killed main process; a new server beside them would harm data.

    They end by themselves as soon as they notice, which a long query delays.
    """
    orphans = [process for process in psutil.process_iter() if _is_orphan(process, place.data)]
    for end in (None, psutil.Process.terminate, psutil.Process.kill):
        for process in orphans:
            with suppress(psutil.Error):
                if end:
                    end(process)
        deadline = time.monotonic() + PATIENCE_WITH_ORPHANS
        while orphans and time.monotonic() < deadline:
            time.sleep(0.02)
            orphans = [process for process in orphans if _is_orphan(process, place.data)]


def _is_orphan(process: psutil.Process, data: Path) -> bool:
    try:
        return _serves(process, data)
    except psutil.Error:
        return False
