"""The first page of the desk: a curator's own pathways, and what waits for an editor."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from django.test import Client
from django.urls import reverse

from pathways import publication
from pathways.models import Remark
from tests.cast import Cast
from tests.factories import ResourceFactory, make_draft, make_pathway
from tests.pages import links, open_page, texts, words
from tests.pathways.reviews import guests_draft, in_review, review, staffed
from tests.pathways.test_review_schedule import soon

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


@pytest.fixture
def people(cast: Cast) -> Cast:
    return staffed(cast)


@pytest.fixture
def guest(people: Cast) -> Client:
    return people.client_of("guest")


@pytest.fixture
def editor(people: Cast) -> Client:
    return people.client_of("editor")


def own(client: Client) -> dict[str, Tag]:
    """What stands of each pathway, by its title."""
    page = open_page(client, INDEX)
    return {words(one.h3): one for one in page.select(".desk-own")}


def state(client: Client) -> list[str]:
    [one] = own(client).values()
    return texts(one, ".review-mark")


class TestCurator:
    def test_only_what_is_theirs_stands_there(self, guest: Client, people: Cast) -> None:
        guests_draft(people, "Mine")
        make_draft("Another’s")

        assert [*own(guest)] == ["Mine"]
        assert "Another’s" not in words(open_page(guest, INDEX))

    def test_how_it_stands_is_told(self, guest: Client, people: Cast) -> None:
        draft = guests_draft(people)
        assert state(guest) == ["Draft"]

        publication.submit(draft, by=people.guest)
        assert state(guest)[0].startswith("In review since")

        publication.schedule(draft, by=people.editor, at=soon())
        assert state(guest)[0].startswith("To be published at")

        publication.send_back(draft, by=people.editor, note="Longer.")
        assert state(guest) == ["Changes are asked"]

        publication.submit(draft, by=people.guest)
        publication.publish(draft, by=people.editor)
        assert state(guest) == ["Published"]

        publication.draft_from(draft, by=people.guest)
        assert state(guest) == ["Published", "A new draft is under way"]

    def test_what_needs_them_leads_there(self, guest: Client, people: Cast) -> None:
        scraped = ResourceFactory(published=False, description_source="scraped")
        draft = guests_draft(people, steps=[scraped, ResourceFactory(link="gone")])
        Remark.objects.create(revision=draft, about="title", text="Longer.")
        Remark.objects.create(
            revision=draft, about="title", text="Fine.", answers=Remark.objects.get()
        )

        [one] = own(guest).values()

        needs = links(one, "ul:not(.review-ways) a")
        assert needs == {
            "1 open remark: Old maps": review(draft),
            "1 description to put into your own words: Old maps": review(draft),
            "1 link no longer works: Old maps": review(draft),
        }

    def test_links_that_died_on_their_public_pages_too(self, guest: Client, people: Cast) -> None:
        pathway = make_pathway("Mine", steps=[ResourceFactory(link="gone"), "An activity"])
        pathway.maintainer_links.create(user=people.guest)

        [one] = own(guest).values()

        assert links(one, "ul:not(.review-ways) a") == {
            "1 link no longer works: Mine": pathway.get_absolute_url()
        }

    def test_each_way_on_leads_to_a_page(self, guest: Client, people: Cast) -> None:
        guests_draft(people, "Coming")
        shown = make_pathway("Shown")
        shown.maintainer_links.create(user=people.guest)

        for one in own(guest).values():
            ways = links(one, ".review-ways a")
            assert len(ways) >= 3
            for where in ways.values():
                open_page(guest, where)

    def test_a_new_draft_is_started_from_there(self, guest: Client, people: Cast) -> None:
        pathway = make_pathway("Mine")
        pathway.maintainer_links.create(user=people.guest)
        [one] = own(guest).values()

        guest.post(links(one)["Start a new draft: Mine"], {})

        assert pathway.draft().created_by == people.guest

    def test_who_has_none_is_told_how_it_works(self, guest: Client) -> None:
        page = open_page(guest, INDEX)

        assert "You have none yet." in words(page)
        assert "Start a pathway" in links(page)
        assert "Your page" in links(page)
        assert "How it works" in texts(page, "h3")

    def test_the_lists_are_folded_away(self, guest: Client) -> None:
        page = open_page(guest, INDEX)

        assert page.select(".desk-waiting") == []
        assert page.select_one("details.desk-all:not([open]) .app-pathways")


class TestEditor:
    def test_what_waits_says_who_and_since_when_the_oldest_first(
        self, editor: Client, people: Cast
    ) -> None:
        first = in_review(people, title="First")
        changed = make_pathway("Second")
        draft = publication.draft_from(changed.published_revision, by=people.guest)
        publication.submit(draft, by=people.guest)

        page = open_page(editor, INDEX)

        assert links(page, "#reviews ~ ul a") == {
            "First (1)": review(first),
            "Second (2)": review(draft),
        }
        new, change = texts(page, "#reviews ~ ul .desk-board__facts")
        assert "sent in by A guest curator 0 minutes ago · new" in new
        assert "changes what readers see" in change

    def test_what_is_set_to_a_time_stands_apart(self, editor: Client, people: Cast) -> None:
        revision = in_review(people)
        publication.schedule(revision, by=people.editor, at=soon())

        page = open_page(editor, INDEX)

        assert "None waits for review." in words(page)
        assert "set by An editor" in words(page.select_one("h3 + ul .desk-board__facts"))

    def test_the_lists_of_the_desk_stand_below(self, editor: Client) -> None:
        page = open_page(editor, INDEX)

        assert page.select("#content-main .app-pathways")
        assert page.select(".desk-all") == []

    def test_an_editor_s_own_stand_there_too(self, editor: Client, people: Cast) -> None:
        draft = make_draft("Theirs")
        draft.pathway.maintainer_links.create(user=people.editor)

        assert [*own(editor)] == ["Theirs"]

    def test_many_are_counted(
        self, editor: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pathways.reviewing.boards.SHOWN", 1)
        for title in "ABC":
            in_review(people, title=title)

        page = open_page(editor, INDEX)

        assert len(page.select("#reviews ~ ul li")) == 1
        assert "2 more in the list" in links(page)


def test_a_partner_has_neither(people: Cast) -> None:
    page = open_page(people.client_of("partner"), INDEX)

    assert page.select(".desk-board") == []


@pytest.mark.parametrize("name", ["guest", "editor"])
def test_more_pathways_cost_no_more_queries(
    people: Cast, count_queries: Callable, name: str
) -> None:
    client = people.client_of(name)
    in_review(people)
    guests_draft(people)
    client.get(INDEX)
    with count_queries() as few:
        client.get(INDEX)
    for _number in range(4):
        Remark.objects.create(revision=in_review(people), text="Longer.")
        guests_draft(people, steps=[ResourceFactory(published=False)])
    with count_queries() as many:
        client.get(INDEX)

    assert len(many) == len(few)
