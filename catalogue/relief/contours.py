"""The ground as contours: closed paths, each where the land reaches a height."""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from catalogue.relief.sheet import WIDTH

# The ground is measured at the corners of squares this wide.
CELL = 8
# Where contours run; a hill is as high as the square root of its resources.
CONTOURS = (0.7, 1.5, 2.4, 3.4, 4.5, 5.7, 7.0, 8.3)
# Where hills stand on each other and reach higher, the whole ground is lowered alike.
TALLEST = 9.0
# How far a contour may stray from the ground, in units of the sheet: the first that is light enough.
SLACKS = (0.8, 1.2, 1.8, 2.4, 3.0, 3.6, 4.4, 6.0)

Point = tuple[float, float]
Corner = tuple[int, int]
Side = tuple[Corner, Corner]
Grid = list[list[float]]


# A tenth of a second to draw; counts change with an edit at most.
@lru_cache(maxsize=64)
def contours(hills: tuple[tuple[int, int, int], ...], height: int, weight: int) -> tuple[str, ...]:
    """One SVG path for each contour that is reached, lowest first, in `weight` bytes together.

    `hills`: x, y and resources of each place, on a sheet `height` high. Where the bytes are too few
    for all contours, the highest are left out.
    """
    grid = _ground(hills, height)
    levels = [list(_rings(grid, level)) for level in CONTOURS]
    for slack in SLACKS:
        paths = ["".join(_path(ring, slack) for ring in rings) for rings in levels]
        if _weight(paths) <= weight:
            break
    while _weight(paths) > weight:
        paths.pop()
    return tuple(path for path in paths if path)


def _weight(paths: list[str]) -> int:
    """Of the paths with their markup, in bytes."""
    return sum(len(path) + 32 for path in paths)


def _ground(hills: tuple[tuple[int, int, int], ...], height: int) -> Grid:
    """The height at each corner: a bell for each hill, gently bent so that no ring is a circle."""
    columns, rows = WIDTH // CELL + 1, height // CELL + 1
    grid = [[0.0] * columns for _row in range(rows)]
    for x, y, count in hills:
        if count:
            _raise(grid, x, y, math.sqrt(count))
    highest = max(map(max, grid))
    if highest > TALLEST:
        grid = [[here * TALLEST / highest for here in row] for row in grid]
    # The edge lies low, so that every ring closes inside the sheet.
    for row in grid:
        row[0] = row[-1] = 0.0
    grid[0], grid[-1] = [0.0] * columns, [0.0] * columns
    return grid


def _raise(grid: Grid, x: int, y: int, top: float) -> None:
    wide = 28 + 2.3 * min(top, TALLEST / 2)
    # Further out nothing is left of a hill.
    reach = 4 * wide + 16
    for row in range(max(0, int((y - reach) / CELL)), min(len(grid), int((y + reach) / CELL) + 2)):
        for column in range(
            max(0, int((x - reach) / CELL)), min(len(grid[0]), int((x + reach) / CELL) + 2)
        ):
            bent_x, bent_y = _bent(column * CELL, row * CELL)
            far = (bent_x - x) ** 2 + (bent_y - y) ** 2
            grid[row][column] += top * math.exp(-far / (2 * wide**2))


@lru_cache(maxsize=32_768)
def _bent(x: int, y: int) -> Point:
    return (
        x + 9 * math.sin(y / 37) + 5 * math.sin((x + y) / 23),
        y + 8 * math.sin(x / 41) + 5 * math.cos((x - y) / 29),
    )


def _rings(grid: Grid, level: float) -> Iterator[list[Point]]:
    """Closed rings where the ground crosses `level`, by marching squares."""
    follow: dict[Side, tuple[Side, Point]] = {}
    for y, (upper, lower) in enumerate(pairwise(grid)):
        for x in range(len(upper) - 1):
            # Hardly any square is crossed.
            above = upper[x] >= level
            if above == (upper[x + 1] >= level) == (lower[x] >= level) == (lower[x + 1] >= level):
                continue
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


def _simplify(points: list[Point], slack: float) -> list[Point]:
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


def _path(ring: list[Point], slack: float) -> str:
    """A ring as a smooth SVG path through the middles of its sides, in whole relative units.

    The bends pull towards the ring's corners. Each but the first is the one before it reflected
    (SVG's `t`), so that a point takes two numbers; each middle is rounded towards the corner that
    comes next, or rounding would add up.
    """
    half = len(ring) // 2
    corners = (
        _simplify(ring[: half + 1], slack)[:-1] + _simplify([*ring[half:], ring[0]], slack)[:-1]
    )
    bend = (round(corners[0][0]), round(corners[0][1]))
    start = here = _middle(corners[-1], corners[0])
    first = _middle(bend, corners[1])
    steps = [bend[0] - here[0], bend[1] - here[1], first[0] - here[0], first[1] - here[1]]
    here = first
    for corner in [*corners[2:], None]:
        bend = (2 * here[0] - bend[0], 2 * here[1] - bend[1])
        there = _middle(bend, corner) if corner else start
        steps += [there[0] - here[0], there[1] - here[1]]
        here = there
    q, t = " ".join(map(str, steps[:4])), " ".join(map(str, steps[4:]))
    return f"M{start[0]} {start[1]}q{q}t{t}z".replace(" -", "-")


def _middle(one: Point, other: Point) -> tuple[int, int]:
    return round((one[0] + other[0]) / 2), round((one[1] + other[1]) / 2)
