"""The way out that counts: for pages elsewhere that want to know how often their links are used."""

import string
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from catalogue.identity import Gone
from catalogue.models import DepartureCount, Resource
from catalogue.vocabularies import Status

# What browsers say when they fetch a page that somebody might open; the last two are of old ones.
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


def go(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leads out to a resource (302), and counts that; raises Gone for a withdrawn one.

    Looking where it leads (HEAD) is not going there, nor is a browser’s fetching it ahead of time.
    """
    resource = get_object_or_404(Resource, uid=uid)
    if resource.status == Status.WITHDRAWN:
        raise Gone(resource)
    if resource.status != Status.PUBLISHED:
        raise Http404("no public resource bears this identifier")
    if request.method == "GET" and not is_ahead(request):
        DepartureCount.objects.count_one(resource)
    # Letter by letter as it is kept; only what no header may hold is encoded.
    return HttpResponse(
        status=302, headers={**HEADERS, "Location": quote(resource.url, safe=string.punctuation)}
    )


def is_ahead(request: HttpRequest) -> bool:
    """Whether a browser fetches the page before anyone asked for it."""
    said = (request.headers.get(name, "").lower() for name in AHEAD)
    return any(word.startswith(("prefetch", "preview")) for word in said)
