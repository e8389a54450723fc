"""Pasting links into a draft: known ones become steps, unknown ones are read and become drafts.

`paste` takes whatever text holds them; `add_resource` one resource that is in the catalogue.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from catalogue.addresses import canonical_address
from catalogue.fetching import FetchError, in_turn
from catalogue.models import Resource
from catalogue.reading import Page, read_page
from pathways.models import Pathway, Revision, Stage
from pathways.pasting.adding import Read, adding_to, known
from pathways.pasting.links import Link, links_in
from pathways.pasting.outcomes import Outcome, Pasted, TooLate

# How many links are taken at once.
MOST = 100
# Seconds that all pages together are waited for, and one alone; a browser waits meanwhile.
WITHIN = 25
PAGE = 10
AT_ONCE = 12


def paste(revision: Revision, stage: Stage | None, text: str, *, by: Any) -> list[Pasted]:
    """Adds a step to `stage` (None: to a new one) for each link in `text`, in their order.

    Pages of unknown addresses are read first, together, in `WITHIN` seconds at most, without holding
    anything in the database. Answers what became of each link; of more than `MOST` the rest is only
    told. Raises TooLate, or PermissionDenied where `by` doesn't keep the pathway.
    """
    _refuse_others(revision, by)
    links = links_in(text)
    keys = {link.url: canonical_address(link.url) for link in links if link.url}
    taken: dict[str, Link] = {}
    for link in links:
        if link.url and len(taken) < MOST:
            taken.setdefault(keys[link.url], link)
    pasted: dict[str, Pasted] = {}
    if taken:
        here = known(taken)
        read = _read({key: link for key, link in taken.items() if key not in here})
        with adding_to(revision, stage, by=by) as adding:
            pasted = adding.take(taken, read)
    return [_told(link, keys, taken, pasted) for link in links]


def add_resource(revision: Revision, stage: Stage | None, resource: Resource, *, by: Any) -> Pasted:
    """Adds `resource` as a step at the end of `stage` (None: of a new one). Raises as `paste` does."""
    _refuse_others(revision, by)
    link = Link(resource.url, url=resource.url)
    with adding_to(revision, stage, by=by) as adding:
        return adding.known(link, resource)


def _refuse_others(revision: Revision, by: Any) -> None:
    if not Pathway.objects.kept_by(by).filter(pk=revision.pathway_id).exists():
        raise PermissionDenied


def _told(
    link: Link, keys: Mapping[str, str], taken: Mapping[str, Link], pasted: Mapping[str, Pasted]
) -> Pasted:
    if not link.url:
        return Pasted(link, Outcome.NO_ADDRESS, link.problem)
    key = keys[link.url]
    if key not in taken:
        return Pasted(link, Outcome.LEFT)
    if taken[key] is not link:
        return Pasted(link, Outcome.REPEATED)
    return pasted[key]


def _read(links: Mapping[str, Link]) -> dict[str, Read]:
    """What the pages of `links` tell, by key. No query; in `WITHIN` seconds."""
    if not links:
        return {}
    keys = {link.url: key for key, link in links.items()}

    def look(url: str, left: float) -> Page:
        return read_page(url, seconds=min(PAGE, left))

    read = {}
    for url, answer in in_turn(keys, look, within=WITHIN, at_once=AT_ONCE):
        is_read = not isinstance(answer, FetchError)
        read[keys[url]] = Read(page=answer) if is_read else Read(reason=str(answer))
    return read


__all__ = [
    "AT_ONCE",
    "MOST",
    "WITHIN",
    "Link",
    "Outcome",
    "Pasted",
    "TooLate",
    "add_resource",
    "links_in",
    "paste",
]
