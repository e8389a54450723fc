"""What became of a proposed change, by mail to whoever proposed it: plain text, once."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

if TYPE_CHECKING:
    from catalogue.models import Proposal

log = logging.getLogger(__name__)

# A mail server that doesn't answer keeps nobody waiting for longer, in seconds.
PATIENCE = 10


def send_on_commit(proposal: "Proposal") -> None:
    """Once the transaction is over. The answer stands at the desk too, so a mail that can't be sent
    is logged and stops nothing."""
    by = proposal.by
    if by and by.is_active and by.email and by != proposal.answered_by:
        transaction.on_commit(partial(_send, proposal), robust=True)


def _send(proposal: "Proposal") -> None:
    try:
        with override(settings.LANGUAGE_CODE):
            subject, text = _written(proposal)
        mail = EmailMessage(subject, text, to=[proposal.by.email])
        get_connection(timeout=PATIENCE).send_messages([mail])
    except Exception:
        log.exception("No mail went out about proposal %s", proposal.pk)


def _written(proposal: "Proposal") -> tuple[str, str]:
    title = proposal.resource.title
    subject = _("Your proposed change: %(title)s") % {"title": title}
    paragraphs = [
        _("Hello %(name)s,") % {"name": proposal.by.name} if proposal.by.name else _("Hello,"),
        outcome_of(proposal),
        proposal.answer,
        _("What you proposed, and what the resource says now:"),
        settings.SITE_URL + reverse("admin:catalogue_proposal_change", args=[proposal.pk]),
    ]
    said = "\n\n".join(one for one in paragraphs if one)
    # A title could hold a line's end, which no subject may.
    subject = " ".join(subject.split())
    return subject, f"{said}\n\n-- \n{settings.SITE_NAME}\n{settings.SITE_URL}\n"


def outcome_of(proposal: "Proposal") -> str:
    """What became of it, in a sentence."""
    title = {"title": proposal.resource.title}
    if proposal.status == proposal.Status.DECLINED:
        return (
            _("An editor read what you proposed for “%(title)s”, and leaves it as it is.") % title
        )
    if not proposal.is_in_part:
        return _("What you proposed for “%(title)s” is taken over. Thank you.") % title
    left = [one.field for one in proposal.changes() if one.field.name in proposal.left_out]
    names = ", ".join(str(field.verbose_name) for field in left)
    told = _(
        "What you proposed for “%(title)s” is taken over in part, with thanks. This is not: %(names)s."
    )
    return told % {**title, "names": names}
