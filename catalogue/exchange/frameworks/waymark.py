"""Waymark's own JSON: of the starter files, of exports, and of whoever writes one by hand."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from catalogue.exchange.errors import ExchangeError
from catalogue.exchange.frameworks.told import (
    Part,
    Relation,
    Told,
    line_of,
    objects,
    text,
    texts,
    uuid_in,
)
from catalogue.exchange.report import Report

FRAMEWORK = (
    "slug family version title title_cy full_title full_title_cy description description_cy "
    "publisher url licence attribution"
).split()
LEVEL = "title title_cy description description_cy".split()
COMPETENCE = "title title_cy short_title short_title_cy description description_cy".split()
STATEMENT = "kind facet ai_label text text_cy".split()
CROSSWALK = "note note_cy".split()


def is_waymark(said: Any) -> bool:
    return isinstance(said, dict) and "slug" in said and "competences" in said


def read(said: Any, report: Report) -> Told:
    """The framework of a file. Raises ExchangeError where nothing of it can come in."""
    values: dict[str, Any] = texts(said, FRAMEWORK)
    for key in ("slug", "family", "version", "title"):
        if not values.get(key):
            raise ExchangeError(_("The framework has no “%(key)s”.") % {"key": key})
    if date := text(said, "published") or text(said, "date_published"):
        values["date_published"] = date
    if isinstance(said.get("position"), int):
        values["position"] = said["position"]
    told = Told(line_of(said), values, uid=uuid_in(said.get("uid")))
    _read_levels(said, told, report)
    _read_competences(said, told, report)
    for one in _dicts(said, "crosswalk", report):
        told.relations.append(
            Relation(
                line_of(one),
                text(one, "source"),
                text(one, "relation"),
                text(one, "target"),
                texts(one, CROSSWALK),
            )
        )
    return told


def _read_levels(said: Any, told: Told, report: Report) -> None:
    proficiencies = {"": ""}
    for one, key, above, position in _tree(said, "levels", report):
        # A level inside a band maps onto what its band does, unless it says otherwise.
        proficiencies[key] = text(one, "proficiency") or proficiencies[above]
        values = {**texts(one, LEVEL), "proficiency": proficiencies[key], "position": position}
        told.levels.append(_part(one, key, above, values))


def _read_competences(said: Any, told: Told, report: Report) -> None:
    for one, key, above, position in _tree(said, "competences", report):
        values = {**texts(one, COMPETENCE), "position": position}
        told.competences.append(_part(one, key, above, values))
        for number, statement in enumerate(_dicts(one, "statements", report), start=1):
            values = {**texts(statement, STATEMENT), "position": number}
            made = _part(statement, f"{key}.{number}", key, values)
            made.level = text(statement, "level")
            told.statements.append(made)


def _part(said: Any, key: str, above: str, values: dict[str, Any]) -> Part:
    uid = uuid_in(said.get("uid"))
    return Part(line_of(said), key, text(said, "code"), values, above, uid=uid)


def _tree(said: Any, name: str, report: Report) -> Iterator[tuple[dict, str, str, int]]:
    """Every object below `said`, parents first: (object, key, key of its parent, position)."""
    open_ends = deque([(said, "")])
    while open_ends:
        above, key_above = open_ends.popleft()
        for position, one in enumerate(_dicts(above, name, report), start=1):
            key = f"{key_above}.{position}" if key_above else f"{position}"
            yield one, key, key_above, position
            open_ends.append((one, key))


def _dicts(said: Any, key: str, report: Report) -> list[dict]:
    """The objects under `key` whose texts can be read; the others are rejected."""
    good = []
    for one in objects(said, key):
        try:
            if not isinstance(one, dict):
                raise ExchangeError(_("This is no object."))
            texts(
                one, {*LEVEL, *COMPETENCE, *STATEMENT, *CROSSWALK, "code", "level", "proficiency"}
            )
            texts(one, ("source", "relation", "target"))
            for inner in ("levels", "competences", "statements"):
                objects(one, inner)
        except ExchangeError as error:
            value = str(one.get("code", "")) if isinstance(one, dict) else str(one)
            report.reject(line_of(one), value, str(error))
        else:
            good.append(one)
    return good
