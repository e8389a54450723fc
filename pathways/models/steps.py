"""Stages and steps: what a revision of a pathway consists of."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from catalogue.constraints import SameOwner
from catalogue.languages import Text, Worded
from catalogue.models import Identified, Resource
from catalogue.models.resources import LONGEST_MINUTES
from catalogue.routes import address_of
from catalogue.triggers import tracked
from catalogue.vocabularies import DurationSource, LinkState, Status
from pathways.models.revisions import OfRevisionQuerySet, Revision
from pathways.triggers import NumberStays, OnlyInDraft

# As many steps as one page to build on can take. Nobody walks further: two pathways serve better.
MOST_STEPS = 500


class PartOfRevision(Worded, Identified):
    """A part that keeps its uid from one revision to the next, so a uid stands once in each."""

    uid = models.UUIDField(
        _("permanent identifier"), default=uuid.uuid4, editable=False, db_index=True
    )

    class Meta:
        abstract = True

    @classmethod
    def find_by_uid(cls, uid: uuid.UUID) -> "PartOfRevision | None":
        """The part as readers see it, or last saw it; None if they never did. One query."""
        return (
            cls.objects.filter(uid=uid, revision__published_at__isnull=False)
            .select_related("revision__pathway")
            .order_by("-revision__number")
            .annotate(is_current=Q(revision=F("revision__pathway__published_revision")))
            .order_by("-is_current", "-revision__number")
            .first()
        )

    def public_status(self) -> str:
        return self.revision.pathway.status


@tracked()
class Stage(PartOfRevision):
    """A stretch of a pathway with a purpose of its own."""

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="stages", verbose_name=_("revision")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown."))
    i18n = TranslationField(fields=("title", "introduction"))

    objects = OfRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["revision", "position", "pk"]
        triggers = [OnlyInDraft()]
        constraints = [
            models.UniqueConstraint(fields=["revision", "uid"], name="pathways_stage_uid_unique"),
            models.UniqueConstraint(fields=["id", "revision"], name="pathways_stage_of_revision"),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="pathways_stage_position_positive",
                violation_error_message=_("Positions count from 1."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="pathways_stage_title_given",
                violation_error_message=_("Give the stage a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.revision.pathway.get_absolute_url()}#stage-{self.position}"


class StepQuerySet(OfRevisionQuerySet):
    def in_order(self) -> "StepQuerySet":
        return self.order_by("stage__position", "stage__pk", "position", "pk")

    def with_card(self) -> "StepQuerySet":
        """What a step's line on the trail tells, in one query."""
        return self.select_related(
            "stage",
            "resource__provider",
            "resource__link",
            "stand_in__provider",
            "stand_in__link",
            "pathway__published_revision",
        ).in_order()

    def sketched(self) -> models.QuerySet:
        """One array of SKETCH for each step, in order: what a pathway's card tells of it."""
        array = models.Func(*SKETCH, function="jsonb_build_array", output_field=models.JSONField())
        return self.in_order().values_list(array, flat=True)

    def current(self) -> "StepQuerySet":
        """Steps that readers see: of the published revision of a published pathway."""
        return self.filter(
            revision=F("revision__pathway__published_revision"),
            revision__pathway__status=Status.PUBLISHED,
        )

    def last_seen(self, pathway: Any, n: int) -> "Step | None":
        """Step `n` of `pathway` as readers last saw it; None if they never did. One query."""
        seen = self.filter(revision__pathway=pathway, n=n, revision__published_at__isnull=False)
        return seen.with_card().order_by("-revision__number").first()

    def on_resource(self, resource: Resource) -> "StepQuerySet":
        """Current steps that lead to `resource`, with pathway. One query.

        Adds `author_names`: the names of those who put the pathway together, in order.
        """
        credits = apps.get_model("pathways", "Credit").objects
        return (
            self.current()
            .filter(resource=resource)
            .select_related("revision__pathway")
            .annotate(author_names=credits.author_names("revision__pathway"))
            .order_by("revision__pathway__sort_key", "position", "pk")
        )


