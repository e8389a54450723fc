"""What people without an account send in, and what became of it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.addresses import canonical_address
from catalogue.fields import AddressField
from catalogue.merging import merged_into
from catalogue.models import Resource
from catalogue.vocabularies import Status
from curators.suggestions import mail

SALT = "curators.suggestions"
# No address of a person is kept for longer, answered or not.
ADDRESS_KEPT = timedelta(days=365)


def digest_of(token: str) -> str:
    """What is kept of a token: nothing that it could be guessed from without the secret key."""
    return salted_hmac(SALT, token, algorithm="sha256").hexdigest()


class SuggestionQuerySet(models.QuerySet):
    def of(self, token: str) -> "Suggestion | None":
        """What the private page of `token` is about. One query."""
        return (
            self.filter(token_digest=digest_of(token)).select_related("resource", "joins").first()
        )

    def open(self) -> "SuggestionQuerySet":
        """Those that nobody answered yet."""
        return self.filter(state__in=[Suggestion.State.RECEIVED, Suggestion.State.SEEN])

    def heads(self) -> "SuggestionQuerySet":
        """One for all that say the same."""
        return self.filter(joins=None)

    def unsent(self) -> "SuggestionQuerySet":
        """Those whose answer couldn't be mailed: the address goes as soon as it can."""
        return self.filter(answered_at__isnull=False).exclude(email="")

    def forget_addresses(self) -> int:
        """Takes away who wrote what a year ago or longer; answers of how many. One query."""
        old = self.filter(received_at__lt=timezone.now() - ADDRESS_KEPT)
        return old.exclude(email="", name="").update(email="", name="")


class Suggestion(models.Model):
    """A link, a report, an offer to be a curator, or a message; it has a private page.

    Nothing says who sent it but the e-mail address that they may have left, which goes when it is
    answered.
    """

    class Kind(models.TextChoices):
        RESOURCE = "resource", pgettext_lazy("suggestion", "A resource")
        PROBLEM = "problem", pgettext_lazy("suggestion", "A problem")
        CURATOR = "curator", pgettext_lazy("suggestion", "Somebody who would be a curator")
        MESSAGE = "message", pgettext_lazy("suggestion", "A message")

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("suggestion", "Received")
        SEEN = "seen", pgettext_lazy("suggestion", "Seen")
        TAKEN = "taken", pgettext_lazy("suggestion", "Taken up")
        DECLINED = "declined", pgettext_lazy("suggestion", "Not taken up")
        WITHDRAWN = "withdrawn", pgettext_lazy("suggestion", "Taken back")

    class Problem(models.TextChoices):
        DEAD = "dead", pgettext_lazy("problem", "The link no longer works, or leads elsewhere")
        WRONG = "wrong", pgettext_lazy("problem", "Something is wrong or out of date")
        ACCESS = "access", pgettext_lazy("problem", "Some people can’t use it")
        COST = "cost", pgettext_lazy("problem", "It costs money, or asks for an account")
        OTHER = "other", pgettext_lazy("problem", "Something else")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    url = AddressField(_("web address"), blank=True)
    # By which those that suggest the same are joined.
    canonical_url = models.CharField(max_length=2048, blank=True, editable=False, db_index=True)
    text = models.TextField(_("what they wrote"), blank=True)
    skill = models.CharField(_("skill it teaches"), max_length=120, blank=True)
    problem = models.CharField(_("problem"), max_length=10, choices=Problem, blank=True)
    about = models.CharField(_("about the page"), max_length=200, blank=True)
    about_uid = models.UUIDField(null=True, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    joins = models.ForeignKey(
        "self",
        verbose_name=_("says the same as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="joined",
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("resource"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField(_("answer"), blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    seen_at = models.DateTimeField(_("seen"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(
                fields=["kind", "received_at"],
                name="curators_suggestion_open",
                condition=Q(state__in=["received", "seen"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["resource", "problem", "curator", "message"]),
                name="curators_suggestion_kind_known",
                violation_error_message=_("Nothing of this kind can be sent in."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "seen", "taken", "declined", "withdrawn"]),
                name="curators_suggestion_state_known",
                violation_error_message=_("It can’t be in this state."),
            ),
            models.CheckConstraint(
                condition=Q(problem__in=["", "dead", "wrong", "access", "cost", "other"]),
                name="curators_suggestion_problem_known",
                violation_error_message=_("No such problem can be reported."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["taken", "declined"], answered_at__isnull=False)
                | Q(state__in=["received", "seen", "withdrawn"], answered_at__isnull=True),
                name="curators_suggestion_answered_dated",
                violation_error_message=_("An answer has its date."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(text="", url="", name="", email=""),
                name="curators_suggestion_taken_back_whole",
                violation_error_message=_("Of what was taken back nothing is kept."),
            ),
        ]

    def __str__(self) -> str:
        # The desk's log keeps it: nothing of a person.
        return self.url or f"{self.get_kind_display()} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.canonical_url = canonical_address(self.url) if self.url else ""
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.RECEIVED, self.State.SEEN)

    @property
    def public_resource(self) -> Resource | None:
        """What became of it in the catalogue, where visitors may see that."""
        found = self.resource
        if found and found.status == Status.WITHDRAWN:
            found = merged_into(found)
        return found if found and found.status == Status.PUBLISHED else None

    # Verbs

    def see(self) -> None:
        """Somebody looks after it, and after all that say the same."""
        self._same().filter(state=self.State.RECEIVED).update(
            state=self.State.SEEN, seen_at=timezone.now()
        )
        self.refresh_from_db()

    def reply(
        self, state: str, answer: str = "", *, by: Any, resource: Resource | None = None
    ) -> bool:
        """Answers it and all that say the same, by mail too where there is an address.

        `state`: TAKEN or DECLINED. Whether it was still open; nothing changes where it wasn't.
        """
        with transaction.atomic():
            rows = list(self._same().open().select_for_update())
            now = timezone.now()
            for row in rows:
                row.state, row.answer, row.answered_at, row.answered_by = state, answer, now, by
                row.seen_at = row.seen_at or now
                row.resource = resource or row.resource
                if not row.email:
                    # Nobody is to be written to, so nobody’s name is needed any more.
                    row.name = ""
                row.save()
                mail.send_on_commit(row)
        self.refresh_from_db()
        return bool(rows)

    def take_back(self) -> None:
        """Whoever sent it changed their mind: what they wrote goes, and others' stay. Nothing changes
        where it is answered."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Suggestion.objects.select_for_update())
            if not self.is_open:
                return
            first = self.joined.order_by("pk").first()
            if first:
                self.joined.exclude(pk=first.pk).update(joins=first)
                Suggestion.objects.filter(pk=first.pk).update(joins=None)
            self.state, self.joins = self.State.WITHDRAWN, None
            self.text = self.url = self.skill = self.name = self.email = ""
            self.save()

    def _same(self) -> SuggestionQuerySet:
        return Suggestion.objects.filter(Q(pk=self.pk) | Q(joins=self.pk))
