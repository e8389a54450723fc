"""Pathways: curricula by named curators, of which readers see the published revision."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.constraints import SameOwner
from catalogue.models import Organisation, PublicQuerySet, PublicRow, Question
from catalogue.routes import address_of
from catalogue.standing import StandingQuerySet
from catalogue.triggers import MovesSite, tracked
from catalogue.vocabularies import Status
from curators.models import Curator
from pathways.models.revisions import Revision
from pathways.models.steps import Step

# What a card tells of its pathway beside steps and credits; the rest of the rows is not loaded.
CARD = (
    *("uid", "slug", "title", "sort_key", "status", "published_at", "ordered", "duration_minutes"),
    "organisation",
    *(f"published_revision__{name}" for name in ("title", "summary", "i18n", "number")),
    *("published_revision__proficiency_from", "published_revision__proficiency_to"),
)


class PathwayQuerySet(PublicQuerySet):
    def with_outline(self) -> "PathwayQuerySet":
        """The published revision with steps and their stages, enough to draw its trail. One query more."""
        return self.select_related("published_revision", "organisation").prefetch_related(
            models.Prefetch("published_revision__steps", Step.objects.with_card())
        )

    def with_credits(self) -> "PathwayQuerySet":
        """Credits in order, each with its curator. One query more."""
        return self.prefetch_related(
            models.Prefetch("credits", Credit.objects.select_related("curator").in_order())
        )

    def for_listing(self) -> "PathwayQuerySet":
        """Published pathways with what their cards tell, and no more, by title. One query.

        Adds `sketch`: its steps in short (see pathways.outline.outline_of_sketch), and `author_names`,
        in order.
        """
        steps = Step.objects.filter(revision=models.OuterRef("published_revision"))
        return (
            super()
            .for_listing()
            .select_related("published_revision")
            .only(*CARD)
            .annotate(
                sketch=ArraySubquery(steps.sketched()),
                author_names=Credit.objects.author_names("pk"),
            )
        )

    def for_detail(self) -> "PathwayQuerySet":
        """What a pathway's page shows, whatever its status. Three queries; see `Revision.look_up_purpose`."""
        return self.with_outline().with_credits()

    def theirs(self, user: Any) -> Q:
        """What they maintain: the pathways whose drafts they may edit."""
        return Q(models.Exists(_maintained_by(user)))

    def visible_to(self, user: Any) -> "PathwayQuerySet":
        return self.kept_by(user)

    def offered_to(self, user: Any) -> "PathwayQuerySet":
        """What they maintain, and what is public: to be a step of theirs."""
        return super().visible_to(user)


