"""A pathway in the hands of guest curators: who begins it, who shares the work, who may leave it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from catalogue.models import Resource
from pathways import publication
from pathways.models import Maintainer, Pathway, Revision
from tests.cast import Cast
from tests.config.test_desk import change, filled_in
from tests.factories import (
    CuratorFactory,
    QuestionFactory,
    ResourceFactory,
    UserFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pages import open_page, texts, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(cast: Cast) -> Client:
    return cast.client_of("guest")


@pytest.fixture
def pathway(cast: Cast) -> Pathway:
    return make_draft("Mine", by=cast.guest).pathway


def save(client: Client, pathway: Pathway, **said: Any) -> list[str]:
    """Sends the pathway's form with `said` in it; answers what is refused."""
    sent = {**filled_in(open_page(client, change(pathway))), **said}
    answer = client.post(change(pathway), sent, follow=True)
    return texts(BeautifulSoup(answer.content, "lxml"), ".errorlist li")


def sharing(curator: Any, row: int = 1) -> dict[str, Any]:
    return {
        "maintainer_links-TOTAL_FORMS": str(row + 1),
        f"maintainer_links-{row}-curator": curator.pk,
    }


def maintainers(pathway: Pathway) -> list[Any]:
    return [one.user for one in pathway.maintainer_links.order_by("pk")]


class TestBeginning:
    def test_a_guest_begins_one_and_looks_after_it_as_its_author(
        self, guest: Client, cast: Cast
    ) -> None:
        there = reverse("admin:pathways_pathway_add")
        page = open_page(guest, there)

        response = guest.post(there, {**filled_in(page), "title": "A new way"})

        made = Pathway.objects.get()
        assert maintainers(made) == [cast.guest]
        assert [(one.curator, one.kind) for one in made.credits.all()] == [
            (cast.guest_curator, "author")
        ]
        assert response.url == f"/admin/pathways/revision/{made.draft().pk}/build/"

    def test_an_editor_begins_it_for_others(self, cast: Cast) -> None:
        made = publication.start(title="For somebody", by=cast.editor)

        assert maintainers(made) == [] and not made.credits.exists()

    def test_who_has_no_page_is_not_credited(self) -> None:
        user = UserFactory(is_staff=True)

        made = publication.start(title="Mine", by=user)

        assert maintainers(made) == [user] and not made.credits.exists()


class TestSharing:
    def test_a_curator_with_a_page_and_an_account_is_let_in(
        self, guest: Client, cast: Cast, pathway: Pathway
    ) -> None:
        told = save(guest, pathway, **sharing(cast.other_guest.curator))

        assert told == []
        assert maintainers(pathway) == [cast.guest, cast.other_guest]
        assert open_page(cast.client_of("other_guest"), change(pathway)).select("[name=_save]")

    def test_it_credits_nobody(self, guest: Client, cast: Cast, pathway: Pathway) -> None:
        save(guest, pathway, **sharing(cast.other_guest.curator))

        assert [one.curator for one in pathway.credits.all()] == [cast.guest_curator]

    def test_the_form_names_people_and_no_account(
        self, guest: Client, cast: Cast, pathway: Pathway
    ) -> None:
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)
        Maintainer.objects.create(pathway=pathway, user=UserFactory(email="hidden@example.org"))

        page = open_page(guest, change(pathway))

        assert texts(page, "#maintainer_links-group .field-curator p")[:3] == [
            "A guest curator",
            "Another guest curator",
            "a colleague",
        ]
        assert "hidden@example.org" not in str(page)

    def test_who_can_not_sign_in_is_told_by_name(self, guest: Client, pathway: Pathway) -> None:
        told = save(guest, pathway, **sharing(CuratorFactory(name="Somebody Else")))

        assert told == ["“Somebody Else” can’t sign in here: ask an editor to invite them."]
        assert pathway.maintainer_links.count() == 1

    def test_who_shares_it_already_is_told(
        self, guest: Client, cast: Cast, pathway: Pathway
    ) -> None:
        told = save(guest, pathway, **sharing(cast.guest_curator))

        assert told == ["This user maintains the pathway already."]

    def test_an_account_that_is_typed_in_is_ignored(
        self, guest: Client, cast: Cast, pathway: Pathway
    ) -> None:
        forged = {"maintainer_links-TOTAL_FORMS": "2", "maintainer_links-1-user": cast.editor.pk}

        save(guest, pathway, **forged)
        save(guest, pathway, **{"maintainer_links-0-user": cast.other_guest.pk})

        assert maintainers(pathway) == [cast.guest]

    def test_it_goes_on_once_the_pathway_is_public(self, guest: Client, cast: Cast) -> None:
        public = make_pathway("Public", by=cast.guest)

        assert save(guest, public, **sharing(cast.other_guest.curator)) == []
        assert maintainers(public) == [cast.guest, cast.other_guest]
        assert "share the work" in words(
            open_page(guest, change(public)).select_one(".desk-standing")
        )


