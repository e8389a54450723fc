"""Competences as pages lay them out: areas with their competences, and the skills under each."""

from dataclasses import dataclass, field

from catalogue.coverage import resource_counts
from catalogue.models import Competence, Framework, Skill, SkillCompetence


@dataclass
class Place:
    """A competence on a page: how many resources teach it, and the skills that realise it."""

    competence: Competence
    count: int = 0
    skills: list[Skill] = field(default_factory=list)


@dataclass
class Area:
    """An area with its places. An area without competences of its own is its own only place."""

    competence: Competence
    places: list[Place] = field(default_factory=list)

    @property
    def is_one_place(self) -> bool:
        """Whether it has no competences of its own."""
        return [place.competence for place in self.places] == [self.competence]

    def as_place(self) -> Place:
        """The whole of it in one: a resource that teaches several of its competences counts for each."""
        return Place(self.competence, sum(place.count for place in self.places))


def areas_of(framework: Framework) -> list[Area]:
    """The tree of `framework` with counts of resources. Two queries."""
    rows = list(framework.competences.in_order())
    counts = resource_counts(framework)
    for row in rows:
        row.framework = framework
    below: dict[int | None, list[Competence]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return [
        Area(root, [Place(row, counts.get(row.pk, 0)) for row in _under(root, below) or [root]])
        for root in below.get(None, [])
    ]


def _under(row: Competence, below: dict[int | None, list[Competence]]) -> list[Competence]:
    """All below `row`, however deep, each before what is below it."""
    return [one for child in below.get(row.pk, []) for one in (child, *_under(child, below))]


def skills_by_area(framework: Framework, skills: list[Skill]) -> tuple[list[Area], list[Skill]]:
    """The areas of `framework` with `skills` in place, and the skills that have none. Three queries.

    A skill that realises several competences stands under each.
    """
    areas = areas_of(framework)
    by_pk = {skill.pk: skill for skill in skills}
    links = SkillCompetence.objects.filter(competence__framework=framework, skill__in=by_pk)
    under: dict[int, set[int]] = {}
    for competence, skill in links.values_list("competence_id", "skill_id"):
        under.setdefault(competence, set()).add(skill)
    placed: set[int] = set()
    for area in areas:
        for place in area.places:
            own = under.get(place.competence.pk, set())
            placed |= own
            place.skills = [skill for pk, skill in by_pk.items() if pk in own]
    return areas, [skill for pk, skill in by_pk.items() if pk not in placed]
