"""`manage.py localdb`, and how a run of tests puts its server away."""

from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.localdb import Place, server, testing
from tests.config.embedded import Project

pytestmark = pytest.mark.localdb


def test_status_tells_where_everything_is(started: Project) -> None:
    _, said = started.manage("localdb", "status")

    lines = said.splitlines()
    assert lines[0].startswith("running: Postgres 1")
    assert lines[1] == "connections of others: 0"
    assert lines[3:] == [
        f"data: {started.folder}/var/postgres/data",
        f"socket: {started.place.sockets}/.s.PGSQL.5432",
        f"log: {started.folder}/var/postgres/log",
    ]


def test_path_and_status_start_nothing(project: Project) -> None:
    assert project.manage("localdb", "path") == (0, f"{project.place.data}\n")

    _, said = project.manage("localdb", "status")

    assert said.splitlines()[0] == "not running: the next query starts it"
    assert not project.place.home.exists()


def test_stop_stops_it_once(started: Project) -> None:
    started.manage("migrate", "--check")

    assert started.manage("localdb", "stop") == (0, "stopped\n")
    assert started.manage("localdb", "stop") == (0, "was not running\n")


def test_psql_takes_its_own_options_and_starts_the_server(started: Project) -> None:
    started.manage("localdb", "stop")

    assert started.manage("localdb", "psql", "-Atc", "SELECT 42") == (0, "42\n")


def test_a_dump_is_for_its_owner_and_can_be_read_back(started: Project) -> None:
    dump = started.folder / "var" / "waymark.sql"

    assert started.manage("localdb", "dump", str(dump)) == (0, f"wrote {dump}\n")
    assert dump.stat().st_mode & 0o777 == 0o600
    assert "CREATE TABLE public.django_content_type" in dump.read_text()
    assert started.manage("localdb", "dump")[1].count("CREATE TABLE") == 2


def test_a_dump_that_can_t_be_written_is_one_sentence(started: Project) -> None:
    status, said = started.manage("localdb", "dump", "/no/such/folder/waymark.sql")

    assert status == 1
    assert said == (
        "CommandError: /no/such/folder/waymark.sql can't be written (No such file or directory).\n"
    )


def test_an_idle_stop_spares_a_server_that_others_use(running: Place) -> None:
    with closing(server.connect(running)):
        assert server.stop(running, only_if_idle=True) is False

    assert server.stop(running, only_if_idle=True) is True
    assert server.status(running).running is False


def session(**attributes: object) -> SimpleNamespace:
    return SimpleNamespace(stash=pytest.Stash(), **attributes)


@pytest.fixture
def tested(place: Place, pattern: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A place that the hooks take for the site's own."""
    monkeypatch.setattr(testing, "place_of", lambda base_dir: place)
    monkeypatch.setattr(testing, "_is_in_use", lambda: True)
    monkeypatch.setattr(testing, "connections", SimpleNamespace(close_all=lambda: None))
    return place


def test_a_run_of_tests_stops_the_server_that_it_started(tested: Place) -> None:
    run = session()

    testing.begin(run)
    server.ensure(tested, tell=lambda sentence: None)
    testing.finish(run)

    assert server.status(tested).running is False


def test_a_run_of_tests_leaves_a_server_that_ran_before(tested: Place) -> None:
    server.ensure(tested, tell=lambda sentence: None)
    run = session()

    testing.begin(run)
    testing.finish(run)

    assert server.status(tested).running is True


def test_a_worker_of_the_tests_stops_nothing(tested: Place) -> None:
    worker = session(workerinput={})

    testing.begin(worker)
    server.ensure(tested, tell=lambda sentence: None)
    testing.finish(worker)

    assert server.status(tested).running is True
