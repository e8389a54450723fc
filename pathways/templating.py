"""What templates tell of a pathway as a whole, given to them by config.templates."""

from pathways.drawing import draw
from pathways.models import Pathway, Step
from pathways.outline import Entry
from pathways.reading import authors, cost_of, links_of, marks_of, outline_for_readers


def author_names(pathway: Pathway) -> str:
    """The names of those who put it together, separated by commas."""
    return ", ".join(credit.curator.credit_name for credit in authors(pathway))


def letter_of(entry: Entry, step: Step) -> str:
    """The letter of a way of a fork."""
    return next((letter for letter, way in entry.ways if way.uid == step.uid), "")


GLOBALS = {
    "drawing_of": draw,
    "letter_of": letter_of,
    "outline_of": outline_for_readers,
}
FILTERS = {
    "authors": author_names,
    "cost": cost_of,
    "links": links_of,
    "marks": marks_of,
}
