"""The verbs of remarks: say something about a line, answer, call it done, open it again.

Each refuses with a sentence (ValidationError) what can't be: about what isn't there, or on a
revision that is neither a draft nor in review. Who may is for the pages to ask.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.vocabularies import Status
from pathways.models import Remark, Revision

# Where people still talk; what is published is talked of in its next draft.
OPEN_TO_TALK = (Status.DRAFT, Status.IN_REVIEW)
# What a remark may be about, beside the whole, its stages and its steps.
FIELDS = (
    *("title", "summary", "introduction", "outcomes", "audience", "proficiency", "skills"),
    *("roles", "licence", "change_summary"),
)


def remark(revision: Revision, *, about: str, text: str, by: Any) -> Remark:
    """`about`: one of FIELDS, the identifier of a stage or step of it, or empty for the whole."""
    _check_open(revision)
    if about not in ("", *FIELDS) and not _has_part(revision, about):
        raise ValidationError(_("What this is about is no longer in the revision."))
    return _written(Remark(revision=revision, about=about, text=text.strip(), by=by))


def reply(first: Remark, *, on: Revision, text: str, by: Any) -> Remark:
    """Answers `first`, on the page of `on`: its revision, or a later one where it is still open."""
    _check_open(on)
    answer = Remark(revision_id=first.revision_id, about=first.about, answers=first)
    answer.text, answer.by = text.strip(), by
    return _written(answer)


def settle(first: Remark, *, on: Revision, by: Any) -> None:
    """Calls it done; what is done already stays as it was."""
    _check_open(on)
    Remark.objects.filter(pk=first.pk).open().update(settled_at=timezone.now(), settled_by=by)


def open_again(first: Remark, *, on: Revision) -> None:
    _check_open(on)
    Remark.objects.filter(pk=first.pk).update(settled_at=None, settled_by=None)


def _check_open(revision: Revision) -> None:
    if revision.status not in OPEN_TO_TALK:
        raise ValidationError(
            _("It was published meanwhile: what is still to be said belongs to its next draft.")
        )


def _has_part(revision: Revision, about: str) -> bool:
    parts = (*revision.stages.all(), *revision.steps.all())
    return any(str(part.uid) == about for part in parts)


def _written(one: Remark) -> Remark:
    one.full_clean(exclude=["revision", "by", "answers"])
    one.save()
    return one