class TestLeaving:
    LEAVE = {"maintainer_links-0-DELETE": "on"}

    def test_the_last_stays(self, guest: Client, cast: Cast, pathway: Pathway) -> None:
        told = save(guest, pathway, **self.LEAVE)

        assert told == ["Nobody would look after the pathway: let somebody share the work first."]
        assert maintainers(pathway) == [cast.guest]

    def test_one_of_several_may_go_and_finds_it_no_more(
        self, guest: Client, cast: Cast, pathway: Pathway
    ) -> None:
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)

        save(guest, pathway, **self.LEAVE)

        assert maintainers(pathway) == [cast.other_guest]
        assert guest.get(change(pathway)).status_code == 302

    def test_nobody_sends_another_away(self, guest: Client, cast: Cast, pathway: Pathway) -> None:
        Maintainer.objects.create(pathway=pathway, user=cast.other_guest)

        told = save(guest, pathway, **{"maintainer_links-1-DELETE": "on"})

        assert told == [
            "You can leave the work to the others. To take another away, ask an editor."
        ]
        assert maintainers(pathway) == [cast.guest, cast.other_guest]

    def test_an_editor_does(self, cast: Cast, pathway: Pathway) -> None:
        save(cast.client_of("editor"), pathway, **self.LEAVE)

        assert maintainers(pathway) == []


class TestItsResources:
    """A draft resource is theirs who use it, as long as nothing else does."""

    @pytest.fixture
    def resource(self, cast: Cast, pathway: Pathway) -> Resource:
        resource = ResourceFactory(published=False)
        add_step(add_stage(pathway.draft()), resource)
        return resource

    def is_theirs(self, cast: Cast, resource: Resource) -> bool:
        return Resource.objects.kept_by(cast.guest).filter(pk=resource.pk).exists()

    def test_one_that_their_draft_uses(self, cast: Cast, resource: Resource) -> None:
        assert self.is_theirs(cast, resource)
        assert not Resource.objects.visible_to(cast.other_guest).filter(pk=resource.pk).exists()

    def test_not_one_that_another_s_draft_uses_too(self, cast: Cast, resource: Resource) -> None:
        add_step(add_stage(make_draft(by=cast.other_guest)), stand_in=resource)

        assert not self.is_theirs(cast, resource)
        assert Resource.objects.visible_to(cast.guest).filter(pk=resource.pk).exists()

    def test_nor_while_their_draft_is_in_review(
        self, cast: Cast, pathway: Pathway, resource: Resource
    ) -> None:
        publication.submit(pathway.draft(), by=cast.guest)

        assert not self.is_theirs(cast, resource)

    def test_nor_once_it_is_public(self, cast: Cast, pathway: Pathway, resource: Resource) -> None:
        publication.publish(pathway.draft(), by=cast.editor)

        assert not self.is_theirs(cast, resource)

    def test_nor_where_it_answers_a_question(self, cast: Cast, resource: Resource) -> None:
        QuestionFactory().resources.add(resource)

        assert not self.is_theirs(cast, resource)

    def test_nor_once_they_took_it_out_of_their_pathway(
        self, cast: Cast, pathway: Pathway, resource: Resource
    ) -> None:
        Revision.objects.get(pathway=pathway).steps.all().delete()

        assert not Resource.objects.visible_to(cast.guest).filter(pk=resource.pk).exists()
