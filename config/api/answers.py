"""What answers of the API look like, whoever gives them."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja.renderers import JSONRenderer

ROOT = "/api/"


class Readable(JSONRenderer):
    """JSON with every letter as itself, but for what would begin a tag, were it ever taken for HTML."""

    json_dumps_params: ClassVar = {"ensure_ascii": False}

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        told = super().render(request, data, response_status=response_status)
        return told.replace("<", r"\u003c")


def is_of_api(request: HttpRequest) -> bool:
    return request.path.startswith(ROOT)


def problem(request: HttpRequest, status: int, message: str, **more: Any) -> HttpResponse:
    """What every answer looks like that is none (catalogue.api.shapes.Problem)."""
    told = {"status": status, "message": message, **more}
    body = Readable().render(request, told, response_status=status)
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
