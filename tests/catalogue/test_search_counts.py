"""Searching and its facets, held against a count by hand over every resource of a small catalogue."""

import random
from dataclasses import replace
from typing import Any

import pytest

from catalogue import index, tallies
from catalogue.models import LinkHealth, Resource, Skill
from catalogue.search import PAGE_SIZE, ResourceQuery, search
from catalogue.search.query import Curated, Match, Time
from catalogue.tallies import places
from catalogue.vocabularies import Access, Cost, LinkState, Proficiency, ResourceType
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db

# What an address may hold and nobody knows: it is left out.
UNKNOWN = {"a-draft", "nobody-has-this", "nonsense"}
LEVELS = ["", *Proficiency.values]
KNOWN = {
    "type": ResourceType.values[:3],
    "proficiency": Proficiency.values,
    "time": Time.values,
    "cost": Cost.values,
    "access": Access.values,
    "curated": Curated.values,
    "link": LinkState.values,
    "language": ["en", "cy", "fr"],
    "skill": ["skill-a", "skill-b", "skill-c", "skill-d", "a-draft", "nobody-has-this"],
    "competence": ["f-1.0:1", "f-1.0:1.1", "f-1.0:1.2", "f-1.0:2", "g-1.0:1", "nonsense"],
    "provider": ["one-body", "other-body"],
    "tag": ["red", "green", "blue"],
}


def make_catalogue(dice: random.Random, number: int) -> None:
    frameworks = [FrameworkFactory(family=family, version="1.0") for family in "fg"]
    area, other = (CompetenceFactory(framework=frameworks[0], code=code) for code in "12")
    competences = [
        *(CompetenceFactory(framework=frameworks[0], parent=area, code=c) for c in ("1.1", "1.2")),
        *(other, CompetenceFactory(framework=frameworks[1], code="1")),
    ]
    skills = [
        SkillFactory(title=f"Skill {name}", competences=dice.sample(competences, n))
        for n, name in enumerate("abcd")
    ]
    skills.append(SkillFactory(title="A draft", published=False, competences=competences[:1]))
    bodies = [OrganisationFactory(name=name) for name in ("One body", "Other body")]
    tags = [TagFactory(name=name) for name in ("red", "green", "blue")]
    for n in range(number):
        taught = {(dice.choice(skills), dice.choice(LEVELS[1:])) for _ in range(dice.randint(0, 3))}
        resource = ResourceFactory(
            title=dice.choice(["Maps", "Data", "Maps of data"]) + f" {n}",
            published=dice.random() < 0.9,
            resource_type=dice.choice(KNOWN["type"]),
            proficiency=dice.choice(LEVELS),
            duration_minutes=dice.choice([None, 10, 11, 20, 60, 240, 241]),
            cost=dice.choice(KNOWN["cost"]),
            access=dice.sample(KNOWN["access"], dice.randint(0, 2)),
            languages=dice.sample(KNOWN["language"], dice.randint(1, 2)),
            provider=dice.choice([None, *bodies]),
            skills=sorted(taught, key=str),
            tags=dice.sample(tags, dice.randint(0, 3)),
            link=dice.choice(["", *KNOWN["link"][1:]]),
        )
        if dice.random() < 0.3:
            ResourceCompetenceFactory(
                resource=resource,
                competence=dice.choice([area, *competences]),
                proficiency=dice.choice(LEVELS),
            )
    Resource.objects.filter(pk__in=[row.pk for row in Resource.objects.all()[::4]]).update(
        pathway_count=1
    )


def facts_of(resource: Resource) -> dict[str, Any]:
    """What is true of a resource, read row by row. Skills and competences come with proficiencies."""
    skills = [link for link in resource.skill_links.all() if link.skill.status == "published"]
    competences = {
        (competence, link.proficiency)
        for link in skills
        for competence in link.skill.competences.all()
    } | {(link.competence, link.proficiency) for link in resource.competence_links.all()}
    minutes = resource.duration_minutes
    link = getattr(resource, "link", None)
    return {
        "type": {resource.resource_type},
        "proficiency": {resource.proficiency},
        "time": set()
        if minutes is None
        else {"more"}
        if minutes > 240
        else {time for time in ("10", "20", "60", "240") if minutes <= int(time)},
        "cost": {resource.cost},
        "access": set(resource.access),
        "curated": {"yes" if resource.pathway_count else "no"},
        "link": {link.state if link else "unchecked"},
        "language": set(resource.languages),
        "skill": {(link.skill.slug, link.proficiency) for link in skills},
        "competence": {(one.key, level) for one, level in competences}
        | {(one.parent.key, level) for one, level in competences if one.parent},
        "provider": {resource.provider.slug} if resource.provider else set(),
        "tag": {tag.slug for tag in resource.tags.all()},
        "words": resource.title.lower(),
    }


