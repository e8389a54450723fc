"""The whole-page cache for visitors without a cookie, and what such pages tell other caches.

A page is kept under the site's revision, which every edit of anything public moves (see
catalogue.models.site), so nothing has to be thrown away: an edit shows on every worker as soon as
the revision is read again, half a second later at most. The release is part of the key as well, so
that a new one shares a cache with the old and never shows its pages. A request that carries a
session or learner cookie is answered afresh, privately. So is a page whose counts are of a moment
ago (see catalogue.tallies): nobody keeps it.
"""

import functools
import gzip
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.connection import ConnectionProxy

from catalogue import keeping
from catalogue.evidence import count_view
from catalogue.models import SiteRevision

Handler = Callable[[HttpRequest], HttpResponse]

cache = ConnectionProxy(caches, "pages")

# With one of these a visitor is somebody: pages are rendered for them alone.
OWN_COOKIES = frozenset(
    {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "learner", "messages"}
)
# How long a worker trusts the revision that it read, and how long a page is kept at most, so that
# “checked 3 days ago” grows old with the calendar.
REVISION_SECONDS = 0.5
PAGE_SECONDS = 600
COMPRESS_FROM_BYTES = 500
# Pages come out 3 % larger than at 6, in little more than half the time.
COMPRESSION = 4
# Twice the heaviest page that anybody asks for in earnest. An address that names hundreds of filters
# makes one of megabytes, and hundreds of such would fill a worker's memory.
KEPT_UP_TO_BYTES = 250_000
# Settings that pages show.
SHOWN = (
    *("SITE_NAME", "SITE_URL", "OPERATOR_NAME", "OPERATOR_CONTACT", "SOURCE_URL"),
    *("ACCESSIBILITY_AUDITED", "ACCESSIBILITY_STATE", "WELSH_IS_READY"),
)
# Of so many pages that were asked for without packing, the whole text stays beside: hardly any browser
# asks so.
UNPACKED = 16
# Counts up when _Page is kept in another form, which an older or newer process couldn't read.
FORMAT = 3


class PageCacheMiddleware:
    """Answers from the cache where it may, and marks every page public or private."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        # The revision, and when it was asked for: one value, since threads share it.
        self.known = (0, float("-inf"))
        self.learning = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith("/admin/"):
            return _privately(self.get_response(request))
        if is_somebody(request):
            with keeping.page() as page:
                response = self.get_response(request)
            count_view(request, response, page.shows)
            return _privately(response)
        revision, is_new = self.revision()
        key = self.key_of(request, revision)
        kept = cache.get(key)
        if kept is None:
            # Asked for this very request, it needn't be asked again to make the page.
            with keeping.page(revision if is_new else None) as page:
                response = self.get_response(request)
            if not (_may_be_public(response) and page.is_current):
                count_view(request, response, page.shows)
                return _privately(response)
            kept = _Page.of(response, page.shows)
            worth_keeping = (
                response.status_code == 200 and len(response.content) <= KEPT_UP_TO_BYTES
            )
            if worth_keeping and request.method == "GET":
                cache.set(key, kept, PAGE_SECONDS)
        answer = kept.answer(request)
        # After the answer is made, whether or not it was kept.
        count_view(request, answer, kept.shows)
        return answer

    def key_of(self, request: HttpRequest, revision: int) -> str:
        """A key that release, revision and address make together."""
        address = f"{request.get_host()}{request.get_full_path()}".encode()
        return f"page:{release()}:{revision}:{hashlib.sha256(address).hexdigest()}"

    def revision(self) -> tuple[int, bool]:
        """The site's revision as it was half a second ago or later, and whether it was asked for now. A
        query, if it has to ask."""
        revision, asked_at = self.known
        # Before the query: what comes while it runs is not in its answer.
        now = time.monotonic()
        if now - asked_at <= REVISION_SECONDS:
            return revision, False
        current = SiteRevision.current()
        with self.learning:
            # Whoever asked earlier may be answered later.
            self.known = max(self.known, (current, now))
            return self.known[0], True


def release() -> str:
    """A digest of what makes pages beside the database: templates, words, settings, static files.

    Taken once for each process, but every time where templates are being edited.
    """
    return _digest.__wrapped__() if settings.DEBUG else _digest()


@functools.cache
def _digest() -> str:
    digest = hashlib.sha256()
    for part in _parts_of_release():
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()[:16]


def _parts_of_release() -> Iterator[bytes]:
    yield str(FORMAT).encode()
    yield getattr(staticfiles_storage, "manifest_hash", "").encode()
    for name in SHOWN:
        yield str(getattr(settings, name, "")).encode()
    for folder, pattern in (("templates", "*.html"), ("locale", "*.mo")):
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob(pattern)):
            yield str(path.relative_to(settings.BASE_DIR)).encode()
            yield path.read_bytes()


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip (RFC 9110, section 12.5.3); q=0 refuses it."""
    for coding in accepted.lower().split(","):
        name, _semicolon, weight = coding.partition(";")
        if name.strip() in ("gzip", "x-gzip"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


class _Page:
    """A public answer without what belongs to one request: status, headers, body, packed by gzip where
    `is_packed`, which takes a sixth of the memory; and whose page it is (see
    catalogue.keeping.page_shows)."""

    def __init__(
        self, status: int, headers: dict[str, str], body: bytes, shows: str | None
    ) -> None:
        self.status, self.headers, self.shows = status, headers, shows
        self.etag = hashlib.sha256(body).hexdigest()[:24]
        self.is_packed = len(body) >= COMPRESS_FROM_BYTES
        self.body = gzip.compress(body, COMPRESSION, mtime=0) if self.is_packed else body

    @classmethod
    def of(cls, response: HttpResponse, shows: str | None) -> "_Page":
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        return cls(response.status_code, headers, response.content, shows)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The response to `request`: packed where the browser takes that, 304 where it has it."""
        is_packed = self.is_packed and takes_gzip(request.headers.get("Accept-Encoding", ""))
        body = _unpacked(self.body) if self.is_packed and not is_packed else self.body
        response = HttpResponse(body, status=self.status, headers=self.headers)
        response["Content-Length"] = str(len(body))
        if is_packed:
            response["Content-Encoding"] = "gzip"
        if self.status != 200:
            return response
        etag = f'"{self.etag}-gz"' if is_packed else f'"{self.etag}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)


@functools.lru_cache(UNPACKED)
def _unpacked(packed: bytes) -> bytes:
    return gzip.decompress(packed)


def is_somebody(request: HttpRequest) -> bool:
    """Whether the visitor carries a cookie of ours that a page may depend on."""
    return not OWN_COOKIES.isdisjoint(request.COOKIES)


def _may_be_public(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and not response.cookies
        and not response.has_header("Set-Cookie")
        and response.status_code in (200, 301, 404, 410)
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
    )


def _privately(response: HttpResponse) -> HttpResponse:
    """Keeps shared caches from an answer that is for one person, unless it says otherwise."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response
