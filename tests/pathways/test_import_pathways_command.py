"""`manage.py import_pathways`: a file in, sentences out, and a status that scripts can ask."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pathways.models import Pathway
from tests.pathways.rich import activity, plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Rejects files are made where the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(said: Any, *options: str) -> str:
    Path("ways.json").write_text(json.dumps(said, indent=1), encoding="utf-8")
    out = StringIO()
    call_command("import_pathways", "ways.json", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def rejects(name: str = "ways.json.rejects.csv") -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_it_tells_what_came_in() -> None:
    assert run([plain("a"), plain("b")]) == "2 added.\n"
    assert Pathway.objects.filter(status="draft").count() == 2


def test_a_second_time_it_tells_that_nothing_is_new() -> None:
    run(plain())

    assert run(plain()) == (
        "1 was here already and is left as it is.\nNothing is new in this file.\n"
    )


def test_it_publishes_where_that_is_asked_for() -> None:
    run(plain(), "--publish")

    assert Pathway.objects.published().count() == 1


def test_a_dry_run_writes_nothing() -> None:
    told = run(plain(), "--dry-run")

    assert told == "Nothing was written: this is what would be done.\n1 added.\n"
    assert not Pathway.objects.exists()


def test_what_was_rejected_stands_in_a_file_and_the_status_is_one() -> None:
    bad = plain("bad", activity(note=5), activity(duration_minutes=-5))

    with pytest.raises(SystemExit) as caught:
        run([bad, plain("good")])

    assert caught.value.code == 1
    assert [(row["value"], row["reason"]) for row in rejects()] == [
        ("5", "“note” takes a text."),
        ("'-5", "“duration_minutes” takes a whole number from 1 to 60,000."),
    ]
    assert all(int(row["line"]) > 1 for row in rejects())
    assert [pathway.slug for pathway in Pathway.objects.all()] == ["good"]


def test_the_rejects_go_where_they_are_wanted() -> None:
    with pytest.raises(SystemExit):
        run(plain("bad", roles=["=nobody"]), "--rejects", "left.csv")

    assert [row["value"] for row in rejects("left.csv")] == ["'=nobody"]


def test_what_is_no_such_file_is_told_in_a_sentence() -> None:
    with pytest.raises(CommandError) as caught:
        run("a text")

    assert str(caught.value) == (
        "This file holds no pathways: it takes an object, a list of them, or “pathways” with one."
    )


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(CommandError):
        call_command("import_pathways", "nowhere.json")
