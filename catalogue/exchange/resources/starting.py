"""The starter catalogue’s resources: rows with the columns of docs/importing.md, written with care."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from catalogue.addresses import canonical_address
from catalogue.exchange import storing
from catalogue.exchange.finding import (
    cell,
    competences_by_key,
    find,
    skills_by_slug,
    with_proficiency,
)
from catalogue.exchange.storing import minutes_of, store
from catalogue.languages import normal_tag
from catalogue.models import Organisation, Resource, ResourceCompetence, ResourceSkill

PLAIN = "url title description resource_type proficiency licence cost duration_source".split()


@transaction.atomic
def load_resources(rows: Iterable[dict[str, str]], *, publish: bool, by: Any = None) -> int:
    """Resources from `rows` of text; one whose address is known is left alone.

    A provider that is not here yet becomes an organisation of that name.
    """
    known = set(Resource.objects.values_list("canonical_url", flat=True))
    skills, competences = skills_by_slug(), competences_by_key()
    providers = {row.name: row for row in Organisation.objects.all()}
    added = 0
    for row in rows:
        key = canonical_address(row["url"])
        if key in known:
            continue
        known.add(key)
        resource = _made(row, providers)
        for named in cell(row.get("skills", "")):
            slug, proficiency = with_proficiency(named)
            ResourceSkill.objects.create(
                resource=resource, skill=find(skills, slug, "skill"), proficiency=proficiency
            )
        for named in cell(row.get("competences", "")):
            name, proficiency = with_proficiency(named)
            ResourceCompetence.objects.create(
                resource=resource,
                competence=find(competences, name, "competence"),
                proficiency=proficiency or resource.proficiency,
            )
        resource.tags.add(*cell(row.get("tags", "")))
        if publish:
            storing.publish(resource, by=by)
        added += 1
    return added


def _made(row: dict[str, str], providers: dict[str, Organisation]) -> Resource:
    resource = Resource(
        **{name: row[name].strip() for name in PLAIN if row.get(name)},
        authors=cell(row.get("authors", "")),
        languages=[normal_tag(tag) for tag in cell(row.get("language", ""))],
        access=cell(row.get("access", "")),
        date_published=(row.get("published") or "").strip(),
        duration_minutes=minutes_of(row.get("duration_minutes")),
        provider=_provider((row.get("provider") or "").strip(), providers),
    )
    store(resource)
    return resource


def _provider(name: str, providers: dict[str, Organisation]) -> Organisation | None:
    if not name:
        return None
    if name not in providers:
        providers[name] = Organisation.objects.create(name=name)
    return providers[name]
