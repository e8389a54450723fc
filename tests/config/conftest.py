"""Embedded servers of the tests' own; all are stopped and removed in the end."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.localdb import Place, server
from tests.config.embedded import Person, Project, ordinary_person, place_in, put_away


@pytest.fixture(scope="session")
def person() -> Person:
    found = ordinary_person()
    if found is None:
        pytest.skip("only root may use this Python, so that no ordinary user can be tried")
    return found


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A new folder that other users can reach, unlike tmp_path."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with folder_for_all() as folder:
        yield folder


@pytest.fixture
def make_project(open_folder: Path, person: Person) -> Iterator[Callable[[str], Project]]:
    """Makes projects of an ordinary user, in a folder of the name given."""
    made = []

    def make(name: str) -> Project:
        made.append(Project.make(open_folder / name, person))
        return made[-1]

    yield make
    for project in made:
        put_away(project.place)


@pytest.fixture
def project(make_project: Callable[[str], Project]) -> Project:
    return make_project("project")


@pytest.fixture(scope="module")
def started(person: Person) -> Iterator[Project]:
    """A project whose database has been made and migrated; shared by the tests of a module."""
    with folder_for_all() as folder:
        project = Project.make(folder / "project", person)
        assert project.manage("migrate", "--verbosity=0") == (0, "")
        yield project
        put_away(project.place)


@pytest.fixture
def place(open_folder: Path) -> Iterator[Place]:
    found = place_in(open_folder)
    yield found
    put_away(found)


@pytest.fixture(scope="session")
def pattern() -> Iterator[Path]:
    """A server's folder, stopped: copying it is quicker than making another."""
    with folder_for_all() as folder:
        place = place_in(folder)
        server.ensure(place, tell=lambda sentence: None)
        server.stop(place)
        yield place.home


@pytest.fixture
def running(place: Place, pattern: Path) -> Place:
    subprocess.run(["cp", "-a", pattern, place.home], check=True)
    server.ensure(place)
    return place
