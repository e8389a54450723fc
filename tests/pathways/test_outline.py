"""The outline: a revision's steps as a learner meets them."""

from collections.abc import Callable

import pytest

from catalogue.vocabularies import LinkState
from pathways.models import Pathway, Revision
from pathways.outline import Outline, outline_of, outline_of_steps
from tests.factories import ResourceFactory, add_stage, add_step, make_draft, make_pathway

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Revision:
    return make_draft()


def choose(choice: int = 1) -> dict:
    return {"requirement": "choose-one", "choice": choice}


def drawn(outline: Outline) -> list[str]:
    """Each place as people would write it down: “1 A”, or “2 B or C” for a fork."""
    return [
        f"{entry.place} {' or '.join(str(step) for step in entry.steps)}"
        for entry in outline.entries
    ]


class TestPlaces:
    def test_they_count_through_all_stages(self, draft: Revision) -> None:
        first, second = add_stage(draft, "First"), add_stage(draft, "Second")
        add_step(first, "A")
        add_step(second, "B")
        add_step(second, "C")

        outline = outline_of(draft)

        assert drawn(outline) == ["1 A", "2 B", "3 C"]
        assert [(one.number, one.stage.title, len(one.entries)) for one in outline.stretches] == [
            (1, "First", 1),
            (2, "Second", 2),
        ]

    def test_they_follow_positions_not_the_order_of_entry(self, draft: Revision) -> None:
        late, early = add_stage(draft, "Late", position=2), add_stage(draft, "Early", position=1)
        add_step(late, "D", position=1)
        add_step(early, "C", position=3)
        add_step(early, "A", position=1)
        add_step(early, "B", position=1)

        assert drawn(outline_of(draft)) == ["1 A", "2 B", "3 C", "4 D"]

    def test_a_stage_without_steps_is_a_stretch_without_places(self, draft: Revision) -> None:
        add_stage(draft)

        outline = outline_of(draft)

        assert (len(outline.stretches), outline.entries, outline.minutes) == (1, (), 0)

    def test_nothing_is_an_outline_too(self, draft: Revision) -> None:
        outline = outline_of(draft)

        assert (outline.stretches, outline.entries, outline.minutes) == ((), (), 0)
        assert outline.is_estimate is False


class TestForks:
    def test_steps_of_a_set_are_ways_to_one_place(self, draft: Revision) -> None:
        stage = add_stage(draft)
        add_step(stage, "A")
        add_step(stage, "B", **choose())
        add_step(stage, "C", **choose())
        add_step(stage, "D")

        outline = outline_of(draft)

        assert drawn(outline) == ["1 A", "2 B or C", "3 D"]
        assert [entry.is_fork for entry in outline.entries] == [False, True, False]
        ways = outline.entries[1].ways
        assert [(letter, str(step)) for letter, step in ways] == [("a", "B"), ("b", "C")]

    def test_a_set_stands_where_its_first_step_does(self, draft: Revision) -> None:
        stage = add_stage(draft)
        add_step(stage, "A", **choose())
        add_step(stage, "B")
        add_step(stage, "C", **choose())

        assert drawn(outline_of(draft)) == ["1 A or C", "2 B"]

    def test_two_sets_are_two_forks(self, draft: Revision) -> None:
        stage = add_stage(draft)
        for title, choice in (("A", 1), ("B", 2), ("C", 1), ("D", 2)):
            add_step(stage, title, **choose(choice))

        assert drawn(outline_of(draft)) == ["1 A or C", "2 B or D"]

    def test_a_set_ends_with_its_stage(self, draft: Revision) -> None:
        for title in ("A", "B"):
            add_step(add_stage(draft), title, **choose())

        outline = outline_of(draft)

        assert drawn(outline) == ["1 A", "2 B"]
        assert [entry.is_fork for entry in outline.entries] == [False, False]


class TestMinutes:
    """Core steps, and the shortest way of each fork; optional steps are told apart."""

    def test_core_steps_add_up(self, draft: Revision) -> None:
        first, second = add_stage(draft), add_stage(draft)
        add_step(first, "A", duration_minutes=10)
        add_step(second, "B", duration_minutes=20)

        outline = outline_of(draft)

        assert outline.minutes == 30
        assert [stretch.minutes for stretch in outline.stretches] == [10, 20]

    def test_optional_ones_are_told_apart(self, draft: Revision) -> None:
        stage = add_stage(draft)
        add_step(stage, "A", duration_minutes=10)
        add_step(stage, "B", duration_minutes=25, requirement="optional")

        outline = outline_of(draft)

        assert (outline.minutes, outline.optional_minutes) == (10, 25)

    def test_of_a_fork_the_shortest_way_counts(self, draft: Revision) -> None:
        stage = add_stage(draft)
        add_step(stage, "A", duration_minutes=30, **choose())
        add_step(stage, "B", duration_minutes=5, **choose())
        add_step(stage, "C", **choose())

        outline = outline_of(draft)

        assert (outline.minutes, outline.entries[0].minutes) == (5, 5)

    def test_unknown_ones_count_nothing(self, draft: Revision) -> None:
        stage = add_stage(draft)
        add_step(stage, "A")
        add_step(stage, "B", duration_minutes=15)

        outline = outline_of(draft)

        assert (outline.minutes, outline.entries[0].minutes) == (15, None)

    def test_a_resource_brings_its_own(self, draft: Revision) -> None:
        stage = add_stage(draft)
        add_step(stage, ResourceFactory(duration_minutes=20))
        add_step(stage, ResourceFactory(duration_minutes=20), duration_minutes=5)

        assert outline_of(draft).minutes == 25

    def test_a_pathway_brings_its_own(self, draft: Revision) -> None:
        inner = make_pathway("Inner", steps=[("A", {"duration_minutes": 40})])
        add_step(add_stage(draft), inner)

        assert outline_of(draft).minutes == 40


