"""What was typed outlives a session: a form that comes back too late is shown again, to be resent."""

from typing import Any

from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

# What a form carries beside what was typed.
NOT_TYPED = ("csrfmiddlewaretoken",)


class _Check(CsrfViewMiddleware):
    """Django's own check, which answers why it would refuse instead of refusing."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def why_not(request: HttpRequest) -> str:
    """Why the request may be forged; empty where it isn't."""
    check = _Check(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, None, (), {}) or ""


def comes_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that a page of this site sent the form."""
    origin = request.headers.get("Origin", "")
    site = f"{request.scheme}://{request.get_host()}"
    return origin == site and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def keep(request: HttpRequest, site: AdminSite, *, is_signed_in: bool) -> HttpResponse:
    """A page that holds everything that was typed, and a button that sends it again."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]
    context: dict[str, Any] = {
        "title": _("Nothing you typed is lost"),
        "site_header": site.site_header,
        "site_title": site.site_title,
        "site_url": "/",
        "kept": kept,
        "is_signed_in": is_signed_in,
        "here": request.path,
    }
    return TemplateResponse(request, "admin/build_kept.html", context, status=403)
