"""What answers of the API look like, whoever gives them."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.renderers import JSONRenderer

ROOT = "/api/"


class Readable(JSONRenderer):
    """JSON with every letter as itself."""

    json_dumps_params: ClassVar = {"ensure_ascii": False}


def is_of_api(request: HttpRequest) -> bool:
    return request.path.startswith(ROOT)


def problem(status: int, message: str, **more: Any) -> HttpResponse:
    """What every answer looks like that is none (catalogue.api.shapes.Problem)."""
    told = {"status": status, "message": message, **more}
    return JsonResponse(told, status=status, json_dumps_params=Readable.json_dumps_params)
