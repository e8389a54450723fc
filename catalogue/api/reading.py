"""Resources as the API tells them: two queries, however many they are."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from catalogue.models import Competence, Resource, ResourceCompetence, ResourceTag
from catalogue.models.resources import ResourceSkill
from catalogue.registry import Point, gather
from catalogue.routes import address_of
from catalogue.vocabularies import LinkState, Status

ID = OuterRef("pk")


def rows_of(keys: Sequence[int]) -> list[Resource]:
    """Published resources of these keys, in their order, with all that `told` needs but pathways.
    One query."""
    return with_links(Resource.objects.published()).in_order_of(keys)


def with_links(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    """Adds provider and link health, and as lists of dictionaries `told_skills`, `told_competences`
    and `told_tags`."""
    return rows.select_related("provider", "link").annotate(
        told_skills=_skills(), told_competences=_competences(), told_tags=_tags()
    )


def _skills() -> ArraySubquery:
    links = ResourceSkill.objects.filter(resource=ID, skill__status=Status.PUBLISHED)
    told = JSONObject(
        id="skill__uid", slug="skill__slug", title="skill__title", proficiency="proficiency"
    )
    return ArraySubquery(links.order_by("skill__sort_key", "pk").values_list(told))


def _competences() -> ArraySubquery:
    """Those that are stated, and those that follow from its skills: each once."""
    stated = ResourceCompetence.objects.filter(resource=OuterRef(ID), competence=OuterRef("pk"))
    taught = ResourceSkill.objects.filter(
        resource=OuterRef(ID),
        skill__status=Status.PUBLISHED,
        skill__competence_links__competence=OuterRef("pk"),
    )
    rows = (
        Competence.objects.filter(framework__status=Status.PUBLISHED)
        .annotate(is_stated=Exists(stated))
        .filter(Exists(stated) | Exists(taught))
        .order_by("framework__position", "framework__sort_key", "position", "code", "pk")
    )
    told = JSONObject(
        id="uid", framework="framework__slug", code="code", title="title", stated=F("is_stated")
    )
    return ArraySubquery(rows.values_list(told))


def _tags() -> ArraySubquery:
    links = ResourceTag.objects.filter(content_object=ID, tag__status=Status.PUBLISHED)
    told = JSONObject(id="tag__uid", slug="tag__slug", name="tag__name")
    return ArraySubquery(links.order_by("tag__sort_key", "pk").values_list(told))


def told(rows: Sequence[Resource]) -> list[dict[str, Any]]:
    """`rows`, each `with_links`, as catalogue.api.shapes.Resource has them. One query."""
    pathways: dict[int, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for key, uid, title, path in gather(Point.PATHWAYS_OF_RESOURCES, list(pathways)):
        pathways[key].append({"id": uid, "title": title, "page": here(path)})
    return [_told(row, pathways[row.pk]) for row in rows]


def _told(row: Resource, pathways: list[dict[str, Any]]) -> dict[str, Any]:
    link = getattr(row, "link", None)
    return {
        "id": row.uid,
        "url": row.url,
        "page": here(row.get_absolute_url()),
        "title": row.title,
        "description": row.description,
        "provider": _provider(row),
        "authors": row.authors,
        "resource_type": row.resource_type,
        "proficiency": row.proficiency or None,
        "languages": row.languages,
        "licence": row.licence or None,
        "cost": row.cost,
        "duration_minutes": row.duration_minutes,
        "duration_source": row.duration_source or None,
        "published": row.date_published or None,
        "access": row.access,
        "skills": [
            {
                **skill,
                "proficiency": skill["proficiency"] or None,
                "page": _page("skill_detail", skill["slug"]),
            }
            for skill in row.told_skills
        ],
        "competences": [_competence(**one) for one in row.told_competences],
        "tags": [{**tag, "page": _page("tag_detail", tag["slug"])} for tag in row.told_tags],
        "link_state": link.state if link else LinkState.UNCHECKED,
        "link_checked": link.checked_at if link else None,
        "pathways": pathways,
        "modified": row.modified,
    }


def _provider(row: Resource) -> dict[str, Any] | None:
    provider = row.provider
    return provider and {
        "id": provider.uid,
        "slug": provider.slug,
        "name": provider.name,
        "page": here(provider.get_absolute_url()),
    }


def _competence(id: str, framework: str, code: str, title: str, stated: bool) -> dict[str, Any]:
    return {
        "id": id,
        "key": f"{framework}:{code}",
        "title": title,
        "stated": stated,
        "page": _page("competence_detail", framework, code),
    }


def _page(name: str, *args: str) -> str:
    return here(address_of(f"catalogue:{name}", *args))


def here(path: str) -> str:
    """`path` as an address of this site, whoever asked by whatever name."""
    return f"{settings.SITE_URL}{path}"