class TestEstimate:
    """Whether the sum has to be shown as “about”."""

    @pytest.mark.parametrize(
        ("step", "is_estimate"),
        [
            ({"duration_minutes": 10}, False),
            ({}, True),
            ({"requirement": "optional"}, False),
        ],
        ids=["known", "unknown", "unknown but optional"],
    )
    def test_a_step_that_must_be_done_has_to_be_known(
        self, draft: Revision, step: dict, is_estimate: bool
    ) -> None:
        add_step(add_stage(draft), "A", **step)

        assert outline_of(draft).is_estimate is is_estimate

    def test_our_estimate_of_a_resource_makes_it_one(self, draft: Revision) -> None:
        add_step(add_stage(draft), ResourceFactory(duration_source="estimate"))

        assert outline_of(draft).is_estimate is True

    def test_unless_the_curator_says_how_long(self, draft: Revision) -> None:
        resource = ResourceFactory(duration_source="estimate")
        add_step(add_stage(draft), resource, duration_minutes=10)

        assert outline_of(draft).is_estimate is False


class TestWalking:
    @pytest.fixture
    def outline(self, draft: Revision) -> Outline:
        first, second = add_stage(draft), add_stage(draft)
        add_step(first, "A")
        add_step(first, "B", **choose())
        add_step(first, "C", **choose())
        add_step(second, "D")
        return outline_of(draft)

    def test_before_and_after_cross_stages(self, outline: Outline) -> None:
        first, fork, last = outline.entries

        assert (outline.before(first), outline.after(first)) == (None, fork)
        assert (outline.before(fork), outline.after(fork)) == (first, last)
        assert (outline.before(last), outline.after(last)) == (fork, None)

    def test_a_step_knows_its_place_and_its_stretch(self, outline: Outline) -> None:
        a, _b, c, d = outline.steps

        assert outline.entry_of(c) == outline.entries[1]
        assert outline.stretch_of(a).number == 1
        assert outline.stretch_of(d).number == 2

    def test_a_step_is_known_by_its_uid_in_another_revision_too(self, outline: Outline) -> None:
        again = next(outline.steps)
        again.pk = None

        assert outline.entry_of(again) == outline.entries[0]

    def test_a_stranger_has_none(self, outline: Outline) -> None:
        stranger = add_step(add_stage(make_draft("Another")), "X")

        assert outline.entry_of(stranger) is None
        assert outline.stretch_of(stranger) is None


class TestStandIn:
    """A stand-in takes the place of a resource that is gone or withdrawn."""

    def test_it_waits_while_the_first_is_there(self, draft: Revision) -> None:
        first, second = ResourceFactory(link=LinkState.WORKS), ResourceFactory()

        step = add_step(add_stage(draft), first, stand_in=second)

        assert (step.serving, step.stand_in_serves) == (first, False)

    @pytest.mark.parametrize("state", [LinkState.UNSURE, LinkState.MOVED])
    def test_a_doubt_is_not_enough(self, draft: Revision, state: str) -> None:
        step = add_step(add_stage(draft), ResourceFactory(link=state), stand_in=ResourceFactory())

        assert step.stand_in_serves is False

    def test_it_serves_when_the_first_is_gone(self, draft: Revision) -> None:
        first = ResourceFactory(duration_minutes=10, link=LinkState.GONE)
        second = ResourceFactory(title="Second", duration_minutes=35, languages=["cy"])

        step = add_step(add_stage(draft), first, stand_in=second)

        assert (step.serving, step.stand_in_serves) == (second, True)
        assert (step.shown_title, step.shown_title.language) == ("Second", "cy")
        assert outline_of(draft).minutes == 35

    def test_it_serves_when_the_first_is_withdrawn(self, draft: Revision) -> None:
        first, second = ResourceFactory(), ResourceFactory()
        step = add_step(add_stage(draft), first, stand_in=second)

        first.withdraw(by=None, reason="It is out of date.")

        assert step.serving == second

    def test_it_does_not_serve_when_it_is_gone_itself(self, draft: Revision) -> None:
        first, second = (ResourceFactory(link=LinkState.GONE) for _ in range(2))

        step = add_step(add_stage(draft), first, stand_in=second)

        assert (step.serving, step.stand_in_serves) == (first, False)

    def test_without_one_the_first_is_all_there_is(self, draft: Revision) -> None:
        first = ResourceFactory(link=LinkState.GONE)

        assert add_step(add_stage(draft), first).serving == first

    def test_a_pathway_s_minutes_follow_when_its_resource_is_withdrawn(self) -> None:
        first = ResourceFactory(duration_minutes=10)
        make_pathway(steps=[(first, {"stand_in": ResourceFactory(duration_minutes=35)})])

        first.withdraw(by=None, reason="It is out of date.")

        assert Pathway.objects.get().duration_minutes == 35


def test_it_costs_two_queries_or_none_where_its_rows_are_there(count_queries: Callable) -> None:
    make_pathway(steps=[ResourceFactory(link=LinkState.WORKS) for _ in range(4)])
    revision = Revision.objects.get()

    with count_queries() as queries:
        outline_of(revision)
    assert len(queries) == 2

    revision = Pathway.objects.with_outline().get().published_revision
    with count_queries() as queries:
        outline = outline_of_steps(revision.steps.all())
        assert outline.minutes == 80
        assert [str(step) for step in outline.steps]
    assert len(queries) == 0
