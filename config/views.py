"""What joins the apps: home, permanent addresses, and the error pages."""

from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from catalogue.identity import Gone, find_by_uid, public_twin
from catalogue.vocabularies import Status
from config.api import is_of_api, problem
from config.home import Home


def home(request: HttpRequest) -> HttpResponse:
    """`home`: config.home.Home."""
    return render(request, "home.html", {"home": Home()})


def permanent(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leads from a permanent identifier to the page; 410 for what was withdrawn."""
    row = find_by_uid(uid)
    if row is None or row.public_status() not in (Status.PUBLISHED, Status.WITHDRAWN):
        raise Http404("no public row bears this identifier")
    if row.public_status() == Status.WITHDRAWN and hasattr(row, "withdrawn_reason"):
        kept = public_twin(row)
        if kept is None:
            raise Gone(row)
        row = kept
    # Found (302): the page may get another address, the identifier never.
    return HttpResponseRedirect(row.get_absolute_url())


# Error pages: what happened, and how to go on. Programs are told it in a form that they read.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_of_api(request):
        return problem(request, 400, _("The request makes no sense."))
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_of_api(request):
        return problem(request, 404, _("There is nothing at this address."))
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may be what failed: no database, no session, no context of the site."""
    if is_of_api(request):
        return problem(request, 500, "Something went wrong here. Try again in a while.")
    return HttpResponse(render_to_string("500.html"), status=500)
