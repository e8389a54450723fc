"""Who looks after a row of the queue, and until when it is put off."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QueueMark(models.Model):
    """What editors noted of a row of the queue; the row itself is worked out every time."""

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("row"), max_length=200)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked after by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    until = models.DateTimeField(_("put off until"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    at = models.DateTimeField(_("noted"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("note on the queue")
        verbose_name_plural = _("notes on the queue")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="curators_queuemark_unique",
                violation_error_message=_("Somebody noted something of this row already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
