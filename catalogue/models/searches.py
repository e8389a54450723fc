"""What people looked for and nothing here speaks of: words and numbers, and nobody behind them."""

import logging
import re
from datetime import date

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models.counts import first_of_month
from catalogue.titles import fold

log = logging.getLogger(__name__)

# What is longer tells of its writer more than of what is missing.
LONGEST, MOST_WORDS = 60, 6
# A telephone number or a reader's ticket has more digits; a year has not.
MOST_DIGITS = 4
WORD = re.compile(r"\w+")
# So many different words a month at most, however much somebody sends.
MOST_A_MONTH = 5_000
# Words that were looked for once may be anybody's own.
OFTEN = 2
MONTHS_KEPT = 12

# No page waits for whoever holds the table.
WAIT = "SET LOCAL lock_timeout = '250ms'; "
COUNT_ONE = """
    WITH counted AS (
        UPDATE catalogue_unansweredsearch SET number = number + 1
        WHERE words = %(words)s AND month = %(month)s RETURNING id
    )
    INSERT INTO catalogue_unansweredsearch AS one (words, month, number)
    SELECT %(words)s, %(month)s, 1
    WHERE NOT EXISTS (SELECT FROM counted)
    AND (SELECT count(*) FROM catalogue_unansweredsearch WHERE month = %(month)s) < %(most)s
    ON CONFLICT (words, month) DO UPDATE SET number = one.number + 1
"""


class UnansweredSearchQuerySet(models.QuerySet):
    def count_one(self, typed: str) -> None:
        """Adds one to the number of what was `typed`, this month, unless it may tell of somebody.

        Never raises: a count may be lost.
        """
        words = words_to_keep(typed)
        if not words:
            return
        month = first_of_month(timezone.localdate())
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    WAIT + COUNT_ONE, {"words": words, "month": month, "most": MOST_A_MONTH}
                )
        except DatabaseError:
            log.exception("a search without result was not counted")

    def often(self) -> models.QuerySet:
        """Those of the last year that came more than once, as dicts of `words`, `times`, `months` and
        `latest` (its first day): the most first."""
        return (
            self.filter(month__gte=_oldest_kept())
            .order_by()
            .values("words")
            .annotate(times=Sum("number"), months=Count("month"), latest=Max("month"))
            .filter(times__gte=OFTEN)
            .order_by("-times", "words")
        )

    def forget_old(self) -> int:
        """Takes away what is older than a year; answers how many. One query."""
        number, _each = self.filter(month__lt=_oldest_kept()).delete()
        return number


class UnansweredSearch(models.Model):
    """How often words were looked for in one month that nothing here speaks of.

    Neither tracked nor a mover of the site, and nothing says who looked.
    """

    words = models.CharField(_("words"), max_length=LONGEST)
    month = models.DateField(_("month"), help_text=_("Its first day."))
    number = models.PositiveIntegerField(_("times"))

    objects = UnansweredSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [
            models.UniqueConstraint(
                fields=["words", "month"], name="catalogue_unansweredsearch_unique"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="catalogue_unansweredsearch_month_begins",
                violation_error_message=_("A month is written as its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words}, {self.month:%Y-%m}: {self.number}"


def words_to_keep(typed: str) -> str:
    """The words of what was typed, folded, as they may be kept: empty where they may tell of somebody.

    That is what looks like an e-mail or web address, holds more digits than a year has, or is long.
    """
    if "@" in typed or "//" in typed or sum(char.isdigit() for char in typed) > MOST_DIGITS:
        return ""
    words = WORD.findall(fold(typed))
    kept = " ".join(words)
    return kept if len(words) <= MOST_WORDS and len(kept) <= LONGEST else ""


def _oldest_kept() -> date:
    """The first month of the last twelve, this one included."""
    this = timezone.localdate()
    month = this.year * 12 + this.month - MONTHS_KEPT
    return date(month // 12, month % 12 + 1, 1)
