"""Changing a resource by values that were collected elsewhere: a row of a sheet, or a page for many."""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from catalogue.models import (
    Decision,
    Resource,
    ResourceCompetence,
    ResourceSkill,
    ResourceTag,
)

# (id of a skill or competence, proficiency or "")
Link = tuple[int, str]


@dataclass
class Wanted:
    """What a resource should say: `fields` by attribute; the rest as a whole, None where it stays."""

    fields: dict[str, Any] = field(default_factory=dict)
    skills: set[Link] | None = None
    competences: set[Link] | None = None
    tags: set[int] | None = None


@transaction.atomic
def change(resource: Resource, wanted: Wanted, *, by: Any, note: str) -> None:
    """Makes `resource` say what is wanted, and writes the decision down.

    Raises ValidationError, and changes nothing, where it can't be so.
    """
    for name, value in wanted.fields.items():
        setattr(resource, name, value)
    resource.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            resource.save()
    except IntegrityError:
        # What the database refuses, the rules say in words. To ask each of them before is a query
        # for each, which is most of the time that many changes take.
        resource.full_clean()
        raise
    if wanted.skills is not None:
        _set_levels(resource, ResourceSkill, "skill_id", wanted.skills)
    if wanted.competences is not None:
        _set_levels(resource, ResourceCompetence, "competence_id", wanted.competences)
    if wanted.tags is not None:
        _set_tags(resource, wanted.tags)
    connection.check_constraints()
    Decision.record(resource, "changed", by=by, note=note)


def _set_levels(resource: Resource, model: type[Model], name: str, wanted: set[Link]) -> None:
    """One whose level alone is another keeps its note, and who says so."""
    links = model.objects.filter(resource=resource)
    here = {(getattr(link, name), link.proficiency): link for link in links}
    gone = sorted(here.keys() - wanted)
    for pk, level in sorted(wanted - here.keys()):
        moved = next((key for key in gone if key[0] == pk), None)
        if moved:
            gone.remove(moved)
            here[moved].proficiency = level
            here[moved].save(update_fields=["proficiency"])
        else:
            model.objects.create(resource=resource, **{name: pk}, proficiency=level)
    for key in gone:
        here[key].delete()


def _set_tags(resource: Resource, wanted: set[int]) -> None:
    here = {link.tag_id: link for link in resource.tag_links.all()}
    for pk in here.keys() - wanted:
        here[pk].delete()
    for pk in sorted(wanted - here.keys()):
        ResourceTag.objects.create(content_object=resource, tag_id=pk)
