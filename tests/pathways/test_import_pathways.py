"""Pathways from a file: what comes in is a draft of its own, and the same file changes nothing twice."""

import json
from collections.abc import Callable

import pytest

from catalogue.models import Decision, Resource
from pathways import publication
from pathways.models import Pathway, Revision, Step
from tests.cast import Cast
from tests.factories import (
    CuratorFactory,
    ResourceFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pathways.rich import Bringing, activity, plain, resource, titles_of

pytestmark = pytest.mark.django_db


def steps_of(revision: Revision) -> list[tuple[int, str]]:
    return [(step.n, str(step)) for step in revision.steps.in_order()]


def draft_of(slug: str = "a-way") -> Revision:
    return Pathway.objects.get(slug=slug).draft()


class TestNew:
    def test_it_comes_as_a_draft(self) -> None:
        brought = Bringing(plain())

        pathway = Pathway.objects.get()
        assert brought.counts == {"added": 1}
        assert (pathway.slug, pathway.status, pathway.draft().title) == ("a-way", "draft", "A way")

    @pytest.mark.parametrize(
        "file", [[plain("a"), plain("b")], {"pathways": [plain("a"), plain("b")]}]
    )
    def test_a_file_may_hold_several(self, file: object) -> None:
        assert Bringing(file).counts == {"added": 2}

    @pytest.mark.parametrize("file", [[], {"pathways": []}])
    def test_a_file_of_none_is_told(self, file: object) -> None:
        brought = Bringing(file)

        assert (brought.counts, brought.notes) == ({}, ["There is no pathway in this file."])

    def test_steps_get_numbers_where_the_file_says_none(self) -> None:
        Bringing(plain("a-way", activity("A", n=4), activity("B"), activity("C", n=2)))

        assert steps_of(draft_of()) == [(4, "A"), (5, "B"), (2, "C")]

    def test_one_that_is_a_step_of_another_comes_first_whatever_the_order(self) -> None:
        file = [plain("outer", {"pathway": "inner"}), plain("inner")]

        assert Bringing(file, publish=True).counts == {"added": 2}
        assert Pathway.objects.published().count() == 2

    def test_a_licence_that_is_left_out_is_the_usual_one(self) -> None:
        Bringing(plain())

        assert draft_of().licence == "CC-BY-4.0"

    def test_a_licence_may_be_called_as_people_call_it(self) -> None:
        file = plain(licence="Creative Commons Attribution-ShareAlike 4.0 International")
        Bringing(file)

        assert draft_of().licence == "CC-BY-SA-4.0"
        assert Bringing(file).counts == {"unchanged": 1}

    def test_who_brought_it_is_written_down(self, cast: Cast) -> None:
        Bringing(plain(), by=cast.editor)

        assert draft_of().created_by == cast.editor
        assert Decision.objects.get(verb="started").by == cast.editor

    def test_a_key_that_means_nothing_is_told_once(self) -> None:
        steps = [activity("A", colour="red"), activity("B", colour="blue")]

        brought = Bringing(plain("a-way", *steps, mood="good"))

        assert brought.counts == {"added": 1}
        assert brought.notes == [
            "The key “stages.steps.colour” means nothing here and is left aside.",
            "The key “mood” means nothing here and is left aside.",
        ]

    def test_null_is_what_is_left_out(self) -> None:
        step = resource(title="New", cost=None) | {"url": None, "kind": None, "choice": None}
        nothing = dict.fromkeys(["credits", "organisation", "ordered", "licence", "roles", "uid"])

        brought = Bringing(plain("a-way", step, **nothing))

        assert brought.counts == {"added": 1}
        assert brought.notes == ["What was not here yet of its resources is a draft now."]

    def test_a_formula_is_a_text(self) -> None:
        Bringing(plain("a-way", activity("=HYPERLINK(1)")))

        assert steps_of(draft_of()) == [(1, "=HYPERLINK(1)")]

    def test_half_a_file_of_another_encoding_is_read(self) -> None:
        text = json.dumps(plain("a-way", activity("Égalité")), ensure_ascii=False)

        assert Bringing(text.encode("utf-16")).counts == {"added": 1}
        assert Bringing(text.encode("utf-8-sig")).counts == {"unchanged": 1}
        assert steps_of(draft_of()) == [(1, "Égalité")]


class TestResources:
    def test_one_that_is_here_is_used_however_its_address_is_spelt(self) -> None:
        here = ResourceFactory(url="https://example.org/guide")

        Bringing(plain("a-way", {"url": "http://www.example.org/guide/"}))

        assert draft_of().steps.get().resource == here

    def test_what_the_file_says_of_it_changes_nothing(self) -> None:
        ResourceFactory(url="https://example.org/guide", title="As it is here")

        Bringing(plain("a-way", resource("guide", description="Otherwise.")))

        assert Resource.objects.get().title == "As it is here"

    def test_one_that_is_not_here_becomes_a_draft(self) -> None:
        said = resource("guide", type="guide", language="cy", provider="Somebody new")

        brought = Bringing(plain("a-way", said, {"url": "example.org/guide"}))

        made = Resource.objects.get()
        assert (made.status, made.title, made.resource_type) == ("draft", "guide", "guide")
        assert (made.languages, made.provider.name) == (["cy"], "Somebody new")
        assert brought.notes == ["What was not here yet of its resources is a draft now."]

    def test_the_steps_own_title_serves(self) -> None:
        Bringing(plain("a-way", {"url": "https://example.org/guide", "title": "A guide"}))

        assert titles_of("draft") == ["A guide"]

    def test_minutes_of_nobody_are_our_estimate(self) -> None:
        Bringing(plain("a-way", resource(duration_minutes=20)))

        assert Resource.objects.get().duration_source == "estimate"

    def test_what_nobody_here_knows_of_it_is_left_out_and_told(self) -> None:
        said = resource(
            licence="My own", skills=["nothing@basic", "a@b"], competences=["digcomp-9:1"]
        )

        brought = Bringing(plain("a-way", said))

        assert brought.counts == {"added": 1, "left_out": 4}
        assert [(one.value, one.reason, one.is_kept) for one in brought.rejected] == [
            ("My own", "No licence that Waymark knows: the resource comes in without it.", True),
            (
                "a@b",
                "“b” is no proficiency; it takes one of: basic, intermediate, advanced, expert.",
                True,
            ),
            ("nothing", "There is no skill “nothing”.", True),
            ("digcomp-9:1", "There is no competence “digcomp-9:1”.", True),
        ]


class TestAgain:
    def test_the_same_file_changes_nothing(self) -> None:
        file = [
            plain("a", activity(), resource(), {"pathway": "b"}, activity()),
            plain("b", credits=[]),
        ]
        Bringing(file)

        assert Bringing(file).counts == {"unchanged": 2}
        assert Revision.objects.count() == 2

    def test_nor_when_it_was_published_at_once(self) -> None:
        file = plain("a-way", activity(), resource(resource_type="guide", languages=["en"]))
        Bringing(file, publish=True)

        assert Bringing(file, publish=True).counts == {"unchanged": 1}
        assert Bringing(file).counts == {"unchanged": 1}
        assert Revision.objects.count() == 1

    def test_a_change_becomes_a_new_draft_and_readers_see_what_they_saw(self) -> None:
        Bringing(plain("a-way", activity("A"), activity("B")), publish=True)

        brought = Bringing(plain("a-way", activity("B"), activity("C")))

        pathway = Pathway.objects.get()
        assert brought.counts == {"changed": 1}
        assert steps_of(pathway.published_revision) == [(1, "A"), (2, "B")]
        assert steps_of(pathway.draft()) == [(2, "B"), (3, "C")]
        assert pathway.draft().based_on == pathway.published_revision

    def test_it_is_published_where_that_is_asked_for(self) -> None:
        Bringing(plain("a-way", activity("A")), publish=True)

        Bringing(plain("a-way", activity("B")), publish=True)

        pathway = Pathway.objects.get()
        assert steps_of(pathway.published_revision) == [(2, "B")]
        assert Decision.objects.filter(verb="published").count() == 2

    def test_a_draft_that_came_before_is_published_later_by_the_same_file(self) -> None:
        Bringing(plain())

        brought = Bringing(plain(), publish=True)

        assert brought.counts == {"changed": 1}
        assert Pathway.objects.get().published_revision.number == 1

    def test_a_pathway_is_known_by_its_identifier_whatever_its_address(self) -> None:
        pathway = make_pathway(slug="here", steps=["A"])

        Bringing(plain("elsewhere", activity("B"), uid=str(pathway.uid)))

        assert Pathway.objects.get().slug == "here"
        assert steps_of(draft_of("here")) == [(2, "B")]

    def test_it_is_known_by_a_former_address(self) -> None:
        pathway = make_pathway(slug="before", steps=["A"])
        pathway.slug = "now"
        pathway.save()

        file = [plain("before", activity("B")), plain("outer", {"pathway": "before"})]

        assert Bringing(file).counts == {"added": 1, "changed": 1}
        assert draft_of("outer").steps.get().pathway == pathway


class TestSteps:
    def test_one_is_known_by_its_identifier_wherever_it_stands(self) -> None:
        pathway = make_pathway(slug="a-way", steps=["A", "B"])
        first = pathway.published_revision.steps.get(n=1)

        Bringing(plain("a-way", activity("B"), activity("Renamed", uid=str(first.uid))))

        assert steps_of(draft_of()) == [(2, "B"), (1, "Renamed")]
        assert draft_of().steps.get(n=1).uid == first.uid

    def test_else_by_its_number(self) -> None:
        pathway = make_pathway(slug="a-way", steps=["A"])

        Bringing(plain("a-way", activity("Renamed", n=1)))

        assert draft_of().steps.get().uid == pathway.published_revision.steps.get().uid

    def test_else_by_what_it_is(self) -> None:
        guide, inner = ResourceFactory(), make_pathway("Inner")
        pathway = make_pathway(slug="a-way", steps=[guide, inner, "A"])

        Bringing(
            plain("a-way", activity("A"), {"pathway": inner.slug}, {"url": guide.url, "note": "!"})
        )

        here = dict(pathway.published_revision.steps.values_list("n", "uid"))
        assert [n for n, _title in steps_of(draft_of())] == [3, 2, 1]
        assert dict(draft_of().steps.values_list("n", "uid")) == here

    def test_one_of_the_same_kind_is_not_taken_for_two(self) -> None:
        make_pathway(slug="a-way", steps=["A"])

        Bringing(plain("a-way", activity("A"), activity("A")))

        assert [n for n, _title in steps_of(draft_of())] == [1, 2]

    def test_the_number_of_one_that_went_is_never_given_again(self) -> None:
        draft = make_draft(slug="a-way")
        stage = add_stage(draft)
        add_step(stage, "A")
        add_step(stage, "B").delete()
        publication.publish(draft, by=None)

        Bringing(plain("a-way", activity("A"), activity("C")))

        assert steps_of(draft_of()) == [(1, "A"), (3, "C")]

    def test_one_that_comes_back_has_its_old_number(self) -> None:
        Bringing(plain("a-way", activity("A"), activity("B")), publish=True)
        Bringing(plain("a-way", activity("B")), publish=True)

        Bringing(plain("a-way", activity("A"), activity("B")))

        assert steps_of(draft_of()) == [(1, "A"), (2, "B")]

    def test_a_stage_of_the_same_title_is_the_same(self) -> None:
        pathway = make_pathway(slug="a-way", steps=["A"])
        stage = pathway.published_revision.stages.get()

        Bringing(plain("a-way", stages=[{"title": stage.title, "steps": [activity("B")]}]))

        assert draft_of().stages.get().uid == stage.uid


class TestOtherDrafts:
    def test_somebodys_draft_stays_as_it_is_and_is_told_of(self) -> None:
        draft = make_draft("Somebody’s", slug="a-way")
        add_step(add_stage(draft), "Theirs")

        brought = Bringing(plain("a-way", activity("Ours")))

        assert brought.notes == ["“Somebody’s” keeps its draft 1; 2 stands beside it."]
        assert steps_of(draft) == [(1, "Theirs")]
        assert steps_of(draft_of()) == [(2, "Ours")]

    def test_one_in_review_too(self) -> None:
        draft = make_draft("Somebody’s", slug="a-way")
        add_step(add_stage(draft), "Theirs")
        publication.submit(draft, by=None)

        brought = Bringing(plain("a-way", activity("Ours")))

        assert brought.notes == ["“Somebody’s” keeps its draft 1 in review; 2 stands beside it."]
        draft.refresh_from_db()
        assert draft.status == "in-review"

    def test_what_one_in_review_says_already_changes_nothing(self) -> None:
        Bringing(plain())
        publication.submit(draft_of(), by=None)

        assert Bringing(plain()).counts == {"unchanged": 1}


class TestPublishing:
    def test_what_lacks_something_stays_a_draft_and_is_told(self) -> None:
        file = [plain("whole"), plain("half", summary="", stages=[])]

        brought = Bringing(file, publish=True)

        assert brought.counts == {"added": 2}
        assert [pathway.slug for pathway in Pathway.objects.published()] == ["whole"]
        assert brought.notes == [
            "“Half” stays a draft: "
            "Write a summary: a sentence or two for the pathway’s card. Add a step."
        ]

    def test_its_draft_resources_are_published_with_it(self) -> None:
        Bringing(plain("a-way", resource(resource_type="guide", languages=["en"])), publish=True)

        assert titles_of("published") == ["new"]

    def test_order_and_credits_of_a_public_pathway_change_with_its_publication_alone(self) -> None:
        make_pathway("A way", slug="a-way", curators=[CuratorFactory(slug="before")])
        CuratorFactory(slug="after")
        file = plain("a-way", credits=[{"curator": "after"}], ordered=False)

        brought = Bringing(file)

        pathway = Pathway.objects.get()
        assert brought.notes == [
            "“A way” keeps its order, organisation and credits: readers see them at once."
        ]
        assert (pathway.ordered, pathway.credits.get().curator.slug) == (True, "before")

        Bringing(file, publish=True)

        pathway.refresh_from_db()
        assert (pathway.ordered, pathway.credits.get().curator.slug) == (False, "after")

    def test_what_a_file_does_not_say_of_them_stays(self) -> None:
        make_pathway("A way", slug="a-way", curators=[CuratorFactory()], ordered=False)

        Bringing(plain("a-way"), publish=True)

        pathway = Pathway.objects.get()
        assert (pathway.ordered, pathway.credits.count()) == (False, 1)


class TestTrying:
    def test_a_dry_run_tells_and_leaves_nothing(self) -> None:
        file = [plain("outer", {"pathway": "inner"}, resource()), plain("inner")]

        assert Bringing(file, dry_run=True).counts == {"added": 2}
        assert not Pathway.objects.exists()
        assert not Resource.objects.exists()


class TestQueries:
    def test_they_are_as_many_whatever_the_length(self, count_queries: Callable) -> None:
        def told(slug: str, number: int) -> dict:
            return plain(slug, *(activity(f"Step {place}") for place in range(number)))

        with count_queries() as few:
            Bringing(told("short", 2))
        with count_queries() as many:
            Bringing(told("long", 40))
        assert len(many) == len(few)

        with count_queries() as few:
            Bringing(told("short", 3))
        with count_queries() as many:
            Bringing(told("long", 41))
        assert len(many) == len(few)

    def test_the_history_has_every_step(self) -> None:
        Bringing(plain("a-way", activity("A"), activity("B")))

        events = Step.pgh_event_model.objects.filter(pgh_label="insert")
        assert events.count() == 2
        assert events.first().pgh_context.metadata["command"] == "import_pathways"