def with_words(query: ResourceQuery, every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that have every word, where a page of all has; else those that have any."""
    words = query.q.split()
    whole = [facts for facts in every if all(word in facts["words"] for word in words)]
    if len(whole) >= PAGE_SIZE:
        return whole
    return [facts for facts in every if not words or any(word in facts["words"] for word in words)]


def fits(facts: dict[str, Any], query: ResourceQuery) -> bool:
    linked = query.skill or query.competence
    for name in KNOWN:
        wanted = query.chosen(name)
        if not wanted or (name == "proficiency" and linked):
            continue
        has = facts[name]
        if name in ("skill", "competence"):
            levels = query.proficiency or LEVELS
            has = {value for value, level in has if level in levels}
        found = [value in has for value in wanted]
        if not (all(found) if query.wants_all(name) else any(found)):
            return False
    return True


def some_query(dice: random.Random) -> ResourceQuery:
    asked: dict[str, Any] = {"match": dice.choice(Match.values)}
    for name in dice.sample(list(KNOWN), dice.randint(0, 3)):
        if name in ("time", "curated"):
            asked[name] = dice.choice(KNOWN[name])
        else:
            asked[name] = tuple(dice.sample(KNOWN[name], dice.randint(1, 2)))
    if dice.random() < 0.3:
        asked["proficiency"] = (dice.choice(Proficiency.values),)
    if dice.random() < 0.3:
        asked["q"] = dice.choice(["maps", "data", "maps data"])
    return ResourceQuery(**asked)


def sensible(query: ResourceQuery) -> ResourceQuery:
    """The query without what nobody knows."""
    return replace(
        query,
        skill=tuple(value for value in query.skill if value not in UNKNOWN),
        competence=tuple(value for value in query.competence if value not in UNKNOWN),
    )


def edit(dice: random.Random) -> None:
    """Changes some resources, one way or another."""
    for row in dice.sample([*Resource.objects.all()], 3):
        change = dice.choice(["facts", "skill", "tag", "link", "title", "state", "new"])
        if change == "facts":
            row.resource_type = dice.choice(KNOWN["type"])
            row.languages = dice.sample(KNOWN["language"], 1)
        elif change == "title":
            row.title = dice.choice(["Maps", "Data", "Maps of data"]) + f" {row.pk}"
        elif change == "state":
            turn = {"draft": row.publish, "published": row.withdraw, "withdrawn": row.restore}
            turn[row.status](by=None, **({"reason": "Old."} if row.status == "published" else {}))
            continue
        elif change == "skill":
            row.skill_links.all().delete()
            row.skill_links.create(skill=dice.choice(Skill.objects.all()), proficiency="basic")
        elif change == "tag":
            row.tags.set(dice.sample(KNOWN["tag"], dice.randint(0, 2)))
        elif change == "link":
            LinkHealth.objects.filter(pk=row.pk).update(state=dice.choice(KNOWN["link"][1:]))
        else:
            ResourceFactory(title=f"Maps {row.pk}", tags=["red"], languages=["fr"])
        row.save()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("chunk", [4, places.CHUNK])
def test_totals_and_every_count_are_what_a_count_by_hand_says(
    seed: int, chunk: int, monkeypatch: pytest.MonkeyPatch
):
    """A count says how many resources there would be with its value as the only one of the facet,
    or beside those that are chosen, where all are asked for.

    Six times 170 queries, whatever of the resources is in chunks and what has changed since.
    """
    monkeypatch.setattr(places, "CHUNK", chunk)
    dice = random.Random(seed)
    make_catalogue(dice, 30)
    counted = None

    for number in range(170):
        if number % 17 == 0:
            if number:
                edit(dice)
            for chunk_number in index.chunks_to_make():
                if dice.random() < 0.3:
                    index.settle(chunk_number)
            counted = tallies.count(counted)
            every = [facts_of(row) for row in Resource.objects.published()]
        query = some_query(dice)
        results, query = search(query, counted=counted), sensible(query)

        among = with_words(query, every)
        assert results.total == sum(fits(facts, query) for facts in among), query
        assert len(results.resources) == min(results.total, PAGE_SIZE), query
        for facet in results.facets:
            for value in facet.values:
                asked = value.value
                if facet.name not in ("time", "curated"):
                    beside = query.chosen(facet.name) if query.wants_all(facet.name) else ()
                    asked = tuple(dict.fromkeys([*beside, value.value]))
                alone = replace(query, **{facet.name: asked})
                by_hand = sum(fits(facts, alone) for facts in among)
                assert value.count == by_hand, (query, facet.name, value.value)


@pytest.mark.parametrize("seed", range(3))
def test_no_value_that_would_leave_something_is_kept_back_while_there_is_room(seed: int):
    dice = random.Random(seed)
    make_catalogue(dice, 30)
    every = [facts_of(row) for row in Resource.objects.published()]

    for _ in range(20):
        query = some_query(dice)
        facets, query = search(query).facets, sensible(query)
        among = with_words(query, every)
        for facet in facets:
            shown = {value.value for value in facet.values}
            for value in KNOWN[facet.name]:
                chosen = query.chosen(facet.name) if query.wants_all(facet.name) else ()
                asked = value if facet.name in ("time", "curated") else (*chosen, value)
                leaves = any(fits(facts, replace(query, **{facet.name: asked})) for facts in among)
                elsewhere = facet.name == "competence" and not any(
                    other.split(":")[0] == value.split(":")[0] for other in shown
                )
                assert value in shown or not leaves or elsewhere, (query, facet.name, value)


def test_the_quick_way_to_an_address_says_what_the_plain_one_says():
    dice = random.Random(5)

    for _ in range(50):
        query = replace(some_query(dice), page=dice.choice([1, 3]), sort=dice.choice(["", "title"]))
        for name, values in KNOWN.items():
            for value in values:
                assert query.toggling(name, value) == query.toggled(name, value).address
