"""Numbers as people read them."""

from django.utils.formats import number_format


def grouped(number: int) -> str:
    """A whole number with its thousands apart, in the page's own way: “12,345”."""
    return number_format(number, force_grouping=True) if number >= 1000 else str(number)
