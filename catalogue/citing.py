"""How to name a resource in one's own text."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from catalogue.models import Resource

# More authors than these are told as the first “and others”.
AUTHORS = 3


def cite(resource: Resource, *, seen: date) -> str:
    """A reference to `resource` as of the day `seen`, author and year first (Harvard style).

    Where no author is known the provider stands for one, and “no date” for the year. No query where
    `provider` is loaded.
    """
    provider = resource.provider.name if resource.provider else ""
    facts = {
        "who": _people(resource.authors) or provider,
        "year": resource.date_published[:4] or gettext("no date"),
        "title": resource.title,
        "provider": provider,
        "address": resource.url,
        "day": date_format(seen, "DATE_FORMAT"),
    }
    if resource.authors and provider:
        # Translators: a reference in a bibliography.
        said = gettext(
            "%(who)s (%(year)s) %(title)s. %(provider)s. Available at: %(address)s (accessed %(day)s)."
        )
    elif facts["who"]:
        said = gettext(
            "%(who)s (%(year)s) %(title)s. Available at: %(address)s (accessed %(day)s)."
        )
    else:
        said = gettext("%(title)s (%(year)s). Available at: %(address)s (accessed %(day)s).")
    return said % facts


def _people(names: list[str]) -> str:
    if len(names) > AUTHORS:
        return gettext("%(first)s and others") % {"first": names[0]}
    if len(names) > 1:
        return gettext("%(several)s and %(last)s") % {
            "several": ", ".join(names[:-1]),
            "last": names[-1],
        }
    return names[0] if names else ""
