"""The mail that an invitation goes out with."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from curators.entrance import OPERATOR
from curators.invitations.models import VALID_DAYS, Invitation

log = logging.getLogger(__name__)
# Nobody's mailbox: the site runs without mail, to be tried out.
CONSOLE = "django.core.mail.backends.console.EmailBackend"


def link_of(token: str) -> str:
    return settings.SITE_URL + reverse("invitation", args=[token])


def send(invitation: Invitation, token: str) -> bool:
    """Mails the link. False where no mail could leave: then the link has to go another way."""
    context = {
        "invitation": invitation,
        "link": link_of(token),
        "days": VALID_DAYS,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact": settings.OPERATOR_CONTACT,
    }
    mail = EmailMessage(
        _("An invitation to %(site)s") % {"site": settings.SITE_NAME},
        render_to_string("mail/invitation.txt", context),
        to=[invitation.email],
        reply_to=_who_answers(invitation),
    )
    try:
        mail.send()
    except (SMTPException, OSError):
        log.exception("An invitation could not be mailed.")
        return False
    return settings.EMAIL_BACKEND != CONSOLE


def _who_answers(invitation: Invitation) -> list[str]:
    """Whoever invites; the operator’s own account has no mailbox."""
    by = invitation.invited_by
    return [by.email] if by and by.email != OPERATOR else []
