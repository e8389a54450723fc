"""Pages of what there is to learn. Each view names what its template gets."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from catalogue import wanting
from catalogue.arrangement import areas_of, roles_by_sector, skills_by_area
from catalogue.coverage import coverage_of
from catalogue.findable import Group, asked_of, beside, near
from catalogue.identity import find_public
from catalogue.in_time import TookTooLong, in_time
from catalogue.keeping import kept, page_shows
from catalogue.models import (
    Competence,
    Framework,
    Organisation,
    Question,
    Resource,
    Role,
    Skill,
    Tag,
)
from catalogue.nearby import levels_of, related_to, skill_at
from catalogue.registers import Entry, Register
from catalogue.registry import Point, gather
from catalogue.search import SOUGHT, Excess, ResourceQuery, Results, search, suggestions, too_slow
from catalogue.tallies import tallies, with_counts

# How many resources a page shows of a longer list, which it links to.
SOME = 8
RELATED = 3
# And of each other kind of things that words find.
BESIDE = 3


def resource_list(request: HttpRequest) -> HttpResponse:
    """`results`: catalogue.search.Results, which holds the query; `beside`: what else its words find,
    as catalogue.findable.Group, on the first page; `excess`: catalogue.search.Excess."""
    query = ResourceQuery.parse(request.GET)
    try:
        with in_time():
            results = search(query)
            wanting.note(request, results)
            response = _resource_list(request, results, _beside(results))
    except TookTooLong:
        return _resource_list(request, too_slow(query), [], status=503)
    if wanting.is_in_vain(results):
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _resource_list(
    request: HttpRequest, results: Results, beside: list[Group], status: int = 200
) -> HttpResponse:
    context = {"results": results, "beside": beside, "excess": Excess.of(request.GET)}
    return render(request, "catalogue/resource_list.html", context, status=status)


def _beside(results: Results) -> list[Group]:
    """What the words find beside resources; where these find none, what any of the words does."""
    query = results.query
    if not query.q or query.page > 1:
        return []
    asked = asked_of(query.but(q=results.reading.shown_for or query.q).wanted)
    return beside(asked, each=BESIDE) or ([] if results.total else near(asked, each=BESIDE))


def _piece(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What `view` answers is no page by itself, and nothing to be found by it: in time, or not at all."""

    @wraps(view)
    def answered(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            with in_time():
                response = view(request, *args, **kwargs)
        except TookTooLong:
            response = HttpResponse(status=503)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


@_piece
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """A piece of a page, for the script of search fields. `suggestions`: catalogue.search.Suggestions."""
    context = {"suggestions": suggestions(request.GET.get("q", ""))}
    return render(request, "catalogue/suggestion_list.html", context)


@_piece
def facet_values(request: HttpRequest, name: str) -> HttpResponse:
    """A piece of the list of resources, for the script of its filters. `facet`: the one of that name, as
    the address narrows it; None where it has no value."""
    if name not in SOUGHT:
        raise Http404(f"the values of {name} are not looked through")
    found = search(ResourceQuery.parse(request.GET)).facets
    facet = next((facet for facet in found if facet.name == name), None)
    return render(request, "catalogue/facet_values.html", {"facet": facet})


def resource_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`resource`; the same `detailed`, with skills, competences, tags; `on_the_way`: where a reader
    stands who came from a step, in a list of one or none; `steps`: current steps that lead to it;
    `related`: resources alike; `doable`: what somebody at the desk may do with it, as (words,
    address)."""
    resource = find_public(Resource.objects.for_detail(), slug)
    page_shows(resource.uid)
    context = {
        "resource": resource,
        "detailed": SimpleLazyObject(resource.with_details),
        "on_the_way": gather(Point.ON_THE_WAY, resource, request.GET.get("step", "")),
        "steps": SimpleLazyObject(lambda: gather(Point.PATHWAYS_OF_RESOURCE, resource)),
        "related": related_to(resource, number=RELATED),
        "doable": _doable(request, resource),
    }
    return render(request, "catalogue/resource_detail.html", context)


def _doable(request: HttpRequest, resource: Resource) -> list[tuple[str, str]]:
    """What the desk offers whoever is signed in there. No query for visitors, whose page is kept."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_staff:
        return []
    return gather(Point.DONE_WITH_RESOURCE, resource, request.user)


def skill_list(request: HttpRequest) -> HttpResponse:
    """Skills by the competences of a framework, or from A to Z.

    `frameworks`; `framework`: the chosen one, None for A to Z; `areas` and `unplaced`, or `skills`;
    `unknown`: a framework that was asked for and nobody knows, else empty.
    """
    frameworks = kept("frameworks", lambda: list(Framework.objects.for_listing()))
    chosen = request.GET.get("framework", "")
    by_slug = {framework.slug: framework for framework in frameworks}
    counted = tallies()
    skills = kept("skills", lambda: with_counts(Skill.objects.for_names(), "skill", counted))
    unknown = chosen if chosen not in ("", "none", *by_slug) else ""
    context = {"frameworks": frameworks, "framework": None, "skills": skills, "unknown": unknown}
    if chosen != "none" and frameworks:
        framework = by_slug.get(chosen, frameworks[0])
        areas, unplaced = kept(
            ("skills by area", framework.pk), lambda: skills_by_area(framework, skills, counted)
        )
        context |= {"framework": framework, "areas": areas, "unplaced": unplaced}
    return render(request, "catalogue/skill_list.html", context)


def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`skill` with `resource_count`; `pathways`; `levels`: for each proficiency its statement,
    resources and count; `related`: skills near it; `roles`: links to those that need it; `questions`
    that it answers."""
    skill, around = skill_at(slug)
    context = {
        "skill": skill,
        "related": around.related,
        "roles": around.roles,
        "questions": around.questions,
        "pathways": gather(Point.PATHWAYS_OF_SKILL, skill),
        "levels": levels_of(skill, around.statements, tallies(), each=SOME),
    }
    return render(request, "catalogue/skill_detail.html", context)


def framework_list(request: HttpRequest) -> HttpResponse:
    """`frameworks` with `area_count` and `competence_count`."""
    frameworks = Framework.objects.for_listing().with_sizes()
    return render(request, "catalogue/framework_list.html", {"frameworks": frameworks})


def framework_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`framework`; `areas` with counts; `levels`: bands, each with its levels."""
    framework = find_public(Framework.objects.all(), slug)
    context = {
        "framework": framework,
        "areas": SimpleLazyObject(lambda: areas_of(framework)),
        "levels": framework.levels.filter(parent=None).prefetch_related("levels"),
    }
    return render(request, "catalogue/framework_detail.html", context)


def coverage(request: HttpRequest, slug: str) -> HttpResponse:
    """`framework`; `coverage`: catalogue.coverage.Coverage."""
    framework = find_public(Framework.objects.all(), slug)
    context = {"framework": framework, "coverage": coverage_of(framework)}
    return render(request, "catalogue/coverage.html", context)


def competence_detail(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """`competence`; `below`: its own competences; `skills`; `relations`; `levels`: (level or None,
    statements by kind); `resources`: the first that teach it; `query` for all; `total`."""
    competence, below = Competence.objects.at(slug, code)
    if competence is None:
        framework = find_public(Framework.objects.all(), slug)
        raise Http404(f"{framework} has no {code}")
    query = ResourceQuery(competence=(competence.key,))
    results = search(query, facets=False)
    context = {
        "competence": competence,
        "below": below,
        "skills": SimpleLazyObject(
            lambda: with_counts(Skill.objects.realising(competence), "skill")
        ),
        "relations": SimpleLazyObject(competence.relations),
        "levels": SimpleLazyObject(competence.statements_by_level),
        "query": query,
        "resources": results.resources[:SOME],
        "total": results.total,
    }
    return render(request, "catalogue/competence_detail.html", context)


def role_list(request: HttpRequest) -> HttpResponse:
    """`groups`: (Sector, None for several or any; its roles), those that have some."""
    groups = roles_by_sector(Role.objects.for_listing())
    return render(request, "catalogue/role_list.html", {"groups": groups})


def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`role`; `needs`: its links to skills, each with `resource_count` at its proficiency;
    `pathways`."""
    role = find_public(Role.objects.for_detail(), slug)
    counted = tallies()
    needs = list(role.skill_links.all())
    for link in needs:
        taught = counted.having("skill", link.skill.slug, [link.proficiency])
        link.resource_count = len(taught)
    context = {"role": role, "needs": needs, "pathways": gather(Point.PATHWAYS_OF_ROLE, role)}
    return render(request, "catalogue/role_detail.html", context)


def question_list(request: HttpRequest) -> HttpResponse:
    """`questions`."""
    questions = Question.objects.for_listing()
    return render(request, "catalogue/question_list.html", {"questions": questions})


def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`question` with `skills`; `pathways`; `resources`."""
    question = find_public(Question.objects.for_detail(), slug)
    context = {
        "question": question,
        "pathways": gather(Point.PATHWAYS_OF_QUESTION, question),
        "resources": Resource.objects.for_listing().filter(questions=question),
    }
    return render(request, "catalogue/question_detail.html", context)


def organisation_list(request: HttpRequest) -> HttpResponse:
    """`register` of organisations that something public names: catalogue.registers.Register."""
    counted = tallies()
    sizes = counted.sizes("provider")
    entries = [
        Entry(slug, name, sort_key, sizes.get(slug, 0))
        for slug, name, sort_key, is_body in Organisation.objects.for_register()
        if slug in sizes or is_body
    ]
    context = {"register": Register.of(entries, request.GET)}
    return render(request, "catalogue/organisation_list.html", context)


def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`organisation`; `pathways` it answers for; `curators` who work there; `resources`: the first it
    provides; `query` for all; `total`."""
    organisation = find_public(Organisation.objects.all(), slug)
    query = ResourceQuery(provider=(organisation.slug,))
    results = search(query, facets=False)
    context = {
        "organisation": organisation,
        "pathways": gather(Point.PATHWAYS_OF_ORGANISATION, organisation),
        "curators": gather(Point.CURATORS_OF_ORGANISATION, organisation),
        "query": query,
        "resources": results.resources[:SOME],
        "total": results.total,
    }
    return render(request, "catalogue/organisation_detail.html", context)


def tag_list(request: HttpRequest) -> HttpResponse:
    """`register` of tags in use: catalogue.registers.Register."""
    counted = tallies()
    sizes = counted.sizes("tag")
    rows = Tag.objects.for_register()
    entries = [Entry(*row, sizes[row[0]]) for row in rows if row[0] in sizes]
    context = {"register": Register.of(entries, request.GET)}
    return render(request, "catalogue/tag_list.html", context)


def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`tag`; `resources`: the first that bear it; `query` for all; `total`."""
    tag = find_public(Tag.objects.all(), slug)
    query = ResourceQuery(tag=(tag.slug,))
    results = search(query, facets=False)
    context = {
        "tag": tag,
        "query": query,
        "resources": results.resources[:SOME],
        "total": results.total,
    }
    return render(request, "catalogue/tag_detail.html", context)
