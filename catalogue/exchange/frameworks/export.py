"""Writes a framework as Waymark's own JSON, which `waymark.read` takes back as it was."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from catalogue.exchange.frameworks import waymark
from catalogue.models import Crosswalk, Framework, Statement


def exported(framework: Framework) -> dict[str, Any]:
    """The framework with its trees, statements and the crosswalk that leads from it. Five queries."""
    said = {"uid": str(framework.uid), **_fields(framework, waymark.FRAMEWORK)}
    said["position"] = framework.position
    if framework.date_published:
        said["published"] = framework.date_published
    levels = list(framework.levels.order_by("position", "pk"))
    codes = {level.pk: level.code for level in levels}
    statements = _statements(framework, codes)
    said["levels"] = _tree(levels, "levels", lambda level: _level(level))
    said["competences"] = _tree(
        framework.competences.order_by("position", "code", "pk"),
        "competences",
        lambda row: {
            **_part(row, waymark.COMPETENCE),
            **({"statements": statements[row.pk]} if row.pk in statements else {}),
        },
    )
    if crosswalk := _crosswalk(framework):
        said["crosswalk"] = crosswalk
    return said


def _fields(row: Model, names: Iterable[str]) -> dict[str, str]:
    return {name: value for name in names if (value := getattr(row, name))}


def _part(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {"code": row.code, "uid": str(row.uid), **_fields(row, names)}


def _level(level: Model) -> dict[str, Any]:
    return {**_part(level, waymark.LEVEL), **_fields(level, ["proficiency"])}


def _statements(framework: Framework, levels: dict[int, str]) -> dict[int, list[dict]]:
    """By the key of their competence."""
    found: dict[int, list[dict]] = defaultdict(list)
    rows = Statement.objects.filter(competence__framework=framework)
    for row in rows.order_by("position", "code", "pk"):
        said = _part(row, waymark.STATEMENT)
        if row.level_id:
            said["level"] = levels[row.level_id]
        found[row.competence_id].append(said)
    return found


def _tree(rows: Iterable[Model], name: str, said_of: Any) -> list[dict]:
    """`rows` as objects, each with those that stand under it as a list called `name`."""
    rows = list(rows)
    said = {row.pk: said_of(row) for row in rows}
    roots = []
    for row in rows:
        above = said[row.parent_id].setdefault(name, []) if row.parent_id else roots
        above.append(said[row.pk])
    return roots


def _crosswalk(framework: Framework) -> list[dict]:
    rows = Crosswalk.objects.filter(source__framework=framework)
    rows = rows.select_related("source", "target__framework")
    return [
        {
            "source": row.source.code,
            "relation": row.relation,
            "target": row.target.key,
            **_fields(row, waymark.CROSSWALK),
        }
        for row in rows.order_by("source__position", "source__code", "pk")
    ]
