"""Where the steps of a draft stand, as a page sends it, and how they move. No row is touched here.

A page sends one line for each part, in the order of the page: `stage:<key>`, `step:<key>`, and
around the ways of a choose-one set `set:` and `end:`. So nobody types a number, a script moves the
lines with the parts, and without one the buttons of `MOVES` do.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

# A row's identifier, or what a page calls a part that is not saved yet.
KEY = re.compile(r"[0-9a-f]{32}|new[a-z0-9]{1,32}")
# The key that a step without a stage is put under.
FIRST = "newfirst"


@dataclass
class Place:
    """One step, or the ways of a choose-one set."""

    steps: list[str]
    is_set: bool = False


@dataclass
class Stretch:
    stage: str
    places: list[Place] = field(default_factory=list)

    @property
    def steps(self) -> list[str]:
        return [step for place in self.places for step in place.steps]


class Order(list[Stretch]):
    """Stages from the first to the last, each with its places."""

    @classmethod
    def read(cls, lines: Iterable[str]) -> "Order":
        """What a page sent. Whatever makes no sense, or names a part twice, is left out."""
        order, seen, inside = cls(), set(), None
        for line in lines:
            kind, _colon, key = line.partition(":")
            if kind == "end":
                inside = None
            if kind == "set" and order:
                inside = Place([], is_set=True)
                order[-1].places.append(inside)
            if kind not in ("stage", "step") or key in seen or not KEY.fullmatch(key):
                continue
            seen.add(key)
            if kind == "stage":
                order.append(Stretch(key))
                inside = None
                continue
            if not order:
                order.append(Stretch(FIRST))
            if inside is None:
                order[-1].places.append(Place([key]))
            else:
                inside.steps.append(key)
        return order.tidied()

    def lines(self) -> list[str]:
        """What a page sends of it: the inverse of `read`."""
        return list(self._lines())

    def _lines(self) -> Iterator[str]:
        for stretch in self:
            yield f"stage:{stretch.stage}"
            for place in stretch.places:
                yield from ["set:"] if place.is_set else []
                yield from (f"step:{key}" for key in place.steps)
                yield from ["end:"] if place.is_set else []

    def tidied(self) -> "Order":
        """Without places that nothing stands at."""
        for stretch in self:
            stretch.places = [place for place in stretch.places if place.steps]
        return self

    @property
    def stages(self) -> list[str]:
        return [stretch.stage for stretch in self]

    @property
    def steps(self) -> list[str]:
        return [step for stretch in self for step in stretch.steps]

    @property
    def keys(self) -> set[str]:
        return {*self.stages, *self.steps}

    def only(self, keys: Iterable[str]) -> "Order":
        """The same without the parts that are not among `keys`; steps of a lost stage go with it."""
        kept = {*keys}
        return Order(
            Stretch(
                stretch.stage,
                [
                    Place([key for key in place.steps if key in kept], place.is_set)
                    for place in stretch.places
                ],
            )
            for stretch in self
            if stretch.stage in kept
        ).tidied()

    def find(self, step: str) -> tuple[int, int, int] | None:
        """Of which stretch, place and way `step` is; None where it isn't there."""
        for s, stretch in enumerate(self):
            for p, place in enumerate(stretch.places):
                if step in place.steps:
                    return s, p, place.steps.index(step)
        return None

    def take(self, step: str) -> None:
        """Lifts `step` out. A set that is left with one way is a plain step from then on."""
        s, p, _way = self.find(step)
        place = self[s].places[p]
        place.steps.remove(step)
        if len(place.steps) == 1:
            place.is_set = False
        if not place.steps:
            del self[s].places[p]

    def add_missing(self, other: "Order") -> None:
        """Puts what only `other` has after whatever stands before it there."""
        for s, stretch in enumerate(other):
            if stretch.stage not in self.stages:
                after = other[s - 1].stage if s else None
                at = self.stages.index(after) + 1 if after in self.stages else 0
                self.insert(at, Stretch(stretch.stage))
        for stretch in other:
            mine = self[self.stages.index(stretch.stage)]
            before = None
            for place in stretch.places:
                for step in place.steps:
                    if self.find(step) is None:
                        self._put_after(step, before, mine, joins=place.is_set)
                    before = (step, place)

    def _put_after(
        self, step: str, before: tuple[str, Place] | None, stretch: Stretch, *, joins: bool
    ) -> None:
        found = before and self.find(before[0])
        if not found or self[found[0]] is not stretch:
            at = 0 if before is None else len(stretch.places)
            stretch.places.insert(at, Place([step], is_set=joins))
            return
        s, p, way = found
        if joins and step in before[1].steps:
            self[s].places[p].steps.insert(way + 1, step)
            self[s].places[p].is_set = True
        else:
            self[s].places.insert(p + 1, Place([step], is_set=joins))


