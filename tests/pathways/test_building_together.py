"""Two people at one page lose nothing, and a session that ended takes nothing with it."""

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Resource
from pathways.models import Remark, Revision, Step
from tests.cast import Cast
from tests.factories import ResourceFactory, add_stage, add_step, make_draft
from tests.pages import texts
from tests.pathways.building import Sheet, in_order, name_of, open_sheet, steps_of
from tests.pathways.reviews import in_review, review, staffed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


@pytest.fixture
def two(cast: Cast) -> tuple[Client, Client]:
    other = cast.editor
    other.is_superuser = True
    other.save()
    return cast.client_of("admin"), cast.client_of("editor")


class TestTwo:
    def test_what_each_wrote_elsewhere_is_kept(self, two: tuple[Client, Client]) -> None:
        draft = make_draft("Title")
        step = add_step(add_stage(draft), "Ask")
        mine, theirs = open_sheet(two[0], draft), open_sheet(two[1], draft)

        theirs.type("words-audience", "Theirs").type(f"{name_of(step)}-note", "Theirs").press()
        sheet = mine.type("words-title", "Mine").type(f"{name_of(step)}-minutes", 5).press_on()

        draft.refresh_from_db()
        assert (draft.title, draft.audience) == ("Mine", "Theirs")
        step = Step.objects.get()
        assert (step.note, step.duration_minutes) == ("Theirs", 5)
        assert (
            "An editor changed this meanwhile, and both are kept: Who it is for of “The pathway”. "
            "Why this of “Ask”." in sheet.page.text
        )

    def test_where_both_wrote_the_second_sees_the_others_words_first(
        self, two: tuple[Client, Client]
    ) -> None:
        draft = make_draft("Title")
        mine, theirs = open_sheet(two[0], draft), open_sheet(two[1], draft)

        theirs.type("words-title", "Theirs").press()
        sheet = mine.type("words-title", "Mine").type("words-summary", "Also mine.").press_on()

        assert sheet.told.count("An editor saved this pathway after you opened it") == 1
        assert sheet.mistakes == ["Title of “The pathway”."]
        assert texts(sheet.page, ".build-others blockquote") == ["Theirs"]
        assert sheet.data["words-title"] == ["Mine"]
        assert Revision.objects.get().title == "Theirs"
        sheet.press()
        draft.refresh_from_db()
        assert (draft.title, draft.summary) == ("Mine", "Also mine.")

    def test_a_new_step_of_the_others_stays(self, two: tuple[Client, Client]) -> None:
        draft = make_draft()
        stage = add_stage(draft)
        add_step(stage, "First")
        add_step(stage, "Last")
        mine = open_sheet(two[0], draft)
        theirs = open_sheet(two[1], draft).press_on(f"add activity {name_of(stage)}")

        theirs.type(f"{theirs.new('step')}-title", "Theirs").press()
        mine.type("words-title", "Mine").press()

        assert steps_of(draft) == ["First", "Last", "Theirs"]

    def test_both_may_move_steps(self, two: tuple[Client, Client]) -> None:
        draft = make_draft()
        stage = add_stage(draft)
        a, b = add_step(stage, "A"), add_step(stage, "B")
        mine, theirs = open_sheet(two[0], draft), open_sheet(two[1], draft)

        theirs.press(f"up {name_of(b)}")
        mine.type(f"{name_of(a)}-note", "Only a note").press()

        assert steps_of(draft) == ["B", "A"]
        assert next(one for one in in_order(draft) if one.title == "A").note == "Only a note"

    def test_what_the_other_deleted_goes_where_nobody_wrote_in_it(
        self, two: tuple[Client, Client]
    ) -> None:
        draft = make_draft()
        stage = add_stage(draft)
        gone = add_step(stage, "Gone")
        add_step(stage, "Kept")
        mine, theirs = open_sheet(two[0], draft), open_sheet(two[1], draft)

        theirs.type(f"{name_of(gone)}-delete", "on").press()
        mine.type("words-title", "Mine").press()

        assert steps_of(draft) == ["Kept"]

    def test_what_the_other_deleted_comes_back_with_what_was_written_if_one_wishes(
        self, two: tuple[Client, Client]
    ) -> None:
        draft = make_draft()
        gone = add_step(add_stage(draft), "Gone")
        mine, theirs = open_sheet(two[0], draft), open_sheet(two[1], draft)

        theirs.type(f"{name_of(gone)}-delete", "on").press()
        sheet = mine.type(f"{name_of(gone)}-note", "Written long").press_on()

        assert sheet.mistakes == [
            "“Gone” was deleted. Save again to bring it back with what you wrote."
        ]
        assert not draft.steps.exists()
        sheet.press()
        assert draft.steps.get().note == "Written long"

    def test_the_words_of_a_draft_resource_too(self, two: tuple[Client, Client]) -> None:
        resource = ResourceFactory(title="Old", published=False)
        draft = make_draft()
        add_step(add_stage(draft), resource)
        name = f"resource-{resource.pk}"
        mine, theirs = open_sheet(two[0], draft), open_sheet(two[1], draft)

        theirs.type(f"{name}-title", "Theirs").press()
        sheet = mine.type(f"{name}-title", "Mine").press_on()

        assert texts(sheet.page, ".build-others blockquote") == ["Theirs"]
        assert Resource.objects.get().title == "Theirs"

    def test_a_page_that_says_nothing_of_what_it_showed_is_taken_at_its_word(
        self, desk: Client
    ) -> None:
        draft = make_draft("Old")

        open_sheet(desk, draft).type("seen", "forged").type("words-title", "New").press()

        draft.refresh_from_db()
        assert draft.title == "New"


