"""Publishes what was set to a time when that has come: by `manage.py publish_due`, and by each
worker that answers a request (config.schedule)."""

import logging
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.errors import CatalogueError
from catalogue.locks import one_decision_at_a_time
from pathways import publication
from pathways.models import Revision
from pathways.reviewing import mails

log = logging.getLogger(__name__)

# Any number, as long as it stays: who holds this lock in Postgres publishes what is due.
PUBLISHING = 5_318_010


@dataclass
class Due:
    """What became of the revisions whose time had come."""

    published: list[Revision] = field(default_factory=list)
    given_back: list[Revision] = field(default_factory=list)


def publish_due() -> Due:
    """Publishes each revision that is due, in a transaction of its own, the earliest first.

    Of several that try at once, one does it and the others go on. What can't be published goes back
    to review, and whoever set it to the time is told. Texts are in the site's first language,
    whatever the page was in that asked.
    """
    done = Due()
    with override(settings.LANGUAGE_CODE):
        while (one := _publish_next()) is not None:
            found = done.published if one.published_at else done.given_back
            found.append(one)
    return done


@transaction.atomic
def _publish_next() -> Revision | None:
    """The next that was due, published or given back; None where nothing is left to do here."""
    if not _is_our_turn():
        return None
    # Before it is read: who decides about it now, by calling it off say, comes first.
    one_decision_at_a_time()
    revision = Revision.objects.due().select_related("pathway", "scheduled_by").first()
    if revision is None:
        return None
    editor = revision.scheduled_by
    try:
        publication.publish(revision, by=editor)
    except (ValidationError, CatalogueError) as error:
        _give_back(revision, getattr(error, "messages", [str(error)]))
    except Exception:
        # Whatever it is, it would be so in a second again.
        log.exception("Revision %s could not be published at its time", revision.pk)
        _give_back(revision, [_("Something went wrong; whoever runs the site can tell what.")])
    return revision


def _give_back(revision: Revision, problems: list[str]) -> None:
    editor = revision.scheduled_by
    publication.call_off(revision, by=None, note="\n".join(problems))
    mails.not_published(revision, to=editor, problems=problems)


def _is_our_turn() -> bool:
    """Takes the lock until the transaction ends, unless somebody else has it. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [PUBLISHING])
        return cursor.fetchone()[0]
