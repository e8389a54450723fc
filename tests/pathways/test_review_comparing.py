"""Two revisions told apart: by field, and step by step by what each is, not by where it stands."""

import pytest

from pathways import publication
from pathways.models import Pathway, Revision
from pathways.reviewing.comparing import Comparison, compare, marked, pieces
from tests.cast import Cast
from tests.factories import (
    ResourceFactory,
    RevisionRoleFactory,
    RevisionSkillFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_pathway,
)
from tests.pages import links, open_page, texts, words
from tests.pathways.reviews import comparison, revisions, staffed

pytestmark = pytest.mark.django_db


@pytest.fixture
def pathway() -> Pathway:
    return make_pathway(steps=["A", "B", "C", "D"])


@pytest.fixture
def draft(pathway: Pathway) -> Revision:
    return publication.draft_from(pathway.published_revision, by=None)


def told(draft: Revision) -> Comparison:
    both = Revision.objects.for_reading().filter(pathway=draft.pathway).order_by("number")
    return compare(*both)


def step(draft: Revision, title: str) -> object:
    return draft.steps.get(title=title)


def place(draft: Revision, *titles: str) -> None:
    for position, title in enumerate(titles, start=1):
        draft.steps.filter(title=title).update(position=position)


class TestSteps:
    def test_a_copy_is_the_same(self, draft: Revision) -> None:
        assert told(draft).is_same
        assert told(draft).summary == ["Nothing differs."]

    def test_one_that_is_added_moves_no_other(self, draft: Revision) -> None:
        add_step(draft.stages.get(), "New", position=1)
        for title, position in (("A", 2), ("B", 3), ("C", 4), ("D", 5)):
            draft.steps.filter(title=title).update(position=position)

        assert told(draft).summary == ["1 step was added."]

    def test_nor_does_one_that_is_taken_away(self, draft: Revision) -> None:
        step(draft, "A").delete()

        assert told(draft).summary == ["1 step was taken away."]

    @pytest.mark.parametrize("order", ["BCDA", "DABC", "ACBD"])
    def test_one_that_moves_is_the_only_one_told(self, draft: Revision, order: str) -> None:
        place(draft, *order)

        assert told(draft).summary == ["1 step was moved."]

    def test_all_but_one_move_when_they_are_turned_round(self, draft: Revision) -> None:
        place(draft, *"DCBA")

        assert told(draft).summary == ["3 steps were moved."]

    def test_into_another_stage_is_a_move_and_says_from_where(self, draft: Revision) -> None:
        last = add_stage(draft, "Last")
        draft.steps.filter(title="D").update(stage=last)

        found = told(draft)

        assert found.summary == ["1 stage was added.", "1 step was moved."]
        change = found.steps[str(step(draft, "D").uid)]
        assert change.moved_from == "It was step 4, in the stage “A stage”."

    def test_what_it_leads_to_is_told_by_title_and_address(self, draft: Revision) -> None:
        old, new = ResourceFactory(title="Old"), ResourceFactory(title="New")
        one = add_step(draft.stages.get(), old)
        publication.publish(draft, by=None)
        later = publication.draft_from(draft, by=None)
        later.steps.filter(uid=one.uid).update(resource=new, duration_minutes=5)
        pair = Revision.objects.for_reading().filter(number__gte=2).order_by("number")

        [*differences] = compare(*pair).steps[str(one.uid)].differences

        assert [(two.name, two.before, two.after) for two in differences] == [
            ("resource", f"Old ({old.url})", f"New ({new.url})"),
            ("duration_minutes", "", "5"),
        ]

    def test_few_rewritten_notes_are_named_and_many_counted(self, draft: Revision) -> None:
        draft.steps.filter(title__in=["B", "C"]).update(note="Because.")
        assert told(draft).summary == [
            "The note of step 2 was rewritten.",
            "The note of step 3 was rewritten.",
        ]

        draft.steps.update(note="Because.")
        assert told(draft).summary == ["The notes of 4 steps were rewritten."]

    def test_a_step_that_changed_otherwise_is_named_too(self, draft: Revision) -> None:
        draft.steps.filter(title="B").update(note="Because.", requirement="optional")

        assert told(draft).summary == ["Step 2 was changed."]

    def test_its_welsh_counts(self, draft: Revision) -> None:
        one = step(draft, "A")
        one.i18n = {"note_cy": "Achos."}
        one.save()

        [difference] = told(draft).steps[str(one.uid)].differences

        assert (difference.label, difference.after) == ("Why this (Welsh)", "Achos.")


class TestWords:
    def test_each_field_is_a_sentence(self, draft: Revision) -> None:
        draft.title, draft.audience, draft.licence = "Otherwise", "Everybody", "CC0-1.0"
        draft.proficiency_from = "basic"
        draft.save()
        RevisionSkillFactory(revision=draft, skill=SkillFactory(title="Reading maps"))
        RevisionRoleFactory(revision=draft)

        found = told(draft)

        assert found.summary == [
            "The title was changed.",
            "Who it is for was rewritten.",
            "Its level was changed.",
            "The skills it practises were changed.",
            "The roles it is for were changed.",
            "The licence was changed.",
        ]
        assert found.fields["skills"][0].after == "Reading maps: Basic"

    def test_a_stage_is_told(self, draft: Revision) -> None:
        draft.stages.update(title="Another name")

        assert told(draft).summary == ["1 stage was rewritten."]

    def test_a_stage_that_is_gone_takes_its_steps_along(self, draft: Revision) -> None:
        draft.steps.all().delete()
        draft.stages.get().delete()

        found = told(draft)

        assert found.summary == ["1 stage was taken away.", "4 steps were taken away."]
        [stretch] = found.stretches
        assert stretch.stage.is_removed and len(stretch.steps) == 4


