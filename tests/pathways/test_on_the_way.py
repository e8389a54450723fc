"""A resource's page that was reached from a step knows the way back and on."""

from collections.abc import Callable

import pytest
from django.test import Client

from catalogue.models import Resource
from catalogue.vocabularies import LinkState
from pathways import publication
from tests.factories import ResourceFactory, add_stage, add_step, make_draft
from tests.pages import links, open_page, texts, words
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db

WAY = {"requirement": "choose-one", "choice": 1}


@pytest.fixture
def revision_always_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's revision costs each page the same."""
    monkeypatch.setattr("config.page_cache.REVISION_SECONDS", -1)


@pytest.fixture
def resource(db: None) -> Resource:
    return ResourceFactory(title="A guide")


def page_of(client: Client, resource: Resource, step: str):
    return open_page(client, f"{resource.get_absolute_url()}?step={step}")


def test_it_says_where_its_step_stands_and_leads_back_to_it(client: Client, resource: Resource):
    pathway = publish_pathway("A way", {"First": ["One"], "Second": [resource, "Three"]})
    page = page_of(client, resource, "a-way.2")

    assert words(page.select_one(".where p")) == "Step 2 of 3 on A way Stage 2, Second"
    assert links(page, ".where p a") == {
        "Step 2 of 3": f"{pathway.get_absolute_url()}2/",
        "A way": pathway.get_absolute_url(),
    }
    assert texts(page, "[aria-current=step]") == ["Step 2: A guide"]


def test_the_steps_before_and_after_are_one_link_away(client: Client, resource: Resource):
    pathway = publish_pathway("A way", {"A": ["One", resource, "Three"]})

    assert links(page_of(client, resource, "a-way.2"), ".turns a") == {
        "Previous, step 1 One": f"{pathway.get_absolute_url()}1/",
        "Next, step 3 Three": f"{pathway.get_absolute_url()}3/",
    }


def test_the_last_step_leads_to_the_top_of_the_trail(client: Client, resource: Resource):
    pathway = publish_pathway("A way", {"A": [resource]})

    assert links(page_of(client, resource, "a-way.1"), ".turns a") == {
        "Next The top of the trail": f"{pathway.get_absolute_url()}#end"
    }


def test_a_way_of_a_fork_goes_on_after_the_fork(client: Client, resource: Resource):
    pathway = publish_pathway("A way", {"A": [("Left", WAY), (resource, WAY), "Three"]})
    page = page_of(client, resource, "a-way.2")

    assert texts(page, "[aria-current=step]") == ["Step 1b: A guide"]
    assert links(page, ".turns a") == {"Next, step 2 Three": f"{pathway.get_absolute_url()}3/"}


def test_a_stand_in_is_on_the_way_too(client: Client, resource: Resource):
    dead = ResourceFactory(link=LinkState.GONE)
    publish_pathway("A way", {"A": [(dead, {"stand_in": resource})]})

    assert page_of(client, resource, "a-way.1").select(".where")


@pytest.mark.parametrize(
    "step",
    [
        *("", "a-way", "a-way.", ".2", "a-way.0", "a-way.02", "a-way.-1", "a-way.2.2", "a-way.x"),
        *("no-way.2", "a-way.99", "a-way.99999999999999999999", "A-WAY.2", "%ff.2"),
        *("a-way.٢", "a" * 10_000 + ".2", "a-way.2" + "&step=" * 500, "a-way.2%0a"),
    ],
)
def test_what_makes_no_sense_shows_the_plain_page(client: Client, resource: Resource, step: str):
    publish_pathway("A way", {"A": ["One", resource]})
    page = page_of(client, resource, step)

    assert page.select(".where, .turns") == []
    assert words(page.h1) == "A guide"


def test_a_step_that_leads_elsewhere_shows_the_plain_page(client: Client, resource: Resource):
    publish_pathway("A way", {"A": [resource, "Two", ResourceFactory()]})

    assert page_of(client, resource, "a-way.2").select(".where") == []
    assert page_of(client, resource, "a-way.3").select(".where") == []


def test_a_step_that_was_taken_out_shows_the_plain_page(client: Client, resource: Resource):
    pathway = publish_pathway("A way", {"A": ["One", resource]})
    draft = publication.draft_from(pathway.published_revision, by=None)
    draft.steps.get(n=2).delete()
    publication.publish(draft, by=None)

    assert page_of(client, resource, "a-way.2").select(".where") == []


def test_drafts_and_withdrawn_pathways_stay_hidden(client: Client, resource: Resource):
    add_step(add_stage(make_draft("A draft")), resource)
    publish_pathway("An old way", {"A": [resource]}).withdraw(by=None, reason="It is old.")

    assert page_of(client, resource, "a-draft.1").select(".where") == []
    assert page_of(client, resource, "an-old-way.1").select(".where") == []


@pytest.mark.usefixtures("revision_always_read")
def test_the_plain_page_asks_nothing_of_pathways_for_it(
    client: Client, count_queries: Callable, resource: Resource
):
    address = resource.get_absolute_url()
    with count_queries() as plain:
        client.get(address)
    with count_queries() as nonsense:
        client.get(f"{address}?step=nonsense")

    assert len(nonsense) == len(plain)


@pytest.mark.usefixtures("revision_always_read")
def test_a_longer_trail_costs_no_more_queries(
    client: Client, count_queries: Callable, resource: Resource
):
    publish_pathway("Short", {"A": [resource]})
    publish_pathway(
        "Long", {f"Stage {n}": [resource, None, ("x", WAY), ("y", WAY)] for n in range(5)}
    )
    with count_queries() as plain:
        client.get(resource.get_absolute_url())
    with count_queries() as short:
        page_of(client, resource, "short.1")
    with count_queries() as long:
        page_of(client, resource, "long.1")

    # The steps, with what they hang on.
    assert len(long) == len(short) == len(plain) + 1
