"""How often people go out to a resource by the address that counts: numbers, and nobody behind them."""

import logging
from datetime import date

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models.resources import Resource

log = logging.getLogger(__name__)

COUNT_ONE = """
    INSERT INTO catalogue_departurecount AS counted (resource_id, month, number) VALUES (%s, %s, 1)
    ON CONFLICT (resource_id, month) DO UPDATE SET number = counted.number + 1
"""
# Whoever wants to go is not kept waiting by whoever holds the table.
WAIT = "SET LOCAL lock_timeout = '250ms'"


class DepartureCountQuerySet(models.QuerySet):
    def count_one(self, resource: Resource) -> None:
        """Adds one to the resource's number of this month. Never raises: a count may be lost."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(WAIT)
                cursor.execute(COUNT_ONE, [resource.pk, first_of_month(timezone.localdate())])
        except DatabaseError:
            log.exception("a departure to %s was not counted", resource.uid)


class DepartureCount(models.Model):
    """How often somebody went out to a resource by `/go/<uid>/` in one month.

    Neither tracked nor a mover of the site: a count is no edit, and no cached page goes with it.
    """

    resource = models.ForeignKey(
        Resource,
        verbose_name=_("resource"),
        on_delete=models.CASCADE,
        # The constraint below has an index that begins with it.
        db_index=False,
        related_name="departure_counts",
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    number = models.PositiveIntegerField(_("times"))

    objects = DepartureCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("departures of a month")
        verbose_name_plural = _("departures")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "month"], name="catalogue_departurecount_unique"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="catalogue_departurecount_month_begins",
                violation_error_message=_("A month is written as its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource}, {self.month:%Y-%m}: {self.number}"


def first_of_month(day: date) -> date:
    return day.replace(day=1)
