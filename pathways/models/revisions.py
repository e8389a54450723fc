"""A pathway's revisions: what readers see is one of them, drafts are the others."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from catalogue.constraints import choice
from catalogue.languages import Worded
from catalogue.models import Role, Skill
from catalogue.standing import StandingQuerySet
from catalogue.triggers import tracked
from catalogue.vocabularies import Proficiency, Status
from pathways.triggers import OnlyInDraft, RevisionOnlyInDraft


class RevisionQuerySet(StandingQuerySet):
    def theirs(self, user: Any) -> Q:
        return Q(pathway__in=_pathways_kept_by(user))

    def drafts(self) -> "RevisionQuerySet":
        return self.filter(status=Status.DRAFT)

    def due(self) -> "RevisionQuerySet":
        """Those set to be published at a time that has come, the earliest first."""
        return self.filter(publish_at__lte=timezone.now()).order_by("publish_at", "pk")

    def for_reading(self) -> "RevisionQuerySet":
        """With all that a revision says, public or not, and its people. Five queries."""
        # Late, since steps hang on revisions.
        step = self.model._meta.get_field("steps").related_model
        return self.select_related(
            "pathway__published_revision",
            "created_by",
            "submitted_by",
            "scheduled_by",
            "published_by",
        ).prefetch_related(
            "stages",
            models.Prefetch("steps", step.objects.with_card()),
            models.Prefetch("skill_links", RevisionSkill.objects.select_related("skill")),
            models.Prefetch("role_links", RevisionRole.objects.select_related("role")),
        )

    def ever_published(self) -> "RevisionQuerySet":
        """Those that readers once saw, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-number")


class OfRevisionQuerySet(StandingQuerySet):
    """Parts of revisions: whose the pathway is, theirs are they."""

    def theirs(self, user: Any) -> Q:
        return Q(revision__pathway__in=_pathways_kept_by(user))


def _pathways_kept_by(user: Any) -> models.QuerySet:
    return apps.get_model("pathways", "Pathway").objects.kept_by(user)


