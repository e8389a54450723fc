"""The small drawing of a pathway: its steps as posts on a line, row below row like hairpin bends.

All measures are in the drawing's own units. A row is at most about as long as a card is wide, so
that posts of a long pathway are as large as those of a short one; rows share the way evenly, so that
none holds the end alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pathways.outline import Entry, Outline

# The first post of a row, the last place for one in the longest row, and how far the bends reach: on
# the left, and on the right beyond the last place.
START, LAST = 12, 288
LEFT, MARGIN, BEND = -4, 32, 9
# From one post to the next; an optional one stands off the line and takes less.
PACE, SIDE_PACE, FORK_PACE = 26, 22, 38
STAGE_GAP = 8
RADIUS = 6
# From one way of a fork to the next. No more are drawn: the words beside it tell how many there are.
LANE, LANES = 18, 4
ABOVE, BELOW = 8, 10


@dataclass(frozen=True)
class Line:
    """A stroke: the way itself, a fork, the spur to an optional post, or where a stage begins."""

    kind: str
    path: str


@dataclass(frozen=True)
class Post:
    """A step: its kind and its middle."""

    kind: str
    x: int
    y: int

    @property
    def left(self) -> int:
        return self.x - RADIUS

    @property
    def top(self) -> int:
        return self.y - RADIUS

    @property
    def bottom(self) -> int:
        return self.y + RADIUS


@dataclass(frozen=True)
class Drawing:
    """What the template draws; `end` is the left foot of the sign of the top."""

    lines: tuple[Line, ...] = ()
    posts: tuple[Post, ...] = ()
    end: tuple[int, int] = (0, 0)
    width: int = 0
    height: int = 0


@dataclass
class Row:
    """Entries with their places along a run of the line, which leads back in every second row.

    `last` is the last place for a post. `stages` are places where a stage begins; `end` is the place
    after the last entry, `y` where the line runs.
    """

    leads_back: bool
    last: int
    entries: list[tuple[int, Entry]] = field(default_factory=list)
    stages: list[int] = field(default_factory=list)
    end: int = START
    y: int = 0

    @property
    def ahead(self) -> int:
        return -1 if self.leads_back else 1

    @property
    def right(self) -> int:
        """How far the bend at its right end reaches."""
        return self.last + MARGIN

    def x(self, place: int) -> int:
        return self.right - place if self.leads_back else place

    @property
    def lanes(self) -> int:
        """How many lanes its posts stand on: the line, and what leaves it."""
        return max((_lanes(entry) for _place, entry in self.entries), default=1)

    def add(self, entry: Entry, *, begins_stage: bool) -> None:
        if begins_stage and self.entries:
            self.stages.append(self.end - 9)
            self.end += STAGE_GAP
        self.entries.append((self.end, entry))
        self.end += FORK_PACE if entry.is_fork else SIDE_PACE if entry.is_optional else PACE


def draw(outline: Outline) -> Drawing:
    """The drawing of a pathway's outline; of one without steps, one that is 0 wide."""
    if not outline.entries:
        return Drawing()
    rows = _rows(outline)
    foot = 0
    for row in rows:
        # The first leaves room for a lane more, so that cards beside each other stand alike.
        lanes = max(row.lanes, 2) if row is rows[0] else row.lanes
        row.y = foot + ABOVE + LANE * (lanes - 1)
        foot = row.y + BELOW
    last = rows[-1]
    return Drawing(
        lines=(Line("line", _way(rows)), *(line for row in rows for line in _lines(row))),
        posts=tuple(post for row in rows for post in _posts(row)),
        end=(last.x(last.end - 1) - 7, last.y + 6),
        width=last.right if len(rows) > 1 else last.end + 8,
        height=foot,
    )


def _rows(outline: Outline) -> list[Row]:
    """As few rows as hold the way, and of these the shortest."""
    rows = _filled(outline, LAST)
    while True:
        furthest = _furthest(rows)
        shorter = _filled(outline, furthest - 1)
        # A row holds one entry at least, however far that reaches.
        if not len(shorter) == len(rows) > 1 or _furthest(shorter) >= furthest:
            return _filled(outline, furthest)
        rows = shorter


def _furthest(rows: list[Row]) -> int:
    """The furthest place of a post; rows that reach less far are filled otherwise."""
    return max(row.entries[-1][0] for row in rows)


def _filled(outline: Outline, last: int) -> list[Row]:
    """Rows that are filled one after another, each up to the place `last`."""
    rows = [Row(leads_back=False, last=last)]
    for stretch in outline.stretches:
        for entry in stretch.entries:
            if rows[-1].end > last:
                rows.append(Row(leads_back=not rows[-1].leads_back, last=last))
            rows[-1].add(entry, begins_stage=entry is stretch.entries[0])
    return rows


def _way(rows: list[Row]) -> str:
    """The line from the first post to the top, through the bends between the rows."""
    path = f"M6 {rows[0].y}"
    for row, below in pairwise(rows):
        bend, side = BEND * row.ahead, LEFT if row.leads_back else row.right
        path += f"H{side - bend}q{bend} 0 {bend} {BEND}V{below.y - BEND}q0 {BEND} {-bend} {BEND}"
    return f"{path}H{rows[-1].x(rows[-1].end - 10)}"


def _lines(row: Row) -> Iterator[Line]:
    """What stands across the line of a row and beside it."""
    on = row.ahead
    for place in row.stages:
        yield Line("stage", f"M{row.x(place)} {row.y - 7}v14")
    for place, entry in row.entries:
        if entry.is_optional:
            yield Line("side", f"M{row.x(place - 8)} {row.y}q{2 * on} -13 {8 * on} -16")
        for lane in range(1, _lanes(entry)) if entry.is_fork else ():
            up = LANE * lane
            yield Line(
                "line",
                f"M{row.x(place - 10)} {row.y}c{7 * on} 0 {7 * on} -{up} {15 * on} -{up}"
                f"h{8 * on}c{8 * on} 0 {8 * on} {up} {15 * on} {up}",
            )


def _posts(row: Row) -> Iterator[Post]:
    for place, entry in row.entries:
        if entry.is_fork:
            for lane, step in enumerate(entry.steps[:LANES]):
                yield Post(step.kind, row.x(place + 9), row.y - LANE * lane)
        elif entry.is_optional:
            yield Post(entry.first.kind, row.x(place), row.y - LANE + 1)
        else:
            yield Post(entry.first.kind, row.x(place), row.y)


def _lanes(entry: Entry) -> int:
    return min(len(entry.steps), LANES) if entry.is_fork else 1 + entry.is_optional
