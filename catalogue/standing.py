"""Whose rows are whose at the desk.

Groups (catalogue.groups) say what kinds of rows somebody has to do with at all; querysets say which
of those: `visible_to(user)` what they find, `offered_to(user)` what they may choose, `kept_by(user)`
what they may change. A model whose queryset says nothing is for editors alone.
"""

from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Model, Q, QuerySet


def is_editor(user: Any) -> bool:
    """Whether `user` reviews and publishes what others write: editors and administrators.

    `user` may be anybody, AnonymousUser too. Two queries at the first question of a request, then
    none.
    """
    return user.is_active and user.is_staff and user.has_perm("catalogue.publish_resource")


class StandingQuerySet(QuerySet):
    """Rows that are the editors' alone; a subclass says what else is whose."""

    def kept_by(self, user: Any) -> Self:
        """Those that `user` may change: an editor all, anybody else what is theirs."""
        return self if is_editor(user) else self.filter(self.of(user))

    def visible_to(self, user: Any) -> Self:
        """Those that `user` finds at the desk."""
        return self.kept_by(user)

    def offered_to(self, user: Any) -> Self:
        """Those that `user` may choose for a relation."""
        return self.visible_to(user)

    def of(self, user: Any) -> Q:
        """What is `user`'s, who may be anybody: nothing, where they may not use the desk."""
        return self.theirs(user) if user.is_active and user.is_staff else NOTHING

    def theirs(self, user: Any) -> Q:
        """What is `user`'s, who uses the desk and is no editor."""
        return NOTHING


NOTHING = Q(pk__in=[])


def joined(conditions: Iterable[Q]) -> Q:
    """That one of them holds; nothing where there is none."""
    found = NOTHING
    for condition in conditions:
        found |= condition
    return found


def visible(rows: QuerySet, user: Any) -> QuerySet:
    return _narrowed(rows, "visible_to", user)


def offered(rows: QuerySet, user: Any) -> QuerySet:
    return _narrowed(rows, "offered_to", user)


def keeps(user: Any, row: Model) -> bool:
    """Whether `row` is among those that `user` may change. One query, for an editor none."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return is_editor(user) or _narrowed(rows, "kept_by", user).exists()


def _narrowed(rows: QuerySet, method: str, user: Any) -> QuerySet:
    if hasattr(rows, method):
        return getattr(rows, method)(user)
    return rows if is_editor(user) else rows.none()
