"""The starter catalogue: what a new site begins with, read from the files beside the apps."""

import csv
import json
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pghistory
from django.conf import settings
from django.db import connection, transaction

from catalogue import exchange
from catalogue.exchange import ExchangeError
from catalogue.models import StarterItem
from curators.exchange import load_curators
from pathways.exchange import answer_questions, load_pathways

logger = logging.getLogger(__name__)

CATALOGUE = Path("catalogue/starter")
# Any number, as long as it stays: who holds this lock in Postgres is loading.
LOADING = 5_318_008


def load(*, tell: Callable[[str], None] = logger.warning) -> dict[str, int]:
    """Loads what was never loaded, in one transaction; answers how many of what it added.

    What was loaded once belongs to the editors: changed, renamed or taken away, it stays so. What
    can't be loaded, since it names what they took away, is left out: `tell` gets a sentence for
    each, and the next time tries again. Several processes may ask at once: the later ones wait, and
    find nothing left to add.
    """
    with transaction.atomic(), pghistory.context(command="setup"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
        return _load(_Ledger(tell))


def _load(ledger: "_Ledger") -> dict[str, int]:
    organisations, skills, tags, roles, questions = (
        _json(CATALOGUE / f"{name}.json")[name]
        for name in ("organisations", "skills", "tags", "roles", "questions")
    )
    drafts, resources = _resources()
    curators = _json(Path("curators/starter/curators.json"))["curators"]
    pathways = [_json(path) for path in _files(Path("pathways/starter"))]
    added = {
        "organisations": ledger.load(
            exchange.load_organisations, _by_slug("organisations", organisations)
        ),
        "frameworks": ledger.load(_load_frameworks, _by_slug("frameworks", _frameworks())),
        "crosswalk rows": ledger.load(_load_crosswalks, _relations()),
        "skills": _load_skills(ledger, skills),
        "roles": ledger.load(exchange.load_roles, _by_slug("roles", roles)),
        "resources": ledger.load(
            partial(exchange.load_resources, publish=True), _by_url(resources)
        ),
        "drafts": ledger.load(partial(exchange.load_resources, publish=False), _by_url(drafts)),
        "other names of tags": ledger.load(
            exchange.name_tags, {f"tags/{one['name']}": one for one in tags}
        ),
        "questions": ledger.load(
            exchange.load_questions, _by_slug("questions", _with_positions(questions))
        ),
        "curators": ledger.load(load_curators, _by_slug("curators", curators)),
        "pathways": ledger.load(load_pathways, _by_slug("pathways", pathways)),
        "answers": ledger.load(answer_questions, _answers(ledger, questions)),
    }
    ledger.write()
    return added


class _Ledger:
    """Which items were loaded, now or before, each by a key that its kind begins."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.known = set(StarterItem.objects.values_list("key", flat=True))
        self.added: list[str] = []

    def load(self, load: Callable[[list], int], items: dict[str, dict]) -> int:
        """Gives `load` those of `items` that were never loaded; answers how many rows it added.

        All at once where that goes well. Else one by one, over and over as long as more come in,
        since one may name another that comes after it; of what is left the reasons are told.
        """
        new = {key: said for key, said in items.items() if key not in self.known}
        try:
            return self._enter(load, new)
        except ExchangeError:
            added, refused = self._one_by_one(load, new)
        for key, error in refused.items():
            self.tell(f"{key} is left out: {error}")
        return added

    def _one_by_one(
        self, load: Callable[[list], int], new: dict[str, dict]
    ) -> tuple[int, dict[str, ExchangeError]]:
        """How many rows came in, and why which did not."""
        added = 0
        refused: dict[str, ExchangeError] = {}
        for key, said in new.items():
            try:
                added += self._enter(load, {key: said})
            except ExchangeError as error:
                refused[key] = error
        if len(refused) in (0, len(new)):
            return added, refused
        more, refused = self._one_by_one(load, {key: new[key] for key in refused})
        return added + more, refused

    def _enter(self, load: Callable[[list], int], items: dict[str, dict]) -> int:
        """All of `items`, or none of them."""
        if not items:
            return 0
        with transaction.atomic():
            rows = load([*items.values()])
        self.known.update(items)
        self.added.extend(items)
        return rows

    def write(self) -> None:
        StarterItem.objects.bulk_create([StarterItem(key=key) for key in self.added])


def _load_skills(ledger: _Ledger, skills: list[dict]) -> int:
    """Skills first, then what relates them, since each may name any other.

    A relation is new as long as one of its ends is; to a skill that is left out it waits for that.
    """
    before = {*ledger.known}
    bare = [{**one, "related": []} for one in skills]
    added = ledger.load(exchange.load_skills, _by_slug("skills", bare))
    here = {one["slug"] for one in skills if f"skills/{one['slug']}" in ledger.known}
    new = {slug for slug in here if f"skills/{slug}" not in before}
    for one in skills:
        ends = {slug for slug in one["related"] if slug in here and {slug, one["slug"]} & new}
        if one["slug"] in here and ends:
            exchange.relate_skills([{"slug": one["slug"], "related": sorted(ends)}])
    return added


def _load_frameworks(said: list[dict]) -> int:
    return sum(exchange.load_framework(one) for one in said)


def _load_crosswalks(said: list[dict]) -> int:
    return sum(exchange.load_crosswalk(one) for one in said)


def _by_slug(kind: str, items: list[dict]) -> dict[str, dict]:
    return {f"{kind}/{one['slug']}": one for one in items}


def _by_url(rows: list[dict]) -> dict[str, dict]:
    return {f"resources/{row['url']}": row for row in rows}


def _with_positions(questions: list[dict]) -> list[dict]:
    """Each with where it stands, which one alone wouldn't tell."""
    return [{**one, "position": position} for position, one in enumerate(questions, start=1)]


def _frameworks() -> list[dict]:
    return [_json(path) for path in _files(CATALOGUE / "frameworks")]


def _relations() -> dict[str, dict]:
    """Every row of every crosswalk, as a crosswalk of its own."""
    return {
        f"crosswalks/{said['source']}:{one['source']} {said['target']}:{one['target']}": {
            **said,
            "relations": [one],
        }
        for said in map(_json, _files(CATALOGUE / "crosswalks"))
        for one in said["relations"]
    }


def _answers(ledger: _Ledger, questions: list[dict]) -> dict[str, dict]:
    """Every pathway that answers a question, where neither was left out."""
    return {
        f"answers/{said['slug']} {slug}": {
            "slug": said["slug"],
            "pathways": [slug],
            "position": position,
        }
        for said in questions
        for position, slug in enumerate(said.get("pathways", []), start=1)
        if {f"questions/{said['slug']}", f"pathways/{slug}"} <= ledger.known
    }


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
