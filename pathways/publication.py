"""The verbs of a pathway's life: start, draft anew, submit, send back, publish, now or at a time.

Each runs in one transaction and leaves a Decision, as do those that a pathway has like every public
row: withdraw and restore. Derived data (minutes of a pathway, in how many pathways a resource
stands) is written here and nowhere else.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.errors import WrongState
from catalogue.locks import one_decision_at_a_time
from catalogue.models import Decision, Resource
from catalogue.models.public import unharmed
from catalogue.vocabularies import Status
from curators.invitations import licence_given_by
from curators.models import Curator
from curators.standing import is_editor
from pathways.models import Credit, Maintainer, Pathway, Remark, Revision, Step
from pathways.outline import arrange, outline_of_steps
from pathways.reviewing import mails

# What verbs write of a revision, beside its words.
SCHEDULE = ("publish_at", "scheduled_by")
SUBMITTED = ("status submitted_at submitted_by submitted_note change_summary modified").split()
# What a new draft takes over from the revision that it is based on.
WORDS = (
    "title summary introduction outcomes audience licence proficiency_from proficiency_to i18n"
).split()


class Problem(str):
    """A sentence on what is missing; `about` is the row that lacks it, or the revision’s field."""

    about: Any

    def __new__(cls, sentence: str, about: Any = None) -> "Problem":
        problem = super().__new__(cls, sentence)
        problem.about = about
        return problem


@transaction.atomic
def start(*, title: str, by: Any, **fields: Any) -> Pathway:
    """A new pathway with an empty first draft. `fields` are the pathway's own."""
    pathway = Pathway(title=title, **fields)
    pathway.full_clean()
    pathway.save()
    begin(pathway, by=by)
    return pathway


@transaction.atomic
def begin(pathway: Pathway, *, by: Any) -> Revision:
    """The first draft of a pathway that has no revision yet.

    Whoever begins it as a guest looks after it, and is credited where they have a page; an editor
    begins it for others.
    """
    draft = Revision(pathway=pathway, number=1, title=pathway.title, created_by=by)
    if by is not None:
        draft.licence = licence_given_by(by)
    draft.save()
    if by is not None and not is_editor(by):
        Maintainer.objects.create(pathway=pathway, user=by)
        if curator := Curator.objects.filter(user=by).first():
            Credit.objects.create(pathway=pathway, curator=curator)
    Decision.record(pathway, "started", by=by)
    return draft


@transaction.atomic
def draft_from(revision: Revision, *, by: Any) -> Revision:
    """A new draft that copies `revision`: how a public pathway is changed, or an old one restored.

    Steps and stages keep their uid and public number.
    """
    draft = _next_draft(revision, by=by)
    for name in WORDS:
        setattr(draft, name, getattr(revision, name))
    draft.save()
    for link in [*revision.skill_links.all(), *revision.role_links.all()]:
        _copy(link, revision=draft)
    stages = {stage.pk: _copy(stage, revision=draft) for stage in revision.stages.all()}
    for step in revision.steps.all():
        _copy(step, revision=draft, stage=stages[step.stage_id])
    Decision.record(
        draft.pathway,
        "drafted",
        by=by,
        note=_("From revision %(number)d.") % {"number": revision.number},
    )
    return draft


@transaction.atomic
def draft_beside(revision: Revision, *, by: Any, note: str) -> Revision:
    """A new draft that follows `revision` and has only its title: a file brings the rest."""
    draft = _next_draft(revision, by=by)
    draft.title = revision.title
    draft.save()
    Decision.record(draft.pathway, "drafted", by=by, note=note)
    return draft


def _next_draft(revision: Revision, *, by: Any) -> Revision:
    """An unsaved draft with the next number of its pathway, which is held. Two queries."""
    pathway = Pathway.objects.select_for_update().get(pk=revision.pathway_id)
    newest = pathway.revisions.order_by("-number").values_list("number", flat=True).first()
    return Revision(pathway=pathway, number=newest + 1, based_on=revision, created_by=by)


