"""Names cut to the room that they have on the map."""

import re

# Widths in ems, a little more than in the usual sans serifs.
NARROW, LETTER, WIDE, CAPITAL, SQUARE = 0.3, 0.55, 0.87, 0.7, 1.0
NARROW_LETTERS = frozenset("fijlrtîïíì.,:;'’|!()[]- /")
WIDE_LETTERS = frozenset("mwŵMWŴ@%—…")
# From here on scripts fill the square, as Chinese does.
FIRST_SQUARE = "\u2e80"
MORE = "…"


def width_of(text: str) -> float:
    """How wide `text` is at most, in ems."""
    return sum(map(_width, text))


def _width(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in WIDE_LETTERS:
        return WIDE
    if letter >= FIRST_SQUARE:
        return SQUARE
    return CAPITAL if letter.isupper() else LETTER


def fit(text: str, room: float, lines: int) -> tuple[str, ...]:
    """`text` in at most `lines` lines of `room` ems, broken after blanks and hyphens.

    What finds no room is left out, and “…” says so.
    """
    found = [""]
    for word in re.findall(r"[^ -]*[ -]|[^ -]+", " ".join(text.split())):
        if _fits(found[-1] + word, room):
            found[-1] += word
        elif found[-1] and len(found) < lines:
            found.append(word)
        else:
            found[-1] += word
            break
    return tuple(line.rstrip() if _fits(line, room) else _cut(line, room) for line in found)


def _fits(line: str, room: float) -> bool:
    return width_of(line.rstrip()) <= room


def _cut(line: str, room: float) -> str:
    while line and width_of(line.rstrip() + MORE) > room:
        line = line[:-1]
    return line.rstrip(" ,.-") + MORE
