"""A pathway's life at the desk: drafted, submitted, sent back, published, withdrawn."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.contrib.messages import SUCCESS, WARNING
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalogue.models import Decision
from pathways import publication
from pathways.models import Maintainer, Pathway, Revision, Stage, Step
from tests.cast import Cast
from tests.config.test_desk import change, filled_in
from tests.factories import UserFactory, add_stage, add_step, make_draft, make_pathway
from tests.pages import links, open_page, texts, words

pytestmark = pytest.mark.django_db

PATHWAYS = reverse("admin:pathways_pathway_changelist")
REVISIONS = reverse("admin:pathways_revision_changelist")


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


@pytest.fixture
def draft() -> Revision:
    """One that lacks nothing."""
    draft = make_draft("Data")
    add_step(add_stage(draft), "An activity")
    return draft


def address(row: Pathway | Revision, verb: str) -> str:
    return reverse(f"admin:pathways_{row._meta.model_name}_{verb}", args=[row.pk])


def told(response: HttpResponse) -> list[tuple[int, str]]:
    return [
        (one.level, words(BeautifulSoup(str(one), "lxml"))) for one in response.context["messages"]
    ]


def somebody_who_may(*codes: str) -> Client:
    user = UserFactory(is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


def offered(client: Client, row: Pathway | Revision) -> list[str]:
    return texts(open_page(client, change(row)), ".desk-verb")


class TestButtons:
    def test_a_draft_can_be_published_or_submitted(self, desk: Client, draft: Revision) -> None:
        assert offered(desk, draft) == ["Build", "Publish", "Submit for review"]

    def test_in_review_it_is_published_or_sent_back(self, desk: Client, draft: Revision) -> None:
        publication.submit(draft, by=None)

        assert offered(desk, draft) == ["Build", "Publish", "Send back", "New draft from this"]

    def test_a_published_one_is_drafted_anew(self, desk: Client) -> None:
        pathway = make_pathway()

        assert offered(desk, pathway.published_revision) == ["Build", "New draft from this"]
        assert offered(desk, pathway) == ["New draft", "Withdraw"]

    def test_a_withdrawn_one_is_restored(self, desk: Client) -> None:
        pathway = make_pathway()
        pathway.withdraw(by=None, reason="Too old.")

        assert offered(desk, pathway) == ["New draft", "Restore"]

    def test_a_pathway_that_was_never_public_has_none(self, desk: Client, draft: Revision) -> None:
        assert offered(desk, draft.pathway) == []


class TestSubmitting:
    def test_it_locks_the_draft_and_waits_on_the_first_page(
        self, desk: Client, draft: Revision
    ) -> None:
        response = desk.post(address(draft, "submit"), {"note": "Please look."}, follow=True)

        assert told(response) == [(SUCCESS, "“Data (1)” is in review now.")]
        draft.refresh_from_db()
        assert draft.status == "in-review"
        assert open_page(desk, change(draft)).select("[name=_save]") == []
        waiting = links(open_page(desk, reverse("admin:index")), ".desk-board a")
        assert waiting["Data (1)"] == address(draft, "review")

    def test_what_lacks_something_stays_a_draft(self, desk: Client) -> None:
        draft = make_draft()

        page = BeautifulSoup(desk.post(address(draft, "submit"), {"note": "x"}).content, "lxml")

        assert texts(page, ".errornote li") == ["Add a step."]
        draft.refresh_from_db()
        assert draft.status == "draft"

    def test_its_page_tells_before(self, desk: Client) -> None:
        page = open_page(desk, address(make_draft(), "submit"))

        assert texts(page, ".desk-foreseen li") == ["Add a step."]

    def test_who_may_not_publish_may_submit(self, draft: Revision, cast: Cast) -> None:
        client = cast.client_of("guest")
        Maintainer.objects.create(pathway=draft.pathway, user=cast.guest)

        assert offered(client, draft) == ["Build", "Submit for review"]
        client.post(address(draft, "submit"), {"note": ""})
        draft.refresh_from_db()
        assert draft.status == "in-review"
        assert client.post(address(draft, "publish"), {}).status_code == 403
        assert client.post(address(draft, "send_back"), {"note": "x"}).status_code == 403


class TestSendingBack:
    def test_the_note_stands_on_the_draft_again(self, desk: Client, draft: Revision) -> None:
        publication.submit(draft, by=None)

        desk.post(address(draft, "send_back"), {"note": "Say why in step 1."})

        draft.refresh_from_db()
        assert draft.status == "draft"
        page = open_page(desk, change(draft))
        assert "sent back by An administrator – Say why in step 1." in words(
            page.select_one(".desk-decisions")
        )

    def test_it_needs_a_note(self, desk: Client, draft: Revision) -> None:
        publication.submit(draft, by=None)

        response = desk.post(address(draft, "send_back"), {"note": ""})

        assert response.status_code == 200
        draft.refresh_from_db()
        assert draft.status == "in-review"


class TestPublishing:
    def test_it_is_public_at_once(self, desk: Client, draft: Revision, cast: Cast) -> None:
        desk.post(address(draft, "publish"), {"note": ""})

        draft.refresh_from_db()
        assert (draft.status, draft.published_by) == ("published", cast.admin)
        assert Pathway.objects.published().get().published_revision == draft

    def test_many_are_told_in_one_message(self, desk: Client, draft: Revision) -> None:
        empty = [make_draft("Empty"), make_draft("Bare")]
        sent = {"action": "publish", "_selected_action": [row.pk for row in (draft, *empty)]}

        response = desk.post(REVISIONS, sent, follow=True)

        [(level, message)] = told(response)
        assert level == WARNING
        assert message.startswith("“Data (1)” is public now. 2 are left as they were:")
        assert message.count("Add a step.") == 1

    def test_a_pathway_has_no_action_of_its_own_for_it(self, desk: Client) -> None:
        make_draft()

        page = open_page(desk, PATHWAYS)

        assert page.select("option[value=publish]") == []


class TestNewDraft:
    def test_of_a_pathway_it_copies_what_readers_see(self, desk: Client, cast: Cast) -> None:
        pathway = make_pathway(steps=["An activity"])

        response = desk.post(address(pathway, "start_draft"), follow=True)

        draft = pathway.draft()
        assert response.request["PATH_INFO"] == change(draft)
        assert told(response) == [(SUCCESS, "A new draft of “A pathway” is started.")]
        assert [str(step) for step in draft.steps.all()] == ["An activity"]
        assert draft.created_by == cast.admin

    def test_of_an_older_revision_it_brings_that_back(self, desk: Client) -> None:
        pathway = make_pathway(steps=["The old activity"])
        old = pathway.published_revision
        newer = publication.draft_from(old, by=None)
        newer.steps.update(title="The new activity")
        publication.publish(newer, by=None)

        desk.post(address(old, "start_draft"))

        assert [str(step) for step in pathway.draft().steps.all()] == ["The old activity"]

    def test_a_draft_that_is_there_already_is_told(self, desk: Client) -> None:
        pathway = make_pathway()
        publication.draft_from(pathway.published_revision, by=None)

        page = open_page(desk, address(pathway, "start_draft"))

        assert texts(page, ".desk-foreseen li") == [
            "There is a draft already: revision 2. A second one starts beside it."
        ]

    def test_many_are_started_at_once(self, desk: Client) -> None:
        rows = [make_pathway(), make_pathway("Other")]
        sent = {"action": "start_draft", "_selected_action": [row.pk for row in rows]}

        response = desk.post(PATHWAYS, sent, follow=True)

        assert told(response) == [(SUCCESS, "2 new drafts are started.")]
        assert Revision.objects.drafts().count() == 2

    def test_of_one_that_was_never_public_there_is_none(self, desk: Client) -> None:
        draft = make_draft()
        sent = {"action": "start_draft", "_selected_action": [draft.pathway_id]}

        [(_level, message)] = told(desk.post(PATHWAYS, sent, follow=True))

        assert message == (
            "1 is left as it was: “A pathway”: It is a draft, where this can’t be done."
        )
        assert Revision.objects.count() == 1

    def test_who_may_only_look_starts_none(self) -> None:
        client = somebody_who_may("view_pathway")
        pathway = make_pathway()

        assert client.post(address(pathway, "start_draft")).status_code == 403
        assert pathway.revisions.count() == 1


class TestPathways:
    def test_a_new_one_leads_on_to_its_first_draft(self, desk: Client) -> None:
        there = reverse("admin:pathways_pathway_add")
        sent = {**filled_in(open_page(desk, there)), "title": "A new way"}

        response = desk.post(there, sent)

        build = reverse("admin:pathways_revision_build", args=[Pathway.objects.get().draft().pk])
        assert response.headers["Location"] == build

    def test_its_form_leads_to_every_revision(self, desk: Client) -> None:
        pathway = make_pathway()
        draft = publication.draft_from(pathway.published_revision, by=None)

        found = links(open_page(desk, change(pathway)), "#revisions-group a")

        assert [*found.values()][:2] == [change(draft), change(pathway.published_revision)]


class TestStagesAndSteps:
    def test_a_revision_lists_its_steps_in_order_and_leads_to_each(
        self, desk: Client, draft: Revision
    ) -> None:
        first = draft.stages.get()
        add_step(add_stage(draft, "Second"), "Last")
        add_step(first, "Middle")

        page = open_page(desk, change(draft))

        assert [words(one) for one in page.select("#steps-group .field-what a")] == [
            "An activity",
            "Middle",
            "Last",
        ]
        assert [one["href"] for one in page.select("#steps-group .field-what a")] == [
            change(step) for step in draft.steps.in_order()
        ]

    def test_each_stage_leads_to_a_form_for_a_step_of_it(
        self, desk: Client, draft: Revision
    ) -> None:
        page = open_page(desk, change(draft))

        form = open_page(desk, page.select_one("#stages-group .addlink")["href"])

        stage = draft.stages.get()
        chosen = {one["value"] for one in form.select("option[selected]")}
        assert {str(draft.pk), str(stage.pk)} <= chosen
        assert form.select_one("[name=position]").get("value", "") == ""

    def test_a_step_without_a_place_comes_last_and_leads_back(
        self, desk: Client, draft: Revision
    ) -> None:
        stage = draft.stages.get()
        sent = {
            "revision": draft.pk,
            "stage": stage.pk,
            "kind": "activity",
            "requirement": "core",
            "title": "New",
            "position": "",
            "_save": "Save",
        }

        response = desk.post(reverse("admin:pathways_step_add"), sent)

        assert response.headers["Location"] == change(draft)
        assert [str(step) for step in draft.steps.in_order()] == ["An activity", "New"]

    def test_steps_move_within_and_between_stages(self, desk: Client, draft: Revision) -> None:
        first, second = draft.stages.get(), add_stage(draft, "Second")
        for title in ("B", "C"):
            add_step(first, title)
        sent = filled_in(open_page(desk, change(draft)))

        desk.post(change(draft), {**sent, "steps-0-place": "2", "steps-2-stage": second.pk})

        order = [(step.stage.title, step.position, str(step)) for step in draft.steps.in_order()]
        assert order == [("A stage", 1, "B"), ("A stage", 2, "An activity"), ("Second", 1, "C")]

    def test_a_stage_with_steps_is_not_taken_away(self, desk: Client, draft: Revision) -> None:
        sent = filled_in(open_page(desk, change(draft)))

        response = desk.post(change(draft), {**sent, "stages-0-DELETE": "on"})

        page = BeautifulSoup(response.content, "lxml")
        assert texts(page, "#stages-group .errorlist li") == [
            "“A stage” still has steps: move them to another stage, or delete them."
        ]
        assert (Stage.objects.count(), Step.objects.count()) == (1, 1)

    def test_an_empty_one_is(self, desk: Client, draft: Revision) -> None:
        add_stage(draft, "Empty")
        sent = filled_in(open_page(desk, change(draft)))

        desk.post(change(draft), {**sent, "stages-1-DELETE": "on"})

        assert Stage.objects.get().title == "A stage"

    def test_whoever_edits_the_revision_learns_of_a_step_s_own_form(
        self, desk: Client, draft: Revision
    ) -> None:
        slow = filled_in(open_page(desk, change(draft)))
        step = draft.steps.get()
        desk.post(change(step), {**filled_in(open_page(desk, change(step))), "title": "Quicker"})

        response = desk.post(change(draft), {**slow, "steps-0-duration_minutes": "5"})

        assert "Somebody changed this after you opened it." in response.content.decode()
        step.refresh_from_db()
        assert (step.title, step.duration_minutes) == ("Quicker", None)

    def test_a_public_step_can_be_looked_at_on_the_site(self, desk: Client) -> None:
        pathway = make_pathway(steps=["An activity"])
        step = pathway.published_revision.steps.get()
        draft = publication.draft_from(pathway.published_revision, by=None)

        assert links(open_page(desk, change(step)))["View on site"] == step.get_absolute_url()
        assert "View on site" not in links(open_page(desk, change(draft.steps.get())))


class TestImporting:
    @pytest.mark.parametrize(
        ("codes", "there"),
        [
            (["add_pathway", "view_pathway"], False),
            (["add_pathway", "change_pathway"], False),
            (["add_pathway", "change_pathway", "add_resource"], False),
            (["add_pathway", "change_pathway", "add_resource", "publish_resource"], True),
        ],
    )
    def test_the_button_is_for_those_who_may(self, codes: list[str], there: bool) -> None:
        client = somebody_who_may(*codes)

        assert ("Import" in links(open_page(client, PATHWAYS))) is there
        page = client.get(reverse("admin:pathways_pathway_import"))
        assert page.status_code == (200 if there else 403)


def test_each_decision_names_who_took_it(desk: Client, draft: Revision, cast: Cast) -> None:
    desk.post(address(draft, "submit"), {"note": ""})
    desk.post(address(draft, "send_back"), {"note": "Once more."})
    desk.post(address(draft, "publish"), {"note": ""})
    desk.post(address(draft.pathway, "start_draft"))

    taken = Decision.objects.order_by("pk").values_list("verb", "by")
    assert [*taken][1:] == [
        (verb, cast.admin.pk) for verb in ("submitted", "sent back", "published", "drafted")
    ]
