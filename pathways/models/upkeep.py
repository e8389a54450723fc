"""Looking after pathways through the years: what curators were told, and what they answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.constraints import choice
from catalogue.models import Resource
from catalogue.triggers import MovesSite
from catalogue.vocabularies import LinkState
from pathways.models.pathways import Pathway


class ToldLink(models.Model):
    """The last thing that somebody was told of a link in their pathways: it is told once.

    `mark` tells one such event from the next: of a link that is gone the moment since when, of one
    that moved where to.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        db_index=False,
        related_name="told_links",
    )
    resource = models.ForeignKey(
        Resource, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(_("state"), max_length=9, choices=LinkState)
    mark = models.CharField(_("which time"), max_length=2000)
    told_at = models.DateTimeField(_("told"), auto_now=True)

    class Meta:
        verbose_name = _("link told of")
        verbose_name_plural = _("links told of")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "resource", "state"], name="pathways_toldlink_unique"
            ),
            choice("pathways", "toldlink", "state", LinkState),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.resource} {self.state}"


class ConfirmationQuerySet(models.QuerySet):
    def given(self) -> "ConfirmationQuerySet":
        """Those that were answered, the latest first, with whose they are."""
        answered = self.filter(confirmed_at__isnull=False)
        return answered.select_related("user__curator").order_by("-confirmed_at", "-pk")


class Confirmation(models.Model):
    """The yearly question whether a pathway is still good, asked of a maintainer, and their yes."""

    pathway = models.ForeignKey(
        Pathway, verbose_name=_("pathway"), on_delete=models.CASCADE, related_name="confirmations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        triggers = [MovesSite()]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=models.F("asked_at")),
                name="pathways_confirmation_answers",
                violation_error_message=_("An answer comes after its question."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pathway}, {self.asked_at:%Y-%m-%d}"
