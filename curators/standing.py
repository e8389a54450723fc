"""Where somebody stands at the desk. What they may do decides, never what a group is called."""

from typing import Any


def is_editor(user: Any) -> bool:
    """Whether `user` reviews and publishes what others write: editors and administrators.

    `user` may be anybody, AnonymousUser too. Two queries at the first question of a request, then
    none.
    """
    return user.is_active and user.is_staff and user.has_perm("catalogue.publish_resource")
