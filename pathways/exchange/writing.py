"""Writes what a file says of a pathway into a draft: one insert a table, however long it is."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue.exchange import ExchangeError
from catalogue.exchange.finding import MISSING, with_proficiency
from catalogue.exchange.resources.licences import licence_of
from catalogue.models import (
    Competence,
    Organisation,
    Resource,
    ResourceCompetence,
    ResourceSkill,
    Skill,
)
from pathways.exchange.contents import Frame, PathwayContent, ResourceContent
from pathways.exchange.findings import Fault, Findings
from pathways.exchange.naming import Named, new_resources
from pathways.models import (
    Credit,
    Pathway,
    Revision,
    RevisionRole,
    RevisionSkill,
    Stage,
    Step,
)

PLAIN = (
    "title description resource_type proficiency cost duration_minutes authors languages access "
    "description_language description_source"
).split()


def write(content: PathwayContent, draft: Revision, named: Named) -> None:
    """Fills the empty `draft`. Its pathway is held, so that numbers are given once."""
    for name, value in content.words.items():
        setattr(draft, name, value)
    draft.outcomes, draft.i18n = "\n".join(content.outcomes), content.i18n or None
    draft.full_clean()
    draft.save()
    RevisionSkill.objects.bulk_create(
        RevisionSkill(revision=draft, skill=named.skills[slug], proficiency=proficiency)
        for slug, proficiency in content.skills.items()
    )
    RevisionRole.objects.bulk_create(
        RevisionRole(revision=draft, role=named.roles[slug]) for slug in sorted(content.roles)
    )
    _number(content, draft.pathway)
    stages = [
        Stage(
            revision=draft,
            uid=one.uid or uuid.uuid4(),
            position=position,
            i18n=one.i18n or None,
            **one.words,
        )
        for position, one in enumerate(content.stages, start=1)
    ]
    Stage.objects.bulk_create(stages)
    Step.objects.bulk_create(
        Step(
            revision=draft,
            stage=stage,
            uid=one.uid or uuid.uuid4(),
            n=one.n,
            position=position,
            i18n=one.i18n or None,
            resource=one.resource and named.resources[one.resource.key],
            stand_in=one.stand_in and named.resources[one.stand_in.key],
            pathway=one.pathway and named.pathways[one.pathway],
            **one.words,
        )
        for said, stage in zip(content.stages, stages, strict=True)
        for position, one in enumerate(said.steps, start=1)
    )


def _number(content: PathwayContent, pathway: Pathway) -> None:
    """Gives the steps without a number the next ones that nobody ever had. One query."""
    last = max([pathway.last_n, *(step.n for step in content.steps if step.n)])
    for step in content.steps:
        if step.n is None:
            step.n = last = last + 1
    pathway.note_number(last)


def write_frame(frame: Frame, pathway: Pathway, named: Named) -> None:
    """Writes what `frame` says; what it doesn't say stays. Six queries at most."""
    if frame.ordered is not None:
        pathway.ordered = frame.ordered
    if frame.organisation is not None:
        pathway.organisation = named.organisations.get(frame.organisation)
    pathway.save(update_fields=["ordered", "organisation"])
    if frame.credits is None:
        return
    pathway.credits.all().delete()
    Credit.objects.bulk_create(
        Credit(pathway=pathway, curator=named.curators[slug], kind=kind, position=position)
        for position, (slug, kind) in enumerate(frame.credits, start=1)
    )


def make_resources(content: PathwayContent, named: Named, findings: Findings) -> None:
    """Makes a draft of each resource that isn't here yet, from what the file tells of it."""
    for key, said in new_resources(content, named).items():
        try:
            named.resources[key] = _made(said, findings)
        except ValidationError as error:
            for problem in error.messages:
                findings.wrong(said.line, said.url, problem)
            continue
        findings.note(_("What was not here yet of its resources is a draft now."))


def _made(said: ResourceContent, findings: Findings) -> Resource:
    facts = said.facts
    resource = Resource(
        url=said.url,
        date_published=facts.get("published", ""),
        licence=_licence(said, findings),
        provider=_provider(facts.get("provider")),
        **{name: facts[name] for name in PLAIN if name in facts},
    )
    if resource.duration_minutes:
        # Who doesn't say whose minutes they are hasn't them from the provider.
        resource.duration_source = facts.get("duration_source") or "estimate"
    resource.full_clean()
    resource.save()
    _link(said, resource, findings)
    resource.tags.add(*facts.get("tags", []))
    return resource


def _licence(said: ResourceContent, findings: Findings) -> str:
    licence = said.facts.get("licence", "")
    known = licence_of(licence)
    if known or not licence:
        return known or ""
    told = _("No licence that Waymark knows: the resource comes in without it.")
    findings.left_out.append(Fault(said.line, licence, told))
    return ""


def _provider(name: str | None) -> Organisation | None:
    if not name:
        return None
    return Organisation.objects.filter(name=name).first() or Organisation.objects.create(name=name)


def _link(said: ResourceContent, resource: Resource, findings: Findings) -> None:
    """Ties `resource` to its skills and competences; what isn't here is left out and told."""
    skills = _told(said, "skills", findings)
    known = Skill.objects.in_bulk([name for name, _at in skills], field_name="slug")
    competences = _told(said, "competences", findings)
    codes = [name.partition(":")[2] for name, _at in competences]
    rows = Competence.objects.filter(code__in=codes).select_related("framework")
    by_key = {row.key: row for row in rows}
    for name, proficiency in skills:
        if name in known:
            ResourceSkill.objects.get_or_create(
                resource=resource,
                skill=known[name],
                proficiency=proficiency or resource.proficiency,
            )
        else:
            told = MISSING["skill"] % {"key": name}
            findings.left_out.append(Fault(said.line, name, told))
    for name, proficiency in competences:
        if name in by_key:
            ResourceCompetence.objects.get_or_create(
                resource=resource,
                competence=by_key[name],
                proficiency=proficiency or resource.proficiency,
                defaults={"source": ResourceCompetence.Source.IMPORT},
            )
        else:
            told = MISSING["competence"] % {"key": name}
            findings.left_out.append(Fault(said.line, name, told))


def _told(said: ResourceContent, name: str, findings: Findings) -> list[tuple[str, str]]:
    """The names in list `name`, each with the proficiency after its @."""
    found: list[Any] = []
    for one in said.facts.get(name, []):
        try:
            found.append(with_proficiency(one))
        except ExchangeError as error:
            findings.left_out.append(Fault(said.line, one, str(error)))
    return found
