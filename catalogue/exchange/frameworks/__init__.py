"""Frameworks and crosswalks from Waymark's own JSON (docs/model.md describes the keys)."""

from typing import Any, BinaryIO

from django.db import transaction

from catalogue.exchange.documents import read_json
from catalogue.exchange.finding import competences_by_key, find
from catalogue.exchange.report import Report
from catalogue.exchange.storing import publish, store
from catalogue.exchange.transactions import dry_run as trying
from catalogue.models import Competence, Crosswalk, Framework, Level

FIELDS = (
    "slug family version title full_title description publisher date_published url licence "
    "attribution position"
).split()


@transaction.atomic
def load_framework(said: dict[str, Any], *, public: bool = True, by: Any = None) -> int:
    """A framework with its levels and competences; a version that is here already is left alone."""
    if Framework.objects.filter(slug=said["slug"]).exists():
        return 0
    said = {"date_published": said.get("published", ""), **said}
    framework = Framework(**{name: said[name] for name in FIELDS if name in said})
    store(framework)
    _load_levels(framework, said.get("levels", []), parent=None)
    _load_competences(framework, said["competences"], parent=None)
    if public:
        publish(framework, by=by)
    return 1


def _load_levels(framework: Framework, levels: list[dict], *, parent: Level | None) -> None:
    for position, said in enumerate(levels, start=1):
        level = Level(
            framework=framework,
            parent=parent,
            position=position,
            code=said["code"],
            title=said["title"],
            description=said.get("description", ""),
            # A level inside a band maps onto what its band does, unless it says otherwise.
            proficiency=said.get("proficiency") or (parent.proficiency if parent else ""),
        )
        store(level)
        _load_levels(framework, said.get("levels", []), parent=level)


def _load_competences(
    framework: Framework, competences: list[dict], *, parent: Competence | None
) -> None:
    for position, said in enumerate(competences, start=1):
        competence = Competence(
            framework=framework,
            parent=parent,
            position=position,
            **{
                name: said.get(name, "") for name in ("code", "title", "short_title", "description")
            },
        )
        for name in ("title", "short_title", "description"):
            if welsh := said.get(f"{name}_cy"):
                setattr(competence, f"{name}_cy", welsh)
        store(competence)
        _load_competences(framework, said.get("competences", []), parent=competence)


@transaction.atomic
def load_crosswalk(said: dict[str, Any]) -> int:
    """Relations between two frameworks; a pair that is related already is left alone."""
    known = competences_by_key()
    here = set(Crosswalk.objects.values_list("source", "target"))
    added = 0
    for one in said["relations"]:
        source = find(known, f"{said['source']}:{one['source']}", "competence")
        target = find(known, f"{said['target']}:{one['target']}", "competence")
        if (source.pk, target.pk) in here:
            continue
        row = Crosswalk(
            source=source, target=target, relation=one["relation"], note=one.get("note", "")
        )
        store(row)
        added += 1
    return added


def import_framework(
    file: BinaryIO,
    name: str,
    *,
    report: Report,
    update: bool = False,
    publish: bool = False,
    dry_run: bool = False,
    by: Any = None,
) -> None:
    """Brings in one framework from Waymark's own JSON."""
    said = read_json(file)
    with trying(dry_run), transaction.atomic():
        if load_framework(said, public=publish, by=by):
            report.added += 1
        else:
            report.unchanged += 1
