"""The people: users who sign in, and curators who are credited."""

import re
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from catalogue.fields import AddressField
from catalogue.languages import Worded
from catalogue.models import Decision, FormerAddress, Organisation, PublicQuerySet, PublicRow
from catalogue.models.public import unharmed
from catalogue.routes import address_of
from catalogue.slugs import short_uid
from catalogue.triggers import tracked
from catalogue.vocabularies import Status

ORCID = r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address, case-folded, so that one address is one person."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().casefold()

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=self.normalize_email(email))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Raises ValidationError when the address is none or is taken. No password: unusable."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in; the address is all that is kept of them here."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody signs in with this address already.")},
    )
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("As colleagues see it at the desk.")
    )
    is_staff = models.BooleanField(
        _("may use the desk"), default=False, help_text=_("Curators, editors and administrators.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Take it away instead of deleting the account.")
    )
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    is_told_of_queue = models.BooleanField(
        _("hears of the queue"),
        default=True,
        help_text=_("Editors: a mail a day, when something new came in."),
    )
    told_of_queue_at = models.DateTimeField(
        _("told of the queue"), null=True, blank=True, editable=False
    )
    sessions_ended_at = models.DateTimeField(
        _("signed out everywhere"), null=True, blank=True, editable=False
    )

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="curators_user_email_small",
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
            models.CheckConstraint(
                condition=~Q(email=""),
                name="curators_user_email_given",
                violation_error_message=_("Give the e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = UserManager.normalize_email(self.email)
        super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)

    def end_sessions(self) -> None:
        """Signs them out wherever they are signed in."""
        self.sessions_ended_at = timezone.now()
        self.save(update_fields=["sessions_ended_at"])

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        # A session holds as long as this stays the same: it follows from the password.
        digest = super()._get_session_auth_hash(secret=secret)
        if self.sessions_ended_at is None:
            return digest
        said = f"{digest} {self.sessions_ended_at.timestamp()}"
        return salted_hmac("curators.sessions", said, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The name for colleagues, whom the address doesn't concern."""
        return self.name or gettext("a colleague")

    def get_short_name(self) -> str:
        return str(self)


class CuratorQuerySet(PublicQuerySet):
    def theirs(self, user: Any) -> Q:
        """One's own page."""
        return Q(user=user.pk)

    def visible_to(self, user: Any) -> "CuratorQuerySet":
        return self.kept_by(user)

    def offered_to(self, user: Any) -> "CuratorQuerySet":
        """Their own, and everybody whose page is public: to be credited."""
        return super().visible_to(user)

    def for_listing(self) -> "CuratorQuerySet":
        """Public curators by name, with their organisation. One query."""
        return super().for_listing().select_related("organisation")

    def working_for(self, organisation: Organisation) -> "CuratorQuerySet":
        """Public curators of `organisation`, by name. One query."""
        return super().for_listing().filter(organisation=organisation)


@tracked(exclude=["sort_key", "modified"])
class Curator(Worded, PublicRow):
    """Somebody, or a team, with a public page, who is credited for pathways."""

    name = models.CharField(_("name"), max_length=120, help_text=_("As it is to be credited."))
    is_team = models.BooleanField(_("a team"), default=False)
    headline = models.CharField(
        _("headline"),
        max_length=160,
        blank=True,
        help_text=_("What they know about, in a few words."),
    )
    biography = models.TextField(_("about"), blank=True, help_text=_("Markdown. It is public."))
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("works for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="curators",
    )
    homepage = AddressField(_("own site"), blank=True)
    orcid = models.CharField(
        "ORCID", max_length=19, blank=True, help_text=_("As in 0000-0002-1825-0097.")
    )
    shows_use = models.BooleanField(
        _("tell readers how often the pathways are opened"),
        default=False,
        help_text=_(
            "The public page then says of each pathway that they put together, as in “Opened 120 "
            "times in October 2026”. Under 5 it says “fewer than 5”."
        ),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signs in as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="curator",
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    i18n = TranslationField(fields=("headline", "biography"))

    objects = CuratorQuerySet.as_manager()
    title_field = "name"
    noun = "curator"

    class Meta(PublicRow.Meta):
        verbose_name = _("curator")
        verbose_name_plural = _("curators")
        constraints = [
            *PublicRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name="") | Q(erased_at__isnull=False),
                name="curators_curator_name_given",
                violation_error_message=_("Give the name to be credited."),
            ),
            models.CheckConstraint(
                condition=Q(orcid="") | Q(orcid__regex=ORCID),
                name="curators_curator_orcid_shape",
                violation_error_message=_("An ORCID looks like 0000-0002-1825-0097."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | ~Q(status=Status.PUBLISHED)
                & Q(name="", headline="", biography="", homepage="", orcid="", user__isnull=True),
                name="curators_curator_erased_whole",
                violation_error_message=_("Of an erased person nothing is kept."),
            ),
        ]

    def __str__(self) -> str:
        return self.credit_name

    def get_absolute_url(self) -> str:
        return address_of("curators:curator_detail", self.slug)

    @property
    def credit_name(self) -> str:
        """The name to show beside work; “a former curator” once the person is erased."""
        return self.name or gettext("a former curator")

    @property
    def initial(self) -> str:
        """The letter on the mark beside the name."""
        return (self.name.strip()[:1] or pgettext("mark of a former curator", "–")).upper()

    def clean(self) -> None:
        super().clean()
        # What hasn't the shape of one is told by the constraint.
        if re.fullmatch(ORCID, self.orcid) and not _orcid_adds_up(self.orcid):
            raise ValidationError({"orcid": _("The last digit doesn’t fit: is one mistyped?")})

    def erase(self, *, by: Any) -> None:
        """Forgets the person: page, name, history and former addresses go; the credits stay.

        Pathways credit “a former curator”, whose identifier leads to a page that says so (410). The
        former address names the person, so it is as if it had never been.
        """
        with unharmed(self), transaction.atomic():
            Curator.objects.select_for_update().get(pk=self.pk)
            now = timezone.now()
            self.name = self.headline = self.biography = self.homepage = self.orcid = ""
            self.i18n, self.shows_use = None, False
            if self.user:
                self.user.invitations_accepted.all().delete()
            self.organisation = self.user = None
            self.erased_at = now
            self.slug = f"{self.noun}-{short_uid(self.uid)}"
            if self.has_been_public():
                self.status, self.withdrawn_at = Status.WITHDRAWN, now
                # Stored for every reader, so not in the language of whoever erases.
                self.withdrawn_reason = "At the person’s own wish."
            self.save()
            self._forget_traces()
            Decision.record(self, "erased", by=by)

    def _forget_traces(self) -> None:
        FormerAddress.objects.filter(uid=self.uid).delete()
        Decision.objects.filter(uid=self.uid).update(title=gettext("a former curator"), note="")
        events = Curator.pgh_event_model
        with pgtrigger.ignore(f"{events._meta.label}:append_only"):
            events.objects.filter(pgh_obj_id=self.pk).delete()
        # The desk's own log writes names down too.
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Curator), object_id=str(self.pk)
        )
        entries.update(object_repr=gettext("a former curator"), change_message="")


def _orcid_adds_up(orcid: str) -> bool:
    """Whether the check digit fits: ISO 7064, MOD 11-2, as ORCID documents its identifiers."""
    *digits, check = orcid.replace("-", "")
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    wanted = (12 - total % 11) % 11
    return check == ("X" if wanted == 10 else str(wanted))


@tracked()
class Membership(models.Model):
    """A partner: a user who looks after an organisation's own page and editions."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="curators_membership_unique",
                violation_error_message=_("This user looks after the organisation already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"


# Capabilities' own tables, which point at those above.
from curators.invitations.models import Invitation  # noqa: E402, F401
from curators.queue.models import QueueMark  # noqa: E402, F401
from curators.suggestions.models import Suggestion  # noqa: E402, F401
