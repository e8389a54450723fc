"""Where somebody stands at the desk. What they may do decides, never what a group is called.

catalogue.groups has the groups, catalogue.standing whose rows are whose.
"""

from typing import Any

from django.contrib.auth.models import Group

from catalogue.groups import Standing
from catalogue.standing import is_editor

__all__ = ["Standing", "is_editor", "let_in"]


def let_in(user: Any, standing: Standing) -> None:
    """Lets `user` use the desk as one of `standing`. Safe to do again."""
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    user.groups.add(Group.objects.get(name=standing.value))
