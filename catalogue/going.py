"""The way out that counts: out to a resource, or to where a step leads, by its permanent identifier."""

import string
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from catalogue.evidence import count, is_reader
from catalogue.identity import Gone
from catalogue.models import Resource
from catalogue.registry import Point, gather
from catalogue.vocabularies import Status, Use

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


def go(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leads out to a resource (302), and counts that; raises Gone for a withdrawn one.

    Where `uid` is a step's, it counts for the step and for the resource. It leads nowhere but to the
    address of a resource of the catalogue, so nobody can make it lead elsewhere.
    """
    resource = Resource.objects.filter(uid=uid).first()
    resource = resource or next(iter(gather(Point.LEADS_OUT, uid)), None)
    if resource is None:
        raise Http404("nothing that bears this identifier leads out")
    if resource.status == Status.WITHDRAWN:
        raise Gone(resource)
    if resource.status != Status.PUBLISHED:
        raise Http404("no public resource bears this identifier")
    if is_reader(request):
        count(Use.DEPARTURE, *{uid, resource.uid})
    # Letter by letter as it is kept; only what no header may hold is encoded.
    return HttpResponse(
        status=302, headers={**HEADERS, "Location": quote(resource.url, safe=string.punctuation)}
    )
