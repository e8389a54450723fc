"""Counting what people look for here in vain, so that editors learn what is missing."""

import hashlib
import logging
from itertools import chain
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest

from catalogue.evidence import is_reader
from catalogue.in_time import TookTooLong
from catalogue.models import UnansweredSearch
from catalogue.models.searches import words_to_keep
from catalogue.search import Results

log = logging.getLogger(__name__)

# So long the same words count once; of as many different ones at a time.
SECONDS = 600
MOST_KEYS = 1_000


def note(request: HttpRequest, results: Results) -> None:
    """Counts a search that nothing here speaks of, if somebody typed it here.

    Only the first page of words without filters, asked for by a form or link of this site: neither
    robots nor addresses that go round fill the list. Whoever is signed in tries what others might look
    for. The same words count once in ten minutes, whichever worker is asked.
    """
    query = results.query
    is_first = query.page == 1 and not results.beyond
    if not (query.q and is_first and not query.is_filtered and _is_in_vain(results)):
        return
    if is_reader(request) and _is_from_here(request):
        words = words_to_keep(" ".join(chain(*query.wanted)))
        if words and _is_first(words):
            UnansweredSearch.objects.count_one(words)


def is_in_vain(results: Results) -> bool:
    """Whether nothing was found, or a word stands nowhere and no other was searched in its place: such a
    page is kept nowhere, so that each search can count."""
    return bool(results.query.q) and _is_in_vain(results)


def _is_first(words: str) -> bool:
    """Whether nobody looked for `words` lately. There are so few keys that nobody can fill the cache, which
    counts attempts at passwords as well: two searches that share one count once."""
    digest = int.from_bytes(hashlib.sha256(words.encode()).digest()[:4])
    try:
        return cache.add(f"searched-in-vain:{digest % MOST_KEYS}", 1, SECONDS)
    except (DatabaseError, TookTooLong):
        log.exception("a search without result was not counted")
        return False


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
