"""What is answered at which address; config.api says under which root."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja import Status as Answer

from catalogue.api import mistakes, reading, shapes
from catalogue.api.cursor import Cursor, NoCursor, after
from catalogue.api.errors import AskedWrongly, Withdrawn
from catalogue.identity import public_twin
from catalogue.in_time import TookTooLong, in_time, without_hurry
from catalogue.models import Resource
from catalogue.search import Facet, ResourceQuery, known_of, search
from catalogue.tallies import Tallies, tallies
from catalogue.vocabularies import Status

router = Router(tags=["Resources"])


@router.get(
    "/resources",
    summary="Search and browse resources",
    operation_id="list_resources",
    url_name="resources",
    response={200: shapes.ResourceList, 422: shapes.Mistakes, 503: shapes.Problem},
    exclude_unset=True,
)
def resources(request: HttpRequest, asked: Query[shapes.Asked]) -> Any:
    """The published resources that match, in the order that the page `/resources/` has them.

    Follow `next` until it is null to read all of them, however many there are. What is published or
    withdrawn meanwhile neither repeats others nor leaves them out.
    """
    try:
        with in_time():
            return _answered(request, asked)
    except TookTooLong:
        message = _("The search took too long. Ask for fewer or rarer words.")
        return Answer(503, {"status": 503, "message": message})


def _answered(request: HttpRequest, asked: shapes.Asked) -> dict[str, Any]:
    with without_hurry():
        counted = tallies()
    query, cursor = _understood(request, asked, counted)
    found = search(query, span=cursor.span(asked.limit), facets=asked.facets, counted=counted)
    within = found.resources.keys
    near = {row.pk: row for row in reading.rows_of(cursor.near(within, asked.limit))}
    keys, has_more, begin = cursor.going_on(within, near, asked.limit)
    rows = [near[key] for key in keys if key in near]
    onward = after(rows, begin + len(keys)) if rows else replace(cursor, read=begin + len(keys))
    answer = {
        "items": reading.told(rows),
        "count": found.total,
        "next": _address_of(query, asked, onward) if has_more else None,
    }
    if found.is_more:
        answer["count_is_least"] = True
    if found.reading.shown_for:
        answer["searched_for"] = found.reading.shown_for
    if found.is_mixed:
        answer["whole"] = found.whole
    if found.says_nothing:
        answer["says_nothing"] = True
    if asked.facets:
        answer["facets"] = _facets(found.facets)
    return answer


def _understood(
    request: HttpRequest, asked: shapes.Asked, counted: Tallies
) -> tuple[ResourceQuery, Cursor]:
    """The question and the place to go on at. Raises AskedWrongly."""
    query = ResourceQuery.parse(request.GET)
    known, _unknown = known_of(query, counted)
    wrong = [
        *mistakes.strangers(request.GET),
        *mistakes.unreadable(request.GET),
        *mistakes.repeated(request.GET),
        *mistakes.unknown_values(query, known),
        *mistakes.unknown_framework(query, counted),
    ]
    if wrong:
        raise AskedWrongly(wrong)
    try:
        return query, Cursor.of(asked.cursor, query)
    except NoCursor as error:
        raise AskedWrongly([mistakes.no_cursor(asked.cursor)]) from error


def _address_of(query: ResourceQuery, asked: shapes.Asked, cursor: Cursor) -> str:
    """Where the same question goes on."""
    said = [*query.parameters, ("limit", asked.limit)]
    said += [("facets", "true")] if asked.facets else []
    said += [("cursor", cursor.text(query))]
    return reading.here(f"{reverse('api:resources')}?{urlencode(said)}")


def _facets(facets: Sequence[Facet]) -> list[dict[str, Any]]:
    return [
        {
            "name": facet.name,
            "label": facet.label,
            "is_cut": facet.is_cut,
            "values": [
                {
                    "value": one.value,
                    "label": str(one.label),
                    "count": one.count,
                    "chosen": one.is_chosen,
                }
                for one in facet.values
            ],
        }
        for facet in facets
    ]


@router.get(
    "/resources/{uuid:id}",
    summary="One resource",
    operation_id="get_resource",
    url_name="resource",
    response={200: shapes.Resource, 301: None, 404: shapes.Problem, 410: shapes.Gone},
)
def resource(request: HttpRequest, id: UUID) -> Any:
    """The published resource of this permanent identifier.

    One that was merged into another leads there (301). One that was withdrawn says why, and what
    takes its place (410).
    """
    row = reading.with_links(Resource.objects.filter(uid=id)).first()
    if row is None or row.status not in (Status.PUBLISHED, Status.WITHDRAWN):
        raise Http404
    if row.status == Status.WITHDRAWN:
        return _instead(row)
    return reading.told([row])[0]


def _instead(row: Resource) -> HttpResponse:
    """Leads from a withdrawn resource to what it was merged into. Raises Withdrawn."""
    kept = public_twin(row)
    if kept is None:
        raise Withdrawn(row)
    return HttpResponsePermanentRedirect(reverse("api:resource", args=[kept.uid]))
