"""Numbers as people read them."""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language


def grouped(number: int) -> str:
    """A whole number with its thousands apart, in the page's own way: “12,345”."""
    return _grouped(number, get_language()) if number >= 1000 else str(number)


@lru_cache(10_000)
def _grouped(number: int, language: str | None) -> str:
    return number_format(number, force_grouping=True)
