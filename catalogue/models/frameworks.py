"""Published competency frameworks, each in one version, and how they relate."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from catalogue.constraints import SameOwner, choice, date_as_known
from catalogue.fields import AddressField
from catalogue.languages import Worded
from catalogue.models.public import Identified, PublicQuerySet, PublicRow
from catalogue.routes import address_of
from catalogue.standing import StandingQuerySet, is_editor
from catalogue.triggers import KeepsCode, KeepsPartOfPublished, RefusesCircle, tracked
from catalogue.vocabularies import Proficiency, SkosRelation, Status

DERIVED = ["sort_key", "modified"]
KEPT = KeepsPartOfPublished(whole="catalogue_framework", column="framework_id")


class FrameworkQuerySet(PublicQuerySet):
    def for_listing(self) -> "FrameworkQuerySet":
        """Published frameworks, the one that pages arrange by first."""
        return self.published().order_by("position", "sort_key", "pk")

    def with_sizes(self) -> "FrameworkQuerySet":
        """Adds `area_count`, and `competence_count`: how many stand in them."""
        is_area = Q(competences__parent=None)
        return self.annotate(
            area_count=Count("competences", filter=is_area),
            competence_count=Count("competences", filter=~is_area),
        )

    def main(self) -> "Framework | None":
        """The framework that pages arrange by when the reader chose none."""
        return self.for_listing().first()


@tracked(exclude=DERIVED)
class Framework(Worded, PublicRow):
    """One version of a published competency framework, as CASE has CFDocument."""

    # With dots, since people write versions so: digcomp-3.0.
    slug = models.CharField(
        _("address"),
        max_length=60,
        unique=True,
        blank=True,
        help_text=_("The last part of the page’s address, as in digcomp-3.0."),
    )
    family = models.SlugField(
        _("family"),
        max_length=60,
        help_text=_("What its versions have in common, as in “digcomp”."),
    )
    version = models.CharField(_("version"), max_length=30)
    title = models.CharField(_("short name with version"), max_length=120)
    full_title = models.CharField(_("official title"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    date_published = models.CharField(
        _("date of publication"),
        max_length=10,
        blank=True,
        help_text=_("As exact as known: 2025-11."),
    )
    url = AddressField(_("official address"), blank=True)
    licence = models.CharField(
        _("licence"), max_length=60, blank=True, help_text=_("SPDX identifier.")
    )
    attribution = models.TextField(_("attribution"), blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("The lowest is the one that pages arrange by.")
    )
    i18n = TranslationField(fields=("title", "full_title", "description"))

    objects = FrameworkQuerySet.as_manager()
    noun = "framework"

    class Meta(PublicRow.Meta):
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        constraints = [
            *(rule for rule in PublicRow.Meta.constraints if not rule.name.endswith("_slug_plain")),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+([.-][a-z0-9]+)*$"),
                name="catalogue_framework_slug_plain",
                violation_error_message=_(
                    "An address is small letters a to z, digits, and hyphens or dots between them."
                ),
            ),
            date_as_known("catalogue", "framework"),
            models.UniqueConstraint(
                fields=["family", "version"],
                name="catalogue_framework_version_unique",
                violation_error_message=_("This version of the framework is here already."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="catalogue_framework_title_given",
                violation_error_message=_("Give the framework a short name."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address_of("catalogue:framework_detail", self.slug)


@tracked()
class Level(Worded, Identified):
    """A level of a framework version, or a band that holds levels."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="levels", verbose_name=_("framework")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="levels",
        verbose_name=_("band"),
    )
    code = models.CharField(_("code"), max_length=30)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    proficiency = models.CharField(
        _("proficiency"),
        max_length=12,
        choices=Proficiency,
        blank=True,
        help_text=_("The step of Waymark’s own four that it maps onto."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    i18n = TranslationField(fields=("title", "description"))

    class Meta(Identified.Meta):
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["framework", "position", "pk"]
        triggers = [*Identified.Meta.triggers, KEPT]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="catalogue_level_code_unique",
                violation_error_message=_("The framework has a level with this code already."),
            ),
            models.UniqueConstraint(
                fields=["id", "framework"], name="catalogue_level_of_framework"
            ),
            SameOwner(
                field="parent",
                owner="framework",
                name="catalogue_level_band_same_framework",
                violation_error_message=_("A level’s band belongs to the same framework."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="catalogue_level_not_own_band",
                violation_error_message=_("A level can’t be its own band."),
            ),
            choice("catalogue", "level", "proficiency", Proficiency, blank=True),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.framework.get_absolute_url()}#level-{self.code}"

    @property
    def rank(self) -> tuple[int, ...]:
        """Where it stands from the lowest up: a band comes before the levels inside it."""
        band = (self.parent.position, self.parent.pk) if self.parent else ()
        return (*band, self.position, self.pk)

    def public_status(self) -> str:
        return self.framework.status


class CompetenceQuerySet(StandingQuerySet):
    def visible_to(self, user: Any) -> "CompetenceQuerySet":
        return self if is_editor(user) else self.filter(framework__published_at__isnull=False)

    def public(self) -> "CompetenceQuerySet":
        return self.filter(framework__status="published")

    def areas(self) -> "CompetenceQuerySet":
        """The roots of the tree."""
        return self.filter(parent__isnull=True)

    def at(self, framework: str, code: str) -> "tuple[Competence | None, list[Competence]]":
        """The public competence of this code, with framework and area, and those right below it in
        order: lists, since one query finds both. `framework` is a slug."""
        rows = self.public().select_related("framework", "parent__framework").in_order()
        found = rows.filter(Q(code=code) | Q(parent__code=code), framework__slug=framework)
        own = [row for row in found if row.code == code]
        return (own[0] if own else None), [row for row in found if row.code != code]

    def in_order(self) -> "CompetenceQuerySet":
        return self.order_by("position", "code", "pk")


@tracked()
class Competence(Worded, Identified):
    """What a framework says people should be able to do: an area (no parent) or a competence."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="competences", verbose_name=_("framework")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="competences",
        verbose_name=_("area"),
    )
    code = models.CharField(_("code"), max_length=60, help_text=_("As published: 1.2."))
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(
        _("short title"), max_length=60, blank=True, help_text=_("One to three words, for the map.")
    )
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    i18n = TranslationField(fields=("title", "short_title", "description"))

    objects = CompetenceQuerySet.as_manager()

    class Meta(Identified.Meta):
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["framework", "position", "code"]
        triggers = [*Identified.Meta.triggers, KEPT, KeepsCode(), RefusesCircle()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code__iexact="coverage"),
                name="catalogue_competence_code_free",
                violation_error_message=_("This code is kept for another page’s address."),
            ),
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="catalogue_competence_code_unique",
                violation_error_message=_("The framework has a competence with this code already."),
            ),
            models.UniqueConstraint(
                fields=["id", "framework"], name="catalogue_competence_of_framework"
            ),
            SameOwner(
                field="parent",
                owner="framework",
                name="catalogue_competence_area_same_framework",
                violation_error_message=_("A competence’s area belongs to the same framework."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="catalogue_competence_not_own_area",
                violation_error_message=_("A competence can’t be its own area."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
                name="catalogue_competence_code_plain",
                violation_error_message=_(
                    "A code is letters, digits, dots, hyphens and underscores: it is part of an address."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        super().clean()
        before = Competence.objects.filter(
            pk=self.pk, framework__published_at__isnull=False
        ).values_list("code", "framework")
        if before and before[0] != (self.code, self.framework_id):
            raise ValidationError(
                _("Its code is part of a public address: bring a new version of the framework."),
                code="keeps_code",
            )
        if self._stands_in_itself():
            raise ValidationError(
                {"parent": _("This area stands in the competence itself: choose another.")},
                code="no_circle",
            )

    def _stands_in_itself(self) -> bool:
        """Whether its area, or one above that, stands in it. One query where it could."""
        if self.pk is None or self.parent_id in (None, self.pk):
            return False
        return self.parent_id in self.with_all_below()

    def with_all_below(self) -> set[int]:
        """Primary keys of the competence and of all that stand in it, however deep. One query."""
        below: dict[int | None, list[int]] = {}
        rows = Competence.objects.filter(framework=self.framework_id)
        for pk, above in rows.values_list("pk", "parent"):
            below.setdefault(above, []).append(pk)
        found: set[int] = set()
        left = [self.pk]
        while left:
            pk = left.pop()
            if pk not in found:
                found.add(pk)
                left += below.get(pk, [])
        return found

    def get_absolute_url(self) -> str:
        return address_of("catalogue:competence_detail", self.framework.slug, self.code)

    def public_status(self) -> str:
        return self.framework.status

    def relations(self) -> list[tuple[str, "Competence", str]]:
        """(how it relates, other competence, why) for each crosswalk row, either way. One query.

        Only competences of public frameworks; a row seen from its target is turned round.
        """
        either = Q(source=self, target__framework__status=Status.PUBLISHED) | Q(
            target=self, source__framework__status=Status.PUBLISHED
        )
        rows = [
            (SkosRelation(row.relation), row.target, row.words.note)
            if row.source_id == self.pk
            else (SkosRelation(row.relation).turned, row.source, row.words.note)
            for row in Crosswalk.objects.filter(either).select_related(
                "source__framework", "target__framework"
            )
        ]
        return sorted(
            rows, key=lambda row: (row[1].framework.sort_key, row[1].position, row[1].code)
        )

    def statements_by_level(self) -> list[tuple["Level | None", dict[str, list["Statement"]]]]:
        """(level or band, its statements by Kind) from the lowest; those of no level last. One query."""
        rows = self.statements.select_related("level__parent").order_by(
            "-kind", "position", "code", "pk"
        )
        found: dict[Level | None, dict[str, list[Statement]]] = {}
        for row in rows:
            kinds = found.setdefault(row.level, {})
            kinds.setdefault(row.kind, []).append(row)
        return sorted(found.items(), key=lambda one: one[0].rank if one[0] else (sys.maxsize,))

    @property
    def key(self) -> str:
        """How files and addresses name it: `digcomp-3.0:1.2`."""
        return f"{self.framework.slug}:{self.code}"


@tracked()
class Statement(Worded, Identified):
    """A sentence of a framework about one competence: what somebody at a level knows or does."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Competence statement")
        OUTCOME = "outcome", _("Learning outcome")

    competence = models.ForeignKey(
        Competence,
        on_delete=models.CASCADE,
        related_name="statements",
        verbose_name=_("competence"),
    )
    level = models.ForeignKey(
        Level,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("level or band"),
    )
    code = models.CharField(_("code"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    facet = models.CharField(
        _("facet"),
        max_length=30,
        blank=True,
        help_text=_("Knowledge, skill or attitude, as published."),
    )
    ai_label = models.CharField(_("AI label"), max_length=30, blank=True)
    text = models.TextField(_("text"))
    position = models.PositiveIntegerField(_("position"), default=1)
    i18n = TranslationField(fields=("text",))

    class Meta(Identified.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["competence", "position", "code"]
        triggers = [
            *Identified.Meta.triggers,
            KeepsPartOfPublished(
                whole="catalogue_framework",
                column="framework_id",
                by_way_of=("catalogue_competence", "competence_id"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["competence", "code"],
                name="catalogue_statement_code_unique",
                violation_error_message=_("The competence has a statement with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["statement", "outcome"]),
                name="catalogue_statement_kind_known",
                violation_error_message=_("A statement is a competence statement or an outcome."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def get_absolute_url(self) -> str:
        return f"{self.competence.get_absolute_url()}#{self.code}"

    def public_status(self) -> str:
        return self.competence.framework.status


@tracked()
class Crosswalk(Worded, models.Model):
    """How a competence relates to one of another framework or version, as an editor judged it."""

    source = models.ForeignKey(
        Competence,
        on_delete=models.CASCADE,
        related_name="crosswalks",
        verbose_name=_("competence"),
    )
    relation = models.CharField(_("relation"), max_length=8, choices=SkosRelation)
    target = models.ForeignKey(
        Competence,
        on_delete=models.CASCADE,
        related_name="crosswalks_in",
        verbose_name=_("other competence"),
    )
    note = models.CharField(_("why"), max_length=400, blank=True)
    i18n = TranslationField(fields=("note",))

    class Meta:
        verbose_name = _("crosswalk")
        verbose_name_plural = _("crosswalks")
        triggers = Identified.Meta.triggers
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"],
                name="catalogue_crosswalk_unique",
                violation_error_message=_("These two competences are related already."),
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="catalogue_crosswalk_two_competences",
                violation_error_message=_("A crosswalk relates two different competences."),
            ),
            choice("catalogue", "crosswalk", "relation", SkosRelation),
        ]

    def __str__(self) -> str:
        return f"{self.source.key} {self.relation} {self.target.key}"
