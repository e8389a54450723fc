"""A step's public number is its own for ever: addresses and progress hang on it."""

import pytest

from pathways import publication
from pathways.models import Step
from tests.factories import ResourceFactory, add_step, make_pathway
from tests.rules import refused

pytestmark = pytest.mark.django_db


def test_a_new_step_never_takes_the_number_of_one_that_was_removed() -> None:
    pathway = make_pathway()
    draft = publication.draft_from(pathway.published_revision, by=None)
    draft.steps.get(n=1).delete()
    stage = draft.stages.get()

    with refused("pathways_step_number_stays"):
        add_step(stage, "Something else", n=1)

    assert add_step(stage, "Something else").n == 3


def test_a_step_keeps_its_number_in_every_draft() -> None:
    pathway = make_pathway()
    draft = publication.draft_from(pathway.published_revision, by=None)

    with refused("pathways_step_number_stays"):
        Step.objects.filter(revision=draft, n=2).update(n=7)


def test_the_same_number_in_another_pathway_is_another_step() -> None:
    make_pathway("One", steps=[ResourceFactory()])
    other = make_pathway("Other", steps=[ResourceFactory()])

    assert [step.n for step in other.published_revision.steps.all()] == [1]
