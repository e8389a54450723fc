"""openapi.json says what is: every answer to whatever is asked is one that it declares."""

import json
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from catalogue.api import shapes
from catalogue.search import ResourceQuery
from tests.api import LIST
from tests.factories import ResourceFactory, SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client: Client) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").json()


class TestWhatIsDeclared:
    def test_the_version_the_site_and_every_address(self, schema: dict):
        assert schema["openapi"] == "3.1.0"
        assert schema["servers"] == [{"url": "http://127.0.0.1:8000"}]
        assert {path: set(said) for path, said in schema["paths"].items()} == {
            LIST: {"get"},
            f"{LIST}/{{id}}": {"get"},
        }

    def test_the_filters_are_those_of_the_page(self, schema: dict):
        declared = [one["name"] for one in schema["paths"][LIST]["get"]["parameters"]]

        asked = {field.name for field in fields(ResourceQuery)} - {"page"}
        # What a page looks for among the values that it offers narrows nothing.
        asked = {name for name in asked if not name.startswith("in_")}
        assert set(declared) == asked | {"facets", "limit", "cursor"}

    def test_a_resource_has_the_fields_that_were_promised(self, schema: dict):
        resource = schema["components"]["schemas"]["Resource"]

        assert list(resource["properties"]) == [
            *("id", "url", "page", "title", "description", "provider", "authors"),
            *("resource_type", "proficiency", "languages", "licence", "cost"),
            *("duration_minutes", "duration_source", "published", "access", "skills"),
            *("competences", "tags", "link_state", "link_checked", "pathways", "modified"),
        ]
        assert set(resource["required"]) == set(resource["properties"])
        assert resource["additionalProperties"] is False

    def test_each_status_has_its_shape(self, schema: dict):
        declared = {
            path: {status: shape_of(said) for status, said in one["get"]["responses"].items()}
            for path, one in schema["paths"].items()
        }

        assert declared == {
            LIST: {"200": "ResourceList", "422": "Mistakes", "503": "Problem"},
            f"{LIST}/{{id}}": {"200": "Resource", "301": "", "404": "Problem", "410": "Gone"},
        }

    def test_everything_it_refers_to_is_there(self, schema: dict):
        referred = set(refs(schema))

        assert referred and referred <= {
            f"#/components/schemas/{name}" for name in schema["components"]["schemas"]
        }


def shape_of(said: dict) -> str:
    content = said.get("content", {}).get("application/json")
    return content["schema"]["$ref"].rpartition("/")[2] if content else ""


def refs(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [ref for one in part.values() for ref in refs(one)]
    return [ref for one in part for ref in refs(one)] if isinstance(part, list) else []


NAMES = [*shapes.Asked.model_fields]
SENSIBLE = {
    "q": ["word", '"a word"', "-word", "a OR b"],
    "skill": ["a-skill"],
    "type": ["video", "guide"],
    "proficiency": ["basic"],
    "time": ["20", "more"],
    "language": ["en", "cy"],
    "match": ["any", "all"],
    "sort": ["title", "newest", "shortest", "relevance"],
    "facets": ["true", "false", "1"],
    "more": ["tag", "skill"],
    "limit": ["1", "2", "100"],
}
ANYTHING = some.text(max_size=30) | some.sampled_from(["", "0", "-1", "1e9", "null", "\x00", "[]"])
SAID = some.one_of(
    some.tuples(some.sampled_from(NAMES), ANYTHING),
    *(some.tuples(some.just(name), some.sampled_from(vs)) for name, vs in SENSIBLE.items()),
    some.tuples(some.text(max_size=10), ANYTHING),
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asked=some.lists(SAID, max_size=5))
def test_every_answer_is_one_that_is_declared(asked: list[tuple[str, str]], client: Client):
    if not SkillFactory._meta.model.objects.exists():
        ResourceFactory.create_batch(3, title="A word", skills=[SkillFactory(title="A skill")])

    response = client.get(f"{LIST}?{urlencode(asked, errors='surrogatepass')}")

    shape = {200: shapes.ResourceList, 422: shapes.Mistakes}[response.status_code]
    shape.model_validate_json(response.content)
    onward = json.loads(response.content).get("next")
    if onward:
        assert client.get(onward.removeprefix("http://127.0.0.1:8000")).status_code == 200
