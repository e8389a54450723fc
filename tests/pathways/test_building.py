"""The one page to build a pathway: words, stages and steps in one form with one Save."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Resource
from pathways import publication
from pathways.models import Pathway, Revision, Stage, Step
from pathways.models.steps import MOST_STEPS
from tests.cast import Cast
from tests.factories import (
    ResourceFactory,
    RoleFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pages import texts, words
from tests.pathways.building import (
    Sheet,
    address,
    in_order,
    let_build,
    name_of,
    open_sheet,
    steps_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


class TestWords:
    def test_they_are_written_and_kept(self, desk: Client) -> None:
        draft = make_draft("Reader privacy")
        sheet = open_sheet(desk, draft)

        sheet.type("words-title", "Readers and their privacy")
        sheet.type("words-outcomes", "Explain why\nSet up a browser")
        sheet.type("words-proficiency_from", "basic").type("words-proficiency_to", "advanced")
        response = sheet.press()

        assert response["Location"] == address(draft)
        draft.refresh_from_db()
        assert draft.title == "Readers and their privacy"
        assert draft.outcome_list == ["Explain why", "Set up a browser"]
        assert (draft.proficiency_from, draft.proficiency_to) == ("basic", "advanced")

    def test_skills_and_roles_are_chosen_and_taken_away(self, desk: Client) -> None:
        draft, old, new, role = make_draft(), SkillFactory(), SkillFactory(), RoleFactory()
        draft.skill_links.create(skill=old, proficiency="basic")
        sheet = open_sheet(desk, draft)

        sheet.type("words-skill_1", new.pk).type("words-skill_level_1", "expert")
        sheet.type(f"words-level_{old.pk}", "").type("words-roles", role.pk)
        sheet.press()

        assert list(draft.skill_links.values_list("skill", "proficiency")) == [(new.pk, "expert")]
        assert list(draft.roles.all()) == [role]

    def test_a_skill_needs_its_level(self, desk: Client) -> None:
        skill = SkillFactory()

        sheet = open_sheet(desk, make_draft()).type("words-skill_1", skill.pk).press_on()

        assert sheet.mistakes == ["The pathway, Its level: Say how far the skill is brought."]

    @pytest.mark.parametrize(
        ("levels", "told"),
        [
            (("advanced", "basic"), "To level: It leads from a level to a higher one; leave this empty if it stays at one."),
            (("", "basic"), "From level: Say from which level it leads there."),
        ],
    )  # fmt: skip
    def test_it_leads_up(self, desk: Client, levels: tuple[str, str], told: str) -> None:
        sheet = open_sheet(desk, make_draft())
        sheet.type("words-proficiency_from", levels[0]).type("words-proficiency_to", levels[1])

        assert sheet.press_on().mistakes == [f"The pathway, {told}"]

    def test_what_changed_is_asked_once_readers_know_it(self, desk: Client, cast: Cast) -> None:
        first, later = make_draft(), make_pathway()
        again = publication.draft_from(later.published_revision, by=cast.admin)

        assert "words-change_summary" not in open_sheet(desk, first).data
        assert "words-change_summary" in open_sheet(desk, again).data


class TestStagesAndSteps:
    def test_an_empty_draft_begins_with_a_stage_to_name(self, desk: Client) -> None:
        draft = make_draft()
        sheet = open_sheet(desk, draft)

        sheet.type(f"{sheet.new('stage')}-title", "First things").press()

        assert [stage.title for stage in draft.stages.all()] == ["First things"]

    def test_an_empty_stage_that_nobody_named_is_left_alone(self, desk: Client) -> None:
        draft = make_draft()

        open_sheet(desk, draft).press()

        assert not draft.stages.exists()

    def test_steps_of_each_kind_are_added(self, desk: Client) -> None:
        draft = make_draft()
        stage, resource, other = (
            add_stage(draft),
            ResourceFactory(title="A film"),
            make_pathway("On"),
        )
        sheet = open_sheet(desk, draft)
        fields = {
            "resource": {"resource": "a film", "note": "It is short."},
            "activity": {"title": "Ask a colleague", "instructions": "Over tea.", "minutes": 10},
            "reflection": {"title": "What surprised you?"},
            "pathway": {"pathway": "On"},
        }

        for kind, said in fields.items():
            sheet = sheet.press_on(f"add {kind} {name_of(stage)}")
            for name, value in said.items():
                sheet.type(f"{sheet.new('step')}-{name}", value)
        sheet.press()

        steps = list(in_order(draft))
        assert [(step.kind, str(step)) for step in steps] == [
            ("resource", "A film"),
            ("activity", "Ask a colleague"),
            ("reflection", "What surprised you?"),
            ("pathway", "On"),
        ]
        assert [step.n for step in steps] == [1, 2, 3, 4]
        assert (steps[0].resource, steps[3].pathway) == (resource, other)
        assert steps[1].duration_minutes == 10

    def test_adding_saves_nothing_and_keeps_what_is_typed(self, desk: Client) -> None:
        draft = make_draft("Old")
        stage = add_stage(draft)

        sheet = open_sheet(desk, draft).type("words-title", "New")
        sheet = sheet.press_on(f"add activity {name_of(stage)}")

        assert sheet.data["words-title"] == ["New"]
        assert sheet.form["data-unsaved"] == "yes"
        assert words(sheet.page.select_one("details[open] summary")).startswith("New step")
        assert Revision.objects.get(pk=draft.pk).title == "Old"

    def test_a_step_that_nobody_wrote_in_is_left_alone(self, desk: Client) -> None:
        draft = make_draft()
        stage = add_stage(draft)

        open_sheet(desk, draft).press_on(f"add resource {name_of(stage)}").press()

        assert not draft.steps.exists()

    def test_a_page_that_is_sent_twice_makes_its_parts_once(self, desk: Client) -> None:
        draft = make_draft()
        stage = add_stage(draft)
        sheet = open_sheet(desk, draft).press_on(f"add activity {name_of(stage)}")
        sheet.type(f"{sheet.new('step')}-title", "Ask a colleague")

        sheet.press()
        sheet.press()

        assert steps_of(draft) == ["Ask a colleague"]

    def test_a_part_goes_when_it_was_marked_and_saved(self, desk: Client) -> None:
        draft = make_draft()
        first, second = add_stage(draft, "One"), add_stage(draft, "Two")
        gone, kept = add_step(first, "Gone"), add_step(first, "Kept")
        add_step(second, "With its stage")
        sheet = open_sheet(desk, draft)

        sheet.type(f"{name_of(gone)}-delete", "on").type(f"{name_of(second)}-delete", "on").press()

        assert list(Step.objects.filter(revision=draft)) == [kept]
        assert list(Stage.objects.filter(revision=draft)) == [first]

    def test_a_part_that_a_page_lost_on_its_way_stays(self, desk: Client) -> None:
        draft = make_draft()
        step = add_step(add_stage(draft), "Kept")
        sheet = open_sheet(desk, draft)
        sheet.data = {
            name: value for name, value in sheet.data.items() if name_of(step) not in name
        }
        sheet.data["order"] = []

        sheet.press()

        assert steps_of(draft) == ["Kept"]

    def test_a_step_keeps_its_number_and_its_other_language(self, desk: Client) -> None:
        draft = make_draft()
        step = add_step(add_stage(draft), "Ask", title_cy="Gofynnwch")

        open_sheet(desk, draft).type(f"{name_of(step)}-title", "Ask somebody").press()

        same = Step.objects.get(uid=step.uid)
        assert (same.n, same.title, same.title_cy) == (step.n, "Ask somebody", "Gofynnwch")

    def test_forty_steps_and_long_titles_are_taken(self, desk: Client) -> None:
        draft = make_draft()
        stage = add_stage(draft, "S" * 200)
        for number in range(40):
            add_step(stage, ResourceFactory(title=f"{number} " + "W" * 295))

        sheet = open_sheet(desk, draft)

        assert sheet.press().status_code == 302
        assert len(sheet.order) == draft.steps.count() == 40


class TestChoosing:
    def choose(self, desk: Client, text: str) -> tuple[Sheet, str]:
        stage = add_stage(make_draft())
        sheet = open_sheet(desk, stage.revision).press_on(f"add resource {name_of(stage)}")
        name = f"{sheet.new('step')}-resource"
        return sheet.type(name, text), name

    def test_a_resource_is_known_by_its_address(self, desk: Client) -> None:
        resource = ResourceFactory(url="https://example.org/film")

        self.choose(desk, "http://www.example.org/film/")[0].press()

        assert Step.objects.get().resource == resource

    def test_several_of_a_name_are_offered(self, desk: Client) -> None:
        one, two = ResourceFactory(title="A film"), ResourceFactory(title="A film again")
        sheet, name = self.choose(desk, "film")

        sheet = sheet.press_on()
        assert sheet.mistakes == [
            "film, Resource: Several are meant by “film”: choose one, then save again."
        ]
        offered = [one["value"] for one in sheet.form.select(f'[name="{name}_picked"]')]
        sheet.data[f"{name}_picked"] = [offered[1]]
        sheet.press()

        assert offered == [str(one.pk), str(two.pk)]
        assert Step.objects.get().resource == two

    def test_what_is_not_there_is_told(self, desk: Client) -> None:
        sheet = self.choose(desk, "Nothing like it")[0].press_on()

        assert sheet.mistakes == [
            "Nothing like it, Resource: Nothing here is called “Nothing like it”. Try a word of its "
            "title, or its address."
        ]

    def test_another_resource_takes_the_place_of_one(self, desk: Client) -> None:
        step, other = add_step(add_stage(make_draft())), ResourceFactory(title="Another")
        sheet = open_sheet(desk, step.revision)

        sheet.type(f"{name_of(step)}-resource", "Another").press()

        assert Step.objects.get().resource == other

    def test_a_stand_in_is_another_resource(self, desk: Client) -> None:
        step = add_step(add_stage(make_draft()), ResourceFactory(title="A film"))
        sheet = open_sheet(desk, step.revision)

        sheet = sheet.type(f"{name_of(step)}-stand_in", "A film").press_on()

        assert sheet.mistakes == [
            "A film, Stand-in: A stand-in is another resource than the step’s own."
        ]

    def test_a_withdrawn_resource_stays_until_another_is_chosen(
        self, desk: Client, cast: Cast
    ) -> None:
        step = add_step(add_stage(make_draft()), ResourceFactory(title="Old film"))
        step.resource.withdraw(by=cast.admin, reason="It closed.")
        sheet = open_sheet(desk, step.revision).type(f"{name_of(step)}-note", "Still the best.")

        assert sheet.press().status_code == 302
        assert Step.objects.get().resource == step.resource

    def test_nobody_finds_the_drafts_of_others(self, cast: Cast) -> None:
        mine, theirs = make_draft("Mine"), make_draft("Theirs")
        own = ResourceFactory(title="Quiet film, mine", published=False)
        hidden = ResourceFactory(title="Quiet film, theirs", published=False)
        add_step(add_stage(mine), own)
        add_step(add_stage(theirs), hidden)
        let_build(cast.guest, mine)
        let_build(cast.other_guest, theirs)
        guest = cast.client_of("guest")
        find = reverse("admin:pathways_revision_build_find", args=[mine.pk])

        found = guest.get(find, {"kind": "resource", "q": "quiet film"}).json()["results"]
        assert [one["text"] for one in found] == ["Quiet film, mine (Draft)"]
        stage = mine.stages.get()
        sheet = open_sheet(guest, mine).press_on(f"add resource {name_of(stage)}")
        name = f"{sheet.new('step')}-resource"
        sheet.type(name, "Quiet film, theirs").type(f"{name}_row", hidden.pk).press_on()

        assert not Step.objects.filter(revision=mine, resource=hidden).exists()


class TestDraftResources:
    def test_the_words_of_a_draft_are_mended_in_place(self, desk: Client) -> None:
        resource = ResourceFactory(
            published=False, description="Scraped.", description_source="scraped", languages=[]
        )
        draft = make_draft()
        add_step(add_stage(draft), resource)
        sheet, prefix = open_sheet(desk, draft), f"resource-{resource.pk}"

        sheet.type(f"{prefix}-description", "In my words.").data[f"{prefix}-rewritten"] = ["on"]
        sheet.type(f"{prefix}-language", "cy").type(f"{prefix}-minutes", 12).press()

        resource = Resource.objects.get()
        assert (resource.description, resource.description_source) == ("In my words.", "editor")
        assert (resource.languages, resource.duration_minutes) == (["cy"], 12)
        assert resource.lacks() == []

    def test_public_ones_and_those_that_others_use_are_not_theirs_to_mend(self, cast: Cast) -> None:
        mine, theirs = make_draft(), make_draft()
        stage = add_stage(mine)
        shared, public = ResourceFactory(published=False), ResourceFactory()
        add_step(stage, shared)
        add_step(stage, public)
        add_step(add_stage(theirs), shared)
        let_build(cast.guest, mine)

        names = open_sheet(cast.client_of("guest"), mine).data

        assert [name for name in names if name.startswith("resource-")] == []


class TestMinutes:
    def test_they_add_up(self, desk: Client) -> None:
        draft = make_draft()
        stage = add_stage(draft)
        add_step(stage, "Core", duration_minutes=30)
        add_step(stage, "Long way", requirement="choose-one", choice=1, duration_minutes=50)
        add_step(stage, "Short way", requirement="choose-one", choice=1, duration_minutes=20)
        add_step(stage, "More", requirement="optional", duration_minutes=15)

        page = open_sheet(desk, draft).page

        assert words(page.select_one("[data-sum]")) == "50 min"
        assert words(page.select_one("[data-sum-optional]")) == "15 min"
        assert texts(page, "form [data-stage-minutes]") == ["50 min"]


class TestChecklist:
    def test_it_tells_all_that_submitting_asks_with_a_way_there(self, desk: Client) -> None:
        draft = make_draft()
        draft.summary = ""
        draft.save()
        stage, empty = add_stage(draft, "One"), add_stage(draft, "Two")
        step = add_step(
            stage, ResourceFactory(title="A page", published=False, description_source="scraped")
        )
        way = add_step(stage, "Alone", requirement="choose-one", choice=1)

        listed = {
            words(link): link["href"]
            for link in open_sheet(desk, draft).page.select("#checklist a")
        }

        for sentence in publication.problems(draft):
            assert sentence in listed
        assert (
            listed["Write a summary: a sentence or two for the pathway’s card."] == "#words-summary"
        )
        assert (
            listed["Add a step to the stage “Two”, or take the stage away."] == f"#{name_of(empty)}"
        )
        assert f"#{name_of(way)}" in listed.values()
        assert f"#{name_of(step)}" in listed.values()

    def test_each_way_leads_to_something_on_the_page(self, desk: Client) -> None:
        draft = make_draft()
        add_step(add_stage(draft), "Silent")

        page = open_sheet(desk, draft).page

        links = [link["href"].removeprefix("#") for link in page.select("#checklist a")]
        assert links and [one for one in links if page.find(id=one) is None] == []

    def test_it_advises_more_than_it_asks(self, desk: Client) -> None:
        draft = make_draft()
        add_step(add_stage(draft), "Silent")

        said = texts(open_sheet(desk, draft).page, "#checklist li")

        assert said == [
            "Say what people can do afterwards: one thing on each line.",
            "Say who it is for, or tick the roles it is made for.",
            "Name a skill that it practises, so that people find it by that.",
            "1 step doesn’t say “why this”, beginning with “Silent”.",
            "Nobody knows how long 1 step takes: “Silent”.",
        ]


class TestSubmitting:
    def test_what_is_typed_is_saved_and_submitted(self, desk: Client) -> None:
        draft = make_draft()
        add_step(add_stage(draft), "Ask")
        sheet = open_sheet(desk, draft).type("words-title", "Anew").type("review_note", "At last.")

        response = sheet.press("submit")

        draft.refresh_from_db()
        assert (draft.title, draft.status) == ("Anew", "in-review")
        page = desk.get(response["Location"])
        assert "An editor reads it, then publishes it or sends it back" in page.text
        assert 'form id="build"' not in page.text

    def test_what_is_missing_is_told_and_the_draft_saved_all_the_same(self, desk: Client) -> None:
        draft = make_draft()

        sheet = open_sheet(desk, draft).type("words-title", "Anew").type("review_note", "At last.")
        sheet = sheet.press_on("submit")

        draft.refresh_from_db()
        assert (draft.title, draft.status) == ("Anew", "draft")
        assert "Your draft is saved, but not submitted yet" in sheet.page.text
        assert sheet.data["review_note"] == ["At last."]


class TestWhoMay:
    def test_those_who_keep_the_pathway_build_it(self, cast: Cast) -> None:
        draft = make_draft()
        let_build(cast.guest, draft)

        assert open_sheet(cast.client_of("guest"), draft).press().status_code == 302

    def test_nobody_else_learns_that_it_is_there(self, cast: Cast) -> None:
        draft = make_draft()
        let_build(cast.other_guest)
        other = cast.client_of("other_guest")
        addresses = [
            address(draft),
            reverse("admin:pathways_revision_build_find", args=[draft.pk]),
            reverse("admin:pathways_revision_preview", args=[draft.pk]),
            reverse("admin:pathways_revision_preview_link", args=[draft.pk]),
        ]

        assert [other.get(one).status_code for one in addresses] == [404] * 4
        assert [other.post(one, {"words-title": "Mine"}).status_code for one in addresses] == [
            404
        ] * 4

    @pytest.mark.parametrize("status", ["in-review", "published"])
    def test_what_is_no_draft_can_be_looked_at(self, desk: Client, cast: Cast, status: str) -> None:
        draft = make_draft("A way")
        add_step(add_stage(draft), "Ask")
        publication.submit(draft, by=cast.admin)
        if status == "published":
            publication.publish(draft, by=cast.admin)

        page = desk.get(address(draft)).text

        assert "Ask" in page and 'name="do"' not in page
        assert ("Start a new draft" in page) is (status == "published")

    def test_a_form_that_comes_too_late_keeps_what_was_typed(
        self, desk: Client, cast: Cast
    ) -> None:
        draft = make_draft()
        add_step(add_stage(draft), "Ask")
        sheet = open_sheet(desk, draft).type("words-title", "Too late")
        publication.submit(draft, by=cast.admin)

        sheet = sheet.press_on()

        assert sheet.told.count("Nothing was saved: since you opened this") == 1
        assert sheet.data["words-title"] == ["Too late"]
        assert Pathway.objects.get().revisions.get().title != "Too late"


class TestHostile:
    @pytest.fixture
    def draft(self) -> Revision:
        draft = make_draft()
        add_step(add_stage(draft), ResourceFactory())
        return draft

    def post(self, desk: Client, sheet: Sheet, do: str, **sent: str) -> int:
        return desk.post(sheet.form["action"], {**sheet.data, "do": do, **sent}).status_code

    def test_what_no_text_can_hold_is_left_out_and_lines_stay(
        self, desk: Client, draft: Revision
    ) -> None:
        sheet = open_sheet(desk, draft)

        lines = {"words-outcomes": "Explain\x00 why\r\n\r\nSet up"}
        assert self.post(desk, sheet, "submit", review_note="a\x00b", **lines) < 400

        draft.refresh_from_db()
        assert draft.outcome_list == ["Explain why", "Set up"]

    def test_a_note_to_the_editor_may_be_anything(self, desk: Client, draft: Revision) -> None:
        assert self.post(desk, open_sheet(desk, draft), "submit", review_note="a\x00b\r\nc") == 302

        draft.refresh_from_db()
        assert (draft.status, draft.submitted_note.split()) == ("in-review", ["ab", "c"])

    @pytest.mark.parametrize("field", ["resource", "stand_in"])
    def test_so_may_what_is_looked_for(self, desk: Client, draft: Revision, field: str) -> None:
        name = f"{name_of(draft.steps.get())}-{field}"
        sheet = open_sheet(desk, draft)
        assert name in sheet.data

        assert self.post(desk, sheet, "save", **{name: "Nothing\x00 called this"}) == 200

    @pytest.mark.parametrize("do", ["paste ", "paste stage-x", "paste stage-new\x00", "paste \n"])
    def test_a_button_that_is_none_adds_no_links(
        self, desk: Client, draft: Revision, do: str
    ) -> None:
        assert self.post(desk, open_sheet(desk, draft), do) == 302

        assert draft.steps.count() == 1

    def test_a_forged_memory_of_the_page_is_none(self, desk: Client, draft: Revision) -> None:
        sheet = open_sheet(desk, draft)

        assert self.post(desk, sheet, "save", seen="[" * 100_000) == 302


class TestCost:
    def test_a_page_costs_the_same_with_few_steps_and_with_many(
        self, desk: Client, count_queries
    ) -> None:
        draft = make_draft()
        stage = add_stage(draft)

        def add(number: int) -> None:
            for _step in range(number):
                add_step(stage, ResourceFactory(published=False), stand_in=ResourceFactory())

        def cost() -> tuple[int, int]:
            with count_queries() as looking:
                sheet = open_sheet(desk, draft)
            with count_queries() as saving:
                assert sheet.press().status_code == 302
            return len(looking), len(saving)

        add(2)
        cost()
        few = cost()
        add(12)

        assert cost() == few
        assert few[0] < 30

    def test_moving_one_past_many_costs_the_same(self, desk: Client, count_queries) -> None:
        def cost(number: int) -> int:
            stage = add_stage(make_draft())
            steps = [add_step(stage, f"Step {one}") for one in range(number)]
            sheet = open_sheet(desk, stage.revision)
            order = sheet.data["order"]
            sheet.data["order"] = [order[0], *reversed(order[1:])]
            with count_queries() as queries:
                sheet.press()
            assert steps_of(stage.revision)[0] == str(steps[-1])
            return len(queries)

        cost(2)

        assert cost(2) == cost(12)


class TestAsManyStepsAsThereMayBe:
    def test_the_page_of_the_longest_pathway_can_be_sent(self, desk: Client, settings: Any) -> None:
        draft = make_draft()
        stage = add_stage(draft)
        few = open_sheet(desk, draft)
        add_step(stage, ResourceFactory(published=False))
        add_step(stage, "Look at one")
        many = open_sheet(desk, draft)

        fields = sum(map(len, many.data.values())) - sum(map(len, few.data.values()))

        assert fields / 2 * MOST_STEPS < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    def test_one_step_too_many_is_told_and_keeps_what_was_typed(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pathways.building.page.MOST_STEPS", 1)
        draft = make_draft()
        add_step(add_stage(draft), "The only one")
        sheet = open_sheet(desk, draft).press_on(add_button(draft))
        sheet.type(f"{sheet.new('step')}-title", "One too many")

        sent = sheet.press_on("save")

        assert any("at most 1 steps" in one for one in sent.mistakes)
        assert sent.data[f"{sent.new('step')}-title"] == ["One too many"]
        assert draft.steps.count() == 1

    def test_a_draft_that_is_longer_already_can_still_be_mended(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pathways.building.page.MOST_STEPS", 1)
        draft = make_draft()
        stage = add_stage(draft)
        add_step(stage, "One")
        add_step(stage, "Two")

        open_sheet(desk, draft).type("words-title", "Mended").press("save")

        draft.refresh_from_db()
        assert draft.title == "Mended"


def add_button(draft: Revision) -> str:
    return f"add activity stage-{draft.stages.get().uid.hex}"
