"""Competences as pages lay them out: areas with their competences, and the skills under each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalogue.models import Competence, Framework, Role, Skill, SkillCompetence
from catalogue.tallies import Tallies, tallies
from catalogue.vocabularies import Sector


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
    # Each resource once, in however many of its competences it is.
    count: int = 0

    @property
    def is_one_place(self) -> bool:
        """Whether it has no competences of its own."""
        return [place.competence for place in self.places] == [self.competence]

    def as_place(self) -> Place:
        """The whole of it in one."""
        return Place(self.competence, self.count)


def areas_of(framework: Framework, counted: Tallies | None = None) -> list[Area]:
    """The tree of `framework` with counts of resources. One query beside the counts."""
    return _arranged(framework, framework.competences.in_order(), counted or tallies())


def main_areas(counted: Tallies) -> tuple[Framework | None, list[Area]]:
    """The framework that pages arrange by, with its areas; None and nothing where there is none that
    has competences. One query."""
    main = Framework.objects.for_listing().values("pk")[:1]
    rows = list(
        Competence.objects.filter(framework__in=main).select_related("framework").in_order()
    )
    framework = rows[0].framework if rows else None
    return framework, _arranged(framework, rows, counted)


def _arranged(
    framework: Framework | None, rows: Iterable[Competence], counted: Tallies
) -> list[Area]:
    """All competences of `framework`, in order, as areas with counts."""
    sizes = counted.sizes("competence")
    below: dict[int | None, list[Competence]] = {}
    for row in rows:
        row.framework = framework
        below.setdefault(row.parent_id, []).append(row)
    return [
        Area(
            root,
            [Place(row, sizes.get(row.key, 0)) for row in under(root, below) or [root]],
            sizes.get(root.key, 0),
        )
        for root in below.get(None, [])
    ]


def under(row: Competence, below: dict[int | None, list[Competence]]) -> list[Competence]:
    """All below `row`, however deep, each before what is below it."""
    return [one for child in below.get(row.pk, []) for one in (child, *under(child, below))]


def skills_by_area(
    framework: Framework, skills: list[Skill], counted: Tallies
) -> tuple[list[Area], list[Skill]]:
    """The areas of `framework` with `skills` in place, and the skills that have none. Two queries.

    A skill that realises several competences stands under each.
    """
    areas = areas_of(framework, counted)
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


def roles_by_sector(roles: Iterable[Role]) -> list[tuple[Sector | None, list[Role]]]:
    """`roles` of each sector alone, then, under None, those of several or of none in particular."""
    groups: dict[Sector | None, list[Role]] = {sector: [] for sector in (*Sector, None)}
    for role in roles:
        own = set(role.sectors)
        groups[Sector(own.pop()) if len(own) == 1 else None].append(role)
    return [(sector, own) for sector, own in groups.items() if own]
