"""What templates tell of a pathway as a whole."""

from typing import Any

from django import template

from catalogue.freshness import Freshness
from pathways import drawing, reading
from pathways.models import Pathway, Step
from pathways.outline import Entry, Outline

register = template.Library()


@register.simple_tag
def outline(pathway: Pathway) -> Outline:
    """The outline of what is published of the pathway."""
    return reading.outline_for_readers(pathway)


@register.inclusion_tag("components/small_trail.html")
def small_trail(outline: Outline) -> dict[str, Any]:
    """The pathway drawn in one row."""
    return {"drawing": drawing.draw(outline)}


@register.filter
def authors(pathway: Pathway) -> str:
    """The names of those who put it together, separated by commas."""
    return ", ".join(credit.curator.credit_name for credit in reading.authors(pathway))


@register.filter
def cost(outline: Outline) -> str:
    """What following the pathway costs; empty where a resource doesn't say."""
    return reading.cost_of(outline)


@register.filter
def links(outline: Outline) -> Freshness | None:
    """How the pathway's links do."""
    return reading.links_of(outline)


@register.filter
def marks(outline: Outline) -> set[str]:
    """The kinds of marks that its trail shows."""
    return reading.marks_of(outline)


@register.filter
def letter_of(entry: Entry, step: Step) -> str:
    """The letter of a way of a fork."""
    return next((letter for letter, way in entry.ways if way.uid == step.uid), "")
