"""What templates tell of a pathway as a whole, given to them by config.templates."""

from pathways.drawing import draw
from pathways.models import Pathway
from pathways.reading import authors, cost_of, links_of, marks_of, outline_for_readers


def author_names(pathway: Pathway) -> str:
    """The names of those who put it together, separated by commas."""
    return ", ".join(credit.curator.credit_name for credit in authors(pathway))


GLOBALS = {
    "drawing_of": draw,
    "outline_of": outline_for_readers,
}
FILTERS = {
    "authors": author_names,
    "cost": cost_of,
    "links": links_of,
    "marks": marks_of,
}
