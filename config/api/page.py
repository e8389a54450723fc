"""The page for developers: drawn in the site's own way from what openapi.json says, without a script."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from catalogue.search import ResourceQuery, search

Schema = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A parameter or a field: what it takes or holds, as `values` where these are few and known, else
    as a `kind`; and whether there may be `several`."""

    name: str
    about: SafeString
    kind: str
    values: list[str]
    several: bool = False
    # How many values it takes at most, its bounds if it is a number, and what it is unless it is named.
    most: int | None = None
    bounds: tuple[int, int] | None = None
    default: Any = None


@dataclass(frozen=True)
class Shape:
    name: str
    about: SafeString
    fields: list[Part]


class Documentation(DocsBase):
    """`asked`: parameters of the list; `shapes`: what answers are made of; `site`: where the addresses
    begin; `example`: its parameters, how many resources it finds, and the identifier of the first, if
    there is any."""

    SHAPES = ("Resource", "Provider", "TaughtSkill", "TaughtCompetence", "Tag", "Pathway")

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        listing = next(path for path in schema["paths"].values() if "parameters" in path["get"])
        context = {
            "site": settings.SITE_URL,
            "example": _example(),
            "asked": [
                _part(one["name"], one["schema"], schema) for one in listing["get"]["parameters"]
            ],
            "shapes": [_shape(name, schema) for name in self.SHAPES],
        }
        return render(request, "about/api.html", context)


def _example() -> dict[str, Any]:
    """A question that the starter catalogue answers, and what is answered here."""
    query = ResourceQuery(q="privacy", type=("guide", "course"))
    found = search(query, size=1, facets=False)
    first = next(iter(found.resources), None)
    uid = first.uid if first else UUID(int=0)
    return {"address": f"{query.address}&limit=1", "count": found.total, "uid": uid}


def _shape(name: str, schema: Schema) -> Shape:
    own = schema["components"]["schemas"][name]
    fields = [_part(field, said, schema) for field, said in own["properties"].items()]
    return Shape(name, marked(own.get("description", "")), fields)


def _part(name: str, said: Schema, schema: Schema) -> Part:
    is_list = said.get("type") == "array"
    inner = _resolved(said["items"] if is_list else said, schema)
    values = inner.get("enum") or ([inner["const"]] if "const" in inner else [])
    kind = inner.get("format") or inner.get("type", "string")
    kind = inner["title"] if kind == "object" else kind
    bounds = (inner["minimum"], inner["maximum"]) if "minimum" in inner else None
    default = said.get("default") if bounds else None
    about = marked(said.get("description", ""))
    return Part(name, about, kind, values, is_list, said.get("maxItems"), bounds, default)


def _resolved(said: Schema, schema: Schema) -> Schema:
    """What `said` refers to, null left out."""
    for one in said.get("anyOf") or said.get("allOf") or ():
        if one.get("type") != "null":
            return _resolved(one, schema)
    if "$ref" in said:
        return schema["components"]["schemas"][said["$ref"].rpartition("/")[2]]
    return said


def marked(text: str) -> SafeString:
    """`text` with what stands between backticks as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))
