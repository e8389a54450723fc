"""Under which licence somebody gives what they put together."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Licence(TextChoices):
    """SPDX identifiers of what can be given here: anybody may pass it on."""

    BY = "CC-BY-4.0", _("CC BY 4.0: anybody may use and change it, if they name you")
    BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: the same, and what they make of it is as free")
    CC0 = "CC0-1.0", _("CC0 1.0: anybody may use it for anything, without naming you")


DEFAULT = Licence.BY


def licence_given_by(user: Any) -> str:
    """The SPDX identifier that `user` agreed to when they last accepted an invitation. One query.

    CC-BY-4.0 for whoever was never invited.
    """
    from curators.invitations.models import Invitation

    accepted = Invitation.objects.filter(accepted_by=user).order_by("-accepted_at")
    return accepted.values_list("licence", flat=True).first() or DEFAULT
