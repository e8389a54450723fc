"""The lie of the land: a relief map whose height is how much there is to learn from.

Every competence is a place. What teaches it raises the ground there, so a thin spot of the catalogue
is a plain and a well-served competence a hill. The same counts give the same picture.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalogue.arrangement import Area

WIDTH, HEIGHT = 720, 762
# The ground is measured at the corners of squares this wide.
CELL = 8
# Where contours run; a hill is as high as the square root of its resources.
CONTOURS = (0.7, 1.5, 2.4, 3.4, 4.5, 5.7, 7.0, 8.3)

# Where the competences of DigComp 2.2 and 3.0 lie, by their codes, and the names of their areas.
PLACES = {
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
AREA_NAMES = {"1": (52, 76), "2": (440, 66), "3": (500, 374), "4": (270, 390), "5": (36, 378)}

Point = tuple[float, float]
Corner = tuple[int, int]
Side = tuple[Corner, Corner]
Grid = list[list[float]]


@dataclass(frozen=True)
class Spot:
    """A name on the map: its words, where it stands, and for a competence where it leads."""

    x: int
    y: int
    name: str
    code: str = ""
    address: str = ""


@dataclass(frozen=True)
class Map:
    """What the template draws: a path for each height that is reached, lowest first."""

    contours: tuple[str, ...]
    areas: tuple[Spot, ...]
    places: tuple[Spot, ...]


def map_of(areas: list[Area]) -> Map | None:
    """The map of a framework's areas; None where some of its competences have no place on it."""
    places = [place for area in areas for place in area.places]
    codes = {place.competence.code for place in places}
    if codes != set(PLACES) or {area.competence.code for area in areas} != set(AREA_NAMES):
        return None
    counts = tuple(sorted((place.competence.code, place.count) for place in places))
    return Map(
        contours=contours(counts),
        areas=tuple(
            Spot(*AREA_NAMES[row.code], row.words.short_title or row.words.title)
            for row in (area.competence for area in areas)
        ),
        places=tuple(
            Spot(*PLACES[row.code], row.words.short_title, row.code, row.get_absolute_url())
            for row in (place.competence for place in places)
        ),
    )


# A tenth of a second to draw; counts change with an edit at most.
@lru_cache(maxsize=8)
def contours(counts: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """One SVG path for each contour that is reached, lowest first. `counts`: code and resources."""
    hills = [(*PLACES[code], math.sqrt(count)) for code, count in counts if count]
    grid = [
        [_height(x * CELL, y * CELL, hills) for x in range(WIDTH // CELL + 1)]
        for y in range(HEIGHT // CELL + 1)
    ]
    # The edge lies low, so that every ring closes inside the sheet.
    for row in grid:
        row[0] = row[-1] = 0
    grid[0] = grid[-1] = [0] * len(grid[0])
    paths = ("".join(_path(ring) for ring in _rings(grid, level)) for level in CONTOURS)
    return tuple(path for path in paths if path)


def _height(x: float, y: float, hills: list[tuple[int, int, float]]) -> float:
    """The ground at a point: a bell for each hill, gently bent so that no ring is a circle."""
    bent_x = x + 9 * math.sin(y / 37) + 5 * math.sin((x + y) / 23)
    bent_y = y + 8 * math.sin(x / 41) + 5 * math.cos((x - y) / 29)
    return sum(
        top * math.exp(-((bent_x - hx) ** 2 + (bent_y - hy) ** 2) / (2 * (28 + 2.3 * top) ** 2))
        for hx, hy, top in hills
    )


def _rings(grid: Grid, level: float) -> Iterator[list[Point]]:
    """Closed rings where the ground crosses `level`, by marching squares."""
    follow: dict[Side, tuple[Side, Point]] = {}
    for y in range(len(grid) - 1):
        for x in range(len(grid[0]) - 1):
            corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            entries, exits = _crossings(corners, grid, level)
            for (side, point), (to, _point) in zip(entries, exits, strict=True):
                follow[side] = (to, point)
    while follow:
        start = side = next(iter(follow))
        ring = []
        while side in follow:
            side, point = follow.pop(side)
            ring.append(point)
        if side == start and len(ring) > 5:
            yield ring


def _crossings(
    corners: list[Corner], grid: Grid, level: float
) -> tuple[list[tuple[Side, Point]], list[tuple[Side, Point]]]:
    """Where the contour enters a square and where it leaves it, each with the side it crosses."""
    entries, exits = [], []
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        above = grid[a[1]][a[0]] >= level
        if above == (grid[b[1]][b[0]] >= level):
            continue
        side = (min(a, b), max(a, b))
        (exits if above else entries).append((side, _between(a, b, grid, level)))
    return entries, exits


def _between(a: Corner, b: Corner, grid: Grid, level: float) -> Point:
    low, high = grid[a[1]][a[0]], grid[b[1]][b[0]]
    share = (level - low) / (high - low)
    return ((a[0] + (b[0] - a[0]) * share) * CELL, (a[1] + (b[1] - a[1]) * share) * CELL)


def _simplify(points: list[Point], slack: float = 0.8) -> list[Point]:
    """Fewer points, never further than `slack` from the line (Ramer, Douglas and Peucker)."""
    if len(points) < 3:
        return points
    start, end = points[0], points[-1]
    far, index = max((_distance(one, start, end), at) for at, one in enumerate(points[1:-1], 1))
    if far <= slack:
        return [start, end]
    return _simplify(points[: index + 1], slack)[:-1] + _simplify(points[index:], slack)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From `point` to the line through `start` and `end`."""
    if start == end:
        return math.dist(point, start)
    (ax, ay), (bx, by), (x, y) = start, end, point
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / math.dist(start, end)


def _path(ring: list[Point]) -> str:
    """A ring as a smooth SVG path through the middles of its sides, in whole relative units."""
    half = len(ring) // 2
    points = _simplify(ring[: half + 1])[:-1] + _simplify([*ring[half:], ring[0]])[:-1]
    middles = [
        (round((ax + bx) / 2), round((ay + by) / 2))
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True)
    ]
    x, y = middles[-1]
    parts = [f"M{x} {y}"]
    for (px, py), (mx, my) in zip(points, middles, strict=True):
        parts.append(f"q{round(px) - x} {round(py) - y} {mx - x} {my - y}")
        x, y = mx, my
    return "".join(parts).replace(" -", "-") + "z"
