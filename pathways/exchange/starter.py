"""Pathways from Waymark's own JSON (docs/model.md describes the keys)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.addresses import canonical_address
from catalogue.exchange import ExchangeError, find, find_by_slug, skills_by_slug, store, told_of
from catalogue.models import Organisation, Question, Resource, Role
from curators.models import Curator
from pathways import publication
from pathways.models import (
    Credit,
    Pathway,
    QuestionPathway,
    Revision,
    RevisionRole,
    RevisionSkill,
    Stage,
    Step,
)

WORDS = (
    "title summary introduction audience licence proficiency_from proficiency_to change_summary"
).split()
STEP = "n kind requirement choice title note instructions duration_minutes".split()


def load_pathways(said: list[dict], *, by: Any = None) -> int:
    """Adds and publishes pathways that are not here yet; answers how many.

    A pathway may have another of the list as a step: that one is loaded first.
    """
    here = set(Pathway.objects.values_list("slug", flat=True))
    waiting = {one["slug"]: one for one in said if one["slug"] not in here}
    added = 0
    while waiting:
        ready = [one for one in waiting.values() if not _pathways_of(one) & waiting.keys()]
        if not ready:
            raise ExchangeError(
                _("These pathways lead to one another in a circle: %(slugs)s.")
                % {"slugs": ", ".join(sorted(waiting))}
            )
        for one in ready:
            _load(waiting.pop(one["slug"]), by=by)
            added += 1
    return added


def _pathways_of(said: dict) -> set[str]:
    steps = (step for stage in said["stages"] for step in stage["steps"])
    return {step["pathway"] for step in steps if step.get("pathway")}


@transaction.atomic
def _load(said: dict, *, by: Any) -> Pathway:
    organisation = said.get("organisation")
    pathway = publication.start(
        title=said["title"],
        by=by,
        slug=said["slug"],
        ordered=said.get("ordered", True),
        organisation=organisation and find_by_slug(Organisation, organisation),
    )
    draft = pathway.draft()
    for name in WORDS:
        if name in said:
            setattr(draft, name, said[name] or "")
    draft.outcomes = "\n".join(said.get("outcomes", []))
    store(draft)
    _load_links(draft, said)
    for position, one in enumerate(said["stages"], start=1):
        _load_stage(draft, one, position)
    for position, credit in enumerate(said.get("credits", []), start=1):
        Credit.objects.create(
            pathway=pathway,
            curator=find_by_slug(Curator, credit["curator"]),
            kind=credit.get("kind", Credit.Kind.AUTHOR),
            position=position,
        )
    with told_of(pathway):
        publication.publish(draft, by=by)
    return pathway


def _load_links(draft: Revision, said: dict) -> None:
    skills = skills_by_slug()
    roles = {role.slug: role for role in Role.objects.all()}
    for one in said.get("skills", []):
        RevisionSkill.objects.create(
            revision=draft,
            skill=find(skills, one["skill"], "skill"),
            proficiency=one["proficiency"],
        )
    for slug in said.get("roles", []):
        RevisionRole.objects.create(revision=draft, role=find(roles, slug, "role"))


def _load_stage(draft: Revision, said: dict, position: int) -> None:
    stage = Stage(
        revision=draft,
        position=position,
        title=said["title"],
        introduction=said.get("introduction") or "",
    )
    store(stage)
    for place, one in enumerate(said["steps"], start=1):
        step = Step(
            revision=draft,
            stage=stage,
            position=place,
            **{name: one[name] for name in STEP if one.get(name) is not None},
            resource=_resource(one.get("url")),
            stand_in=_resource(one.get("stand_in")),
            pathway=one.get("pathway") and find_by_slug(Pathway, one["pathway"]),
        )
        # A step that says none gets the next number when it is saved.
        store(step, exclude=["n"] if step.n is None else [])


def _resource(url: str | None) -> Resource | None:
    if not url:
        return None
    key = canonical_address(url)
    rows = {row.canonical_url: row for row in Resource.objects.filter(canonical_url=key)}
    return find(rows, key, "resource", said=url)


@transaction.atomic
def answer_questions(said: list[dict]) -> int:
    """Ties pathways to the questions that name them; answers how many ties are new."""
    questions = {row.slug: row for row in Question.objects.all()}
    pathways = {row.slug: row for row in Pathway.objects.all()}
    added = 0
    for one in said:
        for position, slug in enumerate(one.get("pathways", []), start=1):
            _link, is_new = QuestionPathway.objects.get_or_create(
                question=find(questions, one["slug"], "question"),
                pathway=find(pathways, slug, "pathway"),
                defaults={"position": position},
            )
            added += is_new
    return added
