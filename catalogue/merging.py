"""Merging: of two rows that are one resource, one is kept, and whatever hung on the other hangs on it.

The duplicate is withdrawn, and its address leads to what was kept (301); its address elsewhere is
remembered, so that whoever imports or pastes it finds the kept one. All of it can be undone, as far
as nobody has changed since what was moved.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.locks import one_decision_at_a_time
from catalogue.models import (
    Decision,
    Merge,
    Proposal,
    Resource,
    ResourceCompetence,
    ResourceTag,
)
from catalogue.models.resources import ResourceSkill
from catalogue.registry import Point, gather
from catalogue.vocabularies import Status

# What the kept one takes over where it says nothing; the second of a pair goes with the first.
FACTS = (
    ("description", "description_language", "description_source"),
    ("provider_id",),
    ("authors",),
    ("resource_type",),
    ("proficiency",),
    ("languages",),
    ("licence",),
    ("cost",),
    ("duration_minutes", "duration_source"),
    ("date_published",),
    ("access",),
)
# Rows that hang on a resource: by what the merge calls them, their model, its field, and the columns
# that must not stand twice.
HANGING = {
    "skills": (ResourceSkill, "resource", ("skill_id", "proficiency")),
    "competences": (ResourceCompetence, "resource", ("competence_id", "proficiency")),
    "tags": (ResourceTag, "content_object", ("tag_id",)),
}


@transaction.atomic
def merge(duplicate: Resource, *, into: Resource, by: Any, note: str = "") -> Merge:
    """Merges `duplicate` into another resource, in one transaction.

    Raises ValidationError with a sentence where that makes no sense: with itself, a second time,
    into one that was merged itself or withdrawn, or a public one into a draft.
    """
    one_decision_at_a_time()
    rows = Resource._base_manager.select_for_update().in_bulk([duplicate.pk, into.pk])
    if len(rows) < 2:
        raise ValidationError(_("A resource can’t be merged into itself."))
    duplicate, kept = rows[duplicate.pk], rows[into.pk]
    _check(duplicate, kept)
    done = Merge(duplicate=duplicate, kept=kept, by=by, note=note)
    done.moved = {
        "facts": _take_facts(duplicate, kept),
        **{name: _move(name, duplicate, kept) for name in HANGING},
        "questions": _move_questions(duplicate, kept),
        "proposals": _move_proposals(duplicate, kept),
        # What hangs on it in higher apps: they come back with `undo`.
        **dict(gather(Point.RESOURCES_MERGED, duplicate, kept)),
        "status": duplicate.status,
    }
    done.save()
    if duplicate.status == Status.PUBLISHED:
        # For every reader, so not in the language of whoever merges.
        reason = f"It is the same as “{kept}”."[:300]
        duplicate.withdraw(by=by, reason=reason, replaced_by=kept)
    Decision.record(duplicate, "merged", by=by, note=note)
    Decision.record(kept, "merged with", by=by, note=str(duplicate))
    return done


@transaction.atomic
def undo(done: Merge, *, by: Any) -> None:
    """Parts them again: what was moved goes back, but for what was changed or taken away since.

    Raises ValidationError when it was undone already.
    """
    one_decision_at_a_time()
    done = Merge.objects.select_for_update().get(pk=done.pk)
    if done.undone_at:
        raise ValidationError(_("This merge was undone already."))
    rows = Resource._base_manager.select_for_update().in_bulk([done.duplicate_id, done.kept_id])
    duplicate, kept = rows[done.duplicate_id], rows[done.kept_id]
    done.undone_at, done.undone_by = timezone.now(), by
    done.save(update_fields=["undone_at", "undone_by"])
    if done.moved["status"] == Status.PUBLISHED and duplicate.status == Status.WITHDRAWN:
        duplicate.restore(by=by)
    _give_back_facts(done.moved["facts"], duplicate, kept)
    for name in HANGING:
        _move_back(name, done.moved[name], duplicate, kept)
    _move_questions_back(done.moved["questions"], duplicate, kept)
    Proposal.objects.filter(pk__in=done.moved["proposals"], resource=kept).update(
        resource=duplicate
    )
    gather(Point.MERGE_UNDONE, duplicate, kept, done.moved)
    Decision.record(duplicate, "parted", by=by)
    Decision.record(kept, "parted from", by=by, note=str(duplicate))


def merged_into(resource: Resource) -> Resource | None:
    """The resource that stands for `resource` now, however many merges away; None where none does. A
    query for each merge, one more in the end."""
    found = None
    while done := Merge.objects.standing().filter(duplicate=found or resource).first():
        found = done.kept
    return found


def _check(duplicate: Resource, kept: Resource) -> None:
    merged = Merge.objects.standing().filter(duplicate__in=[duplicate, kept])
    if one := merged.select_related("kept").first():
        told = _("“%(resource)s” is merged into “%(kept)s” already.")
        raise ValidationError(told % {"resource": one.duplicate, "kept": one.kept})
    if kept.status == Status.WITHDRAWN:
        told = _("“%(resource)s” was withdrawn: restore it first, or choose another.")
        raise ValidationError(told % {"resource": kept})
    if kept.status != Status.PUBLISHED and duplicate.has_been_public():
        told = _("“%(resource)s” is no public page yet, and readers would lose the other’s.")
        raise ValidationError(told % {"resource": kept})


# Facts


def _take_facts(duplicate: Resource, kept: Resource) -> dict[str, Any]:
    """Fills in what `kept` doesn't say; answers what was written, by field."""
    taken: dict[str, Any] = {}
    for names in FACTS:
        if not getattr(kept, names[0]) and getattr(duplicate, names[0]):
            taken |= {name: getattr(duplicate, name) for name in names}
    if kept.status == Status.PUBLISHED and taken.get("description_source") == "scraped":
        # Nothing that was not rewritten is public.
        taken = {name: taken[name] for name in taken if not name.startswith("description")}
    for name, value in taken.items():
        setattr(kept, name, value)
    if taken:
        kept.save(update_fields=[_field(name) for name in taken])
    return taken


