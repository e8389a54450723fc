"""The lie of the land."""

import re

import pytest

from catalogue.arrangement import Area, Place
from catalogue.models import Competence, Framework
from catalogue.relief import AREA_NAMES, PLACES, contours, map_of
from tests.pages import render


def land(counts: dict[str, int] | None = None, *, codes: set[str] | None = None) -> list[Area]:
    framework = Framework(slug="a-framework", title="A framework")
    areas = []
    for code in AREA_NAMES:
        area = Area(Competence(framework=framework, code=code, title=f"Area {code}"))
        area.places = [
            Place(
                Competence(framework=framework, code=one, title=f"Place {one}", short_title=one),
                (counts or {}).get(one, 0),
            )
            for one in sorted(codes or PLACES)
            if one.startswith(f"{code}.")
        ]
        areas.append(area)
    return areas


def test_a_catalogue_of_nothing_is_a_plain():
    assert contours(()) == ()


def test_more_resources_make_a_higher_hill():
    low, high = contours((("1.1", 1),)), contours((("1.1", 60),))

    assert 0 < len(low) < len(high)


def test_contours_are_closed_and_stay_on_the_sheet():
    for path in contours((("1.1", 30), ("3.2", 90))):
        assert re.fullmatch(r"(M-?\d+ ?-?\d+(q-?\d+(?: ?-?\d+){3})+z)+", path)
        x, y = map(int, re.match(r"M(\d+) (\d+)", path).groups())
        assert 0 <= x <= 720
        assert 0 <= y <= 762


def test_the_same_counts_give_the_same_picture():
    counts = (("4.1", 7), ("4.2", 12))

    assert contours.__wrapped__(counts) == contours.__wrapped__(counts)


def test_a_framework_with_other_competences_has_no_map():
    assert map_of(land(codes=set(PLACES) - {"5.4"})) is None
    assert map_of([]) is None


# As pages draw it: nothing where there is no map.
LAND = "{% set map = map_of(areas) %}{% if map %}{{ components.relief_map(map) }}{% endif %}"


def test_the_map_is_left_out_of_what_is_read_aloud_and_of_the_way_of_the_keyboard():
    page = render(LAND, areas=land({"1.1": 5}))

    svg = page.select_one("svg.relief-map")
    assert svg["aria-hidden"] == "true"
    assert {link["tabindex"] for link in svg.select("a")} == {"-1"}
    assert len(svg.select("a")) == len(PLACES)


@pytest.mark.parametrize("areas", [[], land(codes={"1.1"})])
def test_nothing_is_drawn_where_there_is_no_map(areas: list[Area]):
    assert render(LAND, areas=areas).select("svg") == []
