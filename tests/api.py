"""Reads the API as programs do, and holds every answer to what openapi.json declares."""

from typing import Any

from django.test import Client

from catalogue.api import shapes

ROOT = "http://127.0.0.1:8000"
LIST = "/api/v1/resources"
# What is declared for each status of the list, and of one resource.
SHAPES = {
    200: (shapes.ResourceList, shapes.Resource),
    404: (None, shapes.Problem),
    410: (None, shapes.Gone),
    422: (shapes.Mistakes, None),
    503: (shapes.Problem, None),
}


def read(client: Client, path: str = LIST, *, status: int = 200) -> Any:
    """What `path` answers, of the declared shape and nothing besides; `path` may be a whole address."""
    response = client.get(path.removeprefix(ROOT))
    assert response.status_code == status, response.content
    shape = SHAPES[status]["?" not in path and path != LIST]
    shape.model_validate_json(response.content)
    return response.json()


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer["items"]]


def messages(answer: Any) -> dict[str, str]:
    """What is wrong with each parameter."""
    return {one["parameter"]: one["message"] for one in answer["mistakes"]}
