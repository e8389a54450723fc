"""The embedded Postgres starts when a query finds none, whoever asks and wherever they are."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.embedded import ROOT, Person, Project, kill_server

pytestmark = pytest.mark.localdb

MANY = 16


def test_one_command_makes_and_starts_it_for_the_next_ones(started: Project) -> None:
    assert started.postmaster().uids().real == started.person.uid
    assert started.manage("migrate", "--check") == (0, "")


def test_commands_that_need_no_database_start_none(project: Project) -> None:
    status, _ = project.manage("check")

    assert status == 0
    assert not (project.folder / "var").exists()


def test_it_listens_on_no_port(started: Project) -> None:
    server = started.postmaster()
    listening = [
        connection
        for process in (server, *server.children())
        for connection in process.net_connections(kind="inet")
        if connection.type == socket.SOCK_STREAM
    ]
    assert listening == []


def test_many_commands_at_once_share_one_server_cold_and_after_a_crash(project: Project) -> None:
    assert run_many(project) == [(0, "")] * MANY

    kill_server(project.postmaster())

    assert run_many(project) == [(0, "")] * MANY


def run_many(project: Project) -> list[tuple[int, str]]:
    program = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings';"
        "from django.db import connection; connection.ensure_connection()"
    )
    processes = [project.start("-c", program) for _ in range(MANY)]
    outcomes = []
    for process in processes:
        with process:
            said, _ = process.communicate()
        outcomes.append((process.returncode, said))
    return outcomes


@pytest.mark.parametrize("name", ["with a space", "ada's one, two", "x" * 140])
def test_the_folder_may_have_any_name(make_project: Callable[[str], Project], name: str) -> None:
    project = make_project(name)

    assert project.manage("migrate", "--verbosity=0") == (0, "")


def test_a_process_that_goes_on_finds_the_server_again_after_a_crash(started: Project) -> None:
    program = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from django.core.signals import request_started
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_backend_pid()")
os.kill(int(open("var/postgres/data/postmaster.pid").readline()), 9)
# What every request begins with.
request_started.send(None)
with connection.cursor() as cursor:
    cursor.execute("SELECT 42")
    print(cursor.fetchone()[0])
"""

    assert started.run("-c", program) == (0, "42\n")


def test_test_databases_can_be_made(started: Project) -> None:
    program = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings';"
        "django.setup(); from django.db import connection;"
        "print(connection.vendor);"
        "connection.creation.create_test_db(verbosity=0);"
        "print(connection.settings_dict['NAME']);"
        "connection.creation.destroy_test_db('waymark', verbosity=0)"
    )

    assert started.run("-c", program) == (0, "postgresql\ntest_waymark\n")


def test_folders_above_keep_their_permissions(
    open_folder: Path, make_project: Callable[[str], Project]
) -> None:
    inner = open_folder / "inner"
    inner.mkdir(mode=0o711)
    project = make_project("inner/project")
    above = [inner, project.folder, Path("/tmp"), Path("/var/lib"), Path.home()]
    before = [folder.stat().st_mode for folder in above]

    project.manage("migrate", "--verbosity=0")

    assert [folder.stat().st_mode for folder in above] == before
    assert (project.folder / "var" / "postgres").stat().st_mode & 0o777 == 0o700


def test_a_var_that_can_t_be_written_is_one_sentence(project: Project) -> None:
    var = project.folder / "var"
    var.mkdir()
    var.chmod(0o555)

    status, said = project.manage("migrate")

    assert status == 1
    assert said == (
        f"error: Waymark keeps its database in {var}/postgres but may not write {var}/postgres "
        "(Permission denied): make the folder writable, or set DATABASE_URL to use another "
        "Postgres.\n"
    )


def test_manage_py_without_django_is_one_sentence(person: Person) -> None:
    with person.start(person.python, "-I", "-S", str(ROOT / "manage.py"), folder=ROOT) as process:
        said, _ = process.communicate()

    assert process.returncode == 1
    assert said == (
        "error: Django is not installed for this Python: run “make run” once, "
        "then use .venv/bin/python manage.py.\n"
    )