def _give_back_facts(taken: dict[str, Any], duplicate: Resource, kept: Resource) -> None:
    """Empties again what `kept` took over and still says so, where it may be empty."""
    for names in FACTS:
        own = [name for name in names if name in taken]
        if not own or any(getattr(kept, name) != taken[name] for name in own):
            continue
        before = {name: getattr(kept, name) for name in own}
        for name in own:
            setattr(kept, name, Resource._meta.get_field(_field(name)).get_default())
        try:
            kept.full_clean()
        except ValidationError:
            # A public one needs it by now.
            for name, value in before.items():
                setattr(kept, name, value)
    kept.save()


def _field(column: str) -> str:
    return column.removesuffix("_id")


# What hangs on it


def _move(name: str, duplicate: Resource, kept: Resource) -> list[int]:
    """Hangs rows on `kept` that it has none like; answers their keys. Others stay where they are."""
    model, field, columns = HANGING[name]
    own = {*model.objects.filter(**{field: kept}).values_list(*columns)}
    rows = model.objects.filter(**{field: duplicate})
    moved = [row.pk for row in rows if tuple(getattr(row, column) for column in columns) not in own]
    for row in model.objects.filter(pk__in=moved):
        setattr(row, field, kept)
        row.save(update_fields=[field])
    return moved


def _move_back(name: str, moved: list[int], duplicate: Resource, kept: Resource) -> None:
    model, field, _columns = HANGING[name]
    for row in model.objects.filter(pk__in=moved, **{field: kept}):
        setattr(row, field, duplicate)
        row.save(update_fields=[field])


def _move_questions(duplicate: Resource, kept: Resource) -> dict[str, list[int]]:
    """Lets `kept` answer what `duplicate` answered; answers the questions that both, or only it, had."""
    had = [*duplicate.questions.values_list("pk", flat=True)]
    own = {*kept.questions.values_list("pk", flat=True)}
    duplicate.questions.clear()
    kept.questions.add(*had)
    return {"had": had, "new": [pk for pk in had if pk not in own]}


def _move_proposals(duplicate: Resource, kept: Resource) -> list[int]:
    """Lets what waits for an editor be about `kept`; answers the keys."""
    waiting = duplicate.proposals.waiting()
    moved = [*waiting.values_list("pk", flat=True)]
    waiting.update(resource=kept)
    return moved


def _move_questions_back(moved: dict[str, list[int]], duplicate: Resource, kept: Resource) -> None:
    still = {*kept.questions.values_list("pk", flat=True)}
    duplicate.questions.add(*(pk for pk in moved["had"] if pk in still))
    kept.questions.remove(*moved["new"])
