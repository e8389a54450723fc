"""The lie of the land."""

import re
from itertools import combinations

import pytest
from django.utils import translation

from catalogue.arrangement import Area, Place
from catalogue.models import Competence, Framework
from catalogue.relief import AREA_SIZE, NAME_SIZE, Map, Spot, map_of
from catalogue.relief.contours import contours
from catalogue.relief.names import fit, width_of
from catalogue.relief.sheet import DIGCOMP
from tests.pages import render, texts

# Longer than any framework's, so that nothing on the map has more room than it asks for.
LONG = "Rhyngweithio cydweithredol a chyfathrebu"


def land(
    *sizes: int, counts: tuple[int, ...] = (), title: str = LONG, slug: str = "a-framework"
) -> list[Area]:
    """Areas of so many competences each; 0 for one without. `counts` are theirs in order."""
    framework = Framework(slug=slug, title="A framework")
    given = iter(counts)
    areas = []
    for number, size in enumerate(sizes, start=1):
        area = Area(Competence(framework=framework, code=str(number), title=title))
        codes = [f"{number}.{at}" for at in range(1, size + 1)]
        rows = [Competence(framework=framework, code=code, title=title) for code in codes]
        area.places = [Place(row, next(given, 0)) for row in rows or [area.competence]]
        area.count = sum(place.count for place in area.places)
        areas.append(area)
    return areas


def digcomp(**said: object) -> list[Area]:
    return land(*(len(codes) for _area, codes in DIGCOMP), **said)


SHAPES = {
    "DigComp": [len(codes) for _area, codes in DIGCOMP],
    "one competence": [1],
    "one area alone": [0],
    "three areas alone": [0, 0, 0],
    "areas alone": [0] * 11,
    "one area of many": [13],
    "areas of one": [1] * 7,
    "areas with and without competences": [0, 0, 4, 0, 7, 2, 0],
    "small and large": [2, 9, 1, 5, 3],
    "eight of five": [5] * 8,
}
shapes = pytest.mark.parametrize("sizes", SHAPES.values(), ids=SHAPES.keys())


def drawn(areas: list[Area]) -> str:
    """The map as it stands in a page."""
    page = render("{{ components.relief_map(map_of(areas)) }}", areas=areas)
    return str(page.svg)


Box = tuple[float, float, float, float]


def boxes(drawing: Map) -> dict[str, Box]:
    """Left, top, right and bottom of all signs and lines of names, as wide as they are at most."""
    found = {}
    for spot in drawing.places:
        found[f"sign of {spot.code}"] = (
            *(spot.x - spot.half, spot.y - 18),
            *(spot.x + spot.half, spot.y + 18),
        )
        for at, line in enumerate(spot.lines):
            half, base = width_of(line) * NAME_SIZE / 2, spot.y + 36 + 17 * at
            found[f"{spot.code} line {at}"] = (spot.x - half, base - 12, spot.x + half, base + 4)
    for spot in drawing.areas:
        for at, line in enumerate(spot.lines):
            wide, base = width_of(line) * AREA_SIZE * 0.85, spot.y + 30 * at
            found[f"area at {spot.x}, {spot.y} line {at}"] = (
                *(spot.x, base - 21),
                *(spot.x + wide, base + 5),
            )
    return found


class TestNames:
    @shapes
    def test_nothing_overlaps_however_long_the_titles(self, sizes: list[int]):
        found = boxes(map_of(land(*sizes)))

        assert [
            (one, other)
            for (one, a), (other, b) in combinations(found.items(), 2)
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        ] == []

    @shapes
    def test_everything_stands_inside_the_frame(self, sizes: list[int]):
        drawing = map_of(land(*sizes))

        assert {
            name: box
            for name, box in boxes(drawing).items()
            if box[0] < 6 or box[1] < 6 or box[2] > 714 or box[3] > drawing.height - 6
        } == {}

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("Privacy", ("Privacy",)),
            ("Working together", ("Working", "together")),
            ("Ymddygiad ar-lein", ("Ymddygiad", "ar-lein")),
            ("Data, information and content", ("Data,", "information…")),
            ("Browsing and searching the web", ("Browsing", "and search…")),
            ("a" * 300, ("aaaaaaaaa…",)),
            ("", ("",)),
        ],
    )
    def test_they_break_between_words_and_say_what_is_left_out(
        self, text: str, lines: tuple[str, ...]
    ):
        assert fit(text, 6.1, 2) == lines

    def test_the_short_title_is_taken_where_the_reader_can_read_it(self):
        [area] = land(0)
        area.competence.short_title = "Short"
        area.competence.i18n = {"title_cy": "Hir"}

        assert map_of([area]).places[0].lines == ("Short",)
        with translation.override("cy"):
            assert map_of([area]).places[0].lines == ("Hir",)


