"""Whose processes and files the server's are: the person's own or, for root, a system account's."""

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from config.localdb.errors import OR_ELSE, LocalDatabaseError
from config.localdb.places import SYSTEM_FOLDER, Place

try:
    import pwd
except ImportError:  # Windows, which `known_uid` refuses
    pwd = None


@dataclass(frozen=True)
class Owner:
    uid: int
    gid: int
    # Whether this process must change its identity to act as the owner.
    other: bool

    def run(self, *command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        """Runs one of Postgres' programs in `folder`; what it says is in `stdout`, in English."""
        identity = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}
        # Nothing else is handed on: PGPORT, PGOPTIONS or LD_LIBRARY_PATH would change what happens.
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        try:
            return subprocess.run(
                [str(part) for part in command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                umask=0o077,
                **identity,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return subprocess.CompletedProcess(command, 126, stdout=str(error))

    def make_folder(self, folder: Path) -> None:
        """A new folder that only the owner may enter; one that stands already is left as it is."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            return
        folder.chmod(0o700)
        if self.other:
            os.chown(folder, self.uid, self.gid)

    def write(self, file: Path, text: str) -> None:
        """Replaces `file` in one step, never following a link that the owner may have put there."""
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as stream:
            stream.write(text)
            if self.other:
                os.fchown(descriptor, self.uid, self.gid)
        draft.replace(file)


def known_uid(place: Place) -> int | None:
    """The user whose server stands at `place`; None while root's account is not made yet.

    Everything begins with this question, so that it also refuses systems without such users.
    """
    if pwd is None:
        raise LocalDatabaseError(
            "The embedded Postgres runs on Linux and macOS: set DATABASE_URL to use another."
        )
    if place.account is None:
        return os.geteuid()
    try:
        return pwd.getpwnam(place.account).pw_uid
    except KeyError:
        return None


def owner_of(place: Place) -> Owner:
    """Makes root's account when it is missing."""
    if place.account is None:
        return _myself()
    try:
        entry = pwd.getpwnam(place.account)
    except KeyError:
        entry = _make_account(place.account)
    return Owner(entry.pw_uid, entry.pw_gid, other=True)


def _myself() -> Owner:
    uid = os.geteuid()
    try:
        pwd.getpwuid(uid)
    except KeyError as error:
        raise LocalDatabaseError(
            f"The user number {uid} has no account on this machine, and Postgres asks for one: "
            f"run Waymark as a user with an account, {OR_ELSE}."
        ) from error
    return Owner(uid, os.getegid(), other=False)


def _make_account(name: str) -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    said = f"{sys.platform} has no useradd"
    if useradd:
        shell = next((s for s in ("/usr/sbin/nologin", "/sbin/nologin") if Path(s).exists()), "")
        made = subprocess.run(
            [
                *(useradd, "--system", "--user-group", "--no-create-home"),
                *("--home-dir", str(SYSTEM_FOLDER), "--shell", shell or "/bin/false", name),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = made.stdout.strip()
    try:
        # Another project may have made it in the meantime, so that the outcome counts.
        return pwd.getpwnam(name)
    except KeyError as error:
        raise LocalDatabaseError(
            f"Postgres refuses to run as root, and an account for it could not be made ({said}): "
            f"run Waymark as an ordinary user, {OR_ELSE}."
        ) from error


def refuse_trap(place: Place) -> None:
    """Raises LocalDatabaseError when the server's socket could be somebody else's."""
    uid = known_uid(place)
    if uid is not None:
        is_private(place.sockets, uid)


def is_private(folder: Path, uid: int) -> bool:
    """Whether `folder` is there; raises LocalDatabaseError when anyone but `uid` may enter it."""
    try:
        found = os.lstat(folder)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise LocalDatabaseError(
            f"Waymark can't look into {folder} ({error.strerror}): mend that, {OR_ELSE}."
        ) from error
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    if not private or found.st_uid != uid:
        raise LocalDatabaseError(
            f"{folder} must be a folder that only the owner of Waymark's database may enter "
            f"(mode 0700), and it is not: remove it, {OR_ELSE}."
        )
    return True
