"""Pasting links into a draft: what becomes of each, and what is kept of its page."""

import threading
import time
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from catalogue.merging import merge
from catalogue.models import Organisation, Resource
from catalogue.reading import Page
from pathways import pasting, publication
from pathways.pasting import MOST, Outcome, Pasted, TooLate, add_resource, paste
from tests.factories import OrganisationFactory, ResourceFactory, add_stage, add_step, make_draft
from tests.web import Answer, Web, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    revision = make_draft("Reading old maps", by=cast.guest)
    return revision


@pytest.fixture
def stage(draft):
    return add_stage(draft, "Begin")


@pytest.fixture
def web(settings) -> Iterator[Web]:
    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    with serving() as web:
        yield web


@pytest.fixture
def put(draft, stage, cast):
    """Pastes a text into the stage, as the guest curator whose draft it is."""

    def put(text: str) -> list[Pasted]:
        return paste(draft, stage, text, by=cast.guest)

    return put


def told(pasted: list[Pasted]) -> list[tuple[str, str]]:
    return [(one.link.text, one.outcome.name) for one in pasted]


class TestKnown:
    def test_a_published_resource_becomes_a_step(self, put, stage):
        resource = ResourceFactory(url="https://www.example.org/maps/", title="Maps")

        (one,) = put("http://example.org/maps?utm_source=mail")

        assert one.outcome is Outcome.KNOWN
        assert one.sentence == "In the catalogue already, and now a step of your pathway."
        step = stage.steps.get()
        assert (one.step, one.resource, step.resource) == (step, resource, resource)
        assert (step.kind, step.requirement, step.n, step.position) == ("resource", "core", 1, 1)

    def test_a_draft_of_one_s_own_is_taken_as_it_is(self, put, cast):
        resource = ResourceFactory(
            url="https://example.org/a", published=False, title="Mine", added_by=cast.guest
        )

        (one,) = put("https://example.org/a")

        resource.refresh_from_db()
        assert (one.outcome, one.resource, resource.title) == (Outcome.KNOWN, resource, "Mine")

    def test_of_a_draft_of_another_not_a_word_is_told_and_it_is_no_step(self, put, cast, draft):
        hidden = ResourceFactory(
            url="https://example.org/a", published=False, added_by=cast.other_guest
        )

        (one,) = put("https://example.org/a")

        assert (one.outcome, one.resource, one.step) == (Outcome.TAKEN, None, None)
        assert not draft.steps.exists()
        assert not Resource.objects.kept_by(cast.guest).filter(pk=hidden.pk).exists()

    def test_a_withdrawn_one_is_told_with_its_reason_and_not_added(self, put, stage):
        resource = ResourceFactory(url="https://example.org/a")
        resource.withdraw(by=None, reason="It is out of date.")

        (one,) = put("https://example.org/a")

        assert one.outcome is Outcome.WITHDRAWN
        assert one.reason == "It is out of date."
        assert one.step is None and not stage.steps.exists()

    def test_one_that_was_merged_is_what_stands_for_it_now(self, put):
        kept = ResourceFactory(url="https://example.org/kept")
        duplicate = ResourceFactory(url="https://example.org/a")
        merge(duplicate, into=kept, by=None)

        one, other = put("https://example.org/a https://example.org/kept")

        assert (one.outcome, one.resource) == (Outcome.KNOWN, kept)
        assert (other.outcome, other.resource) == (Outcome.STEP_ALREADY, kept)

    def test_what_is_a_step_already_is_not_added_again(self, put, draft, stage):
        resource = ResourceFactory(url="https://example.org/a")
        add_step(add_stage(draft, "Another"), resource)

        (one,) = put("https://example.org/a")

        assert one.outcome is Outcome.STEP_ALREADY
        assert not stage.steps.exists()

    def test_pasting_again_changes_nothing(self, put, stage):
        ResourceFactory(url="https://example.org/a")
        put("https://example.org/a")

        assert [one.outcome for one in put("https://example.org/a")] == [Outcome.STEP_ALREADY]
        assert stage.steps.count() == 1

    def test_steps_come_after_those_that_are_there_in_the_order_of_the_text(self, put, stage):
        for name in "abc":
            ResourceFactory(url=f"https://example.org/{name}", title=name)
        add_step(stage, "Something to do", position=4)

        put("https://example.org/b https://example.org/c https://example.org/a")

        assert [str(step) for step in stage.steps.order_by("position")] == [
            *("Something to do", "b", "c", "a")
        ]

    def test_without_a_stage_there_is_a_new_one(self, draft, cast):
        ResourceFactory(url="https://example.org/a")
        add_stage(draft, "Begin")

        (one,) = paste(draft, None, "https://example.org/a", by=cast.guest)

        assert (one.step.stage.title, one.step.stage.position) == ("New stage", 2)

    def test_who_has_the_draft_open_is_to_know(self, put, draft):
        ResourceFactory(url="https://example.org/a")
        before = draft.modified

        put("https://example.org/a")

        draft.refresh_from_db()
        assert draft.modified > before


