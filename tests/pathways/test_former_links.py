"""A resource whose link moved is still what files and pastes mean by its old address."""

import pytest

from catalogue.exchange.skills import load_questions
from catalogue.links import Finding, accept_move, note
from catalogue.models import Resource
from pathways.models import Step
from pathways.pasting import Outcome, paste
from tests.cast import Cast
from tests.catalogue.imports import bring_in, table
from tests.factories import ResourceFactory, add_stage, make_draft, make_pathway
from tests.pathways.rich import Bringing, plain

pytestmark = pytest.mark.django_db

OLD, NEW = "https://example.org/old", "https://example.org/new"


@pytest.fixture
def resource() -> Resource:
    return move(ResourceFactory(url=OLD, title="The one"))


def move(resource: Resource) -> Resource:
    note(resource.pk, OLD, Finding("moved", answer=200, moved_to=NEW))
    accept_move(resource, by=None)
    return resource


@pytest.mark.parametrize("update", [False, True])
def test_a_file_of_resources_makes_no_second_one(update: bool) -> None:
    row = {"url": OLD, "title": "The one"}
    bring_in(table(row))
    resource = move(Resource.objects.get())

    outcome = bring_in(table({**row, "description": "Said anew."}), update=update)

    assert outcome.counts == ({"changed": 1} if update else {"unchanged": 1})
    resource.refresh_from_db()
    assert resource.url == NEW
    assert (resource.description == "Said anew.") is update


def test_a_pasted_link_becomes_a_step_of_it(resource: Resource, cast: Cast) -> None:
    draft = make_draft(by=cast.guest)

    (pasted,) = paste(draft, add_stage(draft), f"see {OLD}", by=cast.guest)

    assert (pasted.outcome, pasted.resource) == (Outcome.KNOWN, resource)


def test_a_file_of_a_pathway_finds_its_step_again(resource: Resource) -> None:
    pathway = make_pathway("A way", steps=[resource], slug="a-way")
    uid = Step.objects.get().uid

    Bringing(plain("a-way", {"url": OLD}))

    assert pathway.draft().steps.get().uid == uid
    assert Resource.objects.count() == 1


def test_so_do_questions_that_a_new_site_begins_with(resource: Resource) -> None:
    said = [{"slug": "how", "title": "How?", "answer": "So.", "resources": [OLD]}]

    load_questions(said)

    assert [*resource.questions.values_list("slug", flat=True)] == ["how"]
