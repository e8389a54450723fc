"""Words that people looked for in vain, each counted once in a while."""

import hashlib
import logging
from collections.abc import Iterable

from django.core.cache import cache
from django.db import DatabaseError

from catalogue.models import UnansweredSearch

log = logging.getLogger(__name__)

# So long the same words count once; of as many different ones at a time.
SECONDS = 600
MOST_KEYS = 1_000


def add(searches: Iterable[str]) -> None:
    """Counts each of `searches`, words as UnansweredSearch keeps them, that nobody looked for lately,
    whichever worker was asked. Never raises: a count may be lost."""
    for words in searches:
        if _is_first(words):
            UnansweredSearch.objects.count_one(words)


def _is_first(words: str) -> bool:
    """Whether nobody looked for `words` lately. There are so few keys that nobody can fill the cache, which
    counts attempts at passwords as well: two searches that share one count once."""
    digest = int.from_bytes(hashlib.sha256(words.encode()).digest()[:4])
    try:
        return cache.add(f"searched-in-vain:{digest % MOST_KEYS}", 1, SECONDS)
    except DatabaseError:
        log.exception("a search without result was not counted")
        return False
