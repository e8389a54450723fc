"""Whose rows of the catalogue are whose, as far as people decide it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from curators.models import Membership


def organisations_kept_by(user: Any) -> list[Q]:
    """A partner looks after the page of each organisation that they are a member of."""
    return [Q(Exists(Membership.objects.filter(organisation=OuterRef("pk"), user=user.pk)))]