# Moves: each takes the order and the key of what moves, and changes the order.


def up(order: Order, key: str) -> None:
    """One step up: past what stands above, at the top of a set or stage out of it."""
    if key in order.stages:
        return _swap(order, order.stages.index(key), -1)
    s, p, way = order.find(key)
    places = order[s].places
    if way:
        return _swap(places[p].steps, way, -1)
    if places[p].is_set:
        order.take(key)
        return places.insert(p, Place([key]))
    if p:
        return _swap(places, p, -1)
    if s:
        order[s - 1].places.append(places.pop(0))
    return None


def down(order: Order, key: str) -> None:
    """One step down: past what stands below, at the foot of a set or stage out of it."""
    if key in order.stages:
        return _swap(order, order.stages.index(key), 1)
    s, p, way = order.find(key)
    places = order[s].places
    if way < len(places[p].steps) - 1:
        return _swap(places[p].steps, way, 1)
    if places[p].is_set:
        order.take(key)
        return places.insert(p + 1, Place([key]))
    if p < len(places) - 1:
        return _swap(places, p, 1)
    if s < len(order) - 1:
        order[s + 1].places.insert(0, places.pop())
    return None


def _swap(parts: list, at: int, by: int) -> None:
    if 0 <= at + by < len(parts):
        parts[at], parts[at + by] = parts[at + by], parts[at]


def set_up(order: Order, key: str) -> None:
    """The whole set that the step `key` is of, up."""
    _move_set(order, key, -1)


def set_down(order: Order, key: str) -> None:
    _move_set(order, key, 1)


def _move_set(order: Order, key: str, by: int) -> None:
    s, p, _way = order.find(key)
    places = order[s].places
    if 0 <= p + by < len(places):
        _swap(places, p, by)
    elif 0 <= s + by < len(order):
        order[s + by].places.insert(len(order[s + by].places) if by < 0 else 0, places.pop(p))


def join(order: Order, key: str) -> None:
    """Makes the step another way to what stands above it: a choose-one set."""
    s, p, _way = order.find(key)
    places = order[s].places
    if p and not places[p].is_set:
        places.pop(p)
        places[p - 1].steps.append(key)
        places[p - 1].is_set = True


def leave(order: Order, key: str) -> None:
    """Takes the step out of its set: it stands below it."""
    s, p, _way = order.find(key)
    places = order[s].places
    if places[p].is_set:
        at = p + 1 if len(places[p].steps) > 1 else p
        order.take(key)
        places.insert(at, Place([key]))


def to_stage(order: Order, key: str, stage: str) -> None:
    """To the end of another stage."""
    if stage in order.stages:
        order.take(key)
        order[order.stages.index(stage)].places.append(Place([key]))


def add_step(order: Order, key: str, stage: str) -> None:
    if stage in order.stages:
        order[order.stages.index(stage)].places.append(Place([key]))


def add_way(order: Order, key: str, beside: str) -> None:
    """A new step as another way to what `beside` leads to."""
    if found := order.find(beside):
        s, p, way = found
        place = order[s].places[p]
        place.steps.insert(way + 1, key)
        place.is_set = True


MOVES: dict[str, Callable[[Order, str], None]] = {
    "up": up,
    "down": down,
    "set-up": set_up,
    "set-down": set_down,
    "join": join,
    "leave": leave,
}