@tracked(exclude=["modified"])
class Revision(Worded, models.Model):
    """One version of a pathway's words and steps. Only a draft can be edited."""

    pathway = models.ForeignKey(
        "pathways.Pathway",
        on_delete=models.CASCADE,
        related_name="revisions",
        verbose_name=_("pathway"),
    )
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(
        _("summary"), max_length=400, blank=True, help_text=_("One or two sentences, for cards.")
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown."))
    outcomes = models.TextField(
        _("outcomes"), blank=True, help_text=_("What people can do afterwards: one on each line.")
    )
    audience = models.TextField(_("who it is for"), blank=True)
    licence = models.CharField(
        _("licence"), max_length=60, default="CC-BY-4.0", help_text=_("SPDX identifier.")
    )
    proficiency_from = models.CharField(
        _("from proficiency"), max_length=12, choices=Proficiency, blank=True
    )
    proficiency_to = models.CharField(
        _("to proficiency"),
        max_length=12,
        choices=Proficiency,
        blank=True,
        help_text=_("Left empty when it stays at one."),
    )
    skills = models.ManyToManyField(Skill, through="RevisionSkill", related_name="+")
    roles = models.ManyToManyField(Role, through="RevisionRole", related_name="+")
    change_summary = models.CharField(
        _("what changed"), max_length=400, blank=True, help_text=_("For readers, in a sentence.")
    )
    based_on = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("based on"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    created = models.DateTimeField(_("started"), auto_now_add=True)
    modified = models.DateTimeField(_("last changed"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_note = models.TextField(
        _("note to the editors"), blank=True, help_text=_("Readers never see it.")
    )
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("Left empty, it is published at once.")
    )
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set to be published by"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    i18n = TranslationField(
        fields=("title", "summary", "introduction", "outcomes", "audience", "change_summary")
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        # Readers see none of a draft; publishing it changes the pathway, which moves the site.
        triggers = [RevisionOnlyInDraft()]
        default_permissions = ("add", "change", "delete", "view", "publish")
        indexes = [
            # Asked every second, and nearly always empty.
            models.Index(
                fields=["publish_at"],
                name="pathways_revision_scheduled",
                condition=Q(publish_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "number"],
                name="pathways_revision_number_unique",
                violation_error_message=_("The pathway has a revision of this number already."),
            ),
            models.UniqueConstraint(fields=["id", "pathway"], name="pathways_revision_of_pathway"),
            choice("pathways", "revision", "status", Status),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="pathways_revision_number_positive",
                violation_error_message=_("Revisions count from 1."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="pathways_revision_title_given",
                violation_error_message=_("Give the pathway a title."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED)
                | Q(published_at__isnull=False) & ~Q(summary="") & ~Q(licence=""),
                name="pathways_revision_published_complete",
                violation_error_message=_(
                    "A public revision needs a summary, a licence and its date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(status=Status.IN_REVIEW),
                name="pathways_revision_scheduled_in_review",
                violation_error_message=_("Only what is in review can be set to be published."),
            ),
            choice("pathways", "revision", "proficiency_from", Proficiency, blank=True),
            models.CheckConstraint(
                condition=Q(proficiency_to="")
                | Q(
                    proficiency_from="basic",
                    proficiency_to__in=["intermediate", "advanced", "expert"],
                )
                | Q(proficiency_from="intermediate", proficiency_to__in=["advanced", "expert"])
                | Q(proficiency_from="advanced", proficiency_to="expert"),
                name="pathways_revision_proficiency_climbs",
                violation_error_message=_(
                    "It leads from a proficiency to a higher one; leave “to” empty if it stays at one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def outcome_list(self) -> list[str]:
        """The outcomes in the page's language, one for each line."""
        return [
            line.strip(" -*•") for line in self.words.outcomes.splitlines() if line.strip(" -*•")
        ]

    def look_up_purpose(self) -> None:
        """Loads `skill_links` and `role_links` to what is public, by title: what it practises, and for
        whom it is, as far as names go. One query, since both are a few rows and told alike."""
        skills = self.skill_links.filter(skill__status=Status.PUBLISHED).order_by()
        roles = self.role_links.filter(role__status=Status.PUBLISHED).order_by()
        columns = "slug", "title", "i18n", "sort_key"
        rows = skills.values_list(
            models.Value("skill"), *(f"skill__{name}" for name in columns), "proficiency"
        ).union(
            roles.values_list(
                models.Value("role"), *(f"role__{name}" for name in columns), models.Value("")
            ),
            all=True,
        )
        found: dict[str, list[models.Model]] = {"skill_links": [], "role_links": []}
        for kind, slug, title, i18n, _sort, level in sorted(rows, key=lambda row: (row[4], row[1])):
            facts = {"slug": slug, "title": title, "i18n": i18n, "status": Status.PUBLISHED}
            if kind == "skill":
                link = RevisionSkill(revision=self, skill=Skill(**facts), proficiency=level)
            else:
                link = RevisionRole(revision=self, role=Role(**facts))
            found[f"{kind}_links"].append(link)
        # As a prefetch does, so that `skill_links.all()` asks no more.
        self.__dict__.setdefault("_prefetched_objects_cache", {}).update(found)

    @property
    def changes_are_asked(self) -> bool:
        """Whether it is a draft that an editor gave back."""
        return self.status == Status.DRAFT and self.submitted_at is not None

    def is_editable(self) -> bool:
        return self.status == Status.DRAFT


@tracked()
class RevisionSkill(models.Model):
    """What a learner practises on a pathway, and to which proficiency it brings them."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="revision_links")
    proficiency = models.CharField(_("proficiency"), max_length=12, choices=Proficiency)

    objects = OfRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill practised")
        verbose_name_plural = _("skills practised")
        triggers = [OnlyInDraft()]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "skill"],
                name="pathways_revisionskill_unique",
                violation_error_message=_("The pathway practises this skill already."),
            ),
            choice("pathways", "revisionskill", "proficiency", Proficiency),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.skill}"


@tracked()
class RevisionRole(models.Model):
    """A role the pathway is made for."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="role_links")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="revision_links")

    objects = OfRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("role it is for")
        verbose_name_plural = _("roles it is for")
        triggers = [OnlyInDraft()]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "role"],
                name="pathways_revisionrole_unique",
                violation_error_message=_("The pathway is for this role already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.role}"
