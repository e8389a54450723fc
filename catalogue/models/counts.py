"""How often things are used: a number for each thing and month, and nobody behind it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.constraints import choice
from catalogue.vocabularies import Use

# In one order, so that workers who write at once never wait for each other in a circle.
ADD = """
    INSERT INTO catalogue_monthlycount AS kept (uid, kind, month, number)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::int[]) ORDER BY 1, 2, 3
    ON CONFLICT (uid, kind, month) DO UPDATE SET number = kept.number + excluded.number
"""
WAIT = "SET LOCAL lock_timeout = '5s'"
# Numbers are kept for so many years; the privacy page says so.
YEARS_KEPT = 5


class Counted(NamedTuple):
    """What a number is of: `uid` of a row that has one, what happened (a Use), and the
    first day of the month."""

    uid: str
    kind: str
    month: date


class MonthlyCountQuerySet(models.QuerySet):
    def add(self, sums: Mapping[Counted, int]) -> None:
        """Adds to the numbers what was counted since. Two statements, whatever there is to add."""
        if not sums:
            return
        columns = [list(column) for column in zip(*sums, strict=True)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WAIT)
            cursor.execute(ADD, [*columns, list(sums.values())])

    def forget_old(self) -> int:
        """Deletes the numbers of months that ended five years ago or longer; answers how many."""
        today = timezone.localdate()
        kept_from = date(today.year - YEARS_KEPT, today.month, 1)
        return self.filter(month__lt=kept_from).delete()[0]


class MonthlyCount(models.Model):
    """How often something happened with a public thing in one month.

    Neither tracked nor a mover of the site: a count is no edit, and no cached page goes with it. The
    thing is named by its permanent identifier, so that a step has one number through all revisions.
    """

    uid = models.UUIDField(_("permanent identifier of what it is about"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Use)
    month = models.DateField(_("month"), help_text=_("Its first day."))
    number = models.PositiveIntegerField(_("times"))

    objects = MonthlyCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of a month")
        verbose_name_plural = _("numbers of months")
        constraints = [
            models.UniqueConstraint(
                fields=["uid", "kind", "month"], name="catalogue_monthlycount_unique"
            ),
            choice("catalogue", "monthlycount", "kind", Use),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="catalogue_monthlycount_month_begins",
                violation_error_message=_("A month is written as its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}, {self.kind}, {self.month:%Y-%m}: {self.number}"


def first_of_month(day: date) -> date:
    return day.replace(day=1)
