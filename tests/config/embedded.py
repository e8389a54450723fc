"""Small projects with an embedded Postgres of their own, and the people who run them."""

import os
import pwd
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from config.localdb import Place, place_of
from config.localdb.places import SYSTEM_ACCOUNT

ROOT = Path(__file__).resolve().parents[2]

SETTINGS = """
from pathlib import Path
from config import localdb

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASES = {"default": {**localdb.database_settings(BASE_DIR), "CONN_HEALTH_CHECKS": True}}
INSTALLED_APPS = ["config", "django.contrib.contenttypes"]
SECRET_KEY = "a project of the tests"
USE_TZ = True
"""


@dataclass(frozen=True)
class Person:
    """Someone who starts commands: whoever runs the tests, or an ordinary user when that is root."""

    uid: int
    python: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> dict:
        other = self.uid != os.geteuid()
        return {"user": self.uid, "group": self.uid, "extra_groups": []} if other else {}

    def start(self, *command: str, folder: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={"PATH": os.environ["PATH"], **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **self.identity,
        )


def current_person() -> Person:
    return Person(os.geteuid(), sys.executable)


def ordinary_person() -> Person | None:
    """None when root runs the tests and nobody else may use this Python."""
    if os.geteuid() != 0:
        return current_person()
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    beside = {"PYTHONPATH": os.pathsep.join(libraries), "PYTHONDONTWRITEBYTECODE": "1"}
    system = f"/usr/bin/python3.{sys.version_info.minor}"
    for person in (
        Person(pwd.getpwnam("nobody").pw_uid, sys.executable),
        Person(pwd.getpwnam("nobody").pw_uid, system, beside),
    ):
        try:
            imports = person.start(
                *(person.python, "-c", "import django, psutil, psycopg2"), folder=Path("/")
            )
        except OSError:
            continue
        with imports:
            imports.communicate()
        if imports.returncode == 0:
            return person
    return None


@dataclass(frozen=True)
class Project:
    folder: Path
    person: Person

    @classmethod
    def make(cls, folder: Path, person: Person) -> "Project":
        """manage.py, the launcher and its command, with settings that hold little else."""
        config = folder / "config"
        shutil.copytree(ROOT / "config" / "localdb", config / "localdb")
        commands = config / "management" / "commands"
        commands.mkdir(parents=True)
        shutil.copy(ROOT / "config" / "management" / "commands" / "localdb.py", commands)
        shutil.copy(ROOT / "manage.py", folder)
        for package in (config, commands.parent, commands):
            (package / "__init__.py").touch()
        (config / "settings.py").write_text(SETTINGS)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, person.uid, -1)
        return cls(folder, person)

    @property
    def place(self) -> Place:
        return place_of(self.folder, uid=self.person.uid)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return self.person.start(self.person.python, *arguments, folder=self.folder)

    def run(self, *arguments: str) -> tuple[int, str]:
        """The exit status and all that was said."""
        with self.start(*arguments) as process:
            said, _ = process.communicate()
        return process.returncode, said

    def manage(self, *arguments: str) -> tuple[int, str]:
        return self.run("manage.py", *arguments)

    def postmaster(self) -> psutil.Process:
        number = (self.place.data / "postmaster.pid").read_text().split()[0]
        return psutil.Process(int(number))


def place_in(folder: Path) -> Place:
    """Where whoever runs the tests can have a server; nothing is there yet."""
    home = folder / "postgres"
    return Place(home, home / "sockets", SYSTEM_ACCOUNT if os.geteuid() == 0 else None)


def put_away(place: Place) -> None:
    """Stops what a test started at `place`, and leaves no trace outside its own folder."""
    number = place.data / "postmaster.pid"
    if number.exists():
        with suppress(psutil.NoSuchProcess):
            kill_server(psutil.Process(int(number.read_text().split()[0])))
    shutil.rmtree(place.sockets, ignore_errors=True)
    shutil.rmtree(place.home, ignore_errors=True)


def kill_server(postmaster: psutil.Process) -> None:
    """As a machine that loses power would, so that nothing is left in order."""
    family = [postmaster, *postmaster.children()]
    for process in family:
        # One that ends on its own in between is gone all the same.
        with suppress(psutil.NoSuchProcess):
            process.kill()
    # A zombie is as good as gone; nobody may collect it for seconds.
    while any(is_alive(process) for process in family):
        time.sleep(0.01)


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
