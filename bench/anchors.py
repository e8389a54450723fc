"""The anchors that pages are measured by, beside Waymark in one server: hello and list50.

*hello* is the barest view that Django answers, without middleware. *list50* is the plainest list it
can make of this database: fifty rows of a resource's facts by two queries of the ORM, in a template
of a few lines that is compiled once.

`application` is Waymark with both beside it, at /anchor/hello and /anchor/list50:
gunicorn -c python:config.gunicorn anchors:application, with bench/ and the checkout on PYTHONPATH.
BENCH_GROUND names the benchmark database, as in 100000.
"""

import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

LIST50 = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>list50</title></head><body>
<header><nav><a href="/">Home</a> <a href="/skills/">Skills</a></nav></header><main><h1>list50</h1><ol>
{% for r in rows %}<li class="resource"><h3><a href="/r/{{ r.pk }}/">{{ r.title }}</a></h3>
<p class="meta">{{ r.resource_type }} · {{ r.proficiency }} · {{ r.published_at|date:"j M Y" }}</p>
<p>{{ r.description|truncatechars:160 }}</p>
<ul class="tags">{% for t in r.named %}<li><a href="/t/{{ t }}/">tag-{{ t }}</a></li>{% endfor %}</ul></li>
{% endfor %}</ol></main><footer>anchor</footer></body></html>"""


@cache
def _template() -> Callable[[Iterable], str]:
    from django.template import Context, Engine

    compiled = Engine().from_string(LIST50)
    return lambda rows: compiled.render(Context({"rows": rows}))


def list50() -> str:
    from catalogue.models import Resource, ResourceTag

    facts = "title", "description", "resource_type", "proficiency", "published_at"
    rows = list(Resource.objects.published().order_by("-published_at", "-pk").only(*facts)[:50])
    links = ResourceTag.objects.filter(content_object__in=[row.pk for row in rows])
    named: dict[int, list[int]] = {}
    for resource, tag in links.values_list("content_object_id", "tag_id"):
        named.setdefault(resource, []).append(tag)
    for row in rows:
        row.named = named.get(row.pk, ())
    return _template()(rows)


def _hello(request: HttpRequest) -> HttpResponse:
    return _answer("hello")


def _list50(request: HttpRequest) -> HttpResponse:
    return _answer(list50())


def _answer(text: str) -> HttpResponse:
    # With its length, which middleware would tell: else the connection could not be kept.
    body = text.encode()
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


urlpatterns = [path("anchor/hello", _hello), path("anchor/list50", _list50)]


class _Request(WSGIRequest):
    urlconf = __name__


class _Anchors(WSGIHandler):
    """Django without a single middleware, and with no addresses but the anchors'."""

    request_class = _Request

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)


def _beside() -> Callable:
    """Waymark as production has it, but for its database, with the anchors beside it."""
    from ground import choose

    choose(os.environ["BENCH_GROUND"])
    from config.wsgi import application as waymark

    anchors = _Anchors()

    def answer(environ: dict[str, Any], start: Callable) -> Iterable[bytes]:
        is_anchor = environ["PATH_INFO"].startswith("/anchor/")
        return (anchors if is_anchor else waymark)(environ, start)

    return answer


# What gunicorn asks for; whoever wants list50 alone imports this module with Django set up.
if "BENCH_GROUND" in os.environ:
    application = _beside()
