"""How the links do: a row of its own, so that a visit touches nothing else of a resource."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db import models, transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from catalogue.addresses import canonical_address
from catalogue.constraints import choice
from catalogue.fields import AddressField
from catalogue.locks import one_decision_at_a_time
from catalogue.models.resources import Resource
from catalogue.registry import Point, gather
from catalogue.triggers import marks_fresh
from catalogue.vocabularies import LinkReason, LinkState

# Half a year of weekly visits, and what a picture has room for.
VISITS_KEPT = 26


class LinkHealth(models.Model):
    """What visits to a resource's address found; no row means that it was never visited."""

    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, primary_key=True, related_name="link"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=LinkState, default=LinkState.UNCHECKED, db_index=True
    )
    since = models.DateTimeField(
        _("since"), null=True, blank=True, help_text=_("The first visit that found this state.")
    )
    checked_at = models.DateTimeField(_("last visited"), null=True, blank=True)
    worked_at = models.DateTimeField(_("last worked"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    answer = models.PositiveSmallIntegerField(
        _("last answer"), null=True, blank=True, help_text=_("The HTTP status; empty if none came.")
    )
    reason = models.CharField(
        _("what the last visit met"), max_length=11, choices=LinkReason, blank=True
    )
    # Answers that a page is not there (404, 410, no such host) since it was last there; what leaves
    # us unsure in between neither counts nor begins it anew.
    misses = models.PositiveSmallIntegerField(_("times not there"), default=0)
    missing_since = models.DateTimeField(_("not there since"), null=True, blank=True)
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
            ),
            *marks_fresh("state", resource="resource_id"),
        ]
        constraints = [
            choice("catalogue", "linkhealth", "state", LinkState),
            choice("catalogue", "linkhealth", "reason", LinkReason, blank=True),
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

    @property
    def works(self) -> bool:
        """Whether the last visit found the page, here or where it moved to."""
        return self.state in (LinkState.WORKS, LinkState.MOVED)

    def begin_anew(self) -> None:
        """Forgets, without saving, what was found at another address."""
        self.state, self.reason, self.moved_to = LinkState.UNCHECKED, "", ""
        self.since = self.checked_at = self.worked_at = self.missing_since = self.due_at = None
        self.failures = self.misses = 0
        self.answer = None


class LinkVisitQuerySet(models.QuerySet):
    def prune(self, resource_ids: Iterable[int]) -> None:
        """Keeps the last VISITS_KEPT of each of these resources. One query."""
        newest_first = [F("at").desc(), F("pk").desc()]
        place = Window(RowNumber(), partition_by="resource", order_by=newest_first)
        placed = self.filter(resource__in=resource_ids).annotate(place=place)
        surplus = placed.filter(place__gt=VISITS_KEPT).values("pk")
        self.filter(pk__in=surplus)._raw_delete(self.db)


class LinkVisit(models.Model):
    """One visit to a link: when, what it answered, and what that made of it. Nothing else is kept."""

    resource = models.ForeignKey(
        Resource,
        verbose_name=_("resource"),
        on_delete=models.CASCADE,
        # The index below begins with it.
        db_index=False,
        related_name="visits",
    )
    at = models.DateTimeField(_("when"))
    state = models.CharField(_("state"), max_length=9, choices=LinkState)
    answer = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    reason = models.CharField(_("what it met"), max_length=11, choices=LinkReason, blank=True)

    objects = LinkVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit to a link")
        verbose_name_plural = _("visits to links")
        indexes = [models.Index(fields=["resource", "-at"], name="catalogue_linkvisit_latest")]

    def __str__(self) -> str:
        return f"{self.resource}, {self.at:%Y-%m-%d}: {self.state}"


class FormerLink(models.Model):
    """An address that a resource had before its link moved; imports and pastes find it by this too."""

    resource = models.ForeignKey(
        Resource,
        verbose_name=_("resource"),
        on_delete=models.CASCADE,
        related_name="former_links",
    )
    url = AddressField(_("address"))
    canonical_url = models.TextField(_("address for comparing"), unique=True, editable=False)
    until = models.DateTimeField(_("until"), auto_now_add=True)

    class Meta:
        verbose_name = _("former address of a link")
        verbose_name_plural = _("former addresses of links")

    def __str__(self) -> str:
        return f"{self.resource}: {self.url}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_derived()
        super().save(*args, **kwargs)

    def set_derived(self) -> None:
        self.canonical_url = canonical_address(self.url)
