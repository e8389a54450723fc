"""Reading what was counted: a year of months, the running one among them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from catalogue.models import MonthlyCount
from catalogue.models.counts import first_of_month
from catalogue.vocabularies import Use

YEAR = 12


def last_months(number: int = YEAR) -> list[date]:
    """First days of the last months, the oldest first, the running one last."""
    day = first_of_month(timezone.localdate())
    months = [day]
    while len(months) < number:
        day = month_before(day)
        months.append(day)
    return months[::-1]


def month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % YEAR + 1, 1)


@dataclass
class Numbers:
    """What was counted of some things in `months`; of months before `since`, nothing was."""

    months: list[date]
    since: date | None
    _found: dict[tuple[UUID, str], dict[date, int]] = field(default_factory=dict)

    def of(self, kind: str, *uids: UUID) -> list[int | None]:
        """For each of the months, how often it happened with any of `uids`; None where nothing was
        counted yet."""
        own = [found for uid in uids if (found := self._found.get((uid, kind)))]
        return [
            sum(found.get(month, 0) for found in own) if self.is_counted(month) else None
            for month in self.months
        ]

    def sum_of(self, kind: str, *uids: UUID) -> int:
        return sum(number or 0 for number in self.of(kind, *uids))

    def is_counted(self, month: date) -> bool:
        return self.since is not None and month >= self.since


def numbers_of(uids: Collection[UUID], months: list[date] | None = None) -> Numbers:
    """What was counted of `uids` in `months`, the last twelve unless said. Two queries."""
    months = months or last_months()
    numbers = Numbers(months, counted_since())
    found: defaultdict = defaultdict(dict)
    rows = MonthlyCount.objects.filter(uid__in=uids, month__in=months)
    for uid, kind, month, number in rows.values_list("uid", "kind", "month", "number"):
        found[uid, kind][month] = number
    numbers._found = dict(found)
    return numbers


def counted_since() -> date | None:
    """The first month in which pages were counted; None before the first. One query."""
    views = MonthlyCount.objects.filter(kind=Use.VIEW)
    return views.aggregate(first=Min("month"))["first"]