class TestNew:
    def test_the_page_describes_its_draft(self, put, stage, web):
        provider = OrganisationFactory(name="The Map Room")
        address = web.put(
            "/maps",
            """<html lang="en-GB"><head><title>Old maps | The Map Room</title>
            <script type="application/ld+json">{"@context": "https://schema.org", "@type": "Course",
            "name": "Reading old maps", "description": "Learn to <b>read</b> them.",
            "provider": {"name": "the map room"}, "timeRequired": "PT1H30M", "license":
            "https://creativecommons.org/licenses/by-sa/4.0/", "author": [{"name": "Ann Other"}],
            "datePublished": "2025-03-01", "isAccessibleForFree": true, "inLanguage": "en"}</script>
            </head></html>""",
        )

        (one,) = put(address)

        assert one.outcome is Outcome.NEW
        assert one.sentence == "New: please check its title, and describe it in your own words."
        resource = Resource.objects.get(url=address)
        assert (resource.status, resource.title) == ("draft", "Reading old maps")
        assert resource.description == "Learn to read them."
        assert resource.description_source == "scraped"
        assert resource.provider == provider
        assert (resource.resource_type, resource.languages) == ("course", ["en"])
        assert (resource.duration_minutes, resource.duration_source) == (90, "provider")
        assert (resource.licence, resource.cost) == ("CC-BY-SA-4.0", "free")
        assert (resource.authors, resource.date_published) == (["Ann Other"], "2025-03-01")
        assert stage.steps.get().resource == resource

    def test_a_provider_that_nobody_knows_is_not_made(self, put, web):
        put(web.put("/x", '<title>x</title><meta property="og:site_name" content="A stranger">'))

        assert not Organisation.objects.filter(name="A stranger").exists()

    def test_a_page_that_cannot_be_opened_is_kept_as_a_bare_link(self, put, web):
        (one,) = put(f"{web.root}/gone/for%20ever")

        assert one.outcome is Outcome.BARE
        assert one.reason == "The site says that there is no such page (404)."
        assert (one.resource.title, one.resource.description_source) == (
            "127.0.0.1/gone/for ever",
            "editor",
        )
        assert one.step.resource == one.resource

    def test_an_address_inside_a_network_is_not_opened(self, put, web, settings):
        settings.FETCH_ALLOW_NETWORKS = []

        (one,) = put(web.put("/secret", "a secret"))

        assert one.outcome is Outcome.NO_ADDRESS
        assert web.connections == 0

    def test_what_the_text_calls_it_is_its_title_where_the_page_has_none(self, put, web):
        web.put("/x", "<p>nothing</p>")

        one, other = put(f"[A map]({web.root}/x) and <a href='{web.root}/y'>another</a>")

        assert (one.resource.title, other.resource.title) == ("A map", "another")

    def test_a_move_leads_to_the_one_that_is_known(self, put, web):
        resource = ResourceFactory(url=web.put("/new", "a page"))
        web.put("/old", Answer.to("/new", 301))

        (one,) = put(f"{web.root}/old")

        assert (one.outcome, one.resource) == (Outcome.LEADS_TO_KNOWN, resource)
        assert Resource.objects.count() == 1

    @pytest.mark.parametrize(("status", "end"), [(302, "/new"), (301, "/")])
    def test_a_redirect_for_now_and_one_to_the_first_page_of_a_site_do_not(
        self, put, web, status, end
    ):
        ResourceFactory(url=web.put(end, "<title>Here</title>"))
        web.put("/old", Answer.to(end, status))

        (one,) = put(f"{web.root}/old")

        assert (one.outcome, one.resource.url) == (Outcome.NEW, f"{web.root}/old")

    def test_pages_are_read_while_nothing_is_held_in_the_database(self, put, monkeypatch):
        seen = []

        def read_page(url, *, seconds):
            return Page(url=url, final_url=url, title="A page")

        def in_turn(urls, do, **kwargs):
            seen.append(connection.savepoint_ids)
            return [(url, do(url, 1)) for url in urls]

        monkeypatch.setattr(pasting, "read_page", read_page)
        monkeypatch.setattr(pasting, "in_turn", in_turn)

        put("https://example.org/a")

        # Of the test's own transaction alone.
        assert seen == [[]]

    def test_two_of_the_same_title_get_an_address_each(self, put, web):
        one, other = put(
            f"{web.put('/a', '<title>Maps</title>')} {web.put('/b', '<title>Maps</title>')}"
        )

        assert (one.resource.slug, other.resource.slug) == ("maps", "maps-2")

    def test_who_was_quicker_has_made_it(self, put, web, monkeypatch):
        address = web.put("/x", "<title>Mine</title>")
        made = []

        def in_turn(urls, do, **kwargs):
            answers = [(url, do(url, 5)) for url in urls]
            made.append(ResourceFactory(url=address, title="Theirs"))
            return answers

        monkeypatch.setattr(pasting, "in_turn", in_turn)

        (one,) = put(address)

        assert (one.outcome, one.resource) == (Outcome.KNOWN, made[0])


