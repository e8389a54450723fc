"""The answer by mail: plain text, once, to whoever left an address for it."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

if TYPE_CHECKING:
    from curators.suggestions.models import Suggestion

log = logging.getLogger(__name__)

# A mail server that doesn't answer keeps nobody waiting for longer, in seconds.
PATIENCE = 10


def send_on_commit(suggestion: "Suggestion") -> None:
    """Once the transaction is over. A mail that can't be sent is logged and waits in the queue."""
    if suggestion.email:
        transaction.on_commit(partial(send, suggestion), robust=True)


def send(suggestion: "Suggestion") -> bool:
    """Whether the answer went out; the address is deleted then, and kept where it didn't."""
    try:
        with override(settings.LANGUAGE_CODE):
            subject, text = _written(suggestion)
        mail = EmailMessage(subject, text, to=[suggestion.email])
        get_connection(timeout=PATIENCE).send_messages([mail])
    except Exception as error:
        # Not what it says, which may hold the address.
        log.error("No answer to suggestion %s: %s", suggestion.pk, type(error).__name__)
        return False
    suggestion.email = suggestion.name = ""
    type(suggestion).objects.filter(pk=suggestion.pk).update(email="", name="")
    return True


def _written(suggestion: "Suggestion") -> tuple[str, str]:
    paragraphs = [
        _opening(suggestion),
        suggestion.url or _quoted(suggestion.text),
        _outcome(suggestion),
        suggestion.answer,
        _(
            "Your e-mail address is deleted now that this is answered. You can’t reply to this mail."
        ),
    ]
    said = "\n\n".join(one for one in paragraphs if one)
    subject = _("Your message to %(site)s") % {"site": settings.SITE_NAME}
    return " ".join(subject.split()), f"{said}\n\n-- \n{settings.SITE_NAME}\n{settings.SITE_URL}\n"


def _opening(suggestion: "Suggestion") -> str:
    if suggestion.kind == suggestion.Kind.RESOURCE:
        return _("You suggested this:")
    if suggestion.kind == suggestion.Kind.PROBLEM:
        return _("You reported this:")
    return _("You wrote this:")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def _outcome(suggestion: "Suggestion") -> str:
    resource = suggestion.public_resource
    if resource and suggestion.kind == suggestion.Kind.RESOURCE:
        address = settings.SITE_URL + resource.get_absolute_url()
        return _("It is in the catalogue now, with thanks:") + f"\n{address}"
    return outcome_of(suggestion)


def outcome_of(suggestion: "Suggestion") -> str:
    """What became of it, in a sentence."""
    taken = suggestion.state == suggestion.State.TAKEN
    if suggestion.kind == suggestion.Kind.RESOURCE:
        told = _("It was taken up.") if taken else _("It was not taken into the catalogue.")
    elif suggestion.kind == suggestion.Kind.PROBLEM:
        told = _("It is mended.") if taken else _("An editor looked, and left it as it is.")
    else:
        told = _("An editor has answered.")
    return told
