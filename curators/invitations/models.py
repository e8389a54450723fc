"""What is kept of an invitation."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.models import Organisation
from curators.invitations.licences import DEFAULT, Licence

VALID_DAYS = 21
# An invitation that nobody accepted is kept for so long after it ended.
KEPT_UNANSWERED = timedelta(days=90)
SALT = "curators.invitations"


class Standing(models.TextChoices):
    """As what somebody is invited."""

    GUEST = "guest", _("Guest curator")
    PARTNER = "partner", _("Partner")
    EDITOR = "editor", _("Editor")


class State(models.TextChoices):
    """Where an invitation is on its way; it follows from its dates."""

    WAITING = "waiting", pgettext_lazy("invitation", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
    REVOKED = "revoked", pgettext_lazy("invitation", "Revoked")


def in_three_weeks() -> datetime:
    return timezone.now() + timedelta(days=VALID_DAYS)


def digest_of(token: str) -> str:
    """What is kept of a token: nothing that it could be guessed from without the secret key."""
    return salted_hmac(SALT, token, algorithm="sha256").hexdigest()


class InvitationQuerySet(models.QuerySet):
    def in_state(self, state: str) -> "InvitationQuerySet":
        """Those that are now where `state`, a State, says."""
        now = timezone.now()
        open_ = Q(accepted_at=None, revoked_at=None)
        return self.filter(
            {
                State.WAITING: open_ & Q(expires_at__gt=now),
                State.EXPIRED: open_ & Q(expires_at__lte=now),
                State.ACCEPTED: Q(accepted_at__isnull=False),
                State.REVOKED: Q(revoked_at__isnull=False),
            }[State(state)]
        )

    def forget_unanswered(self) -> int:
        """Deletes those that expired or were revoked long ago; answers of how many."""
        long_ago = timezone.now() - KEPT_UNANSWERED
        ended = Q(expires_at__lt=long_ago) | Q(revoked_at__lt=long_ago)
        return self.filter(ended, accepted_at=None).delete()[0]

    def waiting_for(self, token: str) -> "Invitation | None":
        """The invitation that `token` answers, where it still can. One query."""
        return self.in_state(State.WAITING).filter(token_digest=digest_of(token)).first()


class Invitation(models.Model):
    """Somebody is asked to join, as what, and for what."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("As it is to be credited; they can change it.")
    )
    standing = models.CharField(
        _("invited as"), max_length=10, choices=Standing, default=Standing.GUEST
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
        help_text=_("For partners: whose page and editions they look after."),
    )
    task = models.TextField(
        _("what for"),
        max_length=2000,
        help_text=_("In a few sentences, as you would write to them: they read it in the mail."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=60,
        choices=Licence,
        default=DEFAULT,
        help_text=_("For what they put together. They confirm it, or choose another."),
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), default=in_three_weeks, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    # An account that is deleted takes what is known of the person with it.
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="invitations_accepted",
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="curators_invitation_email_small",
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values),
                name="curators_invitation_standing_known",
                violation_error_message=_("Nobody can be invited as this."),
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.PARTNER, organisation__isnull=False)
                | ~Q(standing=Standing.PARTNER) & Q(organisation__isnull=True),
                name="curators_invitation_partner_of_one",
                violation_error_message=_(
                    "A partner looks after an organisation: name it, and only for a partner."
                ),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="curators_invitation_accepted_whole",
                violation_error_message=_("What was accepted has a day and an account."),
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="curators_invitation_one_open",
                violation_error_message=_(
                    "This address has an invitation already: send that one again, or revoke it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def status(self) -> State:
        if self.accepted_at:
            return State.ACCEPTED
        if self.revoked_at:
            return State.REVOKED
        return State.WAITING if self.expires_at > timezone.now() else State.EXPIRED

    def get_status_display(self) -> str:
        return str(self.status.label)

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().casefold()

    def new_token(self) -> str:
        """A token for the link, good for three weeks from now; one from before no longer is.

        It is told here alone: save the row afterwards, and pass the token on.
        """
        token = secrets.token_urlsafe(24)
        self.token_digest = digest_of(token)
        self.expires_at = in_three_weeks()
        return token

    # Verbs, each in one transaction. Raise ValidationError where the state isn't theirs.

    def renew(self) -> str:
        """The token of a new link, which takes the place of the old one."""
        with self._held(State.WAITING, State.EXPIRED):
            token = self.new_token()
            self.save(update_fields=["token_digest", "expires_at"])
        return token

    def revoke(self) -> None:
        """The link no longer works."""
        with self._held(State.WAITING, State.EXPIRED):
            self.revoked_at = timezone.now()
            self.save(update_fields=["revoked_at"])

    @contextmanager
    def _held(self, *states: State) -> Iterator[None]:
        """Locks the row, and sees that it is in one of `states` now."""
        with transaction.atomic():
            now = Invitation.objects.select_for_update().get(pk=self.pk)
            if now.status not in states:
                raise ValidationError(
                    _("Somebody was quicker: this invitation isn’t open any more.")
                )
            yield
