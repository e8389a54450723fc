"""What stands near a skill or a resource: resources at each level, and resources alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from catalogue.models import Resource, Skill, SkillStatement
from catalogue.tallies import Tallies, tallies
from catalogue.tallies.sets import set_of
from catalogue.vocabularies import Proficiency


@dataclass(frozen=True)
class SkillLevel:
    """A skill at one proficiency, as its page shows it; `proficiency` "" is for those that say none."""

    proficiency: str
    statement: SkillStatement | None
    resources: list[Resource]
    total: int


def levels_of(
    skill: Skill, statements: Iterable[SkillStatement], counted: Tallies, *, each: int
) -> list[SkillLevel]:
    """The four proficiencies of `skill`, each with its first `each` resources, those on pathways
    before others. Two queries.

    A fifth holds resources that name no proficiency, where there are any.
    """
    curated = counted.having("curated", "yes")
    first: dict[str, list[int]] = {}
    for level in (*Proficiency.values, ""):
        found = counted.having("skill", skill.slug, (level,))
        ways = (
            counted.in_order("title", found & curated),
            counted.in_order("title", found & ~curated),
        )
        first[level] = list(islice(chain(*ways), each))
    shown = [pk for pks in first.values() for pk in pks]
    rows = {row.pk: row for row in Resource.objects.published().with_facts().in_order_of(shown)}
    said = {statement.proficiency: statement for statement in statements}
    return [
        SkillLevel(
            proficiency=level,
            statement=said.get(level),
            resources=[rows[pk] for pk in pks if pk in rows],
            total=counted.having("skill", skill.slug, (level,)).bit_count(),
        )
        for level, pks in first.items()
        if level or pks
    ]


def related_to(resource: Resource, *, number: int) -> list[Resource]:
    """Published resources that share skills with `resource`: the most shared first, of those the
    newest. Two queries, one more after an edit.

    `resource` with its `skill_links`, as for_detail() gives them.
    """
    counted = tallies()
    others = counted.every & ~set_of(counted.places([resource.pk]))
    # At place n, those that share more than n skills.
    sharing: list[int] = []
    for slug in {link.skill.slug for link in resource.skill_links.all()}:
        own = counted.having("skill", slug) & others
        more = [more & own for more in sharing]
        sharing = [a | b for a, b in zip([*sharing, 0], [own, *more], strict=True)]
    found: list[int] = []
    more = 0
    for sharers in reversed(sharing):
        newest = counted.in_order("newest", sharers & ~more)
        found += islice(newest, number - len(found))
        more = sharers
    return Resource.objects.published().with_facts().in_order_of(found)
