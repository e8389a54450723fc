"""The button of a step leads out by `/go/<uid>/`, which counts for the step and for its resource."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue import evidence
from catalogue.models import MonthlyCount
from catalogue.vocabularies import LinkState
from pathways import publication
from pathways.models import Pathway
from tests.cast import Cast
from tests.factories import ResourceFactory, make_draft, make_pathway
from tests.pages import main, open_page, words
from tests.reading import reader

pytestmark = pytest.mark.django_db

URL = "https://www.example.org/guide?a=1&b=2"


@pytest.fixture
def pathway() -> Pathway:
    guide = ResourceFactory(title="A guide", url=URL, resource_type="guide")
    return make_pathway("A way", steps=[guide, "Try it"])


@pytest.fixture
def client() -> Client:
    return reader()


def step_of(pathway: Pathway, n: int = 1):
    return pathway.published_revision.steps.get(n=n)


def way_out(client: Client, address: str) -> BeautifulSoup:
    return open_page(client, address).select_one(".way-out")


def counted() -> dict:
    evidence.write()
    rows = MonthlyCount.objects.filter(kind="departure")
    return dict(rows.values_list("uid", "number"))


class TestOnTheStep:
    def test_the_button_goes_by_the_address_that_counts(self, client: Client, pathway: Pathway):
        button = way_out(client, f"{pathway.get_absolute_url()}1/").select_one(".button")

        assert words(button) == "Open the guide"
        assert button["href"] == f"/go/{step_of(pathway).uid}/"
        assert button["rel"] == ["external", "noopener", "nofollow"]

    def test_the_address_itself_stands_below_to_see_and_to_copy(
        self, client: Client, pathway: Pathway
    ):
        out = way_out(client, f"{pathway.get_absolute_url()}1/")
        below = out.select_one(".small a")

        assert (words(below), below["href"], below["rel"]) == (
            "example.org",
            URL,
            ["external", "noopener"],
        )
        assert out.select_one(".button")["data-to"] == URL

    def test_so_does_the_resource_s_page_that_was_reached_from_it(
        self, client: Client, pathway: Pathway
    ):
        step = step_of(pathway)
        there = f"{step.resource.get_absolute_url()}?step={pathway.slug}.1"

        assert way_out(client, there).select_one(".button")["href"] == f"/go/{step.uid}/"

    def test_but_not_where_the_step_leads_elsewhere(self, client: Client):
        stand_in = ResourceFactory(url="https://example.org/stand-in")
        pathway = make_pathway(steps=[(ResourceFactory(), {"stand_in": stand_in})])
        there = f"{stand_in.get_absolute_url()}?step={pathway.slug}.1"

        assert way_out(client, there).select_one(".button")["href"] == stand_in.url

    def test_a_draft_that_is_previewed_leads_straight_out(self, cast: Cast, pathway: Pathway):
        draft = publication.draft_from(pathway.published_revision, by=cast.editor)
        there = f"/admin/pathways/revision/{draft.pk}/preview/1/"

        button = way_out(cast.client_of("editor"), there).select_one(".button")

        assert button["href"] == URL


class TestWhereItLeads:
    def test_to_the_resource_and_both_are_counted(self, client: Client, pathway: Pathway):
        step = step_of(pathway)

        answer = client.get(f"/go/{step.uid}/")
        client.get(f"/go/{step.resource.uid}/")

        assert (answer.status_code, answer["Location"]) == (302, URL)
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert counted() == {step.uid: 1, step.resource.uid: 2}

    def test_to_the_stand_in_once_that_serves(self, client: Client):
        dead = ResourceFactory(link=LinkState.GONE)
        stand_in = ResourceFactory(url="https://example.org/stand-in")
        step = step_of(make_pathway(steps=[(dead, {"stand_in": stand_in})]))

        assert client.get(f"/go/{step.uid}/")["Location"] == stand_in.url
        assert counted() == {step.uid: 1, stand_in.uid: 1}

    def test_a_step_that_was_left_out_still_leads_where_it_led(
        self, client: Client, pathway: Pathway
    ):
        step = step_of(pathway)
        draft = publication.draft_from(pathway.published_revision, by=None)
        draft.steps.get(n=1).delete()
        publication.publish(draft, by=None)

        assert client.get(f"/go/{step.uid}/")["Location"] == URL

    def test_of_a_withdrawn_pathway_or_resource_it_says_why(self, client: Client, pathway: Pathway):
        step = step_of(pathway)
        pathway.withdraw(by=None, reason="It is out of date.")

        page = main(open_page(client, f"/go/{step.uid}/", status=410))
        assert "Why: It is out of date." in words(page)

        other = step_of(make_pathway())
        other.resource.withdraw(by=None, reason="It closed.")
        page = main(open_page(client, f"/go/{other.uid}/", status=410))
        assert "Why: It closed." in words(page)
        assert counted() == {}

    def test_what_leads_nowhere_is_not_found(self, client: Client, pathway: Pathway):
        draft = make_draft()
        stage = draft.stages.create(title="A stage")
        unseen = draft.steps.create(stage=stage, n=1, resource=ResourceFactory())

        for uid in (step_of(pathway, 2).uid, pathway.uid, unseen.uid):
            assert client.get(f"/go/{uid}/").status_code == 404
        assert counted() == {}
