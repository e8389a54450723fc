"""What every request passes through, beside Django's own."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pghistory.middleware import HistoryMiddleware

from catalogue.identity import Gone, Moved, replacement_of
from config import probes
from config.api import is_of_api, problem
from config.masking import masked

Handler = Callable[[HttpRequest], HttpResponse]


class ProbesMiddleware:
    """Answers those who watch the process, by whatever host and scheme they ask."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = probes.PROBES.get(request.path)
        return probe(request) if probe else self.get_response(request)


class ProxyMiddleware:
    """Believes what a proxy says of a request only where the proxy is one of TRUSTED_PROXIES."""

    SAID_BY_PROXIES = (
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_FORWARDED",
    )

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_trusted(request.META.get("REMOTE_ADDR", "")):
            for name in self.SAID_BY_PROXIES:
                request.META.pop(name, None)
        return self.get_response(request)

    @staticmethod
    def is_trusted(address: str) -> bool:
        try:
            asking = ip_address(address)
        except ValueError:
            # A socket of this machine has no address; whoever reaches it is trusted by its owner.
            return not address
        return any(asking in network for network in settings.TRUSTED_PROXIES)


class HeadersMiddleware:
    """Headers of every answer that Django has no setting for, and none but them for HEAD."""

    # What pages may never ask a browser for.
    PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.PERMISSIONS)
        if request.method == "HEAD" and not response.streaming:
            length = str(len(response.content))
            response.content = b""
            response["Content-Length"] = length
        return response


class ApiMiddleware:
    """What every address of the API keeps to: it is read by anybody, from a page of any site, and
    answers everybody alike, so that cookies are not even looked at."""

    READING = ("GET", "HEAD", "OPTIONS")
    # Alike for everybody, and what a script of another site may do (https://fetch.spec.whatwg.org/#http-cors-protocol).
    OPEN = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag",
        "Vary": "Accept-Encoding",
    }
    PREFLIGHT = {
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_of_api(request):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=self.PREFLIGHT)
        elif request.method in self.READING:
            response = self._read(request)
        else:
            response = problem(request, 405, _("This address can only be read, by GET."))
        if response.status_code in (204, 405):
            response["Allow"] = ", ".join(self.READING)
        for name, value in self.OPEN.items():
            response[name] = value
        return response

    def _read(self, request: HttpRequest) -> HttpResponse:
        """The answer to GET, of which HeadersMiddleware takes the body off for HEAD."""
        request.COOKIES = {}
        asked, request.method = request.method, "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = asked


class PlainTextMiddleware:
    """Takes NUL bytes out of addresses and cookies: no text of the database can hold one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404("no address holds a NUL byte")
        query = request.META.get("QUERY_STRING", "")
        # Programs are told instead.
        if not is_of_api(request) and ("%00" in query or "\x00" in query):
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\x00", "")
        # A cookie may hold one in disguise, as "\\000" in quotation marks.
        if any("\x00" in value for value in request.COOKIES.values()):
            request.COOKIES = {
                name: value for name, value in request.COOKIES.items() if "\x00" not in value
            }
        return self.get_response(request)


class MethodsMiddleware:
    """Pages are there to be read: other methods are refused before anything looks at a form.

    Views that take forms stand in TAKES_FORMS by the name of their address.
    """

    TAKES_FORMS = frozenset(
        {
            *("enter", "account", "invitation", "sign_out_elsewhere", "still_happy"),
            "mail_settings",
            *("curators:suggest", "curators:report", "curators:offer_to_curate"),
            *("curators:write", "curators:suggestion"),
        }
    )
    # allauth's own.
    TAKE_FORMS = ("account_", "mfa_")
    READING = ("GET", "HEAD")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        match = request.resolver_match
        takes_forms = match.view_name in self.TAKES_FORMS or match.view_name.startswith(
            self.TAKE_FORMS
        )
        taken = (*self.READING, "POST") if takes_forms else self.READING
        if request.method in taken or "admin" in match.namespaces:
            return None
        return HttpResponseNotAllowed(taken)


class LanguageMiddleware(LocaleMiddleware):
    """The language of the address: `/cy/` is Welsh, all else English, whatever browsers ask for.

    So an address has one content: no `Vary: Accept-Language`, and Welsh stays out of search engines
    until it is there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        language = get_language() or settings.LANGUAGE_CODE
        response.headers.setdefault("Content-Language", language)
        if language == "cy" and not settings.WELSH_IS_READY:
            response.headers["X-Robots-Tag"] = "noindex"
        return response


class AddressMiddleware:
    """Answers for addresses that are no longer what they were (see catalogue.identity)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        small = request.path.lower()
        if response.status_code == 404 and small != request.path and _leads_somewhere(small):
            return _redirect(request, small)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Moved):
            match = request.resolver_match
            there = reverse(match.view_name, kwargs={**match.kwargs, "slug": error.slug})
            return _redirect(request, there)
        if isinstance(error, Gone):
            context = {
                "row": error.row,
                "reason": error.row.withdrawn_reason,
                "replacement": replacement_of(error.row),
            }
            return render(request, "410.html", context, status=410)
        return None


def _redirect(request: HttpRequest, there: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{there}?{query}" if query else there)


def _leads_somewhere(path: str) -> bool:
    """Whether an address in small letters may be one of ours: all of them are."""
    try:
        return resolve(path).namespace != "admin"
    except Resolver404:
        return False


class WhoChangedItMiddleware(HistoryMiddleware):
    """Tells the edit history who, and on which page; requests that only read are left alone."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_context(request) | {"url": masked(request.path)}