@tracked(exclude=["sort_key", "modified", "last_n", "duration_minutes"])
class Pathway(PublicRow):
    """A curriculum: its address and people; its words and steps stand in its revisions."""

    title = models.CharField(
        _("working title"),
        max_length=200,
        help_text=_("Publishing a revision sets it to the revision’s own title."),
    )
    ordered = models.BooleanField(
        _("order matters"), default=True, help_text=_("Whether its steps build on one another.")
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation that answers for it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pathways",
    )
    published_revision = models.OneToOneField(
        Revision,
        verbose_name=_("published revision"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    curators = models.ManyToManyField(Curator, through="Credit", related_name="pathways")
    maintainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Maintainer", related_name="maintained_pathways"
    )
    # Derived: minutes of its core steps, and of the shortest of each choose-one set.
    duration_minutes = models.PositiveIntegerField(_("minutes"), null=True, editable=False)
    # The highest public number that a step of it ever had.
    last_n = models.PositiveIntegerField(default=0, editable=False)

    objects = PathwayQuerySet.as_manager()
    noun = "pathway"
    written_apart = ("duration_minutes", "last_n")

    class Meta(PublicRow.Meta):
        verbose_name = _("pathway")
        verbose_name_plural = _("pathways")
        constraints = [
            *PublicRow.Meta.constraints,
            SameOwner(
                field="published_revision",
                owner="id",
                target_owner="pathway",
                name="pathways_pathway_published_own_revision",
                violation_error_message=_("A pathway shows a revision of its own."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.IN_REVIEW])
                & Q(published_revision__isnull=True)
                | Q(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
                & Q(published_revision__isnull=False),
                name="pathways_pathway_published_has_revision",
                violation_error_message=_(
                    "A pathway is public by a published revision: publish that."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="pathways_pathway_title_given",
                violation_error_message=_("Give the pathway a working title."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address_of("pathways:pathway_detail", self.slug)

    def state_changed(self) -> None:
        # Late, since the verbs stand on the models.
        from pathways.publication import pathway_shown_or_hidden

        pathway_shown_or_hidden(self)

    def draft(self) -> Revision | None:
        """The newest revision that can be edited, if there is one. One query."""
        return self.revisions.drafts().order_by("-number").first()

    def take_number(self) -> int:
        """The next public number for a step; never given again. Two queries."""
        # In one transaction, or two at once could both read the second's number.
        with transaction.atomic():
            Pathway.objects.filter(pk=self.pk).update(last_n=F("last_n") + 1)
            self.refresh_from_db(fields=["last_n"])
        return self.last_n

    def note_number(self, n: int) -> None:
        """Remembers that a step bears `n`, as when a file brings the numbers. One query."""
        if n > self.last_n:
            Pathway.objects.filter(pk=self.pk, last_n__lt=n).update(last_n=n)
            self.last_n = n


class OfPathwayQuerySet(StandingQuerySet):
    """Parts of pathways: whose the pathway is, theirs are they."""

    def theirs(self, user: Any) -> Q:
        return Q(pathway__in=Pathway.objects.kept_by(user))


class CreditQuerySet(OfPathwayQuerySet):
    def author_names(self, pathway: str) -> ArraySubquery:
        """To annotate rows with the names of those who put the pathway together, in order; `pathway`
        is the column of its key. A name is empty where the person was erased."""
        credits = self.filter(pathway=models.OuterRef(pathway), kind=Credit.Kind.AUTHOR)
        return ArraySubquery(credits.in_order().values("curator__name"))

    def in_order(self) -> "CreditQuerySet":
        return self.order_by("position", "pk")


@tracked()
class Credit(models.Model):
    """A curator is named for work on a pathway; who may edit it is another matter."""

    class Kind(models.TextChoices):
        AUTHOR = "author", _("Put together by")
        CONTRIBUTOR = "contributor", _("With help from")
        REVIEWER = "reviewer", _("Reviewed by")

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="credits")
    curator = models.ForeignKey(Curator, on_delete=models.PROTECT, related_name="credits")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.AUTHOR)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["pathway", "position", "pk"]
        triggers = [MovesSite()]
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "curator", "kind"],
                name="pathways_credit_unique",
                violation_error_message=_("The curator is credited for this already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["author", "contributor", "reviewer"]),
                name="pathways_credit_kind_known",
                violation_error_message=_(
                    "A credit is for an author, a contributor or a reviewer."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pathway}: {self.curator}"


@tracked()
class Maintainer(models.Model):
    """A user who may edit a pathway's drafts, whether or not they are credited."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="maintainer_links")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="maintainer_links"
    )

    objects = OfPathwayQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintainer")
        verbose_name_plural = _("maintainers")
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "user"],
                name="pathways_maintainer_unique",
                violation_error_message=_("This user maintains the pathway already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pathway}: {self.user}"


def _maintained_by(user: Any) -> models.QuerySet:
    """Of the pathway in the query outside: that `user` maintains it."""
    return Maintainer.objects.filter(pathway=models.OuterRef("pk"), user=user.pk)


@tracked()
class QuestionPathway(models.Model):
    """A pathway answers a question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="pathway_links")
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="question_links")
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = OfPathwayQuerySet.as_manager()

    class Meta:
        verbose_name = _("pathway that answers the question")
        verbose_name_plural = _("pathways that answer the question")
        triggers = [MovesSite()]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "pathway"],
                name="pathways_questionpathway_unique",
                violation_error_message=_("The pathway answers this question already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.pathway}"
