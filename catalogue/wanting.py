"""Counting what people look for here in vain, so that editors learn what is missing."""

from itertools import chain
from urllib.parse import urlsplit

from django.http import HttpRequest

from catalogue.evidence import count_search, is_reader
from catalogue.models.searches import words_to_keep
from catalogue.search import Results


def note(request: HttpRequest, results: Results) -> None:
    """Counts a search that nothing here speaks of, if somebody typed it here.

    Only the first page of words without filters, asked for by a form or link of this site: neither
    robots nor addresses that go round fill the list. Whoever is signed in tries what others might look
    for. The same words count once in ten minutes, whichever worker is asked. No query: it is written
    beside the pages.
    """
    query = results.query
    is_first = query.page == 1 and not results.beyond
    if not (query.q and is_first and not query.is_filtered and _is_in_vain(results)):
        return
    if is_reader(request) and _is_from_here(request):
        words = words_to_keep(" ".join(chain(*query.wanted)))
        if words:
            count_search(words)


def is_in_vain(results: Results) -> bool:
    """Whether nothing was found, or a word stands nowhere and no other was searched in its place: such a
    page is kept nowhere, so that each search can count."""
    return bool(results.query.q) and _is_in_vain(results)


def _is_in_vain(results: Results) -> bool:
    """Whether nothing was found, or a word stands nowhere, whatever else was searched for others. A slip
    that is surely one misses nothing; whoever asks for just that after all is counted."""
    if results.is_too_slow:
        return False
    return not results.total or bool(results.reading.unknown_words)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site led here, as browsers say; old ones say only which page."""
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said == "same-origin"
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()
