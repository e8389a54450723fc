"""The lie of the land: a relief map whose height is how much there is to learn from.

Every competence is a place. What teaches it raises the ground there, so a thin spot of the catalogue
is a plain and a well-served competence a hill. The same framework with the same counts gives the
same picture. `map_of` is the front door.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.arrangement import Area
from catalogue.models import Competence
from catalogue.relief.contours import contours
from catalogue.relief.names import fit, width_of
from catalogue.relief.sheet import AREA_LINE, Sheet, sheet_of

# What a map may weigh in a page, and what of it has to be left for the ground; in bytes.
WEIGHT = 10_000
GROUND = 2_000
# Markup of the frame, of a sign with its link and of a line of a name, without the words in it.
FRAME, SPOT, WIDE_SPOT, LINE = 480, 102, 142, 28

# Sizes of type on the map, as relief-map.css has them; areas are larger on narrow screens.
NAME_SIZE, CODE_SIZE, AREA_SIZE = 15.5, 16.5, 31
# The italic of the areas' names runs narrower than the sans of the others.
ITALIC = 0.85
NAME_LINES = 2
# Half the width of the sign that bears a code, the widest that neighbours leave room for, and of
# the bare post that stands for a longer code.
SIGN, WIDEST_SIGN, POST = 18, 38, 9


@dataclass(frozen=True)
class Spot:
    """A name on the map, and for a competence the sign above it and where that leads.

    `code` is "" where it is too long for the sign; `half` is half of the sign's width.
    """

    x: int
    y: int
    lines: tuple[str, ...]
    code: str = ""
    address: str = ""
    half: int = 0

    @property
    def weight(self) -> int:
        """Bytes in a page, or somewhat more."""
        words = sum(LINE + len(line.encode()) for line in self.lines)
        if not self.address:
            return words
        return words + len(self.address) + (WIDE_SPOT if self.half > SIGN else SPOT)


@dataclass(frozen=True)
class Map:
    """What the template draws, on a sheet 720 wide.

    `contours`: an SVG path for each height that is reached, lowest first.
    """

    height: int
    contours: tuple[str, ...]
    areas: tuple[Spot, ...]
    places: tuple[Spot, ...]


def map_of(areas: list[Area]) -> Map | None:
    """The map of a framework's areas; None where there is nothing to draw, or far too much.

    Where the competences are too many for a picture, their areas are the places.
    """
    for shape in (areas, [Area(area.competence, [area.as_place()]) for area in areas]):
        drawn = _map_of(shape) if shape else None
        if drawn:
            return drawn
    return None


def _map_of(areas: list[Area]) -> Map | None:
    sheet = sheet_of(
        tuple(("" if area.is_one_place else area.competence.code, _codes(area)) for area in areas)
    )
    names, places = tuple(_headings(areas, sheet)), tuple(_places(areas, sheet))
    left = WEIGHT - FRAME - sum(spot.weight for spot in names + places)
    if left < GROUND:
        return None
    counts = [place.count for area in areas for place in area.places]
    hills = tuple((spot.x, spot.y, count) for spot, count in zip(places, counts, strict=True))
    return Map(sheet.height, contours(hills, sheet.height, left), names, places)


def _codes(area: Area) -> tuple[str, ...]:
    return tuple(place.competence.code for place in area.places)


def _headings(areas: list[Area], sheet: Sheet) -> Iterator[Spot]:
    headed = (area.competence for area in areas if not area.is_one_place)
    for row, heading in zip(headed, sheet.headings, strict=True):
        lines = fit(_name(row), heading.room / (AREA_SIZE * ITALIC), heading.lines)
        # A short name stands close above its places.
        yield Spot(heading.x, heading.y + (heading.lines - len(lines)) * AREA_LINE, lines)


def _places(areas: list[Area], sheet: Sheet) -> Iterator[Spot]:
    rows = (place.competence for area in areas for place in area.places)
    for row, (x, y) in zip(rows, sheet.spots, strict=True):
        half = max(SIGN, round(width_of(row.code) * CODE_SIZE / 2) + 6)
        is_held = half <= WIDEST_SIGN
        yield Spot(
            x,
            y,
            fit(_name(row), sheet.room / NAME_SIZE, NAME_LINES),
            row.code if is_held else "",
            row.get_absolute_url(),
            half if is_held else POST,
        )


def _name(row: Competence) -> str:
    """Its short title, unless only the long one is there in the reader's language."""
    short, title = row.words.short_title, row.words.title
    return short if short and short.language == title.language else title
