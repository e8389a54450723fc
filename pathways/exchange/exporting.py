"""Writes a revision of a pathway as Waymark's own JSON, from which it can be brought in again."""

import json
from typing import Any

from django.conf import settings

from catalogue.models import Resource
from pathways.exchange.contents import (
    PathwayContent,
    ResourceContent,
    StageContent,
    StepContent,
    content_of,
    frame_of,
    with_content,
)
from pathways.models import Revision

FACTS = (
    "title description description_language description_source provider authors resource_type "
    "proficiency languages licence cost duration_minutes duration_source published access skills "
    "competences tags"
).split()


def export_pathway(revision: Revision) -> dict[str, Any]:
    """What `revision` says, with what is needed to make its resources elsewhere.

    As many queries however long it is. Keys in one order, and those without a value left out, so
    that the same pathway gives the same text on every site.
    """
    revision = with_content(Revision.objects.select_related("pathway__organisation")).get(
        pk=revision.pk
    )
    content = content_of(revision)
    facts = _facts_by_key(content)
    frame = frame_of(revision.pathway)
    return {
        "slug": content.slug,
        "uid": str(content.uid),
        **_worded(content.words, content.i18n, ["title", "summary", "introduction"]),
        **_outcomes(content),
        **_worded(content.words, content.i18n, ["audience"]),
        "licence": content.words["licence"],
        "ordered": frame.ordered,
        **_without_nothing(
            {
                "proficiency_from": content.words["proficiency_from"],
                "proficiency_to": content.words["proficiency_to"],
                "organisation": frame.organisation,
            }
        ),
        "credits": [{"curator": slug, "kind": kind} for slug, kind in frame.credits],
        "skills": [
            {"skill": slug, "proficiency": proficiency}
            for slug, proficiency in sorted(content.skills.items())
        ],
        "roles": sorted(content.roles),
        **_worded(content.words, content.i18n, ["change_summary"]),
        "stages": [_stage(stage, facts) for stage in content.stages],
    }


def as_json(exported: dict[str, Any]) -> str:
    """`exported` as text for people to read and edit."""
    return json.dumps(exported, ensure_ascii=False, indent=2) + "\n"


def _stage(stage: StageContent, facts: dict[str, dict]) -> dict[str, Any]:
    return {
        "uid": str(stage.uid),
        **_worded(stage.words, stage.i18n, ["title", "introduction"]),
        "steps": [_step(step, facts) for step in stage.steps],
    }


def _step(step: StepContent, facts: dict[str, dict]) -> dict[str, Any]:
    words = step.words
    return {
        "n": step.n,
        "uid": str(step.uid),
        "kind": words["kind"],
        "requirement": words["requirement"],
        **_without_nothing(
            {
                "choice": words["choice"],
                "pathway": step.pathway,
                "resource": _resource(step.resource, facts),
                "stand_in": _resource(step.stand_in, facts),
            }
        ),
        **_worded(words, step.i18n, ["title", "note", "instructions"]),
        **_without_nothing({"duration_minutes": words["duration_minutes"]}),
    }


def _resource(said: ResourceContent | None, facts: dict[str, dict]) -> dict[str, Any] | None:
    return {"url": said.url, **facts[said.key]} if said else None


def _worded(words: dict, i18n: dict[str, str], names: list[str]) -> dict[str, str]:
    """The texts of `names`, each followed by its translations."""
    found = {}
    for name in names:
        found[name] = words[name]
        for language in settings.MODELTRANS_AVAILABLE_LANGUAGES:
            found[f"{name}_{language}"] = i18n.get(f"{name}_{language}")
    return _without_nothing(found)


def _outcomes(content: PathwayContent) -> dict[str, list[str]]:
    found = {"outcomes": content.outcomes}
    for language in settings.MODELTRANS_AVAILABLE_LANGUAGES:
        found[f"outcomes_{language}"] = content.i18n.get(f"outcomes_{language}", "").splitlines()
    return _without_nothing(found)


def _without_nothing(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _facts_by_key(content: PathwayContent) -> dict[str, dict[str, Any]]:
    """What is to be told of each resource, by its key. Seven queries at most."""
    keys = {one.key for step in content.steps for one in step.resources}
    rows = (
        Resource.objects.filter(canonical_url__in=keys)
        .select_related("provider")
        .prefetch_related("skill_links__skill", "competence_links__competence__framework", "tags")
    )
    return {row.canonical_url: _facts(row) for row in rows}


def _facts(row: Resource) -> dict[str, Any]:
    facts = {name: getattr(row, name, None) for name in FACTS} | {
        "provider": row.provider.name if row.provider else "",
        "published": row.date_published,
        "skills": sorted(_at(one.skill.slug, one.proficiency) for one in row.skill_links.all()),
        "competences": sorted(
            _at(one.competence.key, one.proficiency) for one in row.competence_links.all()
        ),
        "tags": sorted(tag.name for tag in row.tags.all()),
    }
    # An empty cost says that it isn't known.
    return _without_nothing(facts) | {"cost": row.cost}


def _at(name: str, proficiency: str) -> str:
    return f"{name}@{proficiency}" if proficiency else name
