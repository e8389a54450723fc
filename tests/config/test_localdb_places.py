"""Where the embedded Postgres keeps its things, which is computed before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import localdb
from config.localdb.places import LONGEST_SOCKET, place_of
from tests.config.embedded import ROOT


def test_a_person_s_data_lie_under_var() -> None:
    place = place_of(Path("/home/ada/waymark"), uid=1000)

    assert place.data == Path("/home/ada/waymark/var/postgres/data")
    assert place.sockets == Path("/home/ada/waymark/var/postgres/sockets")
    assert place.account is None


def test_root_s_data_lie_where_a_system_account_reaches_them() -> None:
    place = place_of(Path("/root/waymark"), uid=0)

    assert place.data.parent.parent == Path("/var/lib/waymark")
    assert place.sockets.parent == place.home
    assert place.account == "waymark-db"


@pytest.mark.parametrize(
    "project",
    [
        pytest.param("/home/ada/" + "x" * 140, id="long"),
        pytest.param("/home/ada/ada's", id="apostrophe"),
        pytest.param("/home/ada/one, two", id="comma"),
        pytest.param("/home/ada/ŵyn", id="accent"),
        pytest.param('/home/ada/"waymark"', id="quote"),
    ],
)
def test_a_path_that_no_socket_takes_gets_a_short_one_of_the_user_s_own(project: str) -> None:
    place = place_of(Path(project), uid=1000)

    assert place.sockets.parent == Path("/tmp")
    assert place.sockets.name.startswith("waymark-1000-")
    assert len(os.fsencode(place.socket)) < LONGEST_SOCKET
    assert place.sockets != place_of(Path(project), uid=1001).sockets


def test_settings_are_computed_without_touching_the_disk(tmp_path: Path) -> None:
    settings = localdb.database_settings(tmp_path)

    assert settings["ENGINE"] == "config.localdb.backend"
    assert settings["NAME"] == "waymark"
    assert list(tmp_path.iterdir()) == []


def test_with_a_database_of_its_own_the_site_loads_nothing_of_the_embedded_one() -> None:
    program = (
        "import sys, config.settings;"
        "print([name for name in sys.modules if name.startswith('config.localdb')])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "postgresql:///waymark", "SECRET_KEY": "k" * 50},
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout.strip() == "[]"
