"""What joins the apps: home, permanent addresses, and the error pages."""

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.template.loader import render_to_string

from catalogue.arrangement import main_areas
from catalogue.identity import Gone, find_by_uid
from catalogue.models import Question, Resource, Role
from catalogue.tallies import tallies
from catalogue.vocabularies import Status
from pathways.models import Pathway

# How many resources the first page shows.
NEWEST, CHECKED = 6, 4


def home(request: HttpRequest) -> HttpResponse:
    """`questions` with counts of their answers; `framework` with `areas`; `pathways`; `roles`; `newest`
    resources; `checked`: those whose links were visited last; `resource_count`."""
    counted = tallies()
    framework, areas = main_areas(counted)
    newest = list(islice(counted.in_order("newest", counted.every), NEWEST))
    visited = Resource.objects.published().last_visited()
    shown = Q(pk__in=newest) | Q(pk__in=visited.values("pk")[:CHECKED])
    rows = {row.pk: row for row in Resource.objects.published().with_facts().filter(shown)}
    context = {
        "questions": _with_answers(Question.objects.published().order_by("position", "sort_key"))[
            :6
        ],
        "framework": framework,
        "areas": areas,
        "pathways": Pathway.objects.for_listing().order_by("-published_at", "-pk")[:3],
        "roles": Role.objects.for_names()[:8],
        "newest": [rows[pk] for pk in newest if pk in rows],
        "checked": _last_visited(rows.values())[:CHECKED],
        "resource_count": counted.total,
    }
    return render(request, "home.html", context)


def _last_visited(resources: Iterable[Resource]) -> list[Resource]:
    """Those of `resources` whose links were ever visited, the latest first."""
    visited = (one for one in resources if hasattr(one, "link") and one.link.checked_at)
    return sorted(visited, key=lambda one: (one.link.checked_at, one.pk), reverse=True)


def _with_answers(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Adds `pathway_count` and `resource_count`: how many public ones answer each."""
    return questions.annotate(
        pathway_count=Count(
            "pathway_links",
            filter=Q(pathway_links__pathway__status=Status.PUBLISHED),
            distinct=True,
        ),
        resource_count=Count(
            "resources", filter=Q(resources__status=Status.PUBLISHED), distinct=True
        ),
    )


def permanent(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leads from a permanent identifier to the page; 410 for what was withdrawn."""
    row = find_by_uid(uid)
    if row is None or row.public_status() not in (Status.PUBLISHED, Status.WITHDRAWN):
        raise Http404("no public row bears this identifier")
    if row.public_status() == Status.WITHDRAWN and hasattr(row, "withdrawn_reason"):
        raise Gone(row)
    # Found (302): the page may get another address, the identifier never.
    return HttpResponseRedirect(row.get_absolute_url())


# Error pages: what happened, and how to go on.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may be what failed: no database, no session, no context of the site."""
    return HttpResponse(render_to_string("500.html"), status=500)