class TestSessions:
    SITE = "http://testserver"

    def send(self, client: Client, sheet: Sheet, **headers: str) -> object:
        return client.post(
            sheet.form["action"],
            {**sheet.data, "do": "save"},
            headers={"Origin": self.SITE, **headers},
        )

    def kept(self, response: object) -> dict[str, list[str]]:
        from bs4 import BeautifulSoup

        found: dict[str, list[str]] = {}
        for field in BeautifulSoup(response.content, "lxml").select("#content form [name]"):
            found.setdefault(field["name"], []).append(field.get("value", ""))
        return found

    def test_what_was_typed_after_signing_out_is_sent_again_after_signing_in(
        self, desk: Client, cast: Cast
    ) -> None:
        draft = make_draft()
        add_step(add_stage(draft), "Ask")
        sheet = open_sheet(desk, draft).type("words-outcomes", "One\r\nTwo")
        desk.logout()

        response = self.send(desk, sheet)

        assert response.status_code == 403
        assert "You were signed out before you saved." in response.text
        kept = self.kept(response)
        assert kept["words-outcomes"] == ["One\nTwo"] and kept["order"] == sheet.data["order"]
        desk.force_login(cast.admin)
        assert desk.post(sheet.form["action"], kept).status_code == 302
        draft.refresh_from_db()
        assert draft.outcome_list == ["One", "Two"]

    def test_signing_in_beside_it_makes_it_only_ask_again(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.admin)
        draft = make_draft()
        sheet = open_sheet(client, draft).type("words-title", "Kept")
        sheet.type("csrfmiddlewaretoken", "of the session before")

        response = self.send(client, sheet)

        assert response.status_code == 403
        assert "You signed in again after you opened the page" in response.text
        again = self.kept(response)
        assert (
            client.post(sheet.form["action"], again, headers={"Origin": self.SITE}).status_code
            == 302
        )
        draft.refresh_from_db()
        assert draft.title == "Kept"

    @pytest.mark.parametrize(
        "headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}]
    )
    def test_a_form_from_elsewhere_is_refused_and_not_shown(
        self, cast: Cast, headers: dict
    ) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.admin)
        draft = make_draft("Safe")
        sheet = open_sheet(client, draft).type("words-title", "Forged")

        response = self.send(client, sheet, **headers)

        assert response.status_code == 403
        assert "Forged" not in response.text
        draft.refresh_from_db()
        assert draft.title == "Safe"

    def test_a_visitor_sends_nothing(self, client: Client) -> None:
        draft = make_draft("Safe")

        response = client.post(f"/admin/pathways/revision/{draft.pk}/build/", {"words-title": "No"})

        assert response.status_code == 302
        draft.refresh_from_db()
        assert draft.title == "Safe"

    def test_remarks_of_a_review_outlive_it_as_well(self, cast: Cast) -> None:
        client = cast.client_of("editor")
        revision = in_review(staffed(cast))
        client.logout()

        sent = {"remark-whole": "Shorten it.", "do": "ask"}
        response = client.post(review(revision), sent, headers={"Origin": self.SITE})

        assert "You were signed out before you saved." in response.text
        kept = self.kept(response)
        assert kept["remark-whole"] == ["Shorten it."]
        client.force_login(cast.editor)
        assert client.post(review(revision), kept).status_code == 302
        assert Remark.objects.get().text == "Shorten it."

    def test_and_links_that_were_pasted(self, desk: Client) -> None:
        draft = make_draft()
        desk.logout()
        there = reverse("admin:pathways_revision_paste", args=[draft.pk])

        response = desk.post(there, {"links": "example.org/a"}, headers={"Origin": self.SITE})

        assert self.kept(response)["links"] == ["example.org/a"]
