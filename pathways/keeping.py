"""Whose rows of the catalogue are whose, as far as pathways decide it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from catalogue.vocabularies import Status
from pathways.models import Pathway, Step
from pathways.models.steps import StepQuerySet


def resources_used_by(user: Any) -> list[Q]:
    """Those that stand in any revision of a pathway that `user` maintains."""
    return [Q(Exists(_steps().filter(revision__pathway__in=_kept_by(user))))]


def resources_used_elsewhere(user: Any) -> list[Q]:
    """Those that stand in what isn't a draft of theirs: another's, or one that is in review."""
    own = Q(revision__status=Status.DRAFT, revision__pathway__in=_kept_by(user))
    return [Q(Exists(_steps().exclude(own)))]


def _steps() -> StepQuerySet:
    """Of the resource in the query outside: the steps that lead to it."""
    return Step.objects.filter(Q(resource=OuterRef("pk")) | Q(stand_in=OuterRef("pk"))).order_by()


def _kept_by(user: Any) -> Any:
    return Pathway.objects.kept_by(user).order_by().values("pk")
