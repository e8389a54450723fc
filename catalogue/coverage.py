"""How much there is to learn each competence of a framework from, how fresh, and where it is thin."""

from dataclasses import dataclass
from datetime import datetime

from catalogue.arrangement import under
from catalogue.models import Competence, Framework
from catalogue.search import ResourceQuery
from catalogue.tallies import Tallies, tallies
from catalogue.tallies.sets import union
from catalogue.vocabularies import LinkState, Proficiency

# Fewer resources than these leave a reader no choice.
THIN = 2
# From how many resources on a cell is a step darker.
HEAT = (1, 2, 5, 10, 25)
# The tints of the relief map that these steps have, the first where there is nothing.
TINTS = (0, 1, 2, 4, 6, 8)
WORKING = (LinkState.WORKS, LinkState.MOVED)


@dataclass(frozen=True)
class Cell:
    """Resources that teach a competence at a proficiency, or at any where `proficiency` is empty.

    `working`: those whose link led somewhere when last visited; `newest`: when the newest was
    published here, None where there are none; `address`: of the list of them.
    """

    proficiency: str
    count: int
    working: int
    newest: datetime | None
    address: str

    @property
    def is_thin(self) -> bool:
        return self.count < THIN

    @property
    def heat(self) -> int:
        """0 where there is nothing, up to 5."""
        return sum(self.count >= least for least in HEAT)

    @property
    def tint(self) -> int:
        """Which of the relief map's tints it has; it has none where there is nothing."""
        return TINTS[self.heat]


@dataclass(frozen=True)
class Row:
    """A competence with a cell for each proficiency, and `whole` for any, stated or not.

    An area's cells count each resource once, in however many of its competences it is.
    """

    competence: Competence
    is_area: bool
    cells: list[Cell]
    whole: Cell


@dataclass(frozen=True)
class Thinness:
    """At a proficiency, how many competences have no resource, one, and more."""

    proficiency: str
    none: int
    one: int
    more: int

    @classmethod
    def of(cls, cells: list[Cell]) -> "Thinness":
        none, one = (sum(cell.count == number for cell in cells) for number in (0, 1))
        return cls(cells[0].proficiency, none, one, len(cells) - none - one)


@dataclass(frozen=True)
class Coverage:
    """`rows`: areas, each followed by its competences. `every`: the framework as a whole."""

    rows: list[Row]
    every: list[Cell]
    total: int

    @property
    def groups(self) -> list[tuple[Row, list[Row]]]:
        """Each area with the rows of its competences, which are none where it has none."""
        found: list[tuple[Row, list[Row]]] = []
        for row in self.rows:
            if row.is_area:
                found.append((row, []))
            else:
                found[-1][1].append(row)
        return found

    @property
    def lines(self) -> list[Row]:
        """Competences, and areas that have none."""
        return [row for area, rows in self.groups for row in rows or [area]]

    @property
    def bare(self) -> list[Row]:
        """Those that nothing teaches."""
        return [row for row in self.lines if not row.whole.count]

    @property
    def levels(self) -> list[Thinness]:
        columns = zip(*(row.cells for row in self.lines), strict=True)
        return [Thinness.of(list(cells)) for cells in columns]

    @property
    def thin(self) -> list[tuple[Row, Cell]]:
        """Thin spots: competences at a proficiency with fewer than two resources.

        An area without competences is one itself.
        """
        return [(row, cell) for row in self.lines for cell in row.cells if cell.is_thin]


def coverage_of(framework: Framework) -> Coverage:
    """The coverage of `framework`. Two queries, one more where something has changed."""
    counted = tallies()
    found = _Counting(counted)
    competences = list(framework.competences.in_order())
    below: dict[int | None, list[Competence]] = {}
    for one in competences:
        one.framework = framework
        below.setdefault(one.parent_id, []).append(one)
    rows = [
        found.row(one, is_area=one.parent_id is None)
        for area in below.get(None, [])
        for one in (area, *under(area, below))
    ]
    roots = [one.key for one in below.get(None, [])]
    return Coverage(
        rows=rows,
        every=[found.cell(roots, level) for level in Proficiency.values],
        total=found.cell(roots, "").count,
    )


class _Counting:
    """Cells out of the tallies."""

    def __init__(self, counted: Tallies) -> None:
        self.counted = counted
        self.working = union(counted.having("link", state) for state in WORKING)

    def row(self, competence: Competence, *, is_area: bool) -> Row:
        cells = [self.cell([competence.key], level) for level in Proficiency.values]
        return Row(competence, is_area, cells, self.cell([competence.key], ""))

    def cell(self, keys: list[str], level: str) -> Cell:
        """What teaches one of the competences `keys` at `level`, at any where that is empty."""
        levels = (level,) if level else ()
        found = union(self.counted.having("competence", key, levels) for key in keys)
        asked = ResourceQuery(competence=tuple(keys), proficiency=(level,) if level else ())
        return Cell(
            proficiency=level,
            count=len(found),
            working=found.intersection_cardinality(self.working),
            newest=self.counted.newest_in(found),
            address=asked.address,
        )
