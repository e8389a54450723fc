"""Numbers in sentences: at the desk as they are, in public only where the curator wants it, and never so
small that somebody could be seen in them."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.evidence import last_months, numbers_of
from catalogue.evidence.drawing import named
from catalogue.models.counts import first_of_month
from catalogue.vocabularies import Use
from pathways.models import Credit, Pathway

# Fewer than so many are told in public as that.
FEW = 5


def told_by(curator: Any) -> list[tuple[Pathway, str]]:
    """(published pathway, how often it was opened in the last whole month) of those that `curator` put
    together, where they let it be told. Three queries, or none.

    Nothing of a month in which nothing was counted yet, or in which the pathway was not public.
    """
    if not curator.shows_use:
        return []
    month, running = last_months(2)
    pathways = [
        one
        for one in Pathway.objects.for_listing()
        .filter(credits__curator=curator, credits__kind=Credit.Kind.AUTHOR)
        .distinct()
        if _month_of(one.published_at) < running
    ]
    numbers = numbers_of([one.uid for one in pathways], [month])
    if not numbers.is_counted(month):
        return []
    return [(one, in_public(numbers.sum_of(Use.VIEW, one.uid), month)) for one in pathways]


def in_public(number: int, month: date) -> str:
    """As in “Opened 120 times in October 2026”."""
    if number < FEW:
        told = _("Opened fewer than %(n)d times in %(month)s")
        return told % {"n": FEW, "month": named(month)}
    return opened_in(number, month)


def opened_in(number: int, month: date) -> str:
    told = ngettext("Opened %(n)d time in %(month)s", "Opened %(n)d times in %(month)s", number)
    return told % {"n": number, "month": named(month)}


def _month_of(moment: Any) -> date:
    return first_of_month(timezone.localtime(moment).date())
