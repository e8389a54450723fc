"""A review: an editor reads a revision line by line, and a curator answers."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from catalogue.models import Decision, Resource
from pathways import publication
from pathways.models import Pathway, Remark, Revision
from tests.cast import Cast
from tests.factories import ResourceFactory, add_stage, add_step, make_pathway
from tests.pages import links, open_page, texts, words
from tests.pathways.reviews import again, guests_draft, in_review, review, send, staffed

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast: Cast) -> Cast:
    return staffed(cast)


@pytest.fixture
def editor(people: Cast) -> Client:
    return people.client_of("editor")


@pytest.fixture
def guest(people: Cast) -> Client:
    return people.client_of("guest")


@pytest.fixture
def waiting(people: Cast) -> Revision:
    return in_review(people)


def page_of(response: object) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def told(client: Client, revision: Revision) -> list[str]:
    return texts(open_page(client, review(revision)), ".messagelist li")


class TestTheDocument:
    def test_it_is_read_as_a_whole(self, editor: Client, people: Cast) -> None:
        resource = ResourceFactory(title="A guide to maps", link="works")
        draft = guests_draft(people, steps=[])
        draft.introduction, draft.outcomes = "Read *this*.", "- Read a map\n- Draw one"
        draft.save()
        stage = add_stage(draft, "First", introduction="To begin.")
        add_step(stage, resource, note="It is short.", stand_in=ResourceFactory(title="Another"))
        add_step(stage, "Draw your street", instructions="With a *pencil*.")
        draft.stages.exclude(pk=stage.pk).delete()
        publication.submit(draft, by=people.guest, note="Is it too short?")

        page = open_page(editor, review(draft))

        said = words(page.select_one("#content-main"))
        for text in (
            *("In review since", "sent in by A guest curator", "Is it too short?"),
            *("Read a map", "Stage 1: First", "To begin.", "It is short.", "Stand-in: Another"),
            *("Guide · Basic", "Link worked today", "With a pencil."),
        ):
            assert text in said
        assert page.select_one("#line-introduction em")

    def test_its_welsh_is_read_too(self, editor: Client, waiting: Revision) -> None:
        Revision.objects.filter(pk=waiting.pk).update(status="draft")
        waiting.status, waiting.i18n = "draft", {"summary_cy": "O’r fan hon i’r fan acw."}
        waiting.save()
        step = waiting.steps.get()
        step.i18n = {"note_cy": "Achos."}
        step.save()

        page = open_page(editor, review(waiting))

        assert words(page.select_one("#line-summary [lang=cy]")) == "O’r fan hon i’r fan acw."
        assert words(page.select_one(f"#line-{step.uid} [lang=cy]")) == "Achos."

    def test_no_note_of_anybody_s_becomes_markup(self, editor: Client, people: Cast) -> None:
        draft = guests_draft(people)
        publication.submit(draft, by=people.guest, note="<b id=note-x>see</b>")
        send(editor, draft, remark__title="<script>alert(1)</script> **no**")

        page = open_page(editor, review(draft))

        assert page.select("#note-x, .review-remark script, .review-remark strong em") == []
        assert "<script>alert(1)</script> **no**" in texts(page, ".review-remark__text")

    def test_what_it_lacks_is_told(self, editor: Client, waiting: Revision) -> None:
        add = ResourceFactory(published=False, resource_type="", title="Half")
        Revision.objects.filter(pk=waiting.pk).update(status="draft")
        add_step(waiting.stages.get(), add)
        Revision.objects.filter(pk=waiting.pk).update(status="in-review")

        page = open_page(editor, review(waiting))

        assert any("“Half” can’t be public yet" in one for one in texts(page, ".desk-foreseen li"))

    def test_its_draft_resources_stand_with_what_they_will_say(
        self, editor: Client, people: Cast
    ) -> None:
        ready = ResourceFactory(published=False, title="Ready", description="You can do it.")
        scraped = ResourceFactory(published=False, title="Taken", description_source="scraped")
        draft = guests_draft(people, steps=[ready, scraped, ResourceFactory(title="Public")])

        page = open_page(editor, review(draft))

        assert texts(page, ".review-resource h3") == ["Ready", "Taken"]
        first, second = page.select(".review-resource")
        assert "You can do it." in words(first) and not first.select(".review-blocks")
        assert "put into words of our own" in words(second.select_one(".review-blocks"))
        assert f"/admin/catalogue/resource/{ready.pk}/change/" in links(first).values()

    def test_what_changed_since_readers_saw_it_is_marked(
        self, editor: Client, people: Cast
    ) -> None:
        pathway = make_pathway(steps=["Old way", "Gone soon"])
        draft = publication.draft_from(pathway.published_revision, by=people.guest)
        draft.summary = "From there to here."
        draft.save()
        old, gone = draft.steps.order_by("n")
        gone.delete()
        draft.steps.filter(pk=old.pk).update(note="Because.")
        new = add_step(draft.stages.get(), "New way")

        page = open_page(editor, review(draft))

        assert texts(page, "#changes ~ ul li") == [
            "1 step was added.",
            "1 step was taken away.",
            "The note of step 1 was rewritten.",
            "The summary was rewritten.",
        ]
        assert words(page.select_one(f"#line-{new.uid} .review-mark--new")) == "New"
        assert words(page.select_one(f"#line-{old.uid} ins")) == "[added: Because.]"
        assert texts(page, "#line-summary del") and texts(page, "#line-summary ins")
        assert texts(page, ".review-line--gone p")[0] == "Gone soon"

    def test_one_that_readers_see_is_held_against_what_they_saw_before(
        self, editor: Client, people: Cast
    ) -> None:
        first = make_pathway().published_revision
        second = publication.draft_from(first, by=people.editor)
        assert words(open_page(editor, review(second)).select_one("#changes")) == (
            "Since revision 1, which readers see"
        )

        publication.publish(second, by=people.editor)

        page = open_page(editor, review(second))
        assert words(page.select_one("#changes")) == "Since revision 1"
        assert open_page(editor, review(first)).select("#changes") == []


class TestRemarks:
    def test_an_editor_remarks_on_any_line(self, editor: Client, waiting: Revision) -> None:
        step = waiting.steps.get()

        send(
            editor,
            waiting,
            remark__summary="Shorter, please.",
            **{f"remark__{step.uid}": "Why this one?"},
            remark__whole="Good.",
        )

        assert {one.about: one.text for one in Remark.objects.all()} == {
            "summary": "Shorter, please.",
            str(step.uid): "Why this one?",
            "": "Good.",
        }
        page = open_page(editor, review(waiting))
        assert texts(page, "#line-summary .review-remark__text") == ["Shorter, please."]
        assert texts(page, f"#line-{step.uid} .review-remark__text") == ["Why this one?"]

    def test_they_stay_beside_the_step_in_a_later_draft(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        step = waiting.steps.get()
        send(editor, waiting, **{f"remark__{step.uid}": "Next time, say why."})
        publication.publish(waiting, by=people.editor)
        draft = publication.draft_from(again(waiting), by=people.guest)

        page = open_page(people.client_of("guest"), review(draft))

        assert texts(page, f"#line-{step.uid} .review-remark__text") == ["Next time, say why."]

    def test_what_was_done_stays_with_its_own_revision(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        send(editor, waiting, remark__title="Longer.")
        send(editor, waiting, f"settle-{Remark.objects.get().pk}")
        publication.publish(waiting, by=people.editor)
        draft = publication.draft_from(again(waiting), by=people.guest)

        assert texts(open_page(editor, review(draft)), ".review-remark") == []
        assert len(texts(open_page(editor, review(waiting)), ".review-remark")) == 1

    def test_one_about_a_step_that_was_taken_away_is_not_lost(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        step = waiting.steps.get()
        send(editor, waiting, "ask", **{f"remark__{step.uid}": "Too hard."})
        add_step(waiting.stages.get(), "An easier one")
        waiting.steps.get(pk=step.pk).delete()

        page = open_page(editor, review(waiting))

        assert texts(page, "#left ~ .review-remark .review-remark__text") == ["Too hard."]

    def test_a_curator_answers_and_calls_it_done(
        self, editor: Client, guest: Client, people: Cast, waiting: Revision
    ) -> None:
        send(editor, waiting, "ask", remark__title="Longer.")
        one = Remark.objects.get()

        send(guest, waiting, f"settle-{one.pk}", **{f"reply__{one.pk}": "Is it right now?"})

        one.refresh_from_db()
        assert (one.settled_by, one.is_open) == (people.guest, False)
        reply = one.replies.get()
        assert (reply.text, reply.by, reply.about) == ("Is it right now?", people.guest, "title")

    def test_an_answer_alone_leaves_it_open(
        self, editor: Client, guest: Client, waiting: Revision
    ) -> None:
        send(editor, waiting, remark__title="Longer.")
        one = Remark.objects.get()

        send(guest, waiting, **{f"reply__{one.pk}": "How long?"})

        assert Remark.objects.open().get() == one

    def test_what_was_done_can_be_opened_again(
        self, editor: Client, guest: Client, waiting: Revision
    ) -> None:
        send(editor, waiting, remark__title="Longer.")
        one = Remark.objects.get()
        send(guest, waiting, f"settle-{one.pk}")

        send(editor, waiting, f"reopen-{one.pk}")

        assert Remark.objects.open().get() == one

    def test_a_curator_begins_none(self, guest: Client, waiting: Revision) -> None:
        page = open_page(guest, review(waiting))
        response = send(guest, waiting, remark__title="My own.")

        assert page.select("textarea[name^=remark-]") == []
        assert response.status_code == 403
        assert not Remark.objects.exists()

    @pytest.mark.parametrize(
        "about", ["licenc", "00000000-0000-4000-8000-000000000000", "x" * 50, "title__x"]
    )
    def test_one_about_nothing_is_refused_and_stays_typed_nowhere(
        self, editor: Client, waiting: Revision, about: str
    ) -> None:
        response = editor.post(review(waiting), {"do": "save", f"remark-{about}": "Text"})

        assert texts(page_of(response), ".errornote li") == [
            "What this is about is no longer in the revision."
        ]
        assert not Remark.objects.exists()

    @pytest.mark.parametrize("pk", ["0", "x", "9" * 30, "²", "-1"])
    def test_an_answer_to_none_is_refused(self, editor: Client, waiting: Revision, pk: str) -> None:
        response = editor.post(review(waiting), {"do": "save", f"reply-{pk}": "Text"})

        assert texts(page_of(response), ".errornote li") == [
            "The remark you answer is no longer there."
        ]

    def test_nor_to_one_of_another_pathway(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        other = in_review(people, title="Another")
        send(editor, other, remark__title="Theirs.")
        theirs = Remark.objects.get()

        send(editor, waiting, f"settle-{theirs.pk}")

        assert Remark.objects.open().get() == theirs

    def test_too_long_a_one_is_told_and_still_stands(
        self, editor: Client, waiting: Revision
    ) -> None:
        response = send(editor, waiting, remark__title="x" * 4001, remark__summary="Short.")

        page = page_of(response)
        assert texts(page, ".errornote li") == [
            "A remark is 4000 characters at most; this one has 4001."
        ]
        assert page.select_one("[name=remark-summary]").text.strip() == "Short."
        assert not Remark.objects.exists()

    def test_nothing_written_is_told(self, editor: Client, waiting: Revision) -> None:
        page = page_of(send(editor, waiting, remark__title="   "))

        assert texts(page, ".errornote li") == ["Nothing was written, so there is nothing to keep."]


class TestAskingForChanges:
    def test_it_is_a_draft_again_with_all_that_was_typed(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        send(editor, waiting, "ask", remark__title="Longer.")

        assert again(waiting).status == "draft"
        assert Remark.objects.get().by == people.editor
        assert Decision.objects.order_by("pk").last().verb == "sent back"

    def test_it_needs_a_remark(self, editor: Client, waiting: Revision) -> None:
        page = page_of(send(editor, waiting, "ask"))

        assert texts(page, ".errornote li") == [
            "Say what to change: write a remark beside a line, or a note on the whole."
        ]
        assert again(waiting).status == "in-review"

    def test_an_open_one_from_before_is_enough(self, editor: Client, waiting: Revision) -> None:
        send(editor, waiting, remark__title="Longer.")

        send(editor, waiting, "ask")

        assert again(waiting).status == "draft"

    def test_a_note_at_the_button_of_its_form_becomes_a_remark_on_the_whole(
        self, people: Cast, waiting: Revision
    ) -> None:
        publication.send_back(waiting, by=people.editor, note="Once more.")

        one = Remark.objects.get()
        assert (one.about, one.text) == ("", "Once more.")


class TestPublishing:
    def test_readers_see_it_and_its_draft_resources(self, editor: Client, people: Cast) -> None:
        resource = ResourceFactory(published=False)
        draft = in_review(people, steps=[resource])

        send(editor, draft, "publish", remark__title="For next time.")

        assert Pathway.objects.published().get().published_revision == draft
        resource.refresh_from_db()
        assert resource.status == "published"
        assert Remark.objects.open().count() == 1

    def test_what_lacks_something_stays_and_what_was_typed_too(
        self, editor: Client, people: Cast
    ) -> None:
        resource = ResourceFactory(published=False)
        draft = in_review(people, steps=[resource])
        Resource.objects.update(resource_type="")

        page = page_of(send(editor, draft, "publish", remark__title="Nearly."))

        assert again(draft).status == "in-review"
        assert page.select(".errornote li")
        assert page.select_one("[name=remark-title]").text.strip() == "Nearly."
        assert not Remark.objects.exists()

    def test_an_editor_s_own_draft_says_so(self, editor: Client, people: Cast) -> None:
        draft = guests_draft(people)
        publication.submit(draft, by=people.editor)

        assert "yourself" in words(open_page(editor, review(draft)).select_one(".review-own"))

    def test_another_s_does_not(self, editor: Client, waiting: Revision) -> None:
        assert open_page(editor, review(waiting)).select(".review-own") == []


class TestTwoEditors:
    def seen(self, client: Client, revision: Revision) -> str:
        return open_page(client, review(revision)).select_one("[name=seen]")["value"]

    def test_who_decides_is_told_that_another_answered_and_loses_nothing(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        seen = self.seen(editor, waiting)
        send(people.client_of("admin"), waiting, remark__summary="Not yet.")

        page = page_of(send(editor, waiting, "publish", seen=seen, remark__title="Fine."))

        assert again(waiting).status == "in-review"
        assert "Somebody else answered" in texts(page, ".errornote li")[0]
        assert page.select_one("[name=remark-title]").text.strip() == "Fine."
        assert "Not yet." in texts(page, ".review-remark__text")

    def test_sent_again_it_is_done(self, editor: Client, people: Cast, waiting: Revision) -> None:
        seen = self.seen(editor, waiting)
        send(people.client_of("admin"), waiting, remark__summary="Not yet.")
        page = page_of(send(editor, waiting, "publish", seen=seen))

        send(editor, waiting, "publish", seen=page.select_one("[name=seen]")["value"])

        assert again(waiting).status == "published"

    def test_a_changed_resource_is_looked_at_again(self, editor: Client, people: Cast) -> None:
        resource = ResourceFactory(published=False)
        draft = in_review(people, steps=[resource])
        seen = self.seen(editor, draft)
        resource.title = "Something else"
        resource.save()

        send(editor, draft, "publish", seen=seen)

        assert again(draft).status == "in-review"

    def test_a_remark_is_kept_beside_the_other_s(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        seen = self.seen(editor, waiting)
        send(people.client_of("admin"), waiting, remark__summary="Not yet.")

        send(editor, waiting, seen=seen, remark__title="Fine.")

        assert Remark.objects.count() == 2
        assert "Somebody else answered as well after you opened this page." in told(editor, waiting)

    def test_what_comes_after_it_was_published_is_told_and_still_stands(
        self, editor: Client, people: Cast, waiting: Revision
    ) -> None:
        publication.publish(waiting, by=people.admin)

        page = page_of(send(editor, waiting, "ask", remark__title="Too late?"))

        assert texts(page, ".errornote li") == [
            "It was published meanwhile: what is still to be said belongs to its next draft."
        ]
        assert page.select_one("[name=remark-title]").text.strip() == "Too late?"


class TestWhoMay:
    @pytest.mark.parametrize("name", ["other_guest", "partner"])
    def test_nobody_else_finds_it(self, people: Cast, waiting: Revision, name: str) -> None:
        client = people.client_of(name)

        nowhere = client.get("/admin/pathways/revision/999999/review/")
        here = client.get(review(waiting))
        sent = send(client, waiting, "publish")

        assert (nowhere.status_code, here.status_code, sent.status_code) == (302, 302, 302)
        assert here.headers["Location"] == nowhere.headers["Location"] == "/admin/"
        assert again(waiting).status == "in-review"

    def test_a_visitor_signs_in_first(self, people: Cast, waiting: Revision) -> None:
        response = people.client_of("visitor").get(review(waiting))

        assert response.status_code == 302 and "/login/" in response.headers["Location"]

    @pytest.mark.parametrize("verb", ["publish", "ask", "schedule", "call_off"])
    def test_a_curator_decides_nothing(self, guest: Client, waiting: Revision, verb: str) -> None:
        response = send(guest, waiting, verb, publish_at_0="2099-01-01", publish_at_1="09:00")

        assert response.status_code == 403
        assert again(waiting).status == "in-review"
        assert open_page(guest, review(waiting)).select("[value=publish], [value=ask]") == []

    def test_who_only_may_change_tables_keeps_none(self, people: Cast, waiting: Revision) -> None:
        Pathway.objects.get().maintainer_links.all().delete()

        assert people.client_of("guest").get(review(waiting)).status_code == 302

    @pytest.mark.parametrize("pk", ["x", "0", "9" * 30, "_5F"])
    def test_an_address_without_a_revision_leads_back(self, editor: Client, pk: str) -> None:
        for page in ("review", "compare"):
            assert editor.get(f"/admin/pathways/revision/{pk}/{page}/").status_code == 302


def test_more_steps_and_remarks_cost_no_more_queries(
    editor: Client, people: Cast, count_queries: Callable
) -> None:
    draft = guests_draft(people, steps=[ResourceFactory()])
    send(editor, draft, remark__title="One.")
    editor.get(review(draft))
    with count_queries() as few:
        editor.get(review(draft))
    for number in range(4):
        add_step(draft.stages.first(), None)
        send(editor, draft, remark__title=f"Another {number}.")
    editor.get(review(draft))
    with count_queries() as many:
        editor.get(review(draft))

    assert len(many) == len(few)


class TestWithdrawn:
    def test_what_is_published_of_a_withdrawn_pathway_is_not_said_to_be_seen(
        self, editor: Client, people: Cast, django_capture_on_commit_callbacks: Callable
    ) -> None:
        pathway = make_pathway()
        pathway.maintainer_links.create(user=people.guest)
        draft = publication.draft_from(pathway.published_revision, by=people.guest)
        publication.submit(draft, by=people.guest)
        pathway.withdraw(by=None, reason="Too old.")

        page = open_page(editor, review(draft))
        with django_capture_on_commit_callbacks(execute=True):
            send(editor, draft, "publish")

        assert "The pathway is withdrawn" in words(page.select_one("#content-main"))
        assert told(editor, draft) == [
            "It is published, and readers see it once the pathway is restored."
        ]
        assert mail.outbox == []


class TestOnThePublicPage:
    def test_who_keeps_it_finds_the_way_to_the_desk(self, guest: Client, people: Cast) -> None:
        pathway = make_pathway()
        pathway.maintainer_links.create(user=people.guest)

        ways = links(open_page(guest, pathway.get_absolute_url()), "[aria-labelledby=desk] a")
        assert [*ways] == ["Start a new draft", "All revisions"]
        guest.post(ways["Start a new draft"], {})

        ways = links(open_page(guest, pathway.get_absolute_url()), "[aria-labelledby=desk] a")
        assert [*ways] == ["Go on with the draft", "All revisions"]
        for where in ways.values():
            open_page(guest, where)

    @pytest.mark.parametrize("name", ["visitor", "learner", "other_guest", "partner"])
    def test_nobody_else_does(self, people: Cast, name: str) -> None:
        page = open_page(people.client_of(name), make_pathway().get_absolute_url())

        assert page.select("[aria-labelledby=desk]") == []


def test_colleagues_are_known_by_name_and_not_by_address(editor: Client, waiting: Revision) -> None:
    send(editor, waiting, remark__title="Longer.")

    assert "@example.org" not in words(open_page(editor, review(waiting)).select_one("#content"))
