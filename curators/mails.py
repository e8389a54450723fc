"""Mail to people who have an account: plain text, to one person each, in one transaction with what is
remembered of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from curators.models import User

log = logging.getLogger(__name__)

# A mail server that doesn't answer keeps nobody waiting for longer, in seconds.
PATIENCE = 10


@dataclass
class Sent:
    """How many mails went out, and how many could not; those are due still."""

    sent: int = 0
    failed: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(self.sent + other.sent, self.failed + other.failed)


# What a mail says: its subject and text.
Letter = tuple[str, str]


def to_each(users: QuerySet[User], write: Callable[[Any], Letter | None]) -> Sent:
    """Mails each of `users` what `write(user)` answers, in the same transaction; None is no mail.

    What `write` noted stays only where the mail went out. A person whom another process writes to
    right now is left out.
    """
    counted = Sent()
    for pk in users.order_by("pk").values_list("pk", flat=True).distinct():
        try:
            counted.sent += _to_one(pk, write)
        except Exception:
            # Whatever it was, the others get theirs.
            log.exception("A mail to user %s could not be sent; it is due still", pk)
            counted.failed += 1
    return counted


@transaction.atomic
def _to_one(pk: int, write: Callable[[Any], Letter | None]) -> bool:
    user = User.objects.select_for_update(skip_locked=True).filter(pk=pk, is_active=True).first()
    with override(settings.LANGUAGE_CODE):
        letter = write(user) if user else None
        if letter:
            _send(user.email, *letter)
    return letter is not None


def _send(address: str, subject: str, text: str) -> None:
    # A title could hold a line's end, which no subject may.
    subject = " ".join(subject.split())
    mail = EmailMessage(subject, text, to=[address], connection=get_connection(timeout=PATIENCE))
    mail.send()


def letter(user: Any, *paragraphs: str) -> str:
    """The text of a mail: a greeting, what it says, and who sends it."""
    name = user.name
    hello = _("Hello %(name)s,") % {"name": name} if name else _("Hello,")
    said = "\n\n".join([hello, *(paragraph for paragraph in paragraphs if paragraph)])
    return f"{said}\n\n-- \n{settings.SITE_NAME}\n{settings.SITE_URL}\n"
