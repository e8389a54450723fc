"""Whose visits count: people who read, as far as a request tells, and who don't ask to be left out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from catalogue.evidence.sums import count
from catalogue.vocabularies import Use

# By what programs name themselves; no browser names an address. Whoever pretends to be a browser counts
# as one.
PROGRAMS = (
    *("bot", "crawl", "spider", "slurp", "preview", "monitor", "headless", "://", "www.", "@"),
    *(
        "curl",
        "wget",
        "python",
        "libwww-perl",
        "http-client",
        "okhttp",
        "whatsapp",
        "java/",
        "ruby",
    ),
)
# A phone.
NO_PROGRAM = "cubot"
# What browsers say when they fetch a page that somebody might open; the last two are of old ones.
AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")
# A browser has a page that it asked whether it still holds.
SHOWN = (200, 304)


def count_view(request: HttpRequest, response: HttpResponse, uid: str | None) -> None:
    """Counts that a reader opened the page of `uid`, where that is what happened. No query."""
    if uid is not None and response.status_code in SHOWN and is_reader(request):
        count(Use.VIEW, uid)


def is_reader(request: HttpRequest) -> bool:
    """Whether what is asked for counts.

    Not who only looks whether it is there (HEAD), nor a browser that fetches ahead of time, nor whoever
    is signed in at the desk, nor programs that say what they are, nor who asks not to be tracked:
    though a number tracks nobody, they needn't believe it.
    """
    # Asked for every page, from the cache as well; so without what makes it easy to read.
    said = request.META.get
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and said("HTTP_DNT") != "1"
        and said("HTTP_SEC_GPC") != "1"
        and not _is_ahead(said)
        and not _is_program(said("HTTP_USER_AGENT", ""))
    )


def _is_ahead(said: Callable[[str], str | None]) -> bool:
    """Whether a browser fetches the page before anyone asked for it."""
    for name in AHEAD:
        if (word := said(name)) and word.lower().startswith(("prefetch", "preview")):
            return True
    return False


def _is_program(name: str) -> bool:
    name = name.lower().replace(NO_PROGRAM, "")
    for word in PROGRAMS:
        if word in name:
            return True
    return not name
