"""Where somebody stands at the desk. What they may do decides, never what a group is called."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

PUBLISHES = "catalogue.publish_resource"


def is_editor(user: Any) -> bool:
    """Whether `user` reviews and publishes what others write: editors and administrators.

    `user` may be anybody, AnonymousUser too. Two queries at the first question of a request, then
    none.
    """
    return user.is_active and user.is_staff and user.has_perm(PUBLISHES)


def editors() -> QuerySet:
    """The users of whom `is_editor` is true. One query."""
    return ModelBackend().with_perm(PUBLISHES).filter(is_staff=True)
