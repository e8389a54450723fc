"""The small drawing of a pathway: its steps in one row, as posts on a line.

All measures are in the drawing's own units, 36 high; the line runs at 26.
"""

from dataclasses import dataclass

from pathways.models import Step
from pathways.outline import Entry, Outline

LINE = 26
START = 12
# From one post to the next; an optional one stands off the line and takes less.
PACE, SIDE_PACE, FORK_PACE = 26, 22, 38
STAGE_GAP = 8
RADIUS = 6


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
    y: int = LINE

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
    """What the template draws; `end` is where the sign of the top begins."""

    lines: tuple[Line, ...]
    posts: tuple[Post, ...]
    end: int
    width: int


def draw(outline: Outline) -> Drawing:
    """The drawing of a pathway's outline."""
    lines: list[Line] = []
    posts: list[Post] = []
    x = START
    for stretch in outline.stretches:
        if posts:
            lines.append(Line("stage", f"M{x - 9} 19v14"))
            x += STAGE_GAP
        for entry in stretch.entries:
            x = _draw_entry(entry, x, lines, posts)
    return Drawing(
        lines=(Line("line", f"M6 {LINE}H{x - 10}"), *lines),
        posts=tuple(posts),
        end=x - 8,
        width=x + 8,
    )


def _draw_entry(entry: Entry, x: int, lines: list[Line], posts: list[Post]) -> int:
    """Adds an entry's marks at `x`, and answers where the next one stands."""
    if entry.is_fork:
        middle = x + 9
        lines.append(Line("line", f"M{x - 10} {LINE}c7 0 7-18 15-18h8c8 0 8 18 15 18"))
        posts += [Post(Step.Kind.RESOURCE, middle, 8), Post(Step.Kind.RESOURCE, middle)]
        return x + FORK_PACE
    if entry.is_optional:
        lines.append(Line("side", f"M{x - 8} {LINE}q2-13 8-16"))
        posts.append(Post(entry.first.kind, x, 9))
        return x + SIDE_PACE
    posts.append(Post(entry.first.kind, x))
    return x + PACE
