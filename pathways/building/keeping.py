"""What was typed outlives a session: a form that comes back too late is shown again, to be resent."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.sites import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

# What a form carries beside what was typed.
NOT_TYPED = ("csrfmiddlewaretoken",)


View = Callable[..., HttpResponse]


def door(site: AdminSite, view: View) -> View:
    """The desk's own door before `view`, but one that doesn't forget what was typed: a form that
    comes when its session is over is shown again."""
    inside = site.admin_view(csrf_exempt(view))

    @csrf_exempt
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return inside(request, *args, **kwargs)
        is_signed_in = site.has_permission(request)
        reason = why_not(request)
        if is_signed_in and not reason:
            return inside(request, *args, **kwargs)
        if comes_from_here(request):
            return keep(request, site, is_signed_in=is_signed_in)
        if reason:
            raise PermissionDenied(reason)
        return inside(request, *args, **kwargs)

    return kept


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
