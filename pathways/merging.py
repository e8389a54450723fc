"""What becomes of steps when two resources turn out to be one.

Steps of published revisions are moved too: what a step leads to is then the same thing under one
name, which is no change of the pathway. So this is the one place that writes past the rule that only
drafts are edited.
"""

from collections.abc import Iterator
from typing import Any

import pgtrigger

from catalogue.models import Resource
from pathways import publication
from pathways.models import Step

NAME = "steps"


def take_over(duplicate: Resource, kept: Resource) -> Iterator[tuple[str, dict[str, Any]]]:
    """Lets every step that led to `duplicate` lead to `kept`, and its stand-ins likewise. Answers what
    was moved: keys of steps."""
    leads = [*Step.objects.filter(resource=duplicate).values_list("pk", flat=True)]
    stands = Step.objects.filter(stand_in=duplicate)
    # A step whose resource would stand in for itself has none.
    alone = [*stands.filter(resource=kept).values_list("pk", flat=True)]
    spare = [*Step.objects.filter(pk__in=leads, stand_in=kept).values_list("pk", flat=True)]
    stands_in = [*stands.exclude(pk__in=alone).values_list("pk", flat=True)]
    with _past_drafts():
        Step.objects.filter(pk__in=[*alone, *spare]).update(stand_in=None)
        Step.objects.filter(pk__in=stands_in).update(stand_in=kept)
        Step.objects.filter(pk__in=leads).update(resource=kept)
    _follow(duplicate, kept)
    yield NAME, {"leads": leads, "stands_in": stands_in, "alone": alone, "spare": spare}


def give_back(duplicate: Resource, kept: Resource, moved: dict[str, Any]) -> list:
    """Undoes it for the steps that are still as they were left. Answers nothing."""
    keys = moved[NAME]
    with _past_drafts():
        back = Step.objects.filter(pk__in=keys["leads"], resource=kept)
        back.exclude(stand_in=duplicate).update(resource=duplicate)
        stands = Step.objects.filter(pk__in=keys["stands_in"], stand_in=kept)
        stands.exclude(resource=duplicate).update(stand_in=duplicate)
        alone = Step.objects.filter(pk__in=keys["alone"], stand_in=None, resource=kept)
        alone.update(stand_in=duplicate)
        spare = Step.objects.filter(pk__in=keys["spare"], stand_in=None, resource=duplicate)
        spare.update(stand_in=kept)
    _follow(duplicate, kept)
    return []


def _past_drafts() -> Any:
    return pgtrigger.ignore(f"{Step._meta.label}:only_in_draft")


def _follow(duplicate: Resource, kept: Resource) -> None:
    """What follows for pathways: minutes, and in how many each resource stands."""
    both = [duplicate.pk, kept.pk]
    publication.resources_changed(both)
    publication.count_pathways(both)