class TestMany:
    def test_each_is_told_in_the_order_of_the_text(self, put, web):
        ResourceFactory(url="https://example.org/known")
        new, gone = web.put("/new", "<title>New</title>"), f"{web.root}/gone"

        pasted = put(f"{gone}\nhttps://example.org/known\nftp://example.org/x\n{new}\n{gone}#top\n")

        assert told(pasted) == [
            (gone, "BARE"),
            ("https://example.org/known", "KNOWN"),
            ("ftp://example.org/x", "NO_ADDRESS"),
            (new, "NEW"),
            (f"{gone}#top", "REPEATED"),
        ]
        assert pasted[2].reason == (
            "“ftp://example.org/x” is not a web page: its address must start with https:// or http://."
        )

    def test_of_five_hundred_a_hundred_are_taken_and_the_rest_is_told(self, put, stage):
        for number in range(MOST + 20):
            ResourceFactory(url=f"https://example.org/{number}")

        pasted = put("\n".join(f"https://example.org/{number}" for number in range(500)))

        assert [one.outcome for one in pasted] == [Outcome.KNOWN] * 100 + [Outcome.LEFT] * 400
        assert stage.steps.count() == 100

    def test_queries_do_not_grow_with_what_is_known(self, put, count_queries):
        for number in range(12):
            ResourceFactory(url=f"https://example.org/{number}")
        with count_queries() as few:
            put("https://example.org/0 https://example.org/1")
        with count_queries() as more:
            put(" ".join(f"https://example.org/{number}" for number in range(2, 12)))

        # A step takes its number and is written, savepoints included: five of each.
        assert (len(more) - len(few)) / 8 <= 5

    def test_what_is_not_read_in_time_is_kept(self, put, web, monkeypatch):
        monkeypatch.setattr(pasting, "WITHIN", 2)
        fast = web.put("/fast", "<title>Fast</title>")
        slow = web.put("/slow", Answer(lambda write: time.sleep(10)))

        one, other = put(f"{fast} {slow}")

        assert (one.outcome, other.outcome) == (Outcome.NEW, Outcome.BARE)
        assert other.reason == "The site took too long to answer."

    def test_in_a_text_without_links_there_is_nothing(self, put):
        assert put("Nothing here, e.g. v1.2 and 3.5.") == []


