"""Resources as the API tells them: two queries, however many they are."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONArray, JSONObject

from catalogue.models import Resource, ResourceCompetence, ResourceTag
from catalogue.models.resources import ResourceSkill
from catalogue.models.skills import SkillCompetence
from catalogue.registry import Point, gather
from catalogue.routes import address_of
from catalogue.vocabularies import LinkState, Status

ID = OuterRef("pk")


def rows_of(keys: Sequence[int]) -> list[Resource]:
    """Published resources of these keys, in their order, with all that `told` needs but pathways.
    One query."""
    return with_links(Resource.objects.published()).in_order_of(keys)


def with_links(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    """Adds provider and link health, and as lists of dictionaries `told_skills`, `told_tags`, and the
    competences that are `stated` or have `followed` from its skills."""
    return rows.select_related("provider", "link").annotate(
        told_skills=_skills(), told_tags=_tags(), stated=_stated(), followed=_followed()
    )


def _skills() -> ArraySubquery:
    links = ResourceSkill.objects.filter(resource=ID, skill__status=Status.PUBLISHED)
    told = JSONObject(
        id="skill__uid",
        slug="skill__slug",
        title="skill__title",
        proficiency="proficiency",
    )
    return ArraySubquery(links.order_by("skill__sort_key", "pk").values_list(told))


def _stated() -> ArraySubquery:
    return _competences(ResourceCompetence.objects.filter(resource=ID))


def _followed() -> ArraySubquery:
    links = SkillCompetence.objects.filter(skill__resource_links__resource=ID)
    return _competences(links.filter(skill__status=Status.PUBLISHED))


def _competences(links: QuerySet) -> ArraySubquery:
    """The public ones that `links` lead to, each with what its `place` among all goes by."""
    own, framework = "competence", "competence__framework"
    told = JSONObject(
        id=f"{own}__uid",
        framework=f"{framework}__slug",
        code=f"{own}__code",
        title=f"{own}__title",
        place=JSONArray(
            *(f"{framework}__position", f"{framework}__sort_key"),
            *(f"{own}__position", f"{own}__code", f"{own}__pk"),
        ),
    )
    public = links.filter(**{f"{framework}__status": Status.PUBLISHED})
    return ArraySubquery(public.order_by().values_list(told))


def _tags() -> ArraySubquery:
    links = ResourceTag.objects.filter(content_object=ID, tag__status=Status.PUBLISHED)
    told = JSONObject(id="tag__uid", slug="tag__slug", name="tag__name")
    return ArraySubquery(links.order_by("tag__sort_key", "pk").values_list(told))


def told(rows: Sequence[Resource]) -> list[dict[str, Any]]:
    """`rows`, each `with_links`, as catalogue.api.shapes.Resource has them. One query, of pathways."""
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
        "skills": [_skill(**one) for one in row.told_skills],
        "competences": _taught(row),
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


def _skill(slug: str, proficiency: str, **more: str) -> dict[str, Any]:
    page = _page("skill_detail", slug)
    return {**more, "slug": slug, "proficiency": proficiency or None, "page": page}


def _taught(row: Resource) -> list[dict[str, Any]]:
    """Those that are stated of `row`, and those that follow from its skills: each once."""
    stated = {one["id"] for one in row.stated}
    taught = {one["id"]: one for one in (*row.followed, *row.stated)}
    return [
        {
            "id": one["id"],
            "key": f"{one['framework']}:{one['code']}",
            "title": one["title"],
            "page": _page("competence_detail", one["framework"], one["code"]),
            "stated": one["id"] in stated,
        }
        for one in sorted(taught.values(), key=itemgetter("place"))
    ]


def _page(name: str, *args: str) -> str:
    return here(address_of(f"catalogue:{name}", *args))


def here(path: str) -> str:
    """`path` as an address of this site, whoever asked by whatever name."""
    return f"{settings.SITE_URL}{path}"
