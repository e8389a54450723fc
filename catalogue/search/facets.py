"""Facets: what a list can be narrowed by, with how many resources each value would leave."""

from dataclasses import dataclass

from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from catalogue.languages import language_name
from catalogue.models import Competence, Organisation, Skill, Tag
from catalogue.search.matching import levels_of, matching, within
from catalogue.search.query import ResourceQuery, Time
from catalogue.vocabularies import Cost, Proficiency, ResourceType


@dataclass(frozen=True)
class FacetValue:
    """One value: how many resources have it under all other filters, and what a click asks."""

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """`name` is the parameter of the address, `label` the heading."""

    name: str
    label: str
    values: list[FacetValue]


@dataclass(frozen=True)
class Chip:
    """A filter that is on: what it is, and the address without it."""

    name: str
    value: str
    label: str
    address: str


LABELS = {
    "proficiency": gettext_lazy("Level"),
    "time": pgettext_lazy("facet", "Time"),
    "cost": gettext_lazy("Cost"),
    "type": gettext_lazy("Type"),
}
CHOICES = {"proficiency": Proficiency, "time": Time, "cost": Cost, "type": ResourceType}


def facets_of(query: ResourceQuery) -> list[Facet]:
    """Every facet with the counts that the other filters leave. One query each.

    Types and costs that nothing would be left of are not shown, unless they are chosen.
    """
    facets = []
    for name, choices in CHOICES.items():
        counts = _counts(query, name)
        values = [
            FacetValue(
                value=choice.value,
                label=str(choice.label),
                count=counts.get(choice.value, 0),
                is_chosen=query.has(name, choice.value),
                address=query.toggled(name, choice.value).address,
            )
            for choice in choices
        ]
        if name in ("type", "cost"):
            values = [value for value in values if value.count or value.is_chosen]
        facets.append(Facet(name=name, label=str(LABELS[name]), values=values))
    return facets


def _counts(query: ResourceQuery, name: str) -> dict[str, int]:
    rows = matching(query, but=name).order_by()
    if name == "time":
        sums = {f"t{time.value}": Count("pk", filter=within(time)) for time in Time}
        return {key[1:]: count for key, count in rows.aggregate(**sums).items()}
    if name == "proficiency" and (query.skill or query.competence):
        return levels_of(query)
    column = {"type": "resource_type"}.get(name, name)
    return dict(rows.values_list(column).annotate(Count("pk")))


def chips_of(query: ResourceQuery) -> list[Chip]:
    """The filters that are on, in the order of the page. A query for each of four kinds in use."""
    chips = []
    for name, labels in _labels(query).items():
        for value, label in labels.items():
            without = query.toggled(name, value)
            chips.append(Chip(name=name, value=value, label=label, address=without.address))
    return chips


def _labels(query: ResourceQuery) -> dict[str, dict[str, str]]:
    """For each filter that is on, its values with the words to show."""
    found: dict[str, dict[str, str]] = {}
    if query.skill:
        found["skill"] = _titles(Skill.objects.published(), query.skill)
    if query.competence:
        found["competence"] = _competences(query.competence)
    if query.provider:
        found["provider"] = _titles(Organisation.objects.published(), query.provider)
    if query.tag:
        found["tag"] = _titles(Tag.objects.published(), query.tag)
    if query.language:
        found["language"] = {tag: language_name(tag) for tag in query.language}
    for name, choices in CHOICES.items():
        chosen = getattr(query, name)
        values = [chosen] if isinstance(chosen, str) else list(chosen)
        found[name] = {value: str(choices(value).label) for value in values if value}
    return found


def _titles(rows: QuerySet, slugs: tuple[str, ...]) -> dict[str, str]:
    known = {row.slug: _title(row) for row in rows.filter(slug__in=slugs)}
    return {slug: known.get(slug, slug) for slug in slugs}


def _title(row: Model) -> str:
    return str(row.words.title) if hasattr(row, "words") else str(row)


def _competences(keys: tuple[str, ...]) -> dict[str, str]:
    named = Q()
    for key in keys:
        framework, _colon, code = key.partition(":")
        named |= Q(framework__slug=framework, code=code)
    known = {
        row.key: gettext("%(code)s %(title)s") % {"code": row.code, "title": row.words.title}
        for row in Competence.objects.public().filter(named).select_related("framework")
    }
    return {key: known.get(key, key) for key in keys}
