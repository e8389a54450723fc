"""`make run` and its kin: what they check first, and what they leave behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config import serving
from config.localdb import place_of
from config.localdb import server as localdb_server
from tests.config.embedded import ROOT, put_away


@pytest.fixture
def taken_port() -> Iterator[int]:
    with closing(socket.create_server((serving.LOOPBACK, 0))) as other:
        yield other.getsockname()[1]


def test_a_port_in_use_is_told_with_one_that_is_free(
    taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    monkeypatch.setattr(
        serving, "_problem_with", lambda n, ask=serving._problem_with: ask(n) or n == taken_port + 1
    )

    with pytest.raises(CommandError) as refusal:
        call_command("run")

    assert str(refusal.value).startswith(
        f"Port {taken_port} is in use by another program (perhaps Waymark already runs): stop "
        "that one, or take another port, as in “make run PORT="
    )
    assert f"PORT={taken_port + 1}”" not in str(refusal.value)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 "])
def test_a_port_that_is_none_is_one_sentence(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)

    with pytest.raises(CommandError) as refusal:
        call_command("serve", skip_checks=True)

    assert str(refusal.value) == (
        f"PORT is “{port}”: it takes a number from 1 to 65535, as in “make serve PORT=8001”."
    )


def test_dev_asks_for_debug(settings: Settings) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="set DEBUG=1, as “make dev” does"):
        call_command("dev")


@pytest.fixture
def static_site(tmp_path: Path, settings: Settings) -> Path:
    """One static file, and an empty folder to collect it in."""
    source = tmp_path / "source" / "one.css"
    source.parent.mkdir()
    source.write_text("body {}")
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    settings.STATIC_ROOT = settings.VAR_DIR / "static"
    settings.STATICFILES_DIRS = [source.parent]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    return source


def test_static_files_are_collected_when_they_changed(static_site: Path) -> None:
    assert serving.collect_static_files() is True
    assert serving.collect_static_files() is False

    static_site.write_text("body { color: green }")

    assert serving.collect_static_files() is True
    assert serving.collect_static_files() is False


def test_static_files_are_collected_again_when_they_are_gone(
    static_site: Path, settings: Settings
) -> None:
    serving.collect_static_files()
    shutil.rmtree(settings.STATIC_ROOT)

    assert serving.collect_static_files() is True


def test_the_way_out_stops_the_embedded_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = []
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "config.localdb.backend")
    monkeypatch.setattr(
        "config.localdb.stop", lambda base_dir, only_if_idle: stopped.append(only_if_idle)
    )
    monkeypatch.setattr(serving, "connections", type("None", (), {"close_all": lambda: None}))

    with pytest.raises(KeyboardInterrupt), serving.database_put_away():
        raise KeyboardInterrupt

    assert stopped == [True]


def free_port() -> int:
    with closing(socket.create_server((serving.LOOPBACK, 0))) as other:
        return other.getsockname()[1]


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """The project as a clone would hold it, in a folder with an awkward name; libraries shared."""
    folder = tmp_path / "ada's copy"
    shutil.copytree(
        ROOT,
        folder,
        symlinks=True,
        ignore=shutil.ignore_patterns(".git", ".venv", "var", "tests", "__pycache__", ".*_cache"),
    )
    yield folder
    place = place_of(folder)
    localdb_server.stop(place)
    put_away(place)


@pytest.mark.localdb
def test_from_nothing_to_a_site_that_answers_and_away_again(copy: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "PORT": str(port), "SITE_URL": base, "DEBUG": "0"}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)

    with subprocess.Popen(
        [sys.executable, "manage.py", "run"],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as site:
        page = wait_for(base, site)
        running = localdb_server.status(place_of(copy)).running
        site.send_signal(signal.SIGINT)
        said, _ = site.communicate(timeout=120)

    assert b"<h1" in page
    assert running is True
    assert f"Waymark is at {base}/" in said
    assert f"once, without a password: {base}/" in said
    assert "Traceback" not in said
    assert site.returncode == 0
    assert localdb_server.status(place_of(copy)).running is False


def wait_for(address: str, site: subprocess.Popen[str]) -> bytes:
    while site.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/", timeout=120) as page:
                return page.read()
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.HTTPError as error:
            error.close()
            return b""
        except urllib.error.URLError:
            time.sleep(0.1)
    return b""