class TestGround:
    def test_a_catalogue_of_nothing_is_a_plain(self):
        assert map_of(digcomp()).contours == ()

    def test_more_resources_make_a_higher_hill(self):
        low, high = contours(((104, 136, 1),), 762, 5000), contours(((104, 136, 60),), 762, 5000)

        assert 0 < len(low) < len(high)

    def test_in_a_large_catalogue_a_thin_competence_is_still_a_plain(self):
        thin, ample = (104, 136, 1), (500, 500, 10_000)

        assert contours((thin, ample), 762, 5000) == contours((ample,), 762, 5000)

    def test_contours_are_closed_and_stay_on_the_sheet(self):
        for path in contours(((104, 136, 30), (644, 512, 90)), 762, 5000):
            assert re.fullmatch(r"(M\d+ \d+q-?\d+( ?-?\d+){3}t-?\d+( ?-?\d+)+z)+", path)
            x, y = map(int, re.match(r"M(\d+) (\d+)", path).groups())
            assert 0 <= x <= 720
            assert 0 <= y <= 762

    def test_the_same_counts_give_the_same_picture(self):
        hills = ((350, 440, 7), (440, 508, 12))

        assert contours.__wrapped__(hills, 762, 5000) == contours.__wrapped__(hills, 762, 5000)


class TestWeight:
    @shapes
    @pytest.mark.parametrize("most", [1, 37, 5000])
    def test_a_map_weighs_ten_kilobytes_at_most(self, sizes: list[int], most: int):
        counts = tuple(most * (7 * at % 11) // 11 for at in range(60))

        assert len(drawn(land(*sizes, counts=counts, slug="f" * 40)).encode()) <= 10_000

    def test_so_it_does_where_signs_are_wide(self):
        areas = land(*[4] * 10, counts=tuple(range(40)))
        for place in (place for area in areas for place in area.places):
            place.competence.code = f"A-{place.competence.code}"

        assert len(drawn(areas).encode()) <= 10_000

    def test_all_heights_of_a_rich_catalogue_are_drawn(self):
        counts = (
            31,
            69,
            149,
            92,
            83,
            29,
            49,
            28,
            9,
            182,
            56,
            16,
            49,
            51,
            53,
            46,
            14,
            8,
            80,
            92,
            64,
        )

        assert len(map_of(digcomp(counts=counts, title="Searching")).contours) == 8

    def test_of_too_many_competences_the_areas_are_drawn_with_what_they_hold(self):
        areas = land(40, 0, 40, counts=(3,) * 81)

        drawing = map_of(areas)
        assert [spot.code for spot in drawing.places] == ["1", "2", "3"]
        assert drawing.contours == map_of(land(0, 0, 0, counts=(120, 3, 120))).contours

    def test_far_too_much_is_left_to_the_list(self):
        assert map_of(land(*[0] * 200)) is None

    def test_a_framework_without_competences_has_no_map(self):
        assert map_of([]) is None


class TestSigns:
    @pytest.mark.parametrize(
        ("code", "shown", "half"),
        [("1.1", "1.1", 18), ("IL-12", "IL-12", 29), ("DCF.2016.1.1", "", 9)],
    )
    def test_they_are_as_wide_as_their_codes_or_bare(self, code: str, shown: str, half: int):
        [area] = land(0)
        area.competence.code = code

        [spot] = map_of([area]).places
        assert (spot.code, spot.half) == (shown, half)
        assert isinstance(spot, Spot)

    def test_each_leads_to_its_competence(self):
        [spot, *_others] = map_of(digcomp()).places

        assert spot.address == "/frameworks/a-framework/1.1/"


class TestPicture:
    def test_it_is_left_out_of_what_is_read_aloud_and_of_the_way_of_the_keyboard(self):
        page = render("{{ components.relief_map(map_of(areas)) }}", areas=digcomp(counts=(5,)))

        svg = page.select_one("svg.relief-map")
        assert svg["aria-hidden"] == "true"
        assert {link["tabindex"] for link in svg.select("a")} == {"-1"}
        assert len(svg.select("a")) == 21

    def test_the_list_beside_it_says_the_same_with_numbers(self):
        page = render(
            "{{ components.lie_of_the_land(areas, 3) }}",
            areas=land(2, 0, counts=(5, 1, 0), title="T"),
        )

        assert len(page.select("svg.relief-map a")) == 3
        assert texts(page, ".competence-list > li > h3") == ["1 T", "2 T 0 resources"]
        assert texts(page, ".competence-list li li") == ["1.1 T 5 resources", "1.2 T 1 resource"]

    def test_without_a_map_the_list_stands_alone_in_columns(self):
        page = render("{{ components.lie_of_the_land(areas, 3) }}", areas=land(*[0] * 200))

        assert page.select("svg") == []
        assert len(page.select(".competence-list--columns > li")) == 200
