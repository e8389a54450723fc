"""Steps and stages are moved by buttons, without a script and without numbers."""

import pytest
from django.test import Client

from pathways.building.order import Order, Place, Stretch
from pathways.models import Step
from tests.cast import Cast
from tests.factories import add_stage, add_step, make_draft
from tests.pathways.building import name_of, open_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


@pytest.fixture
def parts() -> dict[str, object]:
    """A draft of two stages: A, then B or C, then D; and E."""
    draft = make_draft()
    one, two = add_stage(draft, "One"), add_stage(draft, "Two")
    return {
        "draft": draft,
        "One": one,
        "Two": two,
        "A": add_step(one, "A"),
        "B": add_step(one, "B", requirement="choose-one", choice=1),
        "C": add_step(one, "C", requirement="choose-one", choice=1),
        "D": add_step(one, "D", requirement="optional"),
        "E": add_step(two, "E"),
    }


def drawn(draft: object) -> str:
    """As in `One: A (B C) D; Two: E`, from the rows."""
    stages = []
    for stage in draft.stages.order_by("position"):
        said, before = "", None
        for step in stage.steps.order_by("position"):
            if step.choice != before and before:
                said += ")"
            if step.choice != before and step.choice:
                said += " (" + step.title
            else:
                said += " " + step.title
            before = step.choice
        stages.append(f"{stage.title}:{said}{')' if before else ''}")
    return "; ".join(stages)


BEFORE = "One: A (B C) D; Two: E"


@pytest.mark.parametrize(
    ("verb", "part", "after"),
    [
        ("up", "A", BEFORE),
        ("down", "A", "One: (B C) A D; Two: E"),
        ("up", "B", "One: A B C D; Two: E"),
        ("down", "B", "One: A (C B) D; Two: E"),
        ("down", "C", "One: A B C D; Two: E"),
        ("up", "D", "One: A D (B C); Two: E"),
        ("down", "D", "One: A (B C); Two: D E"),
        ("up", "E", "One: A (B C) D E; Two:"),
        ("down", "E", BEFORE),
        ("set-up", "B", "One: (B C) A D; Two: E"),
        ("set-down", "B", "One: A D (B C); Two: E"),
        ("join", "D", "One: A (B C D); Two: E"),
        ("join", "A", BEFORE),
        ("leave", "B", "One: A C B D; Two: E"),
        ("up", "Two", "Two: E; One: A (B C) D"),
        ("down", "Two", BEFORE),
    ],
)
def test_a_button_moves_a_part(desk: Client, parts: dict, verb: str, part: str, after: str) -> None:
    sheet = open_sheet(desk, parts["draft"])

    response = sheet.press(f"{verb} {name_of(parts[part])}")

    assert drawn(parts["draft"]) == after
    key = parts[part].uid.hex
    focused = f"#{verb}-{key}" if verb in ("up", "down") else f"#step-{key}"
    assert response["Location"].endswith(focused)


def test_a_step_moves_to_another_stage(desk: Client, parts: dict) -> None:
    sheet = open_sheet(desk, parts["draft"])
    sheet.type(f"{name_of(parts['B'])}-to", name_of(parts["Two"]))

    sheet.press(f"to {name_of(parts['B'])}")

    assert drawn(parts["draft"]) == "One: A C D; Two: E B"


def test_what_is_typed_is_saved_with_the_move(desk: Client, parts: dict) -> None:
    sheet = open_sheet(desk, parts["draft"]).type("words-title", "Moved")

    sheet.press(f"up {name_of(parts['D'])}")

    parts["draft"].refresh_from_db()
    assert parts["draft"].title == "Moved"


def test_a_mistake_stops_the_saving_and_not_the_move(desk: Client, parts: dict) -> None:
    sheet = open_sheet(desk, parts["draft"]).type("words-title", "")

    sheet = sheet.press_on(f"up {name_of(parts['D'])}")

    assert sheet.mistakes == ["The pathway, Title: Give the pathway a title."]
    assert sheet.order == ["A", "D", "B / C", "E"]
    assert drawn(parts["draft"]) == BEFORE


def test_another_way_makes_a_set(desk: Client, parts: dict) -> None:
    sheet = open_sheet(desk, parts["draft"]).press_on(f"way resource {name_of(parts['A'])}")

    assert sheet.order == ["A / New step", "B / C", "D", "E"]
    sheet.press()
    assert Step.objects.get(uid=parts["A"].uid).requirement == "choose-one"


def test_a_step_that_left_its_set_is_core_again(desk: Client, parts: dict) -> None:
    open_sheet(desk, parts["draft"]).press(f"leave {name_of(parts['C'])}")

    rows = Step.objects.filter(title__in="BC")
    assert {(row.requirement, row.choice) for row in rows} == {("core", None)}


@pytest.mark.parametrize(
    "said",
    ["up", "up step-0", "sideways step-{0}", "add nothing stage-{0}", "up x y", "to step-1", ""],
)
def test_a_forged_button_moves_nothing(desk: Client, parts: dict, said: str) -> None:
    sheet = open_sheet(desk, parts["draft"])

    response = desk.post(sheet.form["action"], {**sheet.data, "do": said.format("0" * 32)})

    assert response.status_code in (200, 302)
    assert drawn(parts["draft"]) == BEFORE


def test_a_forged_order_is_read_as_far_as_it_makes_sense() -> None:
    key, other = "a" * 32, "b" * 32

    order = Order.read(
        [
            "end:",
            "set:",
            f"step:{key}",
            "stage:../x",
            f"stage:{other}",
            "set:",
            f"step:{key}",
            "nonsense",
        ]
    )

    assert order == [Stretch("newfirst", [Place([key])]), Stretch(other)]
    assert Order.read(order.lines()) == order