class TestWho:
    def test_another_guest_curator_may_not(self, draft, stage, cast):
        ResourceFactory(url="https://example.org/a")
        for by in (cast.other_guest, cast.partner):
            with pytest.raises(PermissionDenied):
                paste(draft, stage, "https://example.org/a", by=by)
            with pytest.raises(PermissionDenied):
                add_resource(draft, stage, ResourceFactory(), by=by)

        assert not stage.steps.exists()

    def test_nobody_may_when_it_is_no_draft_any_more(self, draft, stage, cast):
        ResourceFactory(url="https://example.org/a")
        add_step(stage)
        publication.submit(draft, by=cast.guest)

        with pytest.raises(TooLate) as caught:
            paste(draft, stage, "https://example.org/a https://127.0.0.1:1/x", by=cast.guest)

        assert str(caught.value) == (
            "Nothing was added: since you opened this, the revision is no draft any more."
        )
        assert stage.steps.count() == 1
        assert not Resource.objects.filter(url__contains="127.0.0.1").exists()

    def test_a_stage_that_went_is_told(self, draft, stage, cast):
        resource = ResourceFactory()
        type(stage).objects.filter(pk=stage.pk).delete()

        with pytest.raises(TooLate):
            add_resource(draft, stage, resource, by=cast.guest)

    def test_a_stage_of_another_draft_is_none_of_this_one(self, draft, cast):
        other = add_stage(make_draft("Another"), "Theirs")

        with pytest.raises(TooLate):
            add_resource(draft, other, ResourceFactory(), by=cast.guest)

        assert not other.steps.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_paste_the_same_new_links_at_once_make_each_once(cast, monkeypatch):
    together = threading.Barrier(2, timeout=60)

    def read_page(url, *, seconds):
        return Page(url=url, final_url=url, title="The same title")

    def in_turn(urls, do, **kwargs):
        answers = [(url, do(url, 1)) for url in urls]
        together.wait()
        return answers

    monkeypatch.setattr(pasting, "read_page", read_page)
    monkeypatch.setattr(pasting, "in_turn", in_turn)
    addresses = [f"https://example.org/{number}" for number in range(5)]
    outcomes: dict[str, list[Outcome]] = {}

    def run(name: str, text: str) -> None:
        user = getattr(cast, name)
        revision = make_draft(f"Of {name}", by=user)
        try:
            pasted = paste(revision, None, text, by=user)
            outcomes[name] = [one.outcome for one in pasted]
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=("guest", " ".join(addresses))),
        threading.Thread(target=run, args=("other_guest", " ".join(reversed(addresses)))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one.name for found in outcomes.values() for one in found) == (
        ["NEW"] * 5 + ["TAKEN"] * 5
    )
    assert Resource.objects.filter(url__startswith="https://example.org/").count() == 5


class TestWhatNobodyReaches:
    @pytest.mark.parametrize(
        "url",
        [
            "http://192.168.0.1/",
            "https://10.1.2.3/maps",
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://169.254.169.254/latest/",
            "http://[::ffff:10.0.0.1]/",
        ],
    )
    def test_an_address_inside_a_network_is_told_and_not_kept(self, put, url):
        (one,) = put(url)

        assert one.outcome is Outcome.NO_ADDRESS
        assert "it can’t be reached from here" in one.reason
        assert not Resource.objects.exists()


class TestAsManyStepsAsThereMayBe:
    def test_what_is_one_too_many_is_told_and_makes_no_resource(self, put, draft, monkeypatch):
        monkeypatch.setattr("pathways.pasting.adding.MOST_STEPS", 1)
        for number in (1, 2):
            ResourceFactory(url=f"https://example.org/{number}")

        pasted = put("https://example.org/1 https://example.org/2 https://example.org/1")

        assert [one.outcome.name for one in pasted] == ["KNOWN", "FULL", "REPEATED"]
        assert draft.steps.count() == 1
