"""Answers for machines that pass by: browsers that look for an icon or a search, and robots."""

from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext

# The longest name that OpenSearch 1.1 takes.
SHORT_NAME = 16


def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers ask whatever a page says."""
    return HttpResponsePermanentRedirect(static("icons/favicon.ico"))


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read. Lists narrowed by filters need not be: there is no end of them.

    The longest rule that fits is the one that counts (RFC 9309, section 2.2.2): the pages and letters
    of a whole list, which alone lead to what stands on them, and skills by framework stay open.
    """
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /go/",
        "Disallow: /*?",
        "Allow: /*?page=",
        "Allow: /*?framework=",
        "Allow: /*?letter=",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def opensearch(request: HttpRequest) -> HttpResponse:
    """How browsers search the catalogue from their own search field (OpenSearch 1.1)."""
    site = escape(settings.SITE_URL)
    search = reverse("catalogue:resource_list")
    about = escape(gettext("Search free resources to learn from"))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(settings.SITE_NAME[:SHORT_NAME])}</ShortName>",
        f"<Description>{about}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f'<Image width="32" height="32" type="image/x-icon">{site}/favicon.ico</Image>',
        f'<Url type="text/html" template="{site}{search}?q={{searchTerms}}"/>',
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{site}{request.path}"/>',
        "</OpenSearchDescription>",
    ]
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="application/opensearchdescription+xml"
    )
