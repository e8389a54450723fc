"""Changes that curators propose to resources which others use too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue import proposal_mail
from catalogue.errors import CatalogueError, WrongState
from catalogue.locks import one_decision_at_a_time
from catalogue.models.public import Decision
from catalogue.models.resources import Resource
from catalogue.standing import StandingQuerySet


class Outdated(CatalogueError):
    """The resource is no longer what whoever decides has seen."""


class ProposalQuerySet(StandingQuerySet):
    def theirs(self, user: Any) -> Q:
        """What they proposed themselves."""
        return Q(by=user.pk)

    def waiting(self) -> "ProposalQuerySet":
        return self.filter(status=Proposal.Status.WAITING)


@dataclass(frozen=True)
class Change:
    """What a proposal says of one field: JSON values, as columns hold them."""

    field: models.Field
    was: Any  # When it was proposed.
    now: Any
    proposed: Any

    @property
    def is_outdated(self) -> bool:
        """Whether somebody wrote another value since it was proposed."""
        return self.now not in (self.was, self.proposed)


class Proposal(models.Model):
    """Somebody asks for other values of some fields of a resource, and an editor answers."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for an editor")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    # What can be proposed; tags, skills and competences are asked for in words.
    FIELDS = (
        *("url", "title", "provider", "authors", "description", "description_language"),
        *("description_source", "resource_type", "proficiency", "languages", "cost", "licence"),
        *("duration_minutes", "duration_source", "date_published", "access"),
    )

    resource = models.ForeignKey(
        Resource, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="proposals"
    )
    values = models.JSONField(
        _("proposed values"), default=dict, blank=True, encoder=DjangoJSONEncoder, editable=False
    )
    before = models.JSONField(
        _("values before"), default=dict, blank=True, encoder=DjangoJSONEncoder, editable=False
    )
    why = models.TextField(
        _("why"), help_text=_("For the editor: what is wrong, and how you know.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("proposed"), auto_now_add=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING, editable=False
    )
    left_out = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("fields not taken over"),
        default=list,
        blank=True,
        editable=False,
    )
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "accepted", "declined"]),
                name="catalogue_proposal_status_known",
                violation_error_message=_("A proposal waits, is accepted, or is declined."),
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="catalogue_proposal_why_given",
                violation_error_message=_("Say why: an editor decides by it."),
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", answered_at__isnull=True)
                | Q(status__in=["accepted", "declined"], answered_at__isnull=False),
                name="catalogue_proposal_answered_dated",
                violation_error_message=_("An answer has its date."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.resource)

    @classmethod
    def of(cls, resource: Resource, wanted: Resource, names: list[str]) -> "Proposal":
        """Unsaved: that `resource` should have what `wanted` has in the fields `names`."""
        return cls(
            resource=resource,
            values={name: _value(wanted, name) for name in names},
            before={name: _value(resource, name) for name in names},
        )

    def changes(self) -> list[Change]:
        """Field by field, in the order of the form."""
        return [
            Change(
                field=Resource._meta.get_field(name),
                was=self.before.get(name),
                now=_value(self.resource, name),
                proposed=self.values[name],
            )
            for name in self.FIELDS
            if name in self.values
        ]

    def taken(self) -> list[Change]:
        """Those that are taken over when it is accepted."""
        return [one for one in self.changes() if one.field.name not in self.left_out]

    @property
    def is_in_part(self) -> bool:
        return self.status == self.Status.ACCEPTED and bool(self.left_out)

    # Verbs

    def accept(
        self,
        *,
        by: Any,
        note: str = "",
        seen: dict[str, Any] | None = None,
        leave_out: Iterable[str] = (),
    ) -> None:
        """Writes the values into the resource, but for the fields in `leave_out`. `seen`: what its
        fields said to whoever accepts.

        Raises Outdated where they say something else by now; without `seen`, where they say something
        else than when it was proposed. Raises ValidationError where the resource can't be so.
        """
        with transaction.atomic():
            self._begin("accepted")
            resource = Resource.objects.select_for_update(of=["self"]).get(pk=self.resource_id)
            self.resource = resource
            changed = self._changed_since(seen)
            if changed:
                names = ", ".join(str(change.field.verbose_name) for change in changed)
                raise Outdated(
                    _("Somebody changed it meanwhile: %(fields)s. Look at the proposal again.")
                    % {"fields": names}
                )
            self.left_out = [name for name in self.values if name in {*leave_out}]
            for change in self.taken():
                setattr(resource, change.field.attname, change.proposed)
            resource.full_clean()
            resource.save()
            told = _("As proposed: %(why)s") % {"why": self.why}
            Decision.record(resource, "changed", by=by, note="\n".join(filter(None, (told, note))))
            self._answer(self.Status.ACCEPTED, by=by, answer=note)

    def decline(self, *, by: Any, note: str) -> None:
        """Leaves the resource as it is; whoever proposed it reads why."""
        with transaction.atomic():
            self._begin("declined")
            self._answer(self.Status.DECLINED, by=by, answer=note)

    def _begin(self, verb: str) -> None:
        one_decision_at_a_time()
        status = Proposal.objects.values_list("status", flat=True).get(pk=self.pk)
        if status != self.Status.WAITING:
            raise WrongState(self, verb, status)

    def _changed_since(self, seen: dict[str, Any] | None) -> list[Change]:
        if seen is None:
            return [change for change in self.changes() if change.is_outdated]
        return [one for one in self.changes() if one.now != seen.get(one.field.name)]

    def _answer(self, status: str, *, by: Any, answer: str) -> None:
        self.status, self.answer = status, answer
        self.answered_by, self.answered_at = by, timezone.now()
        self.save(update_fields=["status", "left_out", "answer", "answered_by", "answered_at"])
        proposal_mail.send_on_commit(self)


def _value(row: Resource, name: str) -> Any:
    """What the column of a field holds: a key of a relation, a list, a text, a number."""
    return getattr(row, Resource._meta.get_field(name).attname)
