"""The small drawing of a pathway, and what is told of it as a whole."""

import pytest

from catalogue.vocabularies import LinkState
from pathways.drawing import LINE, draw
from pathways.models import Pathway
from pathways.reading import cost_of, links_of, marks_of, outline_for_readers
from tests.factories import ResourceFactory
from tests.pages import render
from tests.trails import publish_pathway

pytestmark = pytest.mark.django_db

WAY = {"requirement": "choose-one", "choice": 1}


def outline(pathway: Pathway):
    return outline_for_readers(pathway)


class TestSmallTrail:
    def test_each_step_is_a_post_and_a_fork_is_two(self):
        pathway = publish_pathway(
            stages={
                "A": [None, ("Left", WAY), ("Right", WAY), ("Middle", WAY)],
                "B": [
                    "Do",
                    ("May", {"requirement": "optional"}),
                    ("Think", {"kind": "reflection"}),
                ],
            }
        )
        drawing = draw(outline(pathway))

        assert [post.kind for post in drawing.posts] == [
            *("resource", "resource", "resource"),
            *("activity", "activity", "reflection"),
        ]
        off_the_line = [post.kind for post in drawing.posts if post.y != LINE]
        assert off_the_line == ["resource", "activity"]
        assert [line.kind for line in drawing.lines] == ["line", "line", "stage", "side"]

    def test_posts_follow_one_another_and_stay_inside(self):
        drawing = draw(outline(publish_pathway(stages={"A": ["One"] * 9, "B": ["Two"] * 9})))
        places = [post.x for post in drawing.posts]

        assert places == sorted(set(places))
        assert places[-1] < drawing.end < drawing.width

    def test_it_is_left_out_of_what_is_read_aloud(self):
        page = render(
            "{{ components.small_trail(drawing_of(outline)) }}", outline=outline(publish_pathway())
        )

        assert page.svg["aria-hidden"] == "true"
        assert page.select("rect.small-trail__post")


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

    assert links_of(outline(pathway)).text == "1 link died; a stand-in serves"


def test_a_pathway_without_links_tells_nothing_of_them():
    assert links_of(outline(publish_pathway(stages={"A": ["Do it"]}))) is None


def test_the_key_knows_which_marks_are_there():
    pathway = publish_pathway(
        stages={"A": [None, ("Left", WAY), ("Right", WAY), ("May", {"requirement": "optional"})]}
    )

    assert marks_of(outline(pathway)) == {"resource", "activity", "fork", "optional"}
