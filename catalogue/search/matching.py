"""Which published resources a query matches: one condition for each filter, joined by and."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from catalogue.models import (
    Resource,
    ResourceCompetence,
    ResourceSkill,
    ResourceTag,
    Skill,
    SkillCompetence,
    Tag,
)
from catalogue.search.query import ResourceQuery, Sort, Time
from catalogue.vocabularies import Proficiency

CONFIG = "english"
VECTOR = (
    SearchVector("title", weight="A", config=CONFIG)
    + SearchVector("provider__name", weight="B", config=CONFIG)
    + SearchVector("description", weight="C", config=CONFIG)
)


def matching(query: ResourceQuery, *, but: str = "") -> QuerySet[Resource]:
    """Published resources that match all of `query`, leaving the filter `but` out of account."""
    rows = Resource.objects.published()
    for condition in _conditions(query, but):
        rows = rows.filter(condition)
    if query.q:
        rows = rows.annotate(document=VECTOR).filter(_says(_words(query)))
    return rows


def levels_of(query: ResourceQuery) -> dict[str, int]:
    """How many resources each proficiency would leave, where skills or competences are chosen.

    They have to stand in one link with it, so that links are counted. One query.
    """
    rows = matching(query, but="proficiency").order_by()
    if query.competence:
        # Of two kinds of link, and maybe in one of a skill besides.
        sums = {level: Count("pk", filter=_taught_at(query, level)) for level in Proficiency.values}
        return rows.aggregate(**sums)
    links = ResourceSkill.objects.filter(
        skill__slug__in=query.skill, resource__in=rows.values("pk")
    )
    return dict(
        links.order_by().values_list("proficiency").annotate(Count("resource", distinct=True))
    )


def _taught_at(query: ResourceQuery, proficiency: str) -> Q:
    every = Q()
    for condition in _links(query, Q(proficiency=proficiency)):
        every &= Q(condition)
    return every


def _says(words: SearchQuery) -> Q:
    """Resources whose own words match, or the name of a skill that they teach or a tag they bear."""
    skills = Skill.objects.published().annotate(
        document=SearchVector("title", "synonyms", config=CONFIG)
    )
    tags = Tag.objects.published().annotate(document=SearchVector("name", config=CONFIG))
    taught = ResourceSkill.objects.filter(skill__in=skills.filter(document=words))
    borne = ResourceTag.objects.filter(tag__in=tags.filter(document=words))
    return (
        Q(document=words)
        | Exists(taught.filter(resource=OuterRef("pk")))
        | Exists(borne.filter(content_object=OuterRef("pk")))
    )


def ordered(rows: QuerySet[Resource], query: ResourceQuery) -> QuerySet[Resource]:
    if query.order == Sort.RELEVANCE:
        return rows.annotate(rank=SearchRank(VECTOR, _words(query))).order_by(
            "-rank", "sort_key", "pk"
        )
    if query.order == Sort.NEWEST:
        return rows.order_by("-published_at", "-pk")
    if query.order == Sort.SHORTEST:
        # Postgres puts what has no minutes last.
        return rows.order_by("duration_minutes", "pk")
    return rows.order_by("sort_key", "pk")


def _words(query: ResourceQuery) -> SearchQuery:
    return SearchQuery(query.q, search_type="websearch", config=CONFIG)


def _conditions(query: ResourceQuery, but: str) -> Iterable[Q | Exists]:
    proficiency = () if but == "proficiency" else query.proficiency
    level = Q(proficiency__in=proficiency) if proficiency else Q()
    yield from _links(query, level)
    if proficiency and not (query.skill or query.competence):
        yield level
    if query.type and but != "type":
        yield Q(resource_type__in=query.type)
    if query.cost and but != "cost":
        yield Q(cost__in=query.cost)
    if query.time and but != "time":
        yield within(query.time)
    if query.language and but != "language":
        yield Q(languages__overlap=list(query.language))
    if query.provider:
        yield Q(provider__slug__in=query.provider)
    if query.tag:
        links = ResourceTag.objects.filter(tag__slug__in=query.tag)
        yield Exists(links.filter(content_object=OuterRef("pk")))


def _links(query: ResourceQuery, level: Q) -> Iterable[Exists]:
    """That skill and proficiency stand in one link: “data cleaning at advanced”."""
    if query.skill:
        links = ResourceSkill.objects.filter(level, skill__slug__in=query.skill)
        yield Exists(links.filter(resource=OuterRef("pk")))
    if query.competence:
        yield _teaches(query.competence, level)


def _teaches(keys: Iterable[str], level: Q) -> Exists:
    """Resources that teach one of the competences, by a direct statement or through a skill."""
    named = Q()
    for key in keys:
        framework, _colon, code = key.partition(":")
        named |= Q(competence__framework__slug=framework, competence__code=code)
        named |= Q(competence__framework__slug=framework, competence__parent__code=code)
    direct = ResourceCompetence.objects.filter(level).filter(named)
    skills = SkillCompetence.objects.filter(named).values("skill")
    through = ResourceSkill.objects.filter(level, skill__in=skills, skill__status="published")
    return Exists(direct.filter(resource=OuterRef("pk"))) | Exists(
        through.filter(resource=OuterRef("pk"))
    )


def within(time: str) -> Q:
    """Resources that fit into the time; ones whose length is unknown fit none."""
    if time == Time.MORE:
        return Q(duration_minutes__gt=int(Time.HALF_DAY))
    return Q(duration_minutes__lte=int(time))
