"""How the links do: a row of its own, so that a visit touches nothing else of a resource."""

from typing import Any

import pgtrigger
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.constraints import choice
from catalogue.fields import AddressField
from catalogue.locks import one_decision_at_a_time
from catalogue.models.resources import Resource
from catalogue.registry import Point, gather
from catalogue.vocabularies import LinkState


class LinkHealth(models.Model):
    """What visits to a resource's address found; no row means that it was never visited."""

    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, primary_key=True, related_name="link"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=LinkState, default=LinkState.UNCHECKED, db_index=True
    )
    checked_at = models.DateTimeField(_("last visited"), null=True, blank=True)
    worked_at = models.DateTimeField(_("last worked"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    answer = models.PositiveSmallIntegerField(
        _("last answer"), null=True, blank=True, help_text=_("The HTTP status; empty if none came.")
    )
    moved_to = AddressField(_("moved to"), blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("link health")
        verbose_name_plural = _("link health")
        indexes = [
            models.Index(fields=["-checked_at", "-resource"], name="catalogue_linkhealth_visited")
        ]
        # Pages tell the day of the last visit, so only another state has to show at once; a first
        # visit is one, since OLD is null then.
        triggers = [
            pgtrigger.Trigger(
                name="moves_site",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF OLD.state IS DISTINCT FROM NEW.state THEN
                        INSERT INTO catalogue_sitemove (transaction)
                        VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
                    END IF;
                    RETURN NULL;
                """,
            )
        ]
        constraints = [
            choice("catalogue", "linkhealth", "state", LinkState),
            models.CheckConstraint(
                condition=Q(state=LinkState.UNCHECKED, checked_at__isnull=True)
                | ~Q(state=LinkState.UNCHECKED) & Q(checked_at__isnull=False),
                name="catalogue_linkhealth_checked_dated",
                violation_error_message=_("A link that was visited has the date of the visit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves, and lets pathways follow where a stand-in's turn begins or ends with it."""
        with transaction.atomic():
            before = LinkHealth.objects.filter(pk=self.pk).values_list("state", flat=True).first()
            turns = (before == LinkState.GONE) != (self.state == LinkState.GONE)
            if turns:
                one_decision_at_a_time()
            super().save(*args, **kwargs)
            if turns:
                gather(Point.RESOURCES_CHANGED, [self.pk])
