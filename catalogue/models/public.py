"""What every public row has: an identity for ever, an address, and verbs that publish it."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.errors import WrongState
from catalogue.locks import one_decision_at_a_time
from catalogue.slugs import RESERVED, make_slug, numbered
from catalogue.standing import StandingQuerySet, is_editor
from catalogue.titles import SORT_KEY_LENGTH, sort_key
from catalogue.triggers import AvoidsFormerAddress, KeepsAddress, KeepsPublished, MovesSite
from catalogue.vocabularies import Status


@contextmanager
def unharmed(row: models.Model) -> Iterator[None]:
    """Where the block fails, `row` in memory is as it was before."""
    before = dict(row.__dict__)
    try:
        yield
    except BaseException:
        row.__dict__.clear()
        row.__dict__.update(before)
        raise


class Identified(models.Model):
    """A row that the world may point at: `/id/<uid>/` leads to its page for ever."""

    uid = models.UUIDField(
        _("permanent identifier"), default=uuid.uuid4, unique=True, editable=False
    )

    class Meta:
        abstract = True
        triggers = [MovesSite()]

    @classmethod
    def find_by_uid(cls, uid: uuid.UUID) -> Self | None:
        """The row of this identity, whatever its status. One query."""
        return cls._base_manager.filter(uid=uid).first()

    def public_status(self) -> str:
        """A Status: what visitors may know of it. A part says what its whole says."""
        raise NotImplementedError

    @property
    def permanent_url(self) -> str:
        """The short permanent address without its host, also the `@id` in linked data."""
        return f"/id/{self.uid}/"


class PublicQuerySet(StandingQuerySet):
    """Rows on their way to the public and back. What was public once, everybody may look at."""

    def visible_to(self, user: Any) -> Self:
        if is_editor(user):
            return self
        return self.filter(Q(published_at__isnull=False) | self.of(user))

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def for_listing(self) -> Self:
        """Published rows in the order of their titles."""
        return self.published().order_by("sort_key", "pk")

    def in_order_of(self, pks: Iterable[int]) -> list[Self]:
        """Those of the rows that have one of `pks`, in the order of `pks`: a list, therefore. None of
        the queries where there are no `pks`."""
        pks = list(pks)
        found = {row.pk: row for row in self.filter(pk__in=pks)} if pks else {}
        return [found[pk] for pk in pks if pk in found]


class PublicRow(Identified):
    """A row with a page of its own, which is drafted, published, and at worst withdrawn."""

    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        blank=True,
        help_text=_("The last part of the page’s address. Left empty, it is made from the title."),
    )
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, db_index=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        editable=False,
    )
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(
        _("why it was withdrawn"), max_length=300, blank=True, editable=False
    )
    replaced_by = models.UUIDField(
        _("replaced by"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The permanent identifier of what takes its place."),
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PublicQuerySet.as_manager()

    # The field that slug and sort key are made from, and the noun of a slug that a title can't give.
    title_field = "title"
    noun = "page"
    # Columns that verbs write by themselves: saving a row never puts back what it has in memory.
    written_apart: tuple[str, ...] = ()

    class Meta(Identified.Meta):
        abstract = True
        triggers = [MovesSite(), KeepsPublished(), KeepsAddress(), AvoidsFormerAddress()]
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="%(app_label)s_%(class)s_status_known",
                violation_error_message=_("This status is none that Waymark knows."),
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="%(app_label)s_%(class)s_slug_plain",
                violation_error_message=_(
                    "An address is small letters a to z, digits, and hyphens between them."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED)),
                name="%(app_label)s_%(class)s_slug_free",
                violation_error_message=_("This address is kept for another page; choose another."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=[Status.DRAFT, Status.IN_REVIEW], published_at__isnull=True)
                    | Q(status__in=[Status.PUBLISHED, Status.WITHDRAWN], published_at__isnull=False)
                ),
                name="%(app_label)s_%(class)s_published_dated",
                violation_error_message=_(
                    "What is public has the date when it was first published, and a draft has none."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")
                    | ~Q(status=Status.WITHDRAWN)
                    & Q(withdrawn_at__isnull=True, withdrawn_reason="")
                ),
                name="%(app_label)s_%(class)s_withdrawn_explained",
                violation_error_message=_(
                    "Say why it is withdrawn: its address will tell readers."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(getattr(self, self.title_field))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_derived()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = self._with_what_follows(set(fields))
        elif self.written_apart and not self._state.adding:
            kwargs["update_fields"] = self._columns_of_its_own()
        super().save(*args, **kwargs)

    def _with_what_follows(self, fields: set[str]) -> set[str]:
        """`fields` with those that set_derived() changes along with them."""
        if self.title_field in fields:
            fields |= {"slug", "sort_key"}
        if "status" in fields:
            fields.add("published_at")
        return {*fields, "modified"}

    def _columns_of_its_own(self) -> set[str]:
        deferred = self.get_deferred_fields()
        fields = (field for field in self._meta.concrete_fields if not field.primary_key)
        return {field.name for field in fields if field.attname not in deferred} - {
            *self.written_apart
        }

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # Constraints look at what save() will write.
        self.set_derived()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.slug and FormerAddress.objects.is_taken(self):
            raise ValidationError(
                {"slug": _("This address was another page’s once and still leads there.")}
            )

    def set_derived(self) -> None:
        """Sets what follows from the title: the sort key, and a slug where there is none."""
        title = str(getattr(self, self.title_field))
        self.sort_key = sort_key(title)
        if not self.slug:
            self.slug = self.free_slug(title)
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()

    def free_slug(self, title: str) -> str:
        """A slug for `title` that no row of this kind has or ever had. One or two queries."""
        base = make_slug(title, noun=self.noun, uid=self.uid)
        stem = base[:50]
        rows = type(self)._base_manager.exclude(pk=self.pk).filter(slug__startswith=stem)
        former = FormerAddress.objects.filter(kind=self._meta.db_table, slug__startswith=stem)
        taken = {*rows.values_list("slug", flat=True)}
        taken |= {*former.exclude(uid=self.uid).values_list("slug", flat=True)}
        number = 1
        while (slug := numbered(base, number)) in taken:
            number += 1
        return slug

    def public_status(self) -> str:
        return self.status

    def has_been_public(self) -> bool:
        return self.published_at is not None

    # Verbs. Each runs in one transaction and leaves a Decision.

    def publish(self, *, by: Any, note: str = "") -> None:
        """Shows the row to everyone. Raises WrongState, or ValidationError if something is missing."""
        with self._deciding("published", by, note, [Status.DRAFT, Status.IN_REVIEW]):
            self.status = Status.PUBLISHED
            self.published_at = timezone.now()

    def withdraw(self, *, by: Any, reason: str, replaced_by: Identified | None = None) -> None:
        """Takes a public row away; its address says why (410) and what replaces it."""
        with self._deciding("withdrawn", by, reason, [Status.PUBLISHED]):
            self.status = Status.WITHDRAWN
            self.withdrawn_at = timezone.now()
            self.withdrawn_reason = reason
            self.replaced_by = replaced_by.uid if replaced_by else None

    def restore(self, *, by: Any, note: str = "") -> None:
        """Makes a withdrawn row public again."""
        with self._deciding("restored", by, note, [Status.WITHDRAWN]):
            self.status = Status.PUBLISHED
            self.withdrawn_at, self.withdrawn_reason, self.replaced_by = None, "", None

    @contextmanager
    def _deciding(self, verb: str, by: Any, note: str, starts: list[Status]) -> Iterator[None]:
        """One decision: locks the row, lets the block change it, checks, saves, records."""
        with unharmed(self), transaction.atomic():
            one_decision_at_a_time()
            rows = type(self)._base_manager.select_for_update()
            status = rows.values_list("status", flat=True).get(pk=self.pk)
            if status not in starts:
                raise WrongState(self, verb, status)
            yield
            self.full_clean()
            # Not the rest, which somebody else may have edited since it was read.
            self.save(update_fields=STATE)
            self.state_changed()
            Decision.record(self, verb, by=by, note=note)

    def state_changed(self) -> None:
        """What follows elsewhere from a decision, in its transaction."""


# What a decision changes.
STATE = ("status", "published_at", "withdrawn_at", "withdrawn_reason", "replaced_by")


class FormerAddressQuerySet(models.QuerySet):
    def is_taken(self, row: PublicRow) -> bool:
        """Whether `row` would take another's former address."""
        return self.filter(kind=row._meta.db_table, slug=row.slug).exclude(uid=row.uid).exists()


class FormerAddress(models.Model):
    """A slug that a public row once had; its address leads to the row's present one (301)."""

    kind = models.CharField(_("kind"), max_length=60, help_text=_("The table of the row."))
    slug = models.CharField(_("former address"), max_length=60)
    uid = models.UUIDField(_("leads to"), db_index=True)
    created = models.DateTimeField(_("since"), auto_now_add=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="catalogue_formeraddress_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class Decision(models.Model):
    """A decision about a public row: who took it, when, and why. Never changed afterwards."""

    uid = models.UUIDField(_("about"), db_index=True)
    title = models.CharField(_("title at the time"), max_length=300)
    verb = models.CharField(_("decision"), max_length=30)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.title}"

    @classmethod
    def record(cls, row: Identified, verb: str, *, by: Any, note: str = "") -> "Decision":
        """Writes down that `by` (a user, or None for a command) did `verb` to `row`."""
        return cls.objects.create(uid=row.uid, title=str(row)[:300], verb=verb, by=by, note=note)
