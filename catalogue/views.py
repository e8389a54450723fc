"""Pages of what there is to learn. Each view names what its template gets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from catalogue.arrangement import areas_of, skills_by_area
from catalogue.identity import find_public
from catalogue.models import (
    Competence,
    Framework,
    Organisation,
    Question,
    Resource,
    ResourceSkill,
    Role,
    Skill,
    Tag,
)
from catalogue.registry import Point, gather
from catalogue.search import ResourceQuery, search
from catalogue.vocabularies import Status

# How many resources a page shows of a longer list, which it links to.
SOME = 8


def resource_list(request: HttpRequest) -> HttpResponse:
    """`results`: catalogue.search.Results, which holds the query."""
    results = search(ResourceQuery.parse(request.GET))
    response = render(request, "catalogue/resource_list.html", {"results": results})
    if not results.is_current:
        # Nobody keeps a page of what was counted before the last edit.
        patch_cache_control(response, private=True, no_cache=True)
    return response


def resource_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`resource`; `steps`: current steps that lead to it; `related`: resources alike."""
    resource = find_public(Resource.objects.for_detail(), slug)
    context = {
        "resource": resource,
        "steps": gather(Point.PATHWAYS_OF_RESOURCE, resource),
        "related": Resource.objects.related_to(resource)[:3],
    }
    return render(request, "catalogue/resource_detail.html", context)


def skill_list(request: HttpRequest) -> HttpResponse:
    """Skills by the competences of a framework, or from A to Z.

    `frameworks`; `framework`: the chosen one, None for A to Z; `areas` and `unplaced`, or `skills`.
    """
    frameworks = list(Framework.objects.for_listing())
    chosen = request.GET.get("framework", "")
    by_slug = {framework.slug: framework for framework in frameworks}
    skills = list(Skill.objects.for_listing().with_resource_count())
    context = {"frameworks": frameworks, "framework": None, "skills": skills}
    if chosen != "none" and frameworks:
        framework = by_slug.get(chosen, frameworks[0])
        areas, unplaced = skills_by_area(framework, skills)
        context |= {"framework": framework, "areas": areas, "unplaced": unplaced}
    return render(request, "catalogue/skill_list.html", context)


def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`skill`; `pathways`; `levels`: for each proficiency its statement, resources and count;
    `roles`: links to those that need it; `questions` that it answers."""
    skill = find_public(Skill.objects.for_detail(), slug)
    roles = skill.role_links.filter(role__status=Status.PUBLISHED).select_related("role")
    context = {
        "skill": skill,
        "roles": roles.order_by("role__sort_key"),
        "questions": skill.questions.for_listing(),
        "pathways": gather(Point.PATHWAYS_OF_SKILL, skill),
        "levels": ResourceSkill.objects.levels_of(skill, each=SOME),
    }
    return render(request, "catalogue/skill_detail.html", context)


def framework_list(request: HttpRequest) -> HttpResponse:
    """`frameworks`."""
    frameworks = Framework.objects.for_listing()
    return render(request, "catalogue/framework_list.html", {"frameworks": frameworks})


def framework_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`framework`; `areas` with counts; `levels`: bands, each with its levels."""
    framework = find_public(Framework.objects.all(), slug)
    context = {
        "framework": framework,
        "areas": areas_of(framework),
        "levels": framework.levels.filter(parent=None).prefetch_related("levels"),
    }
    return render(request, "catalogue/framework_detail.html", context)


def competence_detail(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """`competence`; `below`: its own competences; `skills`; `relations`; `levels`: (level or None,
    statements by kind); `resources`: the first that teach it; `query` for all; `total`."""
    framework = find_public(Framework.objects.all(), slug)
    rows = Competence.objects.select_related("framework", "parent__framework")
    competence = get_object_or_404(rows, framework=framework, code=code)
    query = ResourceQuery(competence=(competence.key,))
    results = search(query, facets=False)
    context = {
        "competence": competence,
        "below": competence.competences.in_order().select_related("framework"),
        "skills": Skill.objects.realising(competence).with_resource_count(),
        "relations": competence.relations(),
        "levels": competence.statements_by_level(),
        "query": query,
        "resources": results.resources[:SOME],
        "total": results.total,
    }
    return render(request, "catalogue/competence_detail.html", context)


def role_list(request: HttpRequest) -> HttpResponse:
    """`roles`."""
    return render(request, "catalogue/role_list.html", {"roles": Role.objects.for_listing()})


def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`role` with `skill_links`; `pathways`."""
    role = find_public(Role.objects.for_detail(), slug)
    context = {"role": role, "pathways": gather(Point.PATHWAYS_OF_ROLE, role)}
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
    """`organisations` that something public names, with `resource_count`."""
    organisations = Organisation.objects.for_listing().in_use().with_resource_count()
    return render(request, "catalogue/organisation_list.html", {"organisations": organisations})


def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`organisation`; `pathways` it answers for; `resources`: the first it provides; `query` for
    all; `total`."""
    organisation = find_public(Organisation.objects.all(), slug)
    query = ResourceQuery(provider=(organisation.slug,))
    results = search(query, facets=False)
    context = {
        "organisation": organisation,
        "pathways": gather(Point.PATHWAYS_OF_ORGANISATION, organisation),
        "query": query,
        "resources": results.resources[:SOME],
        "total": results.total,
    }
    return render(request, "catalogue/organisation_detail.html", context)


def tag_list(request: HttpRequest) -> HttpResponse:
    """`tags` in use, with `resource_count`."""
    tags = Tag.objects.for_listing().in_use().with_resource_count()
    return render(request, "catalogue/tag_list.html", {"tags": tags})


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
