"""What stands near a skill or a resource: resources at each level, and resources alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from pyroaring import BitMap

from catalogue.chosen import Chosen, chosen_together
from catalogue.identity import find_public
from catalogue.keeping import kept
from catalogue.models import Resource, Skill, SkillStatement
from catalogue.models.skills import Around
from catalogue.tallies import Tallies, tallies, with_counts
from catalogue.tallies.sets import NOBODY
from catalogue.vocabularies import Proficiency


@dataclass(frozen=True)
class SkillLevel:
    """A skill at one proficiency, as its page shows it; `proficiency` "" is for those that say none."""

    proficiency: str
    statement: SkillStatement | None
    resources: Chosen[Resource]
    total: int
    # Whether some of them take 20 minutes or less.
    has_quick: bool


def skill_at(slug: str) -> tuple[Skill, Around]:
    """The public skill at `slug` with `resource_count`, and what stands around it. Three queries, none
    where it is kept. Raises as `find_public` does."""
    return kept(("skill", slug), lambda: _skill(slug))


def _skill(slug: str) -> tuple[Skill, Around]:
    skill = find_public(Skill.objects.for_detail(), slug)
    with_counts([skill], "skill")
    return skill, skill.around()


def levels_of(
    skill: Skill, statements: Iterable[SkillStatement], counted: Tallies, *, each: int
) -> list[SkillLevel]:
    """The four proficiencies of `skill`, each with its first `each` resources, those on pathways
    before others. One query, where their cards are not kept.

    A fifth holds resources that name no proficiency, where there are any.
    """
    curated, quick = counted.having("curated", "yes"), counted.having("time", "20")
    levels = (*Proficiency.values, "")
    found = {level: counted.having("skill", skill.slug, (level,)) for level in levels}
    first: dict[str, list[int]] = {}
    for level, own in found.items():
        ways = (
            counted.in_order("title", (own & curated) - counted.gone),
            counted.in_order("title", own - (curated - counted.gone)),
        )
        first[level] = list(islice(chain(*ways), each))
    resources = chosen_together(
        [*first.values()], Resource.objects.published().with_facts().in_order_of
    )
    said = {statement.proficiency: statement for statement in statements}
    return [
        SkillLevel(
            proficiency=level,
            statement=said.get(level),
            resources=shown,
            total=len(found[level]),
            has_quick=found[level].intersect(quick),
        )
        for level, shown in zip(first, resources, strict=True)
        if level or shown
    ]


def related_to(resource: Resource, *, number: int) -> Chosen[Resource]:
    """Published resources that share skills with `resource`, and are there: the most shared first, of
    those the newest. Seven queries at most; none where it is kept."""
    keys = kept(("related", resource.pk), lambda: tuple(_related(resource.with_details(), number)))
    return Chosen(keys, Resource.objects.published().with_facts().in_order_of)


def _related(resource: Resource, number: int) -> list[int]:
    counted = tallies()
    others = counted.every - counted.gone - BitMap([resource.pk])
    # At place n, those that share more than n skills.
    sharing: list[BitMap] = []
    for slug in {link.skill.slug for link in resource.skill_links.all()}:
        own = counted.having("skill", slug) & others
        more = [sharers & own for sharers in sharing]
        sharing = [a | b for a, b in zip([*sharing, NOBODY], [own, *more], strict=True)]
    found: list[int] = []
    more = NOBODY
    for sharers in reversed(sharing):
        newest = counted.in_order("newest", sharers - more)
        found += islice(newest, number - len(found))
        more = sharers
    return found
