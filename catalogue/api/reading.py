"""Resources as the API tells them: three queries at most, however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from catalogue.keeping import kept
from catalogue.models import Competence, Resource, ResourceCompetence, ResourceTag
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
    """Adds provider and link health, as lists of dictionaries `told_skills` and `told_tags`, and the keys
    of competences that are `stated`."""
    return rows.select_related("provider", "link").annotate(
        told_skills=_skills(), told_tags=_tags(), stated=_stated()
    )


def _skills() -> ArraySubquery:
    links = ResourceSkill.objects.filter(resource=ID, skill__status=Status.PUBLISHED)
    told = JSONObject(
        key="skill",
        id="skill__uid",
        slug="skill__slug",
        title="skill__title",
        proficiency="proficiency",
    )
    return ArraySubquery(links.order_by("skill__sort_key", "pk").values_list(told))


def _stated() -> ArraySubquery:
    return ArraySubquery(
        ResourceCompetence.objects.filter(resource=ID).order_by().values("competence")
    )


def _tags() -> ArraySubquery:
    links = ResourceTag.objects.filter(content_object=ID, tag__status=Status.PUBLISHED)
    told = JSONObject(id="tag__uid", slug="tag__slug", name="tag__name")
    return ArraySubquery(links.order_by("tag__sort_key", "pk").values_list(told))


@dataclass(frozen=True)
class _Competence:
    """One as it is told, and the keys of published skills that realise it."""

    key: int
    told: dict[str, Any]
    skills: frozenset[int]


def _every_competence() -> list[_Competence]:
    """All that are public, in the order of their frameworks. One query, none where it is kept."""
    return kept("competences for programs", _read_competences, counts=False, weight=200)


def _read_competences() -> list[_Competence]:
    links = SkillCompetence.objects.filter(competence=ID, skill__status=Status.PUBLISHED)
    rows = (
        Competence.objects.filter(framework__status=Status.PUBLISHED)
        .annotate(realised_by=ArraySubquery(links.order_by().values("skill")))
        .order_by("framework__position", "framework__sort_key", "position", "code", "pk")
        .values_list("pk", "uid", "framework__slug", "code", "title", "realised_by")
    )
    return [
        _Competence(
            key=key,
            told={
                "id": uid,
                "key": f"{framework}:{code}",
                "title": title,
                "page": _page("competence_detail", framework, code),
            },
            skills=frozenset(skills),
        )
        for key, uid, framework, code, title, skills in rows
    ]


def told(rows: Sequence[Resource]) -> list[dict[str, Any]]:
    """`rows`, each `with_links`, as catalogue.api.shapes.Resource has them. Two queries at most."""
    competences = _every_competence() if rows else []
    pathways: dict[int, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for key, uid, title, path in gather(Point.PATHWAYS_OF_RESOURCES, list(pathways)):
        pathways[key].append({"id": uid, "title": title, "page": here(path)})
    return [_told(row, competences, pathways[row.pk]) for row in rows]


def _told(
    row: Resource, competences: list[_Competence], pathways: list[dict[str, Any]]
) -> dict[str, Any]:
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
        "competences": _taught(row, competences),
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


def _skill(key: int, slug: str, proficiency: str, **more: str) -> dict[str, Any]:
    page = _page("skill_detail", slug)
    return {**more, "slug": slug, "proficiency": proficiency or None, "page": page}


def _taught(row: Resource, competences: list[_Competence]) -> list[dict[str, Any]]:
    """Those that are stated of `row`, and those that follow from its skills: each once."""
    stated, skills = set(row.stated), {skill["key"] for skill in row.told_skills}
    return [
        {**one.told, "stated": one.key in stated}
        for one in competences
        if one.key in stated or not skills.isdisjoint(one.skills)
    ]


def _page(name: str, *args: str) -> str:
    return here(address_of(f"catalogue:{name}", *args))


def here(path: str) -> str:
    """`path` as an address of this site, whoever asked by whatever name."""
    return f"{settings.SITE_URL}{path}"
