"""A draft is seen as readers will see it: by those who keep it, and by a link that ends."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pathways import previewing, publication
from pathways.models import PreviewLink, Revision
from tests.cast import Cast
from tests.factories import ResourceFactory, add_stage, add_step, make_draft, make_pathway
from tests.pages import links, open_page, texts, words
from tests.pathways.building import let_build

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Revision:
    draft = make_draft("A way in")
    stage = add_stage(draft, "First things")
    add_step(stage, ResourceFactory(title="A film", published=False), note="It is short.")
    add_step(stage, "Ask a colleague")
    return draft


def link_to(draft: Revision, cast: Cast) -> str:
    link = previewing.make_link(draft, by=cast.admin)
    return reverse("pathways:preview", args=[previewing.token_of(link)])


def over(client: Client, path: str) -> bool:
    response = client.get(path)
    return response.status_code == 410 and "This link leads nowhere" in response.text


class TestPages:
    def test_a_colleague_sees_the_whole_without_signing_in(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        page = open_page(client, link_to(draft, cast))

        assert words(page.find("h1")) == "A way in"
        assert "This is a draft, as readers will see it when it is published." in words(page)
        assert "A film" in words(page) and "Ask a colleague" in words(page)

    def test_steps_and_draft_resources_lead_on_within_the_preview(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        start = link_to(draft, cast)
        whole = open_page(client, start)

        step = open_page(client, links(whole)["Start with step 1"])
        resource = open_page(client, links(step)["All about this resource"].partition("?")[0])

        assert links(whole)["Start with step 1"] == f"{start}1/"
        assert "It is short." in words(step)
        assert words(resource.find("h1")) == "A film"
        for page in (whole, step):
            inside = [link["href"] for link in page.select("main a[href^='/pathways/']")]
            assert [
                one for one in inside if not one.startswith(start) and one != "/pathways/"
            ] == []

    def test_a_change_to_what_is_public_shows_the_new_and_not_the_old(
        self, client: Client, cast: Cast
    ) -> None:
        public = make_pathway("Known", steps=["Old step"])
        draft = publication.draft_from(public.published_revision, by=cast.admin)
        add_step(draft.stages.get(), "New step")

        assert "New step" in words(open_page(client, link_to(draft, cast)))
        assert "New step" not in words(open_page(client, public.get_absolute_url()))

    @pytest.mark.parametrize("part", ["", "1/"])
    def test_nobody_keeps_it_and_no_search_engine_lists_it(
        self, client: Client, cast: Cast, draft: Revision, page_cache: None, part: str
    ) -> None:
        response = client.get(link_to(draft, cast) + part)

        assert {"private", "no-store"} <= {*response["Cache-Control"].split(", ")}
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"
        page = BeautifulSoup(response.content, "lxml")
        assert [one["content"] for one in page.select("meta[name=robots]")] == ["noindex, nofollow"]
        assert page.select("link[rel=canonical]") == []

    def test_what_is_not_in_it_is_not_there(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        start = link_to(draft, cast)
        other = ResourceFactory(published=False)

        for path in (f"{start}99/", f"{start}resource/{other.uid}/"):
            assert client.get(path)["Location"] == start

    def test_its_cost_does_not_grow_with_the_steps(
        self, client: Client, cast: Cast, draft: Revision, count_queries, page_cache: None
    ) -> None:
        start = link_to(draft, cast)

        def cost() -> int:
            with count_queries() as queries:
                open_page(client, start)
            return len(queries)

        cost()
        few = cost()
        for _step in range(8):
            add_step(draft.stages.get())

        assert cost() == few


class TestLinks:
    def test_one_opens_its_own_draft_alone(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        other = make_draft("Secret")
        link_to(other, cast)

        assert "Secret" not in client.get(link_to(draft, cast)).text

    @pytest.mark.parametrize("token", ["x", "1:2:3", "WzEsImEiXQ:1abc:forged"])
    def test_a_forged_one_leads_nowhere(
        self, client: Client, cast: Cast, draft: Revision, token: str
    ) -> None:
        link_to(draft, cast)

        assert over(client, reverse("pathways:preview", args=[token]))

    def test_one_ends_after_two_weeks(self, client: Client, cast: Cast, draft: Revision) -> None:
        start = link_to(draft, cast)

        def age(**since: int) -> None:
            PreviewLink.objects.update(made_at=timezone.now() - timedelta(**since))

        age(days=13, hours=23)
        assert client.get(start).status_code == 200
        age(days=14, minutes=1)
        assert over(client, start)

    def test_a_new_one_makes_the_old_void(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        old = link_to(draft, cast)
        new = link_to(draft, cast)

        assert over(client, old) and over(client, f"{old}1/")
        assert client.get(new).status_code == 200

    def test_one_that_is_taken_back_leads_nowhere(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        start = link_to(draft, cast)

        previewing.revoke_link(draft)

        assert over(client, start)

    def test_one_lasts_through_review_and_dies_with_publication(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        start = link_to(draft, cast)

        publication.submit(draft, by=cast.admin)
        assert client.get(start).status_code == 200
        publication.publish(draft, by=cast.admin)
        assert over(client, start)


class TestDesk:
    def test_who_keeps_it_sees_it_without_a_link(self, cast: Cast, draft: Revision) -> None:
        let_build(cast.guest, draft)
        guest = cast.client_of("guest")
        start = reverse("admin:pathways_revision_preview", args=[draft.pk])

        whole = open_page(guest, start)
        step = open_page(guest, links(whole)["Start with step 1"])

        assert words(whole.find("h1")) == "A way in"
        assert links(step)["Go on building"] == f"/admin/pathways/revision/{draft.pk}/build/"

    def test_a_link_is_made_renewed_and_taken_back(
        self, client: Client, cast: Cast, draft: Revision
    ) -> None:
        desk = cast.client_of("admin")
        where = reverse("admin:pathways_revision_preview_link", args=[draft.pk])

        assert texts(open_page(desk, where), ".build-link a") == []
        desk.post(where, {"do": "make"})
        first = texts(open_page(desk, where), ".build-link a")[0]
        desk.post(where, {"do": "make"})
        second = texts(open_page(desk, where), ".build-link a")[0]

        paths = [one.removeprefix("http://127.0.0.1:8000") for one in (first, second)]
        assert over(client, paths[0]) and client.get(paths[1]).status_code == 200
        desk.post(where, {"do": "revoke"})
        assert over(client, paths[1])

    def test_looking_makes_no_link(self, cast: Cast, draft: Revision) -> None:
        where = reverse("admin:pathways_revision_preview_link", args=[draft.pk])

        cast.client_of("admin").get(where, {"do": "make"})

        assert previewing.link_of(draft) is None

    def test_nobody_makes_one_for_what_is_public(self, cast: Cast) -> None:
        public = make_pathway().published_revision
        where = reverse("admin:pathways_revision_preview_link", args=[public.pk])

        cast.client_of("admin").post(where, {"do": "make"})

        assert previewing.link_of(public) is None
