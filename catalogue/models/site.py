"""The site's revision: a number that every edit of anything public moves.

A cached page carries the number it was made at, so that an edit shows on every worker as soon as
the number is read again. Each changed table notes its transaction in `SiteMove` (once, whatever the
number of rows); a deferred trigger there adds one at commit, so that the one counted row is locked
for an instant only and no reader sees the number move before the edit itself can be read.
"""

import pgtrigger
from django.db import models


class SiteRevision(models.Model):
    """One row: the number of transactions so far that changed something public."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="catalogue_siterevision_one_row")
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now. One query."""
        return cls.objects.values_list("number", flat=True).filter(pk=1).first() or 0


class SiteMove(models.Model):
    """A transaction under way that has changed something public; gone when it commits."""

    transaction = models.BigIntegerField(primary_key=True)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="moves_on",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    UPDATE catalogue_siterevision SET number = number + 1 WHERE id = 1;
                    IF NOT FOUND THEN
                        INSERT INTO catalogue_siterevision (id, number) VALUES (1, 1)
                        ON CONFLICT (id) DO UPDATE SET number = catalogue_siterevision.number + 1;
                    END IF;
                    DELETE FROM catalogue_sitemove WHERE transaction = NEW.transaction;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.transaction)


class StarterItem(models.Model):
    """An item of the starter catalogue that was loaded once, as in `skills/cleaning-data`.

    From then on it is the editors': setup brings it back neither after a change of its address nor
    after somebody took it away.
    """

    key = models.CharField(max_length=2100, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
