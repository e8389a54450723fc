"""Who is told by mail of what happened to a revision: plain text, once, after it has happened.

Each goes to one person and leads to a page where they may act. A mail that can't be sent is logged
and stops nothing.
"""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.vocabularies import Status
from curators.models import User
from pathways.models import Revision

log = logging.getLogger(__name__)

# A mail server that doesn't answer keeps nobody waiting for longer, in seconds.
PATIENCE = 10


def submitted(revision: Revision, *, by: Any) -> None:
    """To the editors: it waits for them."""
    _tell(_editors(), revision, by, _write_submitted)


def changes_asked(revision: Revision, *, by: Any) -> None:
    """To whoever keeps the pathway: an editor asks for changes."""
    _tell(_maintainers(revision), revision, by, _write_changes_asked)


def published(revision: Revision, *, by: Any) -> None:
    """To whoever keeps the pathway: readers see it, unless the pathway itself is withdrawn."""
    if revision.pathway.status != Status.PUBLISHED:
        return
    _tell(_maintainers(revision), revision, by, _write_published)


def not_published(revision: Revision, *, to: Any, problems: list[str]) -> None:
    """To whoever set it to a time, else to every editor: it could not be published."""
    people = User.objects.filter(pk=to.pk) if to else _editors()
    _tell(people, revision, None, partial(_write_not_published, problems=problems))


def _editors() -> QuerySet:
    """Those of whom curators.standing.is_editor() is true."""
    return ModelBackend().with_perm("catalogue.publish_resource").filter(is_staff=True)


def _maintainers(revision: Revision) -> Iterable[User]:
    return User.objects.filter(maintainer_links__pathway=revision.pathway_id, is_active=True)


def _tell(people: Iterable[User], revision: Revision, by: Any, write: Any) -> None:
    """Once the transaction is over; whoever did it knows already."""
    transaction.on_commit(partial(_send, people, revision, by, write), robust=True)


def _send(people: Iterable[User], revision: Revision, by: Any, write: Any) -> None:
    try:
        addresses = [one.email for one in people if one.email and one != by]
        with override(settings.LANGUAGE_CODE):
            subject, text = write(revision, by)
        # A title could hold a line's end, which no subject may.
        subject = " ".join(subject.split())
        mails = [EmailMessage(subject, text, to=[address]) for address in addresses]
        if mails:
            get_connection(timeout=PATIENCE).send_messages(mails)
    except Exception:
        log.exception("No mail went out about revision %s of pathway %s", revision.pk, revision)


def _write_submitted(revision: Revision, by: Any) -> tuple[str, str]:
    said = {"title": revision.title, "by": _name_of(by, _("somebody"))}
    return _("For review: %(title)s") % said, _letter(
        _("%(by)s sent in “%(title)s” for review.") % said,
        revision.submitted_note,
        _("Read it, answer line by line, and publish it or ask for changes:"),
        _review_of(revision),
    )


def _write_changes_asked(revision: Revision, by: Any) -> tuple[str, str]:
    said = {"title": revision.title, "by": _name_of(by, _("An editor"))}
    return _("Changes asked: %(title)s") % said, _letter(
        _("%(by)s read “%(title)s” and asks for changes. It is a draft again.") % said,
        _("What was said about each line, and where you can answer:"),
        _review_of(revision),
    )


def _write_published(revision: Revision, by: Any) -> tuple[str, str]:
    said = {"title": revision.title}
    return _("Published: %(title)s") % said, _letter(
        _("Readers see “%(title)s” from now on:") % said,
        settings.SITE_URL + revision.pathway.get_absolute_url(),
        _("What comes next, and how to change it:"),
        settings.SITE_URL + reverse("admin:index"),
    )


def _write_not_published(revision: Revision, by: Any, *, problems: list[str]) -> tuple[str, str]:
    said = {"title": revision.title}
    return _("Not published: %(title)s") % said, _letter(
        _("“%(title)s” was to be published now, and could not be:") % said,
        "\n".join(f"- {problem}" for problem in problems),
        _("It waits for review again:"),
        _review_of(revision),
    )


def _name_of(user: Any, nobody: str) -> str:
    """As colleagues know them, without the address that they sign in with."""
    return user.get_full_name() if user else nobody


def _letter(*paragraphs: str) -> str:
    said = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return f"{said}\n\n-- \n{settings.SITE_NAME}\n"


def _review_of(revision: Revision) -> str:
    return settings.SITE_URL + reverse("admin:pathways_revision_review", args=[revision.pk])
