"""Counting what people look for here in vain, so that editors learn what is missing."""

from itertools import chain
from urllib.parse import urlsplit

from django.http import HttpRequest

from catalogue.evidence import is_reader
from catalogue.models import UnansweredSearch
from catalogue.search import Results


def note(request: HttpRequest, results: Results) -> None:
    """Counts a search that nothing here speaks of, if somebody typed it here.

    Only the first page of words without filters, asked for by a form or link of this site: neither
    robots nor addresses that go round fill the list. Whoever is signed in tries what others might look
    for. A page that is kept is not made again, so that the same words count once in ten minutes.
    """
    query = results.query
    is_first = query.page == 1 and not results.beyond
    if not (query.q and is_first and not query.is_filtered and _is_in_vain(results)):
        return
    if is_reader(request) and _is_from_here(request):
        UnansweredSearch.objects.count_one(" ".join(chain(*query.wanted)))


def _is_in_vain(results: Results) -> bool:
    """Whether nothing was found, or a word stands nowhere and no other was searched in its place."""
    if results.reading.shown_for:
        return False
    return not results.total or bool(results.reading.unknown_words)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site led here, as browsers say; old ones say only which page."""
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said == "same-origin"
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()
