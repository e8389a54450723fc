"""Two rows that turned out to be one resource: what was joined, so that it can be parted again."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.resources import Resource
from catalogue.triggers import MovesSite


class MergeQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those that nobody has undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """`duplicate` went into `kept`: its address leads there, and whatever hung on it hangs on `kept`."""

    duplicate = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="merges", verbose_name=_("duplicate")
    )
    kept = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="duplicates", verbose_name=_("kept")
    )
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    # What was moved, by what it is called (see catalogue.merging), with the keys of the rows.
    moved = models.JSONField(_("what was moved"), default=dict, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]
        triggers = [MovesSite()]
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(undone_at__isnull=True),
                name="catalogue_merge_standing_unique",
                violation_error_message=_("It is merged into another resource already."),
            ),
            models.CheckConstraint(
                condition=~Q(duplicate=F("kept")),
                name="catalogue_merge_two",
                violation_error_message=_("A resource can’t be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate} → {self.kept}"
