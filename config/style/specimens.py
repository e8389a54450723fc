"""Rows that were never saved, for the style page: the usual, the empty, the long, the other way round.

They carry what prefetching would give them, so that components read them as they read real ones and
no query is made.
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.utils import timezone

from catalogue.arrangement import Area, Place
from catalogue.findable import Entry, Group
from catalogue.languages import Text
from catalogue.models import (
    Competence,
    Framework,
    LinkHealth,
    Organisation,
    Question,
    Resource,
    ResourceSkill,
    Skill,
)
from catalogue.search import Reading, ResourceQuery, Suggestions
from catalogue.search.facets import Chip, Facet, FacetValue
from catalogue.search.results import Results
from catalogue.tallies import Name
from catalogue.vocabularies import (
    Cost,
    DurationSource,
    LinkState,
    Proficiency,
    ResourceType,
    Status,
)
from curators.models import Curator
from pathways.models import Credit, Pathway, Revision, Stage, Step
from pathways.outline import Outline, outline_of
from pathways.whereabouts import whereabouts

LONG = "Donaudampfschifffahrtsgesellschaft" * 9
ARABIC = "كيف نحفظ الأرشيف الرقمي"
WELSH = "Diogelu preifatrwydd darllenwyr ym mhob llyfrgell, amgueddfa ac archif yng Nghymru"

numbers = count(1)


class Rows(list):
    """What a prefetched relation answers with."""

    def all(self) -> "Rows":
        return self


def row(model: type[Model], *, related: dict[str, Iterable] | None = None, **fields: Any) -> Any:
    """A row of `model` that looks saved; `related` are its many by the names of their relations."""
    number = next(numbers)
    made = model(pk=number, **fields)
    if hasattr(model, "uid"):
        made.uid = UUID(int=number)
    made._prefetched_objects_cache = {name: Rows(rows) for name, rows in (related or {}).items()}
    return made


def link(state: str, *, days: int = 0) -> LinkHealth:
    """The health of a link that was visited `days` ago."""
    moment = timezone.now() - timedelta(days=days)
    return LinkHealth(state=state, checked_at=moment, worked_at=moment)


def skill(title: str = "Cleaning data", **fields: Any) -> Skill:
    made = row(Skill, title=title, slug="cleaning-data", status=Status.PUBLISHED, **fields)
    made.resource_count = 12
    return made


def resource(title: str = "Tidy data for librarians", **fields: Any) -> Resource:
    """A resource with a provider, a skill and a link, as Resource.objects.with_card() gives one."""
    skills = fields.pop("skills", [skill()])
    health = fields.pop("link", None)
    made = row(
        Resource,
        related={
            "skill_links": [
                ResourceSkill(skill=one, skill_id=one.pk, proficiency=Proficiency.BASIC)
                for one in skills
            ]
        },
        **{
            "title": title,
            "slug": "tidy-data",
            "url": "https://librarycarpentry.example/lc-spreadsheets/",
            "description": "Lay out a sheet so that people and programs can read it.",
            "resource_type": ResourceType.TUTORIAL,
            "languages": ["en"],
            "proficiency": Proficiency.BASIC,
            "cost": Cost.FREE,
            "duration_minutes": 20,
            "duration_source": DurationSource.PROVIDER,
            "provider": row(Organisation, name="A provider", slug="a-provider"),
            "status": Status.PUBLISHED,
        }
        | fields,
    )
    # None stands for what was looked for and is not there.
    made._state.fields_cache["link"] = health
    return made


def resources() -> list[tuple[str, Resource]]:
    """(what is shown, resource): each state of a card."""
    return [
        ("As most are", resource(link=link(LinkState.WORKS, days=3))),
        ("Estimated, another language", resource(
            "Rhith ac ystadegau", languages=["cy"], duration_source=DurationSource.ESTIMATE,
            duration_minutes=90, proficiency=Proficiency.INTERMEDIATE,
            link=link(LinkState.WORKS, days=60),
        )),
        ("Link gone, sign-up", resource(
            cost=Cost.FREE_SIGN_UP, proficiency=Proficiency.ADVANCED, link=link(LinkState.GONE)
        )),
        ("Nothing known but a title", resource(
            description="", duration_minutes=None, duration_source="", proficiency="", cost="",
            provider=None, skills=[],
        )),
        ("Right to left", resource(ARABIC, description=ARABIC, languages=["ar"])),
        ("Very long", resource(LONG, description=LONG, skills=[skill(LONG[:120])])),
    ]  # fmt: skip


def curator(name: str = "Waymark editors", **fields: Any) -> Curator:
    return row(Curator, name=name, slug="editors", **{"status": Status.PUBLISHED} | fields)


def pathway(title: str, plan: list[list[str]], **fields: Any) -> Pathway:
    """A published pathway: `plan` has a list of marks for each stage.

    r resource, a activity, f reflection, o optional resource, d resource whose link died, and
    digits for the ways of one choose-one set.
    """
    revision = row(
        Revision,
        title=title,
        summary="From what is there to what can be done with it, in steps that fit a shift.",
        number=1,
        status=Status.PUBLISHED,
        proficiency_from=Proficiency.BASIC,
        proficiency_to=Proficiency.INTERMEDIATE,
        **fields,
    )
    made = row(
        Pathway,
        slug="a-pathway",
        status=Status.PUBLISHED,
        published_revision=revision,
        related={"credits": [Credit(curator=curator(), kind=Credit.Kind.AUTHOR)]},
    )
    revision.pathway = made
    stages, steps = [], []
    for place, marks in enumerate(plan, start=1):
        stage = row(Stage, revision=revision, position=place, title=f"Stage of {len(marks)} marks")
        stages.append(stage)
        steps += [_step(revision, stage, mark, len(steps) + at) for at, mark in enumerate(marks, 1)]
    revision._prefetched_objects_cache |= {"stages": Rows(stages), "steps": Rows(steps)}
    return made


def _step(revision: Revision, stage: Stage, mark: str, n: int) -> Step:
    kinds = {"a": Step.Kind.ACTIVITY, "f": Step.Kind.REFLECTION}
    fields: dict[str, Any] = {
        "kind": kinds.get(mark, Step.Kind.RESOURCE),
        "requirement": Step.Requirement.CORE,
        "note": "The shortest way in that is still honest.",
        "duration_minutes": 15,
    }
    if mark in kinds:
        fields["title"] = "Try it on one list of your own"
    else:
        health = link(LinkState.GONE if mark == "d" else LinkState.WORKS, days=2)
        fields["resource"] = resource(link=health)
    if mark == "o":
        fields["requirement"] = Step.Requirement.OPTIONAL
    if mark.isdigit():
        fields |= {"requirement": Step.Requirement.CHOOSE_ONE, "choice": int(mark)}
    return row(Step, revision=revision, stage=stage, position=n, n=n, **fields)


def areas() -> list[Area]:
    """A framework of two areas, one of which has a competence that nothing teaches."""
    framework = row(Framework, title="A framework", slug="a-framework")

    def competence(code: str, title: str, **fields: Any) -> Competence:
        return row(Competence, framework=framework, code=code, title=title, **fields)

    first, second = competence("1", "Finding"), competence("2", "Making")
    return [
        Area(first, [Place(competence("1.1", "Searching"), 14), Place(competence("1.2", WELSH), 1)]),
        Area(second, [Place(competence("2.1", "Writing"), 0), Place(competence("2.2", "Film"), 40)]),
    ]  # fmt: skip


def results(page: int, total: int) -> Results:
    query = ResourceQuery(page=page)
    return Results(query=query, resources=[], total=total, facets=[], chips=[])


def facet() -> Facet:
    values = [
        FacetValue(level.value, str(level.label), number, chosen, "?")
        for level, number, chosen in zip(
            Proficiency, (12, 240, 3, 0), (True, False, False, False), strict=True
        )
    ]
    return Facet("proficiency", "Level", values)


def long_facet(sought: str = "", *titles: str) -> Facet:
    """One whose values are looked for by name."""
    values = [FacetValue(title, title, 3, False, "?") for title in titles]
    return Facet(f"tag-{sought}", "Tag", values, is_cut=True, can_seek=True, sought=sought)


def found(kind: str, heading: str, *titles: str) -> Group:
    """Things of a kind that words find."""
    nothing: frozenset[str] = frozenset()
    rest = (nothing, nothing, nothing, nothing)
    entries = [Entry(kind, "#found_beside", Name(title), "", *rest) for title in titles]
    return Group(kind, heading, entries)


def readings() -> list[tuple[Reading, bool]]:
    """(how words were read, whether some of what was found lacks words)"""
    near = (("open date", "?q=open+date"), (LONG[:80], "?q=long"))
    return [
        (Reading(shown_for="open data", verbatim_address="?q=opne+data&verbatim=1"), False),
        (Reading(did_you_mean=near), True),
        (Reading(left_out=("open data", "maps")), False),
        (Reading(unknown_words=("zxqv", LONG[:40])), True),
    ]


def question(title: str, **counts: int) -> Question:
    made = row(Question, title=title, slug="a-question", status=Status.PUBLISHED)
    made.pathway_count, made.resource_count = counts.get("pathways", 0), counts.get("resources", 0)
    return made


class Form(forms.Form):
    """A field with a hint, and one that was filled wrongly."""

    name = forms.CharField(
        help_text="As it is to be credited.",
        widget=forms.TextInput(attrs={"class": "field__input"}),
    )
    address = forms.URLField(
        assume_scheme="https", widget=forms.URLInput(attrs={"class": "field__input"})
    )


def everything() -> dict[str, Any]:
    """What templates/style.html shows, by the names it uses."""
    usual = pathway("A pathway with all its marks", [["r", "a", "o"], ["1", "1", "1", "d", "f"]])
    long = pathway(LONG, [["r"] * 20, ["a"] * 20])
    empty = pathway("A pathway without steps", [])
    one = pathway(WELSH, [["r"]])
    outline = _outline(usual)
    on_resource = outline.entries[0].first
    return {
        "areas": areas(),
        "curators": [
            curator(headline="Who looks after what stands here"),
            curator(LONG[:120], headline=LONG[:160]),
            curator("", status=Status.WITHDRAWN),
        ],
        "chips": [
            Chip("proficiency", "basic", "Basic", "?"),
            Chip("skill", "", skill().words.title, "?"),
        ],
        "beside": (
            beside := [
                found("skill", "Skills", "Cleaning data", LONG[:120]),
                found("pathway", "Pathways", "From muddle to picture", WELSH),
                found("question", "Questions", "How do I clean our data?"),
            ]
        ),
        "facet": facet(),
        "long_facets": [
            long_facet("", "archives", "copyright"),
            long_facet("map", "maps", LONG[:60]),
        ],
        "form": Form({"name": "A name", "address": ""}),
        "levels": Proficiency.values,
        "long_text": Text(LONG, "en"),
        "outline": outline,
        "pagers": [results(1, 0), results(1, 60), results(4, 200), results(10, 200)],
        "pathway": usual,
        "pathways": [usual, long, empty, one],
        # The first step, a way of the fork, the last; and one of very many.
        "places": [
            whereabouts(usual, outline, 1),
            whereabouts(usual, outline, 5),
            whereabouts(usual, outline, 8),
            whereabouts(long, _outline(long), 9),
        ],
        "questions": [
            question("How do I record an oral history on a phone?", pathways=1, resources=9),
            question(WELSH, resources=1),
            question(LONG[:200]),
        ],
        "readings": readings(),
        "suggestions": Suggestions(beside, [one for _says, one in resources()[:2]]),
        "typed": ResourceQuery(q="opne data"),
        "resource": resource(link=link(LinkState.WORKS, days=3)),
        "resources": resources(),
        # Not “messages”: a request’s own would stand in their place.
        "said": [Message(SUCCESS, "Saved."), Message(ERROR, "Not saved.")],
        "skills": [skill(), skill(WELSH), skill(LONG[:120])],
        "step": on_resource,
        "texts": {
            "english": Text("The shortest way in that is still honest.", "en"),
            "welsh": Text(WELSH, "cy"),
            "arabic": Text(ARABIC, "ar"),
        },
    }


def _outline(made: Pathway) -> Outline:
    return outline_of(made.published_revision)
