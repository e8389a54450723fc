"""What a resource teaches of each competency framework."""

from dataclasses import dataclass

from catalogue.models import Competence, Framework, Resource
from catalogue.vocabularies import Proficiency

ORDER = {level: place for place, level in enumerate(Proficiency.values)}


@dataclass(frozen=True)
class Taught:
    """A competence, and the proficiencies it is taught at, the lowest first; none where unstated."""

    competence: Competence
    levels: list[str]


def taught_by_framework(resource: Resource) -> list[tuple[Framework, list[Taught]]]:
    """Competences of a resource, direct or through a skill, each once; as frameworks stand.

    `resource` as Resource.with_details() gives it: no query.
    """
    links = [(link.competence, link.proficiency) for link in resource.competence_links.all()]
    for link in resource.skill_links.all():
        links += [(competence, link.proficiency) for competence in link.skill.competences.all()]
    levels: dict[Competence, set[str]] = {}
    for competence, level in links:
        levels.setdefault(competence, set()).add(level)
    found: dict[Framework, list[Taught]] = {}
    for competence in sorted(levels, key=_place):
        known = sorted(levels[competence] - {""}, key=ORDER.__getitem__)
        found.setdefault(competence.framework, []).append(Taught(competence, known))
    return list(found.items())


def _place(competence: Competence) -> tuple:
    """Frameworks as they are arranged, and the competences of each by their codes' numbers."""
    framework = competence.framework
    numbers = [int(part) if part.isdecimal() else 0 for part in competence.code.split(".")]
    return framework.position, framework.sort_key, numbers, competence.code
