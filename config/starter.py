"""The starter catalogue: what a new site begins with, read from the files beside the apps."""

import csv
import json
from pathlib import Path
from typing import Any

import pghistory
from django.conf import settings
from django.db import connection, transaction

from catalogue import exchange
from catalogue.models import StarterItem
from curators.exchange import load_curators
from pathways.exchange import answer_questions, load_pathways

CATALOGUE = Path("catalogue/starter")
# Any number, as long as it stays: who holds this lock in Postgres is loading.
LOADING = 5_318_008


def load() -> dict[str, int]:
    """Loads what was never loaded, in one transaction; answers how many of what it added.

    What was loaded once belongs to the editors: changed, renamed or taken away, it stays so. Several
    processes may ask at once: the later ones wait, and find nothing left to add.
    """
    with transaction.atomic(), pghistory.context(command="setup"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
        return _load(_Ledger())


def _load(ledger: "_Ledger") -> dict[str, int]:
    read = {
        name: _json(CATALOGUE / f"{name}.json")[name]
        for name in ("organisations", "skills", "roles", "questions")
    }
    frameworks = [_json(path) for path in _files(CATALOGUE / "frameworks")]
    crosswalks = [_json(path) for path in _files(CATALOGUE / "crosswalks")]
    drafts, resources = _resources()
    curators = _json(Path("curators/starter/curators.json"))["curators"]
    pathways = [_json(path) for path in _files(Path("pathways/starter"))]
    added = {
        "organisations": exchange.load_organisations(
            ledger.new("organisations", read["organisations"])
        ),
        "frameworks": sum(
            exchange.load_framework(one) for one in ledger.new("frameworks", frameworks)
        ),
        "crosswalk rows": sum(
            exchange.load_crosswalk(one) for one in _new_relations(ledger, crosswalks)
        ),
        "skills": exchange.load_skills(ledger.new("skills", read["skills"])),
        "roles": exchange.load_roles(ledger.new("roles", read["roles"])),
        "resources": exchange.load_resources(
            ledger.new("resources", resources, by="url"), publish=True
        ),
        "drafts": exchange.load_resources(ledger.new("resources", drafts, by="url"), publish=False),
        "questions": exchange.load_questions(ledger.new("questions", read["questions"])),
        "curators": load_curators(ledger.new("curators", curators)),
        "pathways": load_pathways(ledger.new("pathways", pathways)),
        "answers": answer_questions(_new_answers(ledger, read["questions"])),
    }
    ledger.write()
    return added


class _Ledger:
    """Which items were loaded, now or before."""

    def __init__(self) -> None:
        self.known = set(StarterItem.objects.values_list("key", flat=True))
        self.added: list[str] = []

    def is_new(self, key: str) -> bool:
        """Whether `key` was never loaded; from now on it was."""
        if key in self.known:
            return False
        self.known.add(key)
        self.added.append(key)
        return True

    def new(self, kind: str, items: list[dict], *, by: str = "slug") -> list[dict]:
        return [item for item in items if self.is_new(f"{kind}/{item[by]}")]

    def write(self) -> None:
        StarterItem.objects.bulk_create([StarterItem(key=key) for key in self.added])


def _new_relations(ledger: _Ledger, crosswalks: list[dict]) -> list[dict]:
    """`crosswalks` with their new relations alone; without those that have none."""
    found = []
    for said in crosswalks:
        ends = f"{said['source']}:{{source}} {said['target']}:{{target}}"
        relations = [
            one for one in said["relations"] if ledger.is_new(f"crosswalks/{ends.format(**one)}")
        ]
        if relations:
            found.append({**said, "relations": relations})
    return found


def _new_answers(ledger: _Ledger, questions: list[dict]) -> list[dict]:
    """Questions with the pathways that answer them and were never tied to them."""
    found = []
    for said in questions:
        pathways = [
            slug
            for slug in said.get("pathways", [])
            if ledger.is_new(f"answers/{said['slug']} {slug}")
        ]
        if pathways:
            found.append({"slug": said["slug"], "pathways": pathways})
    return found


def _resources() -> tuple[list[dict], list[dict]]:
    """Rows of the files whose names begin with “drafts”, for editors to look at; all the others."""
    paths = _files(CATALOGUE / "resources", "*.csv")
    drafts = [path for path in paths if path.name.startswith("drafts")]
    return (
        [row for path in drafts for row in _rows(path)],
        [row for path in paths if path not in drafts for row in _rows(path)],
    )


def _files(folder: Path, pattern: str = "*.json") -> list[Path]:
    return sorted((settings.BASE_DIR / folder).glob(pattern))


def _json(path: Path) -> Any:
    return json.loads((settings.BASE_DIR / path).read_text(encoding="utf-8"))


def _rows(path: Path) -> list[dict[str, str]]:
    with (settings.BASE_DIR / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
