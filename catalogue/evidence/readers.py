"""Whose visits count: people who read, as far as a request tells, and who don't ask to be left out."""

import re
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from catalogue.evidence.sums import count
from catalogue.vocabularies import Use

# What browsers say when they fetch a page that somebody might open; the last two are of old ones.
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
# Words by which programs name themselves; no browser names an address. Whoever pretends to be a
# browser counts as one. A Cubot is a phone.
PROGRAMS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|preview|monitor|headless|://|www\.|@"
    r"|curl|wget|python|libwww-perl|http-?client|okhttp|whatsapp|^java|^ruby|^node|^$",
    re.IGNORECASE,
)
# A browser has a page that it asked whether it still holds.
SHOWN = (200, 304)


def count_view(request: HttpRequest, response: HttpResponse, uid: UUID | None) -> None:
    """Counts that a reader opened the page of `uid`, where that is what happened. No query."""
    if uid is not None and response.status_code in SHOWN and is_reader(request):
        count(Use.VIEW, uid)


def is_reader(request: HttpRequest) -> bool:
    """Whether what is asked for counts.

    Not who only looks whether it is there (HEAD), nor a browser that fetches ahead of time, nor whoever
    is signed in at the desk, nor programs that say what they are, nor who asks not to be tracked:
    though a number tracks nobody, they needn't believe it.
    """
    headers = request.headers
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and headers.get("DNT") != "1"
        and headers.get("Sec-GPC") != "1"
        and not PROGRAMS.search(headers.get("User-Agent", ""))
        and not _is_ahead(request)
    )


def _is_ahead(request: HttpRequest) -> bool:
    """Whether a browser fetches the page before anyone asked for it."""
    said = (request.headers.get(name, "").lower() for name in AHEAD)
    return any(word.startswith(("prefetch", "preview")) for word in said)
