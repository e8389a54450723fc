"""Organisations, skills, names of tags, roles and questions from Waymark's own JSON."""

from typing import Any

from django.db import transaction

from catalogue.addresses import canonical_address
from catalogue.exchange.finding import competences_by_key, find, missing, skills_by_slug
from catalogue.exchange.storing import publish, store
from catalogue.models import (
    Organisation,
    PublicRow,
    Question,
    Resource,
    Role,
    RoleSkill,
    Skill,
    SkillCompetence,
    SkillStatement,
    Tag,
)


def _slugs(model: type[PublicRow]) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))


def _made(model: type[PublicRow], said: dict, names: str, **more: Any) -> Any:
    """A saved row of `model` with those of `names` that the file gives."""
    row = model(**{name: said[name] for name in names.split() if name in said}, **more)
    store(row)
    return row


@transaction.atomic
def load_organisations(said: list[dict]) -> int:
    new = missing(said, _slugs(Organisation))
    for one in new:
        _made(Organisation, one, "slug name summary url is_sector_body")
    return len(new)


@transaction.atomic
def load_skills(said: list[dict], *, by: Any = None) -> int:
    """Skills with statements, competences and related skills, published."""
    known = competences_by_key()
    new = missing(said, _slugs(Skill))
    for one in new:
        skill = _made(Skill, one, "slug title summary description synonyms")
        for key in one.get("competences", []):
            SkillCompetence.objects.create(skill=skill, competence=find(known, key, "competence"))
        for proficiency, text in one.get("statements", {}).items():
            statement = SkillStatement(skill=skill, proficiency=proficiency, text=text)
            store(statement)
        publish(skill, by=by)
    relate_skills(new)
    return len(new)


@transaction.atomic
def relate_skills(said: list[dict]) -> None:
    """Relates skills that are here to those that the file calls `related`."""
    skills = skills_by_slug()
    for one in said:
        related = [find(skills, slug, "skill") for slug in one.get("related", [])]
        find(skills, one["slug"], "skill").related.add(*related)


@transaction.atomic
def name_tags(said: list[dict]) -> int:
    """Gives tags that are here other names, where they have none; answers how many tags."""
    here = {tag.name.lower(): tag for tag in Tag.objects.filter(synonyms=[])}
    named = [one for one in said if one["name"].lower() in here]
    for one in named:
        tag = here[one["name"].lower()]
        tag.synonyms = one["synonyms"]
        store(tag)
    return len(named)


@transaction.atomic
def load_roles(said: list[dict], *, by: Any = None) -> int:
    """Roles with the skills they need, in the file's order, published."""
    skills = skills_by_slug()
    new = missing(said, _slugs(Role))
    for one in new:
        role = _made(
            Role,
            one,
            "slug title summary description sectors",
            is_volunteer=one.get("volunteer", False),
        )
        for position, need in enumerate(one.get("skills", []), start=1):
            link = RoleSkill(
                role=role,
                skill=find(skills, need["skill"], "skill"),
                proficiency=need["proficiency"],
                position=position,
            )
            store(link)
        publish(role, by=by)
    return len(new)


@transaction.atomic
def load_questions(said: list[dict], *, by: Any = None) -> int:
    """Questions with the skills and resources that answer them, in the file's order, published.

    `position` says where one stands among questions of which the file is but a part.
    """
    skills = skills_by_slug()
    keys = {canonical_address(url) for one in said for url in one.get("resources", [])}
    resources = Resource.objects.by_address(keys)
    here = _slugs(Question)
    added = 0
    for position, one in enumerate(said, start=1):
        if one["slug"] in here:
            continue
        question = _made(Question, one, "slug title answer", position=one.get("position", position))
        question.skills.add(*(find(skills, slug, "skill") for slug in one.get("skills", [])))
        question.resources.add(
            *(
                find(resources, canonical_address(url), "resource", said=url)
                for url in one.get("resources", [])
            )
        )
        publish(question, by=by)
        added += 1
    return added
