"""The desk's pages for pasting links and for adding a resource; and the way there."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from catalogue.fetching import TimedOut
from pathways import publication
from tests.factories import ResourceFactory, add_stage, add_step, make_draft
from tests.pages import open_page, words
from tests.web import Web, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return make_draft("Reading old maps", by=cast.guest)


@pytest.fixture
def stage(draft):
    return add_stage(draft, "Begin")


@pytest.fixture
def web(settings) -> Iterator[Web]:
    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    with serving() as web:
        yield web


@pytest.fixture
def guest(cast) -> Client:
    return cast.client_of("guest")


def paste_address(draft) -> str:
    return reverse("admin:pathways_revision_paste", args=[draft.pk])


def add_address(resource) -> str:
    return reverse("admin:pathways_revision_add_resource", args=[resource.uid])


def page_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class TestPasting:
    def test_the_address_is_as_it_was_promised(self, draft):
        assert paste_address(draft) == f"/admin/pathways/revision/{draft.pk}/paste/"

    def test_links_go_in_and_each_is_told(self, guest, draft, stage, web):
        ResourceFactory(url="https://example.org/known", title="Known")
        new = web.put(
            "/x",
            '<html lang="cy"><title>A new page</title><meta property="og:type" content="video">'
            '<meta property="video:duration" content="1200">',
        )
        text = f"https://example.org/known\n{new}"

        page = page_of(guest.post(paste_address(draft), {"links": text, "stage": stage.pk}))

        assert words(page.select_one("#told")) == "2 steps were added."
        told = [words(one) for one in page.select(".paste-one")]
        assert told == [
            "Known https://example.org/known In the catalogue already, and now a step of your "
            "pathway.",
            f"A new page {web.root}/x Video · 20 min · Welsh New: please check its title, and describe it in your own words.",
        ]
        assert stage.steps.count() == 2

    def test_it_goes_on_where_the_pathway_is_built(self, guest, draft, stage):
        ResourceFactory(url="https://example.org/known")
        sent = {"links": "https://example.org/known", "stage": stage.pk}

        onward = page_of(guest.post(paste_address(draft), sent)).select_one(".paste-onward")["href"]

        assert onward.startswith(f"/admin/pathways/revision/{draft.pk}/")
        assert guest.get(onward).status_code == 200

    def test_what_was_too_many_stands_in_the_field(self, guest, draft, stage, monkeypatch):
        monkeypatch.setattr("pathways.pasting.MOST", 1)
        for number in range(3):
            ResourceFactory(url=f"https://example.org/{number}")
        text = " ".join(f"https://example.org/{number}" for number in range(3))

        page = page_of(guest.post(paste_address(draft), {"links": text, "stage": stage.pk}))

        assert page.select_one("textarea").text.split() == [
            *("https://example.org/1", "https://example.org/2")
        ]
        assert words(page.select_one(".paste-left")).startswith("2 links more were not looked at")
        assert len(page.select(".paste-one")) == 1

    def test_a_draft_without_stages_gets_one(self, guest, draft):
        ResourceFactory(url="https://example.org/known")

        page_of(
            guest.post(paste_address(draft), {"links": "https://example.org/known", "stage": "new"})
        )

        assert [stage.title for stage in draft.stages.all()] == ["New stage"]

    def test_the_stage_that_was_asked_for_is_chosen(self, guest, draft, stage):
        other = add_stage(draft, "Go on")

        page = page_of(guest.get(f"{paste_address(draft)}?stage={other.pk}"))

        assert [words(one) for one in page.select("option")] == [
            "1. Begin",
            "2. Go on",
            "A new stage",
        ]
        assert words(page.select_one("option[selected]")) == "2. Go on"

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({"links": ""}, "Links: Paste one link or more."),
            ({"links": "no links, e.g. none"}, "Links: There is no link in this text."),
        ],
    )
    def test_nothing_to_paste_is_told(self, guest, draft, stage, sent, told):
        page = page_of(guest.post(paste_address(draft), {**sent, "stage": stage.pk}))

        assert words(page.select_one(".errornote li")) == told
        assert page.select_one("textarea").text.strip() == sent["links"]

    def test_another_draft_s_stage_is_refused(self, guest, draft, stage):
        other = add_stage(make_draft("Another"), "Theirs")
        sent = {"links": "https://example.org/x", "stage": other.pk}

        page = page_of(guest.post(paste_address(draft), sent))

        assert words(page.select_one(".errornote li")).startswith("Add them to the stage: ")
        assert not other.steps.exists()

    def test_markup_in_a_page_s_title_is_text(self, guest, draft, stage, web):
        address = web.put("/x", "<title>&lt;script&gt;alert(1)&lt;/script&gt; maps</title>")

        response = guest.post(paste_address(draft), {"links": address, "stage": stage.pk})

        assert b"<script>alert" not in response.content
        assert b"&lt;script&gt;alert(1)&lt;/script&gt; maps" in response.content

    def test_what_was_submitted_meanwhile_takes_none_and_the_links_stand_there(
        self, guest, draft, stage, cast
    ):
        add_step(stage)
        publication.submit(draft, by=cast.guest)
        sent = {"links": "https://example.org/x", "stage": stage.pk}

        page = page_of(guest.post(paste_address(draft), sent))

        assert page.select_one("form textarea") is None
        assert words(page.select_one(".paste-kept")) == "https://example.org/x"
        assert "none any more" in words(page.select_one(".messagelist"))
        assert stage.steps.count() == 1

    def test_a_stage_that_went_while_pages_were_read_is_told_and_the_links_stand_there(
        self, guest, draft, stage, monkeypatch
    ):
        def in_turn(urls, do, **how):
            stage.delete()
            return [(url, TimedOut()) for url in urls]

        monkeypatch.setattr("pathways.pasting.in_turn", in_turn)
        sent = {"links": "https://example.org/x", "stage": stage.pk}

        page = page_of(guest.post(paste_address(draft), sent))

        assert words(page.select_one(".errornote li")) == (
            "Nothing was added: the stage is gone. Choose another one."
        )
        assert page.select_one("textarea").text.strip() == "https://example.org/x"


class TestWhoMayPaste:
    @pytest.mark.parametrize("name", ["visitor", "learner"])
    def test_who_is_not_signed_in_is_asked_to(self, cast, draft, stage, name):
        for method in ("get", "post"):
            response = getattr(cast.client_of(name), method)(paste_address(draft))
            assert response.status_code == 302 and "/login/" in response["Location"]

    @pytest.mark.parametrize("name", ["other_guest", "partner"])
    def test_for_others_the_draft_is_not_there(self, cast, draft, stage, name):
        ResourceFactory(url="https://example.org/known")
        client = cast.client_of(name)
        sent = {"links": "https://example.org/known", "stage": stage.pk}

        assert client.get(paste_address(draft)).status_code == 404
        assert client.post(paste_address(draft), sent).status_code == 404
        assert not stage.steps.exists()

    def test_an_administrator_may(self, cast, draft, stage):
        assert cast.client_of("admin").get(paste_address(draft)).status_code == 200

    def test_who_keeps_it_and_may_change_none_may_not(self, cast, draft, stage):
        cast.guest.groups.clear()

        assert cast.client_of("guest").get(paste_address(draft)).status_code == 403


class TestAddingAResource:
    def test_one_chooses_among_the_stages_of_one_s_drafts(self, guest, cast, draft, stage):
        theirs = make_draft("Theirs", by=cast.other_guest)
        add_stage(theirs, "Not mine")
        resource = ResourceFactory(title="A map")

        page = page_of(guest.get(add_address(resource)))

        assert [words(one) for one in page.select("option")] == [
            "Reading old maps (1): 1. Begin",
            "Reading old maps (1): A new stage",
        ]
        assert "“A map” becomes the last step" in words(page.select_one("#content-main"))

    def test_it_becomes_a_step_and_leads_to_the_draft(self, guest, draft, stage):
        resource = ResourceFactory()

        response = guest.post(add_address(resource), {"place": f"{draft.pk}-{stage.pk}"})

        assert response.status_code == 302
        assert response["Location"].startswith(f"/admin/pathways/revision/{draft.pk}/")
        assert stage.steps.get().resource == resource

    def test_a_second_time_it_is_told(self, guest, draft, stage):
        resource = ResourceFactory()
        add_step(stage, resource)

        response = guest.post(
            add_address(resource), {"place": f"{draft.pk}-{stage.pk}"}, follow=True
        )

        assert "A step of this pathway already" in response.content.decode()
        assert stage.steps.count() == 1

    def test_to_look_adds_nothing(self, guest, draft, stage):
        guest.get(add_address(ResourceFactory()), {"place": f"{draft.pk}-{stage.pk}"})

        assert not stage.steps.exists()

    def test_another_s_draft_cannot_be_chosen(self, cast, draft, stage):
        client = cast.client_of("other_guest")
        resource = ResourceFactory()

        response = client.post(add_address(resource), {"place": f"{draft.pk}-{stage.pk}"})

        assert response.status_code == 200
        assert not stage.steps.exists()
        assert "Reading old maps" not in response.content.decode()

    def test_without_a_draft_one_is_told_how_to_begin(self, cast, draft):
        page = page_of(cast.client_of("other_guest").get(add_address(ResourceFactory())))

        assert "You have no draft at the moment." in words(page.select_one("#content-main"))

    def test_one_that_is_not_public_leads_to_those_that_are(self, guest, draft, stage):
        hidden = ResourceFactory(published=False)
        sent = {"place": f"{draft.pk}-{stage.pk}"}

        for response in (guest.get(add_address(hidden)), guest.post(add_address(hidden), sent)):
            assert response["Location"] == "/resources/"
        assert not stage.steps.exists()

    def test_what_was_submitted_meanwhile_takes_none(self, guest, cast, draft, stage):
        add_step(stage)
        publication.submit(draft, by=cast.guest)
        resource = ResourceFactory()

        response = guest.post(add_address(resource), {"place": f"{draft.pk}-{stage.pk}"})

        assert response.status_code == 200 and stage.steps.count() == 1


class TestTheLinkOnAResource:
    def test_who_may_finds_it(self, guest, draft):
        resource = ResourceFactory()

        link = page_of(guest.get(resource.get_absolute_url())).find("a", string="Add to a pathway")

        assert link["href"] == add_address(resource)

    @pytest.mark.parametrize("name", ["visitor", "learner", "partner"])
    def test_who_may_not_does_not(self, cast, draft, name):
        resource = ResourceFactory()

        page = page_of(cast.client_of(name).get(resource.get_absolute_url()))

        assert page.find("a", string="Add to a pathway") is None

    def test_for_visitors_nobody_is_looked_up_and_the_page_is_kept(
        self, client, page_cache, count_queries
    ):
        resource = ResourceFactory()

        with count_queries() as queries:
            response = client.get(resource.get_absolute_url())

        assert "public" in response["Cache-Control"]
        assert not any("django_session" in query["sql"] for query in queries)

    def test_a_signed_in_page_is_private(self, guest, draft, page_cache):
        resource = ResourceFactory()

        assert "private" in guest.get(resource.get_absolute_url())["Cache-Control"]
        assert (
            open_page(Client(), resource.get_absolute_url()).find("a", string="Add to a pathway")
            is None
        )
