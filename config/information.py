"""Pages about the site itself: what people look for in a footer."""

from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.models import Framework
from catalogue.tallies import tallies
from curators.suggestions.pages import page_at
from pathways.models import Pathway

# When the words of the accessibility statement were last looked through.
STATEMENT_OF = date(2026, 11, 21)


def about(request: HttpRequest) -> HttpResponse:
    """`resource_count`, `pathway_count`; `framework` that pages arrange by; `source_url` or ""."""
    context = {
        "resource_count": tallies().total,
        "pathway_count": Pathway.objects.published().count(),
        "framework": Framework.objects.main(),
        "source_url": settings.SOURCE_URL,
    }
    return render(request, "about/about.html", context)


def selection(request: HttpRequest) -> HttpResponse:
    """`framework` whose coverage shows where the catalogue is thin."""
    return render(request, "about/selection.html", {"framework": Framework.objects.main()})


def contact(request: HttpRequest) -> HttpResponse:
    """`page` that the reader came from, or None; `write_to`: where to write, which names that page
    where it leads to mail."""
    page = page_at(request.GET.get("about", ""))
    context = {"page": page, "write_to": _contact_about(page.path if page else "")}
    return render(request, "about/contact.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    """`is_full`: whether an audit found WCAG 2.2 AA met; `audited`: its day or None; `prepared`."""
    context = {
        "is_full": settings.ACCESSIBILITY_STATE == "full",
        "audited": settings.ACCESSIBILITY_AUDITED,
        "prepared": STATEMENT_OF,
    }
    return render(request, "about/accessibility.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """`session_cookie`, `csrf_cookie`: names; `session_days`."""
    context = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
    }
    return render(request, "about/privacy.html", context)


def licence(request: HttpRequest) -> HttpResponse:
    """`frameworks`; `pathway_licences`: (SPDX identifier, pathways under it); `source_url` or ""."""
    used = Pathway.objects.published().order_by("published_revision__licence")
    context = {
        "frameworks": Framework.objects.for_listing(),
        "pathway_licences": used.values_list("published_revision__licence").annotate(Count("pk")),
        "source_url": settings.SOURCE_URL,
    }
    return render(request, "about/licence.html", context)


def _contact_about(path: str) -> str:
    """Where to write to; a mail says in its subject which page it is about."""
    address = settings.OPERATOR_CONTACT
    if not path or not address.startswith("mailto:"):
        return address
    return f"{address}?subject={quote(f'{settings.SITE_NAME}: {path}')}"
