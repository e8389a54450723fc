"""Addresses of the site's own pages, worked out once: a page names dozens."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language


def address_of(name: str, *args: Any) -> str:
    """The address of the page `name` in the page's language: `address_of("home")`.

    Raises NoReverseMatch where there is no such page.
    """
    return _address_of(get_language(), name, *args)


@lru_cache(maxsize=20_000)
def _address_of(language: str | None, name: str, *args: Any) -> str:
    return reverse(name, args=args)
