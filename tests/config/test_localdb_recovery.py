"""What a crash, a full disk or a moved folder leaves behind doesn't keep the server from starting."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from config.localdb import LocalDatabaseError, Place, binaries, cluster, owner, server, traces
from config.localdb.binaries import Binaries
from config.localdb.places import DATABASE
from tests.config.embedded import kill_server

pytestmark = pytest.mark.localdb


def crash(place: Place) -> None:
    kill_server(traces.postmaster(place))


def answer(place: Place, query: str = "SELECT 42") -> object:
    with closing(server.connect(place, DATABASE)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(f"{os.getpid()}\n/somewhere\n", id="the number of another program"),
        pytest.param("", id="nothing"),
        pytest.param("99999999999999999999\n", id="no number of a process"),
        pytest.param("\x00\x00garbled", id="garbled"),
    ],
)
def test_it_starts_over_stale_lock_files(running: Place, left: str) -> None:
    answer(running, "CREATE TABLE kept AS SELECT 7 AS number")
    crash(running)
    mine = owner.owner_of(running)
    mine.write(running.data / "postmaster.pid", left)
    mine.write(running.sockets / f"{running.socket.name}.lock", left)

    server.ensure(running)

    assert answer(running, "SELECT number FROM kept") == 7


def test_it_makes_data_anew_where_they_were_only_half_made(place: Place) -> None:
    for folder in (place.data, place.draft):
        (folder / "base").mkdir(parents=True)
        (folder / "PG_VERSION").write_text("18\n")

    server.ensure(place, tell=lambda sentence: None)

    assert answer(place) == 42
    assert not place.draft.exists()


def test_it_follows_a_folder_that_moved_while_it_ran(running: Place) -> None:
    home = running.home.with_name("moved")
    running.home.rename(home)
    moved = Place(home, home / "sockets", running.account)

    server.ensure(moved)

    assert answer(moved) == 42
    moved.home.rename(running.home)


def test_it_comes_back_when_its_socket_was_removed(
    running: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE_WITH_SILENCE", 0.1)
    shutil.rmtree(running.sockets)

    server.ensure(running)

    assert answer(running) == 42


def test_a_lost_database_is_made_anew(running: Place) -> None:
    with closing(server.connect(running)) as connection, connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {DATABASE}")

    server.ensure(running)

    assert answer(running) == 42


def test_a_full_disk_is_a_sentence_and_leaves_nothing_in_the_way(
    place: Place, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    initdb = open_folder / "initdb"
    initdb.write_text(
        '#!/bin/sh\necho 18 >"$2/PG_VERSION"\n'
        'echo "initdb: error: could not write file: No space left on device"\nexit 1\n'
    )
    initdb.chmod(0o755)
    monkeypatch.setattr(binaries, "usable_by", lambda mine, major: Binaries(open_folder, 18))

    with pytest.raises(LocalDatabaseError) as refusal:
        server.ensure(place, tell=lambda sentence: None)

    assert str(refusal.value) == (
        f"The disk that holds {place.home} is full; Waymark's database needs about 100 MB there: "
        "make room and try again, or set DATABASE_URL to use another Postgres."
    )
    assert not place.draft.exists()
    monkeypatch.undo()
    server.ensure(place, tell=lambda sentence: None)
    assert answer(place) == 42


def test_data_of_another_version_are_left_alone(running: Place) -> None:
    server.stop(running)
    (running.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(LocalDatabaseError) as refusal:
        server.ensure(running)

    assert str(refusal.value).startswith(
        f"The database in {running.data} was made by Postgres 14 and this is Postgres "
    )
    assert "localdb dump" in str(refusal.value)
    assert (running.data / "global" / "pg_control").exists()


def test_data_that_lost_their_version_are_left_alone(running: Place) -> None:
    server.stop(running)
    (running.data / "PG_VERSION").unlink()

    with pytest.raises(LocalDatabaseError, match="has lost its file PG_VERSION"):
        server.ensure(running)

    assert (running.data / "global" / "pg_control").exists()


def test_it_connects_through_no_folder_that_others_may_enter(running: Place) -> None:
    running.sockets.chmod(0o755)

    with pytest.raises(LocalDatabaseError) as refusal:
        server.ensure(running)

    assert str(refusal.value).startswith(f"{running.sockets} must be a folder that only the owner")


def test_it_connects_through_no_link(running: Place) -> None:
    elsewhere = running.home / "elsewhere"
    running.sockets.rename(elsewhere)
    running.sockets.symlink_to(elsewhere)

    with pytest.raises(LocalDatabaseError):
        server.ensure(running)

    running.sockets.unlink()
    elsewhere.rename(running.sockets)


def test_why_it_did_not_start_is_told_from_its_log(running: Place) -> None:
    server.stop(running)
    with (running.data / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = 'a lot'\n")

    with pytest.raises(LocalDatabaseError) as refusal:
        server.ensure(running)

    assert str(refusal.value).startswith(
        f"The database in {running.data} could not be started (configuration file"
    )


def test_its_configuration_is_the_site_s_own(running: Place) -> None:
    assert answer(running, "SHOW listen_addresses") == ""
    assert answer(running, "SHOW fsync") == "on"
    assert answer(running, "SHOW max_connections") == "100"
    assert answer(running, "SHOW unix_socket_permissions") == "0700"
    assert answer(running, "SELECT lower('ŴŶ')") == "ŵŷ"
    assert answer(running, "SELECT 'z' < 'Écran'") is True


def test_the_log_starts_anew_when_it_has_grown(
    running: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.stop(running)
    monkeypatch.setattr(cluster, "LARGEST_LOG", 10)

    server.ensure(running)

    assert running.log.with_name("log.old").exists()
