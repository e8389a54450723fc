"""What resources say, column by column, as the cells of a sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from catalogue.exchange.resources.cleaning import FIELD, Row
from catalogue.exchange.resources.columns import COLUMNS as IMPORTED
from catalogue.exchange.resources.columns import MANY
from catalogue.exchange.sheets.cells import digest
from catalogue.models import (
    Competence,
    Resource,
    ResourceCompetence,
    ResourceSkill,
    ResourceTag,
    Skill,
)

# What can be changed in a sheet, and all that stands in one.
MENDED = (*IMPORTED, "status")
COLUMNS = ("uid", *MENDED, "modified", "seen")

# A cell's value: one text, or several.
Value = str | list[str]
# Those that have no order.
SETS = ("access", "skills", "competences", "tags")
LINKED = ("skills", "competences", "tags")
PLAIN = tuple(name for name in IMPORTED if name not in (*LINKED, "provider"))


@dataclass(slots=True)
class Facts:
    """A resource as it is now: `values` by the columns of MENDED."""

    pk: int
    uid: UUID
    modified: datetime
    values: dict[str, Value]

    def text(self, column: str) -> str:
        return text_of(self.values[column])

    def stamp(self) -> str:
        """When it was changed last, as a sheet has it."""
        return self.modified.isoformat()

    def seen(self) -> str:
        """A digest for each column of MENDED: what the cells said when the sheet went out."""
        return ".".join(digest(self.text(column)) for column in MENDED)


def text_of(value: Value) -> str:
    return value if isinstance(value, str) else ";".join(value)


class Names:
    """What skills and competences are called in a sheet, by their ids."""

    def __init__(self) -> None:
        self.skills = dict(Skill.objects.values_list("pk", "slug"))
        rows = Competence.objects.values_list("pk", "framework__slug", "code")
        self.competences = {pk: f"{slug}:{code}" for pk, slug, code in rows}

    def of_skills(self, links: Iterable[tuple[int, str]]) -> list[str]:
        return sorted(_at(self.skills[pk], level) for pk, level in links)

    def of_competences(self, links: Iterable[tuple[int, str]]) -> list[str]:
        return sorted(_at(self.competences[pk], level) for pk, level in links)

    def value(self, row: Row, column: str) -> Value | None:
        """What a clean row says in a column; None where it says nothing there."""
        if column == "skills":
            return self.of_skills(row.skills) or None
        if column == "competences":
            return self.of_competences(row.competences) or None
        if column == "tags":
            return sorted(row.tags, key=str.casefold) or None
        if column in ("url", "title", "provider"):
            return getattr(row, column) or None
        said = row.fields.get(FIELD.get(column, column))
        return said if said is None or isinstance(said, list) else str(said)


def _at(name: str, level: str) -> str:
    return f"{name}@{level}" if level else name


def facts_of(pks: list[int], names: Names) -> list[Facts]:
    """The facts of the resources `pks`, in their order: those that there are. Four queries."""
    fields = [FIELD.get(column, column) for column in PLAIN]
    rows = Resource.objects.filter(pk__in=pks).values(
        "pk", "uid", "modified", "status", "provider__name", *fields
    )
    found = {row["pk"]: _facts(row) for row in rows}
    skills = _pairs(ResourceSkill, "resource_id", pks, "skill_id", "proficiency")
    competences = _pairs(ResourceCompetence, "resource_id", pks, "competence_id", "proficiency")
    tags = _pairs(ResourceTag, "content_object_id", pks, "tag__name")
    for pk, facts in found.items():
        facts.values["skills"] = names.of_skills(skills.get(pk, ()))
        facts.values["competences"] = names.of_competences(competences.get(pk, ()))
        facts.values["tags"] = sorted((name for (name,) in tags.get(pk, ())), key=str.casefold)
    return [found[pk] for pk in pks if pk in found]


def _facts(row: dict[str, Any]) -> Facts:
    values: dict[str, Value] = {
        "status": row["status"],
        "provider": row["provider__name"] or "",
    }
    for column in PLAIN:
        said = row[FIELD.get(column, column)]
        if column in MANY:
            values[column] = list(said)
        else:
            values[column] = "" if said is None else str(said)
    return Facts(row["pk"], row["uid"], row["modified"], values)


def _pairs(model: Any, owner: str, pks: list[int], *names: str) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = {}
    for pk, *said in model.objects.filter(**{f"{owner}__in": pks}).values_list(owner, *names):
        found.setdefault(pk, []).append(tuple(said))
    return found