def _copy(row: Any, **owners: Any) -> Any:
    """A new row like `row` under other owners."""
    copy = type(row)(
        **{
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
    )
    for name, owner in owners.items():
        setattr(copy, name, owner)
    copy.save()
    return copy


def submit(
    revision: Revision, *, by: Any, note: str = "", change_summary: str | None = None
) -> None:
    """A curator asks for review; until an editor answers, nobody can change the draft.

    `note` is for the editors; `change_summary`, where it is given, tells readers what is new.
    """
    with _deciding(revision, [Status.DRAFT], "submitted"):
        if found := problems(revision):
            raise ValidationError(found)
        revision.status, revision.submitted_at = Status.IN_REVIEW, timezone.now()
        revision.submitted_by, revision.submitted_note = by, note
        if change_summary is not None:
            revision.change_summary = change_summary
        revision.save(update_fields=SUBMITTED)
        Decision.record(revision.pathway, "submitted", by=by, note=note)
        mails.submitted(revision, by=by)


def send_back(revision: Revision, *, by: Any, note: str = "") -> None:
    """An editor asks for changes: the revision is a draft again.

    `note` becomes a remark on the whole. Raises WrongState, or ValidationError where nothing says
    what to change: neither a note nor an open remark.
    """
    with _deciding(revision, [Status.IN_REVIEW], "sent back"):
        if note:
            Remark.objects.create(revision=revision, text=note, by=by)
        elif not Remark.objects.on(revision).open().exists():
            raise ValidationError(
                _("Say what to change: write a remark beside a line, or a note on the whole.")
            )
        _unschedule(revision)
        revision.status = Status.DRAFT
        revision.save(update_fields=["status", *SCHEDULE, "modified"])
        Decision.record(revision.pathway, "sent back", by=by, note=note)
        mails.changes_asked(revision, by=by)


def schedule(revision: Revision, *, by: Any, at: datetime) -> None:
    """Sets `revision`, which is in review, to be published at a time (see reviewing.schedule).

    Raises WrongState, or ValidationError where something is missing or the time has passed.
    """
    with _deciding(revision, [Status.IN_REVIEW], "scheduled"):
        if at <= timezone.now():
            raise ValidationError(_("This time has passed: give one that is still to come."))
        if found := problems(revision):
            raise ValidationError(found)
        revision.publish_at, revision.scheduled_by = at, by
        revision.save(update_fields=[*SCHEDULE, "modified"])
        told = date_format(timezone.localtime(at), "DATETIME_FORMAT")
        Decision.record(revision.pathway, "scheduled", by=by, note=told)


def call_off(revision: Revision, *, by: Any, note: str = "") -> None:
    """It is not published at its time after all, and goes on waiting for review."""
    with _deciding(revision, [Status.IN_REVIEW], "scheduled"):
        _unschedule(revision)
        revision.save(update_fields=[*SCHEDULE, "modified"])
        Decision.record(revision.pathway, "called off", by=by, note=note)


def _unschedule(revision: Revision) -> None:
    revision.publish_at = revision.scheduled_by = None


@transaction.atomic
def publish(revision: Revision, *, by: Any, note: str = "") -> None:
    """Shows `revision` to readers in place of what they saw, its draft resources with it.

    Raises WrongState, or ValidationError with a sentence for each thing that is missing.
    """
    with _deciding(revision, [Status.DRAFT, Status.IN_REVIEW], "published"):
        if found := problems(revision):
            raise ValidationError(found)
        for resource in _draft_resources(revision):
            resource.publish(by=by)
        now = timezone.now()
        revision.status, revision.published_at, revision.published_by = Status.PUBLISHED, now, by
        _unschedule(revision)
        revision.full_clean()
        written = ["status", "published_at", "published_by", *SCHEDULE, "modified"]
        revision.save(update_fields=written)
        pathway = revision.pathway
        before = _resource_ids(pathway.published_revision_id)
        pathway.published_revision, pathway.title = revision, revision.title
        if pathway.status != Status.WITHDRAWN:
            pathway.status = Status.PUBLISHED
            pathway.published_at = pathway.published_at or now
        pathway.save()
        pathway.refresh_from_db(fields=["published_revision"])
        Decision.record(pathway, "published", by=by, note=note or revision.change_summary)
        refresh_minutes([pathway.pk])
        count_pathways(before | _resource_ids(revision.pk))
        mails.published(revision, by=by)


def problems(revision: Revision) -> list[Problem]:
    """What is missing before readers may see `revision`: a sentence each, for its curator. A few
    queries, and some for each other pathway among the steps."""
    outline = arrange(revision.stages.all(), revision.steps.with_card())
    found = []
    shown = revision.pathway.published_revision
    if shown and shown.pk != revision.pk and shown.published_at > revision.created:
        found.append(
            Problem(
                _(
                    "Revision %(number)d was published after this draft was started, which lacks what "
                    "it changed: start a new draft from it."
                )
                % {"number": shown.number}
            )
        )
    if not revision.summary:
        told = _("Write a summary: a sentence or two for the pathway’s card.")
        found.append(Problem(told, about="summary"))
    if not revision.licence:
        told = _("Name the licence that the pathway is under, as in CC-BY-4.0.")
        found.append(Problem(told, about="licence"))
    if not outline.entries:
        found.append(Problem(_("Add a step.")))
    for stretch in outline.stretches:
        if not stretch.entries:
            told = _("Add a step to the stage “%(stage)s”, or take the stage away.")
            found.append(Problem(told % {"stage": stretch.stage.title}, about=stretch.stage))
    for entry in outline.entries:
        step = entry.first
        if not entry.is_fork and step.requirement == Step.Requirement.CHOOSE_ONE:
            told = _(
                "“%(step)s” is one of several to choose from, but the only one: add another way."
            )
            found.append(Problem(told % {"step": step}, about=step))
    for step in outline.steps:
        found.extend(_problems_of(step, revision.pathway))
    for resource in _draft_resources(revision):
        found.extend(_problems_of_draft(resource))
    return found


def _problems_of_draft(resource: Resource) -> list[Problem]:
    """What keeps a draft resource from being published with the pathway. No query."""
    told = _("“%(resource)s” can’t be public yet: %(problem)s")
    return [
        Problem(told % {"resource": resource, "problem": problem}, about=resource)
        for problem in resource.lacks()
    ]


def _problems_of(step: Step, pathway: Pathway) -> list[Problem]:
    found = []
    if step.resource and step.resource.status == Status.WITHDRAWN:
        told = _("“%(resource)s” was withdrawn: choose another resource.")
        found.append(Problem(told % {"resource": step.resource}, about=step))
    if step.pathway:
        if step.pathway.status != Status.PUBLISHED:
            told = _("“%(pathway)s” is not public: publish it first, or take the step away.")
            found.append(Problem(told % {"pathway": step.pathway}, about=step))
        if leads_to(step.pathway, pathway):
            told = _("“%(pathway)s” leads back to this pathway: a learner would walk in a circle.")
            found.append(Problem(told % {"pathway": step.pathway}, about=step))
    return found


def leads_to(start: Pathway, goal: Pathway) -> bool:
    """Whether `start` is `goal` or has it among its steps, however deep. A query a depth."""
    seen: set[int] = set()
    front = {start.pk}
    while front:
        if goal.pk in front:
            return True
        seen |= front
        steps = Step.objects.filter(
            revision__in=Pathway.objects.filter(pk__in=front).values("published_revision"),
            pathway__isnull=False,
        )
        front = set(steps.values_list("pathway_id", flat=True)) - seen
    return False


def pathway_shown_or_hidden(pathway: Pathway) -> None:
    """What follows when readers see a pathway again, or no longer."""
    count_pathways(_resource_ids(pathway.published_revision_id))


def count_pathways(resource_ids: Iterable[int]) -> None:
    """Writes in how many public pathways each resource stands as a step or stand-in. Two queries.

    The rows are held first, so that of two publications at once the later counts the other too.
    """
    ids = list(resource_ids)
    _hold(Resource.objects.filter(pk__in=ids))
    current = (
        Step.objects.current()
        .filter(Q(resource=OuterRef("pk")) | Q(stand_in=OuterRef("pk")))
        .order_by()
        .values("revision__pathway__status")
        .annotate(number=Count("revision__pathway", distinct=True))
        .values("number")
    )
    Resource.objects.filter(pk__in=ids).update(pathway_count=Coalesce(Subquery(current), 0))


def refresh_minutes(pathway_ids: Iterable[int]) -> None:
    """Writes the minutes of these pathways, and of those that have a changed one as a step."""
    waiting = set(pathway_ids)
    # As many rounds as there are pathways at most, since none leads back to itself.
    for _round in range(Pathway.objects.count()):
        # Held before they are read, so that of two changes at once the later counts the other too.
        _hold(Pathway.objects.filter(pk__in=waiting))
        changed = set()
        for pathway in Pathway.objects.filter(pk__in=waiting).with_outline():
            revision = pathway.published_revision
            minutes = (outline_of_steps(revision.steps.all()).minutes if revision else 0) or None
            if minutes != pathway.duration_minutes:
                Pathway.objects.filter(pk=pathway.pk).update(duration_minutes=minutes)
                changed.add(pathway.pk)
        above = Step.objects.filter(
            pathway__in=changed, revision__in=Pathway.objects.values("published_revision")
        )
        waiting = set(above.values_list("revision__pathway", flat=True))
        if not waiting:
            return


def resources_changed(resource_ids: Iterable[int]) -> list:
    """What follows for pathways when minutes or state of resources change. Answers nothing."""
    ids = list(resource_ids)
    steps = Step.objects.filter(
        Q(resource__in=ids) | Q(stand_in__in=ids),
        revision__in=Pathway.objects.values("published_revision"),
    )
    refresh_minutes(set(steps.values_list("revision__pathway", flat=True)))
    return []


def _hold(rows: QuerySet) -> None:
    """Locks `rows` until the transaction ends. Decisions come one at a time, so none waits here."""
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


@contextmanager
def _deciding(revision: Revision, starts: list[Status], verb: str) -> Iterator[None]:
    """One decision: holds the pathway and the revision, and judges by the state in the database.

    Where the block fails, `revision` in memory is as it was before.
    """
    with unharmed(revision), transaction.atomic():
        one_decision_at_a_time()
        revision.pathway = Pathway.objects.select_for_update().get(pk=revision.pathway_id)
        locked = Revision.objects.select_for_update().values_list("status", flat=True)
        status = locked.get(pk=revision.pk)
        if status not in starts:
            raise WrongState(revision, verb, status)
        revision.status = status
        yield


def _draft_resources(revision: Revision) -> list[Resource]:
    return list(
        Resource.objects.filter(
            Q(steps__revision=revision) | Q(stand_in_steps__revision=revision),
            status__in=[Status.DRAFT, Status.IN_REVIEW],
        ).distinct()
    )


def _resource_ids(revision_id: int | None) -> set[int]:
    """Resources that are a step or stand-in of the revision."""
    steps = Step.objects.filter(revision=revision_id).values_list("resource_id", "stand_in_id")
    return {pk for pair in steps for pk in pair if pk is not None}


__all__ = [
    "Problem",
    "begin",
    "call_off",
    "count_pathways",
    "draft_beside",
    "draft_from",
    "leads_to",
    "pathway_shown_or_hidden",
    "problems",
    "publish",
    "refresh_minutes",
    "resources_changed",
    "schedule",
    "send_back",
    "start",
    "submit",
]
