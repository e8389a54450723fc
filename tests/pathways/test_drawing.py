"""The small drawing of a pathway, and what is told of it as a whole."""

import random
from itertools import groupby

import pytest

from catalogue.vocabularies import LinkState
from config.style import specimens
from pathways.drawing import FORK_PACE, LAST, MARGIN, Drawing, draw
from pathways.models import Pathway
from pathways.outline import Outline
from pathways.reading import cost_of, links_of, marks_of, outline_for_readers
from tests.factories import ResourceFactory
from tests.pages import render
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db

WAY = {"requirement": "choose-one", "choice": 1}


DRAWN = "{{ components.small_trail(drawing_of(outline)) }}"


def outline(pathway: Pathway) -> Outline:
    return outline_for_readers(pathway)


def drawn(steps: list) -> Drawing:
    """The drawing of a published pathway whose one stage has `steps`."""
    return draw(outline(publish_pathway(stages={"A": steps})))


class TestSmallTrail:
    def test_each_step_is_a_post_of_its_kind(self):
        drawing = drawn([None, "Do", ("Think", {"kind": "reflection"}), publish_pathway()])

        assert [post.kind for post in drawing.posts] == [
            *("resource", "activity", "reflection", "pathway")
        ]

    def test_an_optional_step_stands_off_the_line(self):
        drawing = drawn(["Must", ("May", {"requirement": "optional"})])
        must, may = drawing.posts

        assert may.y < must.y
        assert [line.kind for line in drawing.lines] == ["line", "side"]

    @pytest.mark.parametrize(("ways", "drawn_ways"), [(2, 2), (3, 3), (4, 4), (9, 4)])
    def test_a_fork_has_a_lane_for_each_way_up_to_four(self, ways: int, drawn_ways: int):
        drawing = drawn(["Before", *[(f"Way {n}", WAY) for n in range(ways)], "After"])
        fork = [post for post in drawing.posts if post.x == drawing.posts[1].x]

        assert len(fork) == len({post.y for post in fork}) == drawn_ways
        assert fork[0].y == drawing.posts[0].y
        assert all(post.top >= 0 for post in fork)
        # The line itself, and one that leaves it for each further way.
        assert len(drawing.lines) == drawn_ways

    def test_a_way_of_a_fork_has_its_own_kind(self):
        drawing = drawn([(None, WAY), ("Do", WAY), ("Think", {**WAY, "kind": "reflection"})])

        assert [post.kind for post in drawing.posts] == ["resource", "activity", "reflection"]

    def test_a_stage_begins_with_a_mark_but_for_the_first(self):
        drawing = draw(outline(publish_pathway(stages={"A": ["One"], "B": ["Two"]})))

        assert [line.kind for line in drawing.lines] == ["line", "stage"]

    def test_forty_steps_run_in_rows_that_turn_at_their_ends(self):
        drawing = drawn([f"Step {n}" for n in range(40)])
        rows = [list(posts) for _y, posts in groupby(drawing.posts, key=lambda post: post.y)]
        places = [[post.x for post in row] for row in rows]

        assert [len(row) for row in rows] == [10, 10, 10, 10]
        assert places[0] == sorted(places[0])
        assert places[1] == sorted(places[1], reverse=True)
        assert all(post.left >= 0 and post.x + 6 <= drawing.width for post in drawing.posts)
        assert drawing.posts[-1].bottom <= drawing.height

    @pytest.mark.parametrize(
        ("steps", "rows"), [(11, [11]), (12, [6, 6]), (13, [7, 6]), (23, [8, 8, 7])]
    )
    def test_what_needs_another_row_is_shared_out_evenly(self, steps: int, rows: list[int]):
        drawing = drawn([f"Step {n}" for n in range(steps)])

        assert [len([*posts]) for _y, posts in groupby(drawing.posts, key=lambda post: post.y)] == (
            rows
        )
        assert all(post.x + 6 <= drawing.width for post in drawing.posts)

    @pytest.mark.parametrize("steps", [1, 10, 11, 12, 22, 23])
    def test_the_sign_of_the_top_stands_after_the_last_post_and_inside(self, steps: int):
        drawing = drawn([f"Step {n}" for n in range(steps)])
        (left, foot), last = drawing.end, drawing.posts[-1]

        assert left >= 0 and left + 14 <= drawing.width
        assert abs(left + 7 - last.x) > 12
        assert foot == last.bottom

    def test_it_is_left_out_of_what_is_read_aloud(self):
        page = render(DRAWN, outline=outline(publish_pathway()))

        assert page.svg["aria-hidden"] == "true"
        assert page.select("rect.small-trail__post")

    def test_nothing_is_drawn_of_a_pathway_without_steps(self):
        assert render(DRAWN, outline=Outline(stretches=(), entries=())).svg is None


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ([], ""),
        (["free", "free"], "Free, no sign-up"),
        (["free", "free-sign-up"], "Free; some steps ask you to sign up"),
        (["free", "paid"], "Some steps cost money, wholly or in part"),
        (["free-limited"], "Some steps cost money, wholly or in part"),
    ],
)
def test_its_cost_is_that_of_its_dearest_step(costs: list[str], said: str):
    resources = [ResourceFactory(cost=cost) for cost in costs]

    assert cost_of(outline(publish_pathway(stages={"A": [*resources, "An activity"]}))) == said


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([None], "Links not checked yet"),
        (["works", "moved"], "All links worked when last visited"),
        (["works", None, "unsure"], "1 of 3 links worked when last visited"),
        (["works", "gone"], "1 link no longer works"),
        (["gone", "gone"], "2 links no longer work"),
    ],
)
def test_its_links_are_told_together(states: list[LinkState | None], said: str):
    resources = [ResourceFactory(link=state) for state in states]

    assert links_of(outline(publish_pathway(stages={"A": resources}))).text == said


