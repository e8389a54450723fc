"""What joins the apps: home, permanent addresses, and the error pages."""

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

from catalogue.arrangement import areas_of
from catalogue.identity import Gone, find_by_uid
from catalogue.models import Framework, Question, Resource, Role
from catalogue.vocabularies import Status
from pathways.models import Pathway


def home(request: HttpRequest) -> HttpResponse:
    """`questions` with counts of their answers; `framework` with `areas`; `pathways`; `roles`; `newest` resources;
    `resource_count`."""
    framework = Framework.objects.main()
    context = {
        "questions": _with_answers(Question.objects.published().order_by("position", "sort_key"))[
            :6
        ],
        "framework": framework,
        "areas": areas_of(framework) if framework else [],
        "pathways": Pathway.objects.for_listing().order_by("-published_at", "-pk")[:3],
        "roles": Role.objects.for_listing()[:8],
        "newest": Resource.objects.published().order_by("-published_at", "-pk").with_card()[:6],
        "resource_count": Resource.objects.published().count(),
    }
    return render(request, "home.html", context)


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
