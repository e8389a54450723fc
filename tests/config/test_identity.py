"""Addresses that stay true, as a visitor meets them: moved, gone, and permanent."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from catalogue.models import PublicRow
from pathways import publication
from pathways.models import Pathway, Step
from tests.factories import (
    PUBLIC_MODELS,
    CompetenceFactory,
    FrameworkFactory,
    LevelFactory,
    ResourceFactory,
    add_step,
    make_pathway,
    make_public_row,
)

pytestmark = pytest.mark.django_db

every_kind = pytest.mark.parametrize("model", PUBLIC_MODELS, ids=lambda model: model.noun)


def rename(row: PublicRow, slug: str) -> None:
    row.slug = slug
    row.save()


def words_of(response: HttpResponse) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").main.get_text(" ").split())


class TestMoved:
    @every_kind
    def test_an_old_address_leads_to_the_new_for_good(
        self, model: type[PublicRow], client: Client
    ) -> None:
        row = make_public_row(model, slug="once")
        old = row.get_absolute_url()
        rename(row, "now")

        response = client.get(old)

        assert (response.status_code, response["Location"]) == (301, row.get_absolute_url())

    @pytest.mark.parametrize(
        ("asked", "there"),
        [
            ("/resources/once/?from=mail&x=1", "/resources/now/?from=mail&x=1"),
            ("/cy/resources/once/", "/cy/resources/now/"),
        ],
    )
    def test_with_its_query_and_its_language(self, client: Client, asked: str, there: str) -> None:
        rename(ResourceFactory(slug="once"), "now")

        response = client.get(asked)

        assert (response.status_code, response["Location"]) == (301, there)

    def test_pages_below_it_move_along(self, client: Client) -> None:
        framework = FrameworkFactory(slug="digcomp-3")
        CompetenceFactory(framework=framework, code="1.2")
        rename(framework, "digcomp-3.0")
        rename(make_pathway(slug="once"), "now")

        assert (
            client.get("/frameworks/digcomp-3/1.2/")["Location"] == "/frameworks/digcomp-3.0/1.2/"
        )
        assert client.get("/pathways/once/2/")["Location"] == "/pathways/now/2/"

    def test_it_answers_a_head_as_well(self, client: Client) -> None:
        rename(ResourceFactory(slug="once"), "now")

        assert client.head("/resources/once/").status_code == 301


class TestGone:
    @every_kind
    def test_the_page_says_why(self, model: type[PublicRow], client: Client) -> None:
        row = make_public_row(model, title="A thing of the past")
        row.withdraw(by=None, reason="Its maker took it down.")

        response = client.get(row.get_absolute_url())

        assert response.status_code == 410
        assert "A thing of the past" in words_of(response)
        assert "Its maker took it down." in words_of(response)

    def test_and_what_takes_its_place(self, client: Client) -> None:
        row, better = ResourceFactory(), ResourceFactory(title="A better one")
        row.withdraw(by=None, reason="There is a better one.", replaced_by=better)

        page = BeautifulSoup(client.get(row.get_absolute_url()).content, "lxml")

        assert page.main.find("a", href=better.get_absolute_url()) is not None

    def test_pages_below_it_are_gone_with_it(self, client: Client) -> None:
        pathway = make_pathway()
        pathway.withdraw(by=None, reason="It is out of date.")

        assert client.get(f"{pathway.get_absolute_url()}1/").status_code == 410


class TestNotThere:
    @every_kind
    def test_a_draft_is_not_told_from_nothing(self, model: type[PublicRow], client: Client) -> None:
        draft = make_public_row(model, published=False)

        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(draft.permanent_url).status_code == 404

    @pytest.mark.parametrize(
        "path", ["/resources/never/", "/frameworks/never%00/", "/pathways/never/1/", "/never/"]
    )
    def test_nor_is_what_never_was(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404


class TestPermanent:
    @every_kind
    def test_it_leads_to_the_page_wherever_that_is_now(
        self, model: type[PublicRow], client: Client
    ) -> None:
        row = make_public_row(model, slug="once")
        rename(row, "now")

        response = client.get(f"/id/{row.uid}/")

        assert (response.status_code, response["Location"]) == (302, row.get_absolute_url())

    def test_a_part_s_leads_to_its_place(self, client: Client) -> None:
        level = LevelFactory(framework__slug="digcomp-3.0", code="F")
        step = Step.objects.get(revision__pathway=make_pathway(slug="a-pathway", steps=["Try it"]))

        assert client.get(level.permanent_url)["Location"] == "/frameworks/digcomp-3.0/#level-F"
        assert client.get(step.permanent_url)["Location"] == "/pathways/a-pathway/1/"

    @every_kind
    def test_of_what_was_withdrawn_it_says_why(
        self, model: type[PublicRow], client: Client
    ) -> None:
        row = make_public_row(model)
        row.withdraw(by=None, reason="Its maker took it down.")

        response = client.get(row.permanent_url)

        assert response.status_code == 410
        assert "Its maker took it down." in words_of(response)

    def test_a_step_that_only_a_draft_has_is_not_there(self, client: Client) -> None:
        pathway = make_pathway()
        draft = publication.draft_from(pathway.published_revision, by=None)
        step = add_step(draft.stages.get(), "Not yet")

        assert client.get(step.permanent_url).status_code == 404

    def test_a_step_that_was_taken_away_leads_to_where_it_was(self, client: Client) -> None:
        pathway = make_pathway(slug="a-pathway", steps=["Stay", "Go"])
        gone = Step.objects.get(title="Go")
        draft = publication.draft_from(pathway.published_revision, by=None)
        draft.steps.get(title="Go").delete()
        publication.publish(draft, by=None)

        there = client.get(gone.permanent_url)["Location"]

        assert there == "/pathways/a-pathway/2/"
        assert client.get(there).status_code == 410

    @pytest.mark.parametrize("path", ["/id/{uid}/", "/id/no-uid/"])
    def test_an_unknown_one_is_not_found(self, client: Client, path: str) -> None:
        assert client.get(path.format(uid=uuid4())).status_code == 404


def test_every_kind_is_tried_here() -> None:
    kinds: list[type[Model]] = [*PublicRow.__subclasses__()]

    assert set(PUBLIC_MODELS) == set(kinds)
    assert Pathway in PUBLIC_MODELS