class TestWordByWord:
    def test_only_what_changed_is_marked(self) -> None:
        assert [*pieces("A short text.", "A very short one.")] == [
            ("same", "A "),
            ("new", "very "),
            ("same", "short "),
            ("gone", "text"),
            ("new", "one"),
            ("same", "."),
        ]

    def test_it_is_text_and_says_so_to_who_hears_it(self) -> None:
        html = marked("<b>", "<i>")

        assert "<b>" not in html and "<i>" not in html
        assert '<del><span class="visually-hidden">[taken away: </span>b' in html
        assert '<ins><span class="visually-hidden">[added: </span>i' in html

    @pytest.mark.parametrize("pair", [("", ""), ("", "x"), ("x", ""), (" \n", "\n")])
    def test_nothing_is_lost(self, pair: tuple[str, str]) -> None:
        found = [*pieces(*pair)]

        assert "".join(text for kind, text in found if kind != "new") == pair[0]
        assert "".join(text for kind, text in found if kind != "gone") == pair[1]

    def test_a_very_long_text_is_told_line_by_line_and_a_longer_one_as_a_whole(self) -> None:
        lines = [f"line {number} says nothing new\n" for number in range(2_000)]

        by_line = [*pieces("".join(lines[:900]), "".join([*lines[:899], "last\n"]))]
        whole = [*pieces("".join(lines), "".join([*lines, "last\n"]))]

        assert by_line[1:] == [("gone", lines[899]), ("new", "last\n")]
        assert [kind for kind, _text in whole] == ["gone", "new"]


class TestPages:
    @pytest.fixture
    def guest(self, cast: Cast, draft: Revision) -> object:
        staffed(cast)
        draft.pathway.maintainer_links.create(user=cast.guest)
        return cast.client_of("guest")

    def test_any_two_are_compared_the_older_first(self, guest: object, draft: Revision) -> None:
        step(draft, "B").delete()
        publication.publish(draft, by=None)
        third = publication.draft_from(draft, by=None)

        page = open_page(guest, comparison(third, 1))

        assert words(page.select_one("#summary")) == "From revision 1 to revision 3"
        assert texts(page, "#summary ~ ul li") == ["1 step was taken away."]
        assert texts(page, ".review-line--gone .review-mark") == ["Taken away"]
        assert len(page.select("#with option")) == 2

    @pytest.mark.parametrize("number", ["", "99", "x"])
    def test_unasked_it_is_with_what_it_was_based_on(
        self, guest: object, draft: Revision, number: str
    ) -> None:
        page = open_page(guest, comparison(draft, number))

        assert words(page.select_one("#summary")) == "From revision 1 to revision 2"

    def test_the_first_alone_has_nothing_to_be_compared_with(
        self, guest: object, cast: Cast
    ) -> None:
        pathway = make_pathway("Alone")
        pathway.maintainer_links.create(user=cast.guest)

        page = open_page(guest, comparison(pathway.published_revision))

        assert "only revision" in words(page.select_one("#content-main"))

    def test_all_revisions_tell_who_when_and_what(
        self, guest: object, cast: Cast, draft: Revision
    ) -> None:
        add_step(draft.stages.get(), "E")
        draft.change_summary = "One more step."
        draft.save()
        publication.publish(draft, by=cast.editor)
        publication.draft_from(draft, by=cast.guest)

        page = open_page(guest, revisions(draft.pathway))

        newest, shown, first = page.select(".review-revisions > li")
        assert "Draft" in words(newest) and "by A guest curator" in words(newest)
        assert words(shown.select_one(".review-mark")) == "What readers see"
        assert "by An editor" in words(shown) and "One more step." in words(shown)
        assert "1 step was added." in texts(shown, "ul li")
        assert "It began from nothing." in words(first)

    def test_an_older_one_is_brought_back_from_there(
        self, guest: object, cast: Cast, draft: Revision
    ) -> None:
        step(draft, "B").delete()
        publication.publish(draft, by=None)
        page = open_page(guest, revisions(draft.pathway))
        [there] = [
            where
            for what, where in links(page).items()
            if what.startswith("Start a new draft from it") and what.endswith("(1)")
        ]

        guest.post(there, {})

        back = draft.pathway.draft()
        assert [str(one) for one in back.steps.in_order()] == ["A", "B", "C", "D"]
        assert back.created_by == cast.guest

    def test_more_revisions_cost_no_more_queries(
        self, guest: object, draft: Revision, count_queries: object
    ) -> None:
        guest.get(revisions(draft.pathway))
        with count_queries() as few:
            guest.get(revisions(draft.pathway))
        for _number in range(4):
            publication.draft_from(draft, by=None)
        with count_queries() as many:
            guest.get(revisions(draft.pathway))

        assert len(many) == len(few)

    def test_nobody_else_finds_them(self, guest: object, cast: Cast, draft: Revision) -> None:
        other = cast.client_of("other_guest")

        assert other.get(revisions(draft.pathway)).status_code == 302
        assert other.get(comparison(draft)).status_code == 302
