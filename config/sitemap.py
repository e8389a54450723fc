"""The sitemap: every public page with its own address, and when it last changed.

Files are streamed row by row, so that a large catalogue takes no more memory than a small one. Up
to 50,000 pages stand in one file; beyond that it is an index of files, each of one kind of page
(sitemaps.org/protocol.html).
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control

from catalogue.models import (
    Competence,
    Framework,
    Organisation,
    Question,
    Resource,
    Role,
    Skill,
    Tag,
)
from curators.models import Curator
from pathways.models import Pathway, Step

# What the protocol allows in a file, and how many rows are read at a time.
PER_FILE = 50_000
CHUNK = 2_000
CACHE_SECONDS = 3_600

# Pages without a row of their own, by the names of their addresses.
PAGES = (
    *("home", "catalogue:resource_list", "catalogue:skill_list", "catalogue:framework_list"),
    *("catalogue:role_list", "catalogue:question_list", "catalogue:organisation_list"),
    *("catalogue:tag_list", "pathways:pathway_list", "curators:curator_list"),
    *("about", "selection", "contact", "accessibility", "privacy", "licence"),
    "api:openapi-view",
)

URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'

# Rows as a tuple: the parts of an address below that of the list, and when they last changed.
Rows = Callable[[], QuerySet]


def _steps() -> QuerySet:
    current = Step.objects.filter(
        revision=F("revision__pathway__published_revision"),
        revision__pathway__status="published",
    )
    return current.values_list("revision__pathway__slug", "n", "revision__pathway__modified")


def _rows_of(model: type) -> Rows:
    return lambda: model.objects.published().values_list("slug", "modified")


def _has(resources: QuerySet, **which: OuterRef) -> Exists:
    """Whether a published resource is tied to the row."""
    return Exists(resources.published().filter(**which))


# The kinds of page, each with the address of its list and its rows.
KINDS: dict[str, tuple[str, Rows]] = {
    "resources": ("catalogue:resource_list", _rows_of(Resource)),
    "skills": ("catalogue:skill_list", _rows_of(Skill)),
    "frameworks": ("catalogue:framework_list", _rows_of(Framework)),
    "coverage": (
        "catalogue:framework_list",
        lambda: (
            Framework.objects.published()
            .annotate(page=Value("coverage"))
            .values_list("slug", "page", "modified")
        ),
    ),
    "competences": (
        "catalogue:framework_list",
        lambda: Competence.objects.public().values_list(
            "framework__slug", "code", "framework__modified"
        ),
    ),
    "roles": ("catalogue:role_list", _rows_of(Role)),
    "questions": ("catalogue:question_list", _rows_of(Question)),
    "organisations": (
        "catalogue:organisation_list",
        lambda: (
            Organisation.objects.published()
            .filter(Q(is_sector_body=True) | _has(Resource.objects, provider=OuterRef("pk")))
            .values_list("slug", "modified")
        ),
    ),
    "tags": (
        "catalogue:tag_list",
        lambda: (
            Tag.objects.published()
            .filter(_has(Resource.objects, tag_links__tag=OuterRef("pk")))
            .values_list("slug", "modified")
        ),
    ),
    "pathways": ("pathways:pathway_list", _rows_of(Pathway)),
    "steps": ("pathways:pathway_list", _steps),
    "curators": ("curators:curator_list", _rows_of(Curator)),
}


def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """All pages in one file, or an index where that would be too long. A query for each kind."""
    if request.method == "HEAD":
        # Servers would have every row read, to send none of it.
        return _xml(URLSET, iter(()))
    counts = {kind: rows().count() for kind, (_list, rows) in KINDS.items()}
    if len(PAGES) + sum(counts.values()) <= _rows_per_file():
        return _xml(URLSET, _everything())
    return _xml(INDEX, _files(counts))


def sitemap_file(request: HttpRequest, kind: str, number: int) -> StreamingHttpResponse:
    """File `number`, from 1, of one kind of page; `pages` are those without a row. Two queries."""
    if not 1 <= number <= _files_of(kind):
        raise Http404("no such part of the sitemap")
    if request.method == "HEAD":
        return _xml(URLSET, iter(()))
    if kind == "pages":
        return _xml(URLSET, _pages())
    start = (number - 1) * _rows_per_file()
    return _xml(URLSET, _urls(kind, start, start + _rows_per_file()))


def _files_of(kind: str) -> int:
    """How many files a kind of page takes; none where there is no such kind."""
    if kind == "pages":
        return 1
    return _files_for(KINDS[kind][1]().count()) if kind in KINDS else 0


def _files_for(count: int) -> int:
    return -(-count // _rows_per_file())


def _rows_per_file() -> int:
    return PER_FILE // len(_prefixes())


def _prefixes() -> list[str]:
    """What stands before the addresses of each language that is ready."""
    return ["", "/cy"] if settings.WELSH_IS_READY else [""]


def _everything() -> Iterator[str]:
    yield from _pages()
    for kind in KINDS:
        yield from _urls(kind, 0, PER_FILE)


def _pages() -> Iterator[str]:
    for name in PAGES:
        yield from _url(reverse(name), None)


def _urls(kind: str, start: int, stop: int) -> Iterator[str]:
    list_name, rows = KINDS[kind]
    above = reverse(list_name)
    for *parts, modified in rows().order_by("pk")[start:stop].iterator(chunk_size=CHUNK):
        yield from _url(above + "".join(f"{part}/" for part in parts), modified)


def _url(path: str, modified: datetime | None) -> Iterator[str]:
    changed = f"<lastmod>{modified.date().isoformat()}</lastmod>" if modified else ""
    for prefix in _prefixes():
        yield f"<url><loc>{escape(settings.SITE_URL + prefix + path)}</loc>{changed}</url>\n"


def _files(counts: dict[str, int]) -> Iterator[str]:
    for kind, count in {"pages": len(PAGES), **counts}.items():
        for number in range(1, _files_for(count) + 1):
            there = settings.SITE_URL + reverse("sitemap_file", args=[kind, number])
            yield f"<sitemap><loc>{escape(there)}</loc></sitemap>\n"


def _xml(opening: str, parts: Iterator[str]) -> StreamingHttpResponse:
    def whole() -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n'
        yield from parts
        yield f"</{opening[1:].split()[0]}>\n"

    response = StreamingHttpResponse(whole(), content_type="application/xml")
    patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
    return response
