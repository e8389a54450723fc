"""How resources are named to people who see no page: by title and address."""

from collections.abc import Sequence

from catalogue.models import Resource
from catalogue.routes import address_of


def named(title: str, slug: str) -> str:
    """One, as in “Making maps” (/resources/making-maps/)."""
    return f"“{title}” ({address_of('catalogue:resource_detail', slug)})"


def those_named(keys: Sequence[int]) -> list[str]:
    """Those with these primary keys, in that order; of what is gone the key itself. One query, or none."""
    rows = Resource.objects.filter(pk__in=keys).values_list("pk", "title", "slug") if keys else ()
    found = {key: named(title, slug) for key, title, slug in rows}
    return [found.get(key, str(key)) for key in keys]
