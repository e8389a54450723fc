"""The shapes of what is asked and answered, as openapi.json tells them.

Names of fields are for ever. A value that nobody knows is null, a list that has none is empty.
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

from catalogue.asking import VALUES
from catalogue.search import PAGE_SIZE, QUERY_LENGTH, Curated, Match, Sort, Time
from catalogue.vocabularies import (
    Access,
    Cost,
    DurationSource,
    LinkState,
    Proficiency,
    ResourceType,
)

MOST = 100
CURSOR_LENGTH = 500

# Told as an address, but not taken apart: what people gave is answered as it is.
Address = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Several = Annotated[list[str], Field(max_length=VALUES)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


# What is asked


class Asked(BaseModel):
    """The parameters of a list of resources: those of the page of the same name, and how to page."""

    q: str = Field(
        "",
        max_length=QUERY_LENGTH,
        description="Words to look for, as people type them: "
        "“exact phrases” in quotation marks, `-without`, `OR`.",
    )
    skill: Several = Field([], description="Slugs of skills.", examples=[["cleaning-data"]])
    competence: Several = Field(
        [],
        description="Competences or areas, as `framework:code`. An area has what its competences have.",
        examples=[["digcomp-3.0:4.2"]],
    )
    type: list[ResourceType] = Field([], max_length=VALUES, description="What kind of thing it is.")
    proficiency: list[Proficiency] = Field(
        [],
        max_length=VALUES,
        description="For whom. Together with a skill or competence: taught at this level.",
    )
    time: Time | None = Field(
        None, description="The minutes that it may take at most, or `more` than 240."
    )
    language: Several = Field([], description="BCP 47 tags.", examples=[["cy"]])
    cost: list[Cost] = Field([], max_length=VALUES, description="What it costs.")
    access: list[Access] = Field([], max_length=VALUES, description="Facts of accessibility.")
    provider: Several = Field([], description="Slugs of organisations.")
    tag: Several = Field([], description="Slugs of tags.")
    curated: Curated | None = Field(None, description="Whether a published pathway leads to it.")
    link: list[LinkState] = Field(
        [], max_length=VALUES, description="What the last visits to its address found."
    )
    match: Match = Field(
        Match.ANY,
        description="Whether one of several skills, competences, tags or languages is enough. "
        "Several values of any other filter: one is enough.",
    )
    sort: Sort | None = Field(
        None, description="The order; without it the best match first, or by title without words."
    )
    verbatim: Literal["1"] | None = Field(
        None,
        description="`1` looks for exactly what was typed, without mending what looks misspelt.",
    )
    facets: bool = Field(
        False, description="`true` tells, for each filter, how many resources each value leaves."
    )
    more: Literal["skill", "competence", "language", "provider", "tag"] | None = Field(
        None,
        description="The facet to tell whole (300 values at most); others tell the first eight.",
    )
    framework: str = Field(
        "",
        max_length=100,
        description="The framework whose competences `facets` tells, by its slug; else the first, or that "
        "of a chosen one.",
        examples=["digcomp-3.0"],
    )
    limit: int = Field(
        PAGE_SIZE, ge=1, le=MOST, description="How many resources to answer at most."
    )
    cursor: str = Field(
        "",
        max_length=CURSOR_LENGTH,
        description="Where to go on, as `next` had it. It belongs to the question it came from.",
    )

    @model_validator(mode="before")
    @classmethod
    def without_what_says_nothing(cls, said: Any) -> Any:
        """Forms send `?type=&q=…`: an empty value asks for nothing."""
        if not isinstance(said, dict):
            return said
        lists = {
            name: [v for v in value if v != ""] for name, value in said.items() if _is_list(value)
        }
        return {name: lists.get(name, value) for name, value in said.items() if value != ""}


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


# A resource


class Provider(Strict):
    """The organisation that provides a resource."""

    id: UUID
    slug: str
    name: str
    page: Address


class TaughtSkill(Strict):
    """A skill that a resource teaches, at a level where that is known (schema.org teaches)."""

    id: UUID
    slug: str
    title: str
    proficiency: Proficiency | None
    page: Address


class TaughtCompetence(Strict):
    """A competence that a resource teaches, each once."""

    id: UUID
    key: str = Field(description="`framework:code`, as published.", examples=["digcomp-3.0:4.2"])
    title: str
    stated: bool = Field(
        description="Whether somebody stated it of this resource; else it follows from its skills."
    )
    page: Address


class Tag(Strict):
    id: UUID
    slug: str
    name: str
    page: Address


class Pathway(Strict):
    """A published pathway that leads to a resource."""

    id: UUID
    title: str
    page: Address


class Resource(Strict):
    """Something to learn from, somewhere else on the web (schema.org LearningResource)."""

    id: UUID = Field(description="Its permanent identifier, which also answers at `/id/<id>/`.")
    url: Address = Field(description="The thing itself, at its provider’s.")
    page: Address = Field(description="This site’s page of it.")
    title: str = Field(description="In its own language.")
    description: str = Field(description="What people will be able to do; it may be empty.")
    provider: Provider | None = Field(description="Who provides it.")
    authors: list[str] = Field(description="Names.")
    resource_type: ResourceType
    proficiency: Proficiency | None = Field(description="For whom it is, over all.")
    languages: list[str] = Field(description="BCP 47 tags, the main one first.")
    licence: str | None = Field(
        description="SPDX identifier; null where the provider states none.", examples=["CC-BY-4.0"]
    )
    cost: Cost
    duration_minutes: int | None
    duration_source: DurationSource | None = Field(
        description="Who says how long it takes: the provider, or an estimate of the editors’."
    )
    published: str | None = Field(
        description="When its provider published it: ISO 8601, as exact as known.",
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        examples=["2025-11"],
    )
    access: list[Access]
    skills: list[TaughtSkill]
    competences: list[TaughtCompetence]
    tags: list[Tag]
    link_state: LinkState
    link_checked: datetime | None = Field(description="When its address was last visited.")
    pathways: list[Pathway] = Field(
        description="Published pathways that have it as a step or stand-in."
    )
    modified: datetime = Field(
        description="When its own facts were last changed here; a visit to its link changes nothing."
    )


# A list


class FacetValue(Strict):
    """A value of a filter, and how many resources it would leave under all other filters."""

    value: str = Field(description="What to ask with.")
    label: str
    count: int
    chosen: bool


class Facet(Strict):
    name: str = Field(description="The parameter.")
    label: str
    values: list[FacetValue]
    is_cut: bool = Field(description="Whether it has values that are not told here.")


class ResourceList(Strict):
    items: list[Resource]
    count: int = Field(description="How many resources there are in all.")
    next: Address | None = Field(description="Where to go on; null at the end.")
    count_is_least: bool | None = Field(
        None,
        description="Told only where it is true: more resources than `count` may have a phrase that "
        "was asked for.",
    )
    searched_for: str | None = Field(
        None,
        description="The words that were looked for instead of those that were asked, which look "
        "misspelt. Told only where they differ; `verbatim=1` asks for exactly what was typed.",
    )
    whole: int | None = Field(
        None,
        description="How many of them hold every word that was asked for. Told only where others hold "
        "most or some of the words.",
    )
    says_nothing: bool | None = Field(
        None,
        description="Told only where it is true: nothing of what was asked tells what to look for, as "
        "“the” or signs, and these are resources of every kind.",
    )
    facets: list[Facet] | None = Field(None, description="With `facets=true` alone.")


# What went wrong


class Problem(Strict):
    """Every answer that is none: what is wrong, and how to go on."""

    status: int
    message: str


class Mistake(Strict):
    """A parameter that makes no sense."""

    parameter: str
    value: str = Field(description="As it was asked.")
    message: str


class Mistakes(Problem):
    mistakes: list[Mistake]


class Replacement(Strict):
    """What takes the place of what was withdrawn."""

    id: UUID
    title: str
    page: Address


class Gone(Problem):
    reason: str = Field(description="Why it was withdrawn.")
    replaced_by: Replacement | None
