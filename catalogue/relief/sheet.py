"""Where the names of a framework stand on the map: by hand for DigComp, computed for all others."""

import math
from dataclasses import dataclass
from functools import lru_cache

WIDTH = 720
# The frame is dashed every 42: only sheets of such a height have whole dashes at their corners.
DASH, FRAME = 42, 12
# Between the frame and the outermost columns.
MARGIN = 24
# A row: the sign, two lines of a name, and room to move up or down a little.
ROW, SIGN_TO_TOP = 116, 30
COLUMNS = 4
# Of the room between two columns, what a name may take; the rest lets places move aside a little.
NAME_SHARE, ASIDE, UP = 0.8, 0.08, 10
# Lines of an area's name: how far apart, how many, where the first stands below the top of its block,
# and what is free below the last.
AREA_LINE, AREA_LINES, AREA_TOP, AREA_BELOW = 30, 2, 40, 14

Point = tuple[int, int]
# For each area its code, "" where it has no name beside its one place; and the codes of its places.
Shape = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Heading:
    """Where an area's name begins, and how wide and how many lines it may be."""

    x: int
    y: int
    room: int
    lines: int = 1


@dataclass(frozen=True)
class Sheet:
    """Where everything stands, in the order of areas and places. `room`: how wide a name may be."""

    height: int
    headings: tuple[Heading, ...]
    spots: tuple[Point, ...]
    room: int


# DigComp 2.2 and 3.0, by their codes.
DIGCOMP_SPOTS = {
    "1.1": (104, 136),
    "1.2": (240, 112),
    "1.3": (176, 234),
    "2.1": (404, 124),
    "2.2": (520, 108),
    "2.3": (636, 142),
    "2.4": (440, 236),
    "2.5": (560, 222),
    "2.6": (640, 282),
    "3.1": (566, 432),
    "3.2": (644, 512),
    "3.3": (554, 578),
    "3.4": (630, 660),
    "4.1": (350, 440),
    "4.2": (440, 508),
    "4.3": (334, 574),
    "4.4": (430, 654),
    "5.1": (88, 436),
    "5.2": (204, 468),
    "5.3": (98, 574),
    "5.4": (216, 632),
}
DIGCOMP_HEADINGS = {
    "1": Heading(52, 76, 370),
    "2": Heading(440, 66, 260),
    "3": Heading(500, 374, 206),
    "4": Heading(270, 390, 220),
    "5": Heading(36, 378, 226),
}
DIGCOMP: Shape = tuple(
    (area, tuple(code for code in DIGCOMP_SPOTS if code.startswith(f"{area}.")))
    for area in DIGCOMP_HEADINGS
)


@lru_cache(maxsize=32)
def sheet_of(shape: Shape) -> Sheet:
    """The sheet of a framework that is not empty."""
    if shape == DIGCOMP:
        return Sheet(762, tuple(DIGCOMP_HEADINGS.values()), tuple(DIGCOMP_SPOTS.values()), 120)
    return _Surveyor(shape).sheet()


@dataclass(frozen=True)
class _Block:
    """An area's land: its places in rows under its name; or areas without a name, side by side."""

    has_name: bool
    places: int


class _Surveyor:
    """Lays blocks into two halves of the sheet, each into the emptier; a large one across both."""

    def __init__(self, shape: Shape) -> None:
        self.blocks = _blocks(shape)
        self.ends = [MARGIN, MARGIN]
        self.headings: list[Heading] = []
        self.spots: list[Point] = []

    def sheet(self) -> Sheet:
        for block in self.blocks:
            self.lay(block)
        dashes = math.ceil((max(self.ends) + FRAME + WIDTH) / DASH)
        column = (WIDTH - 2 * MARGIN) / COLUMNS
        height = dashes * DASH - WIDTH + FRAME
        return Sheet(height, tuple(self.headings), tuple(self.spots), round(column * NAME_SHARE))

    def lay(self, block: _Block) -> None:
        is_wide = len(self.blocks) == 1 or block.places > 6
        half = 0 if is_wide else self.ends.index(min(self.ends))
        width = (WIDTH - 2 * MARGIN) if is_wide else (WIDTH - 2 * MARGIN) // 2
        left, top = MARGIN + half * width, max(self.ends) if is_wide else self.ends[half]
        if block.has_name:
            self.headings.append(Heading(left + 12, top + AREA_TOP, width - 30, AREA_LINES))
            top += AREA_TOP + AREA_LINE * (AREA_LINES - 1) + AREA_BELOW
        columns = min(COLUMNS if is_wide else COLUMNS // 2, block.places)
        for at in range(block.places):
            row, column = divmod(at, columns)
            in_row = min(columns, block.places - row * columns)
            self.spots.append(
                self.spot(left, top + row * ROW, width / in_row, column, len(self.spots))
            )
        bottom = top + math.ceil(block.places / columns) * ROW
        for one in (0, 1) if is_wide else (half,):
            self.ends[one] = bottom

    def spot(self, left: int, top: int, room: float, column: int, number: int) -> Point:
        """The middle of its column and row, moved a little, since no land is a grid."""
        x = left + (column + 0.5) * room + room * ASIDE * math.sin(2.4 * number)
        return round(x), round(top + SIGN_TO_TOP + UP * math.cos(1.7 * number))


def _blocks(shape: Shape) -> list[_Block]:
    """A block for each area with a name; neighbours without one share a block."""
    found: list[_Block] = []
    for code, places in shape:
        last = found[-1] if found else None
        if not code and last and not last.has_name:
            found[-1] = _Block(has_name=False, places=last.places + len(places))
        else:
            found.append(_Block(has_name=bool(code), places=len(places)))
    return found
