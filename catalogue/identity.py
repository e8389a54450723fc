"""Addresses that stay true: finds what an address means now, meant once, or no longer means.

A view fetches its row through `find_public` and handles the happy case only. `Gone` and `Moved` are
answered by config.middleware.AddressMiddleware: 410 with why and what replaces it, and 301.
"""

from uuid import UUID

from django.db.models import QuerySet, Value
from django.http import Http404

from catalogue.merging import merged_into
from catalogue.models import FormerAddress, Identified, PublicRow, Resource
from catalogue.registry import Point, gather
from catalogue.vocabularies import Status


class Gone(Exception):
    """The row was public once and is withdrawn."""

    def __init__(self, row: PublicRow) -> None:
        super().__init__(str(row))
        self.row = row


class Moved(Exception):
    """The row is found under another slug now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def find_public(rows: QuerySet, slug: str) -> PublicRow:
    """The published row of `rows` at `slug`, as a visitor may see it.

    Raises Gone for a withdrawn one, Moved for one that has another slug now, Http404 for a draft
    and for what never was. `rows` must not be narrowed to published ones.
    """
    if "\x00" in slug:  # No text of the database can hold one.
        raise Http404("no address has a NUL")
    row = rows.filter(slug=slug).first()
    if row is None:
        former = FormerAddress.objects.filter(kind=rows.model._meta.db_table, slug=slug).first()
        now = former and rows.model.find_by_uid(former.uid)
        if now and now.public_status() in (Status.PUBLISHED, Status.WITHDRAWN):
            raise Moved(now.slug)
        raise Http404(f"no {rows.model._meta.model_name} at {slug}")
    if row.public_status() == Status.WITHDRAWN:
        if kept := public_twin(row):
            raise Moved(kept.slug)
        raise Gone(row)
    if row.public_status() != Status.PUBLISHED:
        raise Http404(f"{rows.model._meta.model_name} at {slug} is not public")
    return row


def public_twin(row: PublicRow) -> PublicRow | None:
    """The public row that `row` was merged into, where it was."""
    kept = merged_into(row) if isinstance(row, Resource) else None
    return kept if kept and kept.public_status() == Status.PUBLISHED else None


def find_by_uid(uid: UUID) -> Identified | None:
    """The row that bears `uid`, of whatever kind and status. Two queries."""
    models = gather(Point.PUBLIC_MODELS)
    bearers = [
        model._base_manager.filter(uid=uid).order_by().annotate(of=Value(number)).values_list("of")
        for number, model in enumerate(models)
    ]
    found = bearers[0].union(*bearers[1:], all=True)[:1]
    return models[found[0][0]].find_by_uid(uid) if found else None


def replacement_of(row: PublicRow) -> Identified | None:
    """What takes the place of a withdrawn row, where it is public itself. Two queries at most."""
    found = row.replaced_by and find_by_uid(row.replaced_by)
    return found if found and found.public_status() == Status.PUBLISHED else None