def test_a_stand_in_that_serves_is_told():
    dead, other = ResourceFactory(link="gone"), ResourceFactory(link="works")
    pathway = publish_pathway(stages={"A": [(dead, {"stand_in": other})]})

    assert links_of(outline(pathway)).text == "At 1 step a stand-in serves"


def test_a_withdrawn_resource_is_told_though_its_link_works():
    withdrawn, dead = ResourceFactory(link="works"), ResourceFactory(link="gone")
    pathway = publish_pathway(stages={"A": [withdrawn, dead]})
    withdrawn.withdraw(by=None, reason="It is out of date.")

    assert links_of(outline(pathway)).text == "1 resource was withdrawn"
    assert links_of(outline(pathway)).tone == "failed"


def test_a_withdrawn_resource_whose_stand_in_serves_is_not_counted():
    withdrawn, other = ResourceFactory(), ResourceFactory(link="works")
    pathway = publish_pathway(stages={"A": [(withdrawn, {"stand_in": other})]})
    withdrawn.withdraw(by=None, reason="It is out of date.")

    assert links_of(outline(pathway)).text == "At 1 step a stand-in serves"


def test_a_pathway_without_links_tells_nothing_of_them():
    assert links_of(outline(publish_pathway(stages={"A": ["Do it"]}))) is None


def test_the_key_knows_which_marks_are_there():
    pathway = publish_pathway(
        stages={"A": [None, ("Left", WAY), ("Right", WAY), ("May", {"requirement": "optional"})]}
    )

    assert marks_of(outline(pathway)) == {"resource", "activity", "fork", "optional"}


def test_whatever_its_shape_a_pathway_is_drawn_within_a_card():
    dice = random.Random(7)
    for _pathway in range(150):
        marks = "rrraof" + "".join(str(n) * dice.randint(2, 4) for n in range(1, 4))
        plan = [[dice.choice(marks) for _ in range(dice.randint(1, 9))] for _ in range(4)]
        drawn = draw(outline_for_readers(specimens.pathway("A pathway", plan)))

        assert 0 < drawn.width <= LAST + MARGIN + FORK_PACE
        assert all(0 <= post.x <= drawn.width for post in drawn.posts)
