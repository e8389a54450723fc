"""Finds the rows that a pathway names: skills, roles, curators, resources, other pathways.

All by one query a kind, however many a pathway names.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.exchange.finding import MISSING, present_slugs
from catalogue.models import FormerAddress, Organisation, Resource, Role, Skill
from catalogue.vocabularies import Status
from curators.models import Curator
from pathways.exchange.contents import PathwayContent, ResourceContent
from pathways.exchange.findings import Findings
from pathways.models import Pathway


@dataclass
class Named:
    """Rows by the name that a file has for them: slugs, and keys of addresses."""

    skills: dict[str, Skill] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    curators: dict[str, Curator] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    pathways: dict[str, Pathway] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)


def find_named(content: PathwayContent, findings: Findings, *, expected: set[str]) -> Named:
    """The rows that `content` names; `findings` tell of each that isn't there. Seven queries.

    A resource that isn't there yet is no fault where the file tells its title; nor is a pathway of
    `expected`, slugs of which something else is told.
    """
    credits = content.frame.credits or []
    resources = [one for step in content.steps for one in step.resources]
    named = Named(
        skills=_by_slug(Skill, content.skills),
        roles=_by_slug(Role, content.roles),
        curators=_by_slug(Curator, [slug for slug, _kind in credits]),
        organisations=_by_slug(Organisation, [content.frame.organisation]),
        pathways=_by_slug(Pathway, content.leads_to),
        resources=Resource.objects.by_address(one.key for one in resources),
    )
    wanted = [
        *((content.line, slug, named.skills, "skill") for slug in content.skills),
        *((content.line, slug, named.roles, "role") for slug in sorted(content.roles)),
        *((content.line, slug, named.curators, "curator") for slug, _kind in credits),
        (content.line, content.frame.organisation, named.organisations, "organisation"),
        *((step.line, step.pathway, named.pathways, "pathway") for step in content.steps),
    ]
    for line, name, rows, noun in wanted:
        if name and name not in rows and not (noun == "pathway" and name in expected):
            findings.wrong(line, name, MISSING[noun] % {"key": name})
    for one in untitled(content, named):
        told = _(
            "There is no resource at this address yet: give its “title” to make a draft of it."
        )
        findings.wrong(one.line, one.url, told)
    return named


def _by_slug(model: type, slugs: Any) -> dict[str, Any]:
    return model.objects.in_bulk({slug for slug in slugs if slug}, field_name="slug")


def new_resources(content: PathwayContent, named: Named) -> dict[str, ResourceContent]:
    """Resources that aren't here yet by their keys, each with what the file tells most of it.

    A step's own title serves where nothing else tells the resource's.
    """
    found: dict[str, ResourceContent] = {}
    for step in content.steps:
        for one in step.resources:
            if one.key in named.resources:
                continue
            if one is step.resource and step.words["title"].strip():
                one.facts.setdefault("title", step.words["title"])
            if one.key not in found or len(one.facts) > len(found[one.key].facts):
                found[one.key] = one
    return found


def untitled(content: PathwayContent, named: Named) -> list[ResourceContent]:
    return [
        one
        for one in new_resources(content, named).values()
        if not one.facts.get("title", "").strip()
    ]


def withdrawn(content: PathwayContent, named: Named, findings: Findings) -> None:
    """Tells of steps that lead to what was withdrawn."""
    for step in content.steps:
        rows = [(one.url, named.resources.get(one.key)) for one in step.resources]
        rows.append((step.pathway, named.pathways.get(step.pathway)))
        for name, row in rows:
            if row and row.status == Status.WITHDRAWN:
                told = _("“%(row)s” was withdrawn: choose another.") % {"row": row}
                findings.wrong(step.line, name, told)


def current_slugs(contents: list[PathwayContent]) -> None:
    """Lets `contents` name each pathway, skill, role… as it is called here now. Ten queries.

    A pathway is known by its uid, else by its slug, be it a former one.
    """
    said = {content.slug for content in contents}.union(*(one.leads_to for one in contents))
    former = FormerAddress.objects.filter(kind=Pathway._meta.db_table, slug__in=said)
    moved = dict(former.values_list("slug", "uid"))
    uids = {content.uid for content in contents if content.uid} | {*moved.values()}
    slugs = dict(Pathway.objects.filter(uid__in=uids).values_list("uid", "slug"))
    now = {old: slugs[uid] for old, uid in moved.items() if uid in slugs}
    for content in contents:
        # What the file itself calls so is meant by its own steps, too.
        if content.uid in slugs and content.slug:
            now[content.slug] = slugs[content.uid]
        content.slug = slugs.get(content.uid) or now.get(content.slug, content.slug)
    for content in contents:
        for step in content.steps:
            step.pathway = now.get(step.pathway, step.pathway)
    _rename_others(contents)


def _rename_others(contents: list[PathwayContent]) -> None:
    """Lets `contents` name skills, roles, curators and organisations as they are called here now."""
    frames = [content.frame for content in contents]
    credits = [slug for frame in frames for slug, _kind in frame.credits or []]
    skills = present_slugs(Skill, {slug for content in contents for slug in content.skills})
    roles = present_slugs(Role, {slug for content in contents for slug in content.roles})
    curators = present_slugs(Curator, credits)
    organisations = present_slugs(
        Organisation, [frame.organisation for frame in frames if frame.organisation]
    )
    for content in contents:
        content.skills = {skills.get(slug, slug): at for slug, at in content.skills.items()}
        content.roles = {roles.get(slug, slug) for slug in content.roles}
        frame = content.frame
        frame.organisation = organisations.get(frame.organisation, frame.organisation)
        if frame.credits:
            frame.credits = [(curators.get(slug, slug), kind) for slug, kind in frame.credits]