@tracked()
class Step(PartOfRevision):
    """One thing to do on a pathway: a resource, an activity, a reflection, or another pathway."""

    class Kind(models.TextChoices):
        RESOURCE = "resource", _("Resource")
        ACTIVITY = "activity", _("Activity at work")
        REFLECTION = "reflection", _("Reflection")
        PATHWAY = "pathway", _("Another pathway")

    class Requirement(models.TextChoices):
        CORE = "core", _("Core")
        OPTIONAL = "optional", _("Optional")
        CHOOSE_ONE = "choose-one", _("Choose one")

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="steps", verbose_name=_("revision")
    )
    stage = models.ForeignKey(
        Stage, on_delete=models.CASCADE, related_name="steps", verbose_name=_("stage")
    )
    n = models.PositiveIntegerField(
        _("public number"),
        help_text=_("Part of its address. It stays when the step moves, and is never used again."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RESOURCE)
    requirement = models.CharField(
        _("core, optional, or one of several"),
        max_length=10,
        choices=Requirement,
        default=Requirement.CORE,
    )
    choice = models.PositiveSmallIntegerField(
        _("set"),
        null=True,
        blank=True,
        help_text=_("Steps of a stage with the same number are ways to the same place."),
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, it is the title of the resource or pathway."),
    )
    note = models.TextField(_("why this"), blank=True, help_text=_("In your own voice; public."))
    instructions = models.TextField(
        _("what to do"), blank=True, help_text=_("For activities and reflections. Markdown.")
    )
    duration_minutes = models.PositiveIntegerField(
        _("minutes"), null=True, blank=True, help_text=_("Left empty, they are the resource’s own.")
    )
    resource = models.ForeignKey(
        Resource,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("resource"),
    )
    stand_in = models.ForeignKey(
        Resource,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_in_steps",
        verbose_name=_("stand-in"),
        help_text=_("Takes over when the resource dies."),
    )
    pathway = models.ForeignKey(
        "pathways.Pathway",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps_here",
        verbose_name=_("pathway"),
    )
    i18n = TranslationField(fields=("title", "note", "instructions"))

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["revision", "position", "pk"]
        triggers = [OnlyInDraft(), NumberStays()]
        constraints = [
            models.UniqueConstraint(fields=["revision", "uid"], name="pathways_step_uid_unique"),
            models.UniqueConstraint(
                fields=["revision", "n"],
                name="pathways_step_number_unique",
                violation_error_message=_("Another step of the pathway has this number."),
            ),
            SameOwner(
                field="stage",
                owner="revision",
                name="pathways_step_stage_same_revision",
                violation_error_message=_("A step’s stage belongs to the same revision."),
            ),
            models.CheckConstraint(
                condition=Q(n__gte=1),
                name="pathways_step_number_positive",
                violation_error_message=_("Steps count from 1."),
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="pathways_step_position_positive",
                violation_error_message=_("Positions count from 1."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="resource", resource__isnull=False, pathway__isnull=True)
                    | Q(kind="pathway", resource__isnull=True, pathway__isnull=False)
                    | Q(
                        kind__in=["activity", "reflection"],
                        resource__isnull=True,
                        pathway__isnull=True,
                    )
                ),
                name="pathways_step_exactly_one",
                violation_error_message=_(
                    "A step is exactly one of: a resource, another pathway, an activity, a reflection."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["resource", "pathway"]) | ~Q(title=""),
                name="pathways_step_activity_titled",
                violation_error_message=_("An activity or reflection needs a title."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(requirement__in=["core", "optional"], choice__isnull=True)
                    | Q(requirement="choose-one", choice__isnull=False, choice__gte=1)
                ),
                name="pathways_step_choice_numbered",
                violation_error_message=_(
                    "One of several steps to choose from carries the set’s number."
                ),
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True)
                | Q(kind="resource") & ~Q(stand_in=F("resource")),
                name="pathways_step_stand_in_differs",
                violation_error_message=_(
                    "A stand-in is another resource, for a step that is a resource."
                ),
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__isnull=True)
                | Q(duration_minutes__gte=1, duration_minutes__lte=LONGEST_MINUTES),
                name="pathways_step_minutes_sensible",
                violation_error_message=_(
                    "Minutes are a number from 1 to 60,000; leave it empty if unknown."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.shown_title) or f"{self.get_kind_display()} {self.n}"

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:
        # A new step gets its number when it is saved.
        without = {*(exclude or ()), *(["n"] if self.n is None else [])}
        super().full_clean(exclude=without, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        pathway = self.revision.pathway
        if self.n is None:
            self.n = pathway.take_number()
        elif self._state.adding:
            pathway.note_number(self.n)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("pathways:step_detail", self.revision.pathway.slug, self.n)

    @property
    def shown_title(self) -> Text:
        """Its own title, else the resource's or pathway's, each with its language."""
        own = self.words.title
        if own:
            return own
        # A form that was refused may show a step that lacks what it should be.
        if self.kind == self.Kind.RESOURCE and self.serving:
            return Text(self.serving.title, self.serving.language)
        if self.kind == self.Kind.PATHWAY and self.pathway:
            revision = self.pathway.published_revision
            return revision.words.title if revision else Text(self.pathway.title, "")
        return own

    @property
    def stand_in_serves(self) -> bool:
        """Whether the stand-in takes the resource's place, since that is gone or withdrawn."""
        if self.resource is None or self.stand_in is None:
            return False
        return not _is_there(self.resource) and _is_there(self.stand_in)

    @property
    def serving(self) -> Resource | None:
        """The resource that a learner is sent to: the stand-in's turn comes when the first dies."""
        return self.stand_in if self.stand_in_serves else self.resource

    @property
    def is_withdrawn(self) -> bool:
        """Whether the resource that a learner is sent to was withdrawn, so that nobody is sent on."""
        return self.serving is not None and self.serving.status == Status.WITHDRAWN

    @property
    def link_state(self) -> str | None:
        """What the last visits to its link found; None for a step without one."""
        return link_state_of(self.serving) if self.serving else None

    @property
    def minutes(self) -> int | None:
        """How long it takes: as the curator says, else as the resource or pathway does.

        What the curator says is said of the resource: of a stand-in that serves, only where that
        doesn't say itself.
        """
        if self.stand_in_serves and self.stand_in.duration_minutes is not None:
            return self.stand_in.duration_minutes
        if self.duration_minutes is not None:
            return self.duration_minutes
        if self.kind == self.Kind.RESOURCE:
            return self.serving.duration_minutes
        if self.kind == self.Kind.PATHWAY:
            return self.pathway.duration_minutes
        return None

    @property
    def is_estimate(self) -> bool:
        """Whether its minutes are to be shown as “about”."""
        if self.stand_in_serves:
            return self.stand_in.duration_minutes is None or self.stand_in.is_estimate
        if self.duration_minutes is not None:
            return False
        return self.kind == self.Kind.RESOURCE and self.serving.is_estimate


def _is_there(resource: Resource) -> bool:
    """Whether a learner who is sent to it finds it, as far as is known."""
    return _leads_on(resource.status, link_state_of(resource))


def _leads_on(status: str, link_state: str) -> bool:
    return status != Status.WITHDRAWN and link_state != LinkState.GONE


def link_state_of(resource: Resource) -> str:
    """What the last visits to its link found. No query where `link` is loaded."""
    link = getattr(resource, "link", None)
    return link.state if link else LinkState.UNCHECKED


# A step in short, in the order in which SketchedStep.of takes it, after its stage.
SKETCH = (
    "stage_id",
    *("n", "kind", "requirement", "choice", "duration_minutes", "pathway__duration_minutes"),
    *(
        f"{one}__{fact}"
        for one in ("resource", "stand_in")
        for fact in ("status", "link__state", "duration_minutes", "duration_source")
    ),
)


@dataclass(frozen=True)
class SketchedStep:
    """What a pathway's card draws and counts of a Step, with the same words for it."""

    n: int
    kind: str
    requirement: str
    choice: int | None
    minutes: int | None
    is_estimate: bool
    is_withdrawn: bool
    link_state: str | None
    stand_in_serves: bool

    @classmethod
    def of(
        cls,
        n: int,
        kind: str,
        requirement: str,
        choice: int | None,
        own_minutes: int | None,
        pathway_minutes: int | None,
        *resources: Any,
    ) -> "SketchedStep":
        """`resources`: status, link state, minutes and their source of the resource, then of its
        stand-in; None throughout where there is none."""
        first, other = resources[:4], resources[4:]
        serves = other[0] is not None and not _leads_on(*first[:2]) and _leads_on(*other[:2])
        status, link_state, minutes, source = other if serves else first
        # A stand-in's own minutes come first, since the curator's were said of what it stands in for.
        said = (minutes, own_minutes) if serves else (own_minutes, pathway_minutes, minutes)
        guessed = source == DurationSource.ESTIMATE
        return cls(
            n=n,
            kind=kind,
            requirement=requirement,
            choice=choice,
            minutes=next((one for one in said if one is not None), None),
            is_estimate=minutes is None or guessed if serves else own_minutes is None and guessed,
            is_withdrawn=status == Status.WITHDRAWN,
            link_state=None if status is None else link_state or LinkState.UNCHECKED,
            stand_in_serves=serves,
        )
