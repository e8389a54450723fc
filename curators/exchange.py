"""Curators from Waymark's own JSON."""

from typing import Any

from django.db import transaction

from catalogue.exchange import publish, store
from curators.models import Curator

FIELDS = "slug name headline biography is_team homepage orcid".split()


@transaction.atomic
def load_curators(said: list[dict], *, by: Any = None) -> int:
    """Adds and publishes curators that are not here yet; answers how many."""
    here = set(Curator.objects.values_list("slug", flat=True))
    new = [one for one in said if one["slug"] not in here]
    for one in new:
        curator = Curator(**{name: one[name] for name in FIELDS if name in one})
        store(curator)
        publish(curator, by=by)
    return len(new)
