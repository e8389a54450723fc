"""What the apps answer to programs, joined, and how mistakes are told."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja import NinjaAPI
from ninja.errors import ValidationError

from catalogue.api import AskedWrongly, Withdrawn, mistakes, router
from catalogue.api.reading import here
from catalogue.api.shapes import Mistake
from catalogue.identity import replacement_of
from config.api.answers import Readable, problem
from config.api.page import Documentation

api = NinjaAPI(
    title=f"{settings.SITE_NAME}: the catalogue for programs",
    version="1",
    description=(
        "Everything that the pages show of published resources. Read only, without a key, and open to "
        "scripts of any site."
    ),
    urls_namespace="api",
    docs=Documentation(),
    renderer=Readable(),
    servers=[{"url": settings.SITE_URL}],
)
api.add_router("", router)


@api.exception_handler(Http404)
def nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404, _("Nothing public has this identifier."))


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    strangers = mistakes.strangers(request.GET)
    return _asked_wrongly(request, [*strangers, *mistakes.told(error.errors, request.GET)])


@api.exception_handler(AskedWrongly)
def asked_wrongly(request: HttpRequest, error: AskedWrongly) -> HttpResponse:
    return _asked_wrongly(request, error.mistakes)


def _asked_wrongly(request: HttpRequest, found: list[Mistake]) -> HttpResponse:
    message = ngettext(
        "A parameter makes no sense here.", "%(n)d parameters make no sense here.", len(found)
    )
    told = [one.model_dump() for one in found]
    return problem(request, 422, message % {"n": len(found)}, mistakes=told)


@api.exception_handler(Withdrawn)
def withdrawn(request: HttpRequest, error: Withdrawn) -> HttpResponse:
    row = error.resource
    instead = replacement_of(row)
    return problem(
        request,
        410,
        _("This resource was withdrawn."),
        reason=row.withdrawn_reason,
        replaced_by=instead
        and {
            "id": instead.uid,
            "title": str(instead),
            "page": here(instead.get_absolute_url()),
        },
    )
