"""What every template says in the site's own way: drawings, levels, minutes, freshness, texts.

`GLOBALS` and `FILTERS` are what config.templates gives the templates of all pages.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.template import defaultfilters
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue import markdown as curators_markdown
from catalogue.addresses import host_of
from catalogue.citing import cite
from catalogue.durations import spoken
from catalogue.freshness import archived_copy, freshness_of
from catalogue.icons import draw
from catalogue.keeping import cards, keep
from catalogue.languages import Text, language_name
from catalogue.licences import licence_address, licence_words
from catalogue.models import Resource
from catalogue.numbers import grouped
from catalogue.relief import map_of
from catalogue.teaching import taught_by_framework
from catalogue.vocabularies import Access, Proficiency, ResourceType, Sector

# The words on the one button that leads out of the site.
OPEN_IT = {
    ResourceType.COURSE: _("Open the course"),
    ResourceType.TUTORIAL: _("Open the tutorial"),
    ResourceType.ARTICLE: _("Open the article"),
    ResourceType.VIDEO: _("Open the video"),
    ResourceType.PODCAST: _("Open the podcast"),
    ResourceType.GUIDE: _("Open the guide"),
    ResourceType.TOOLKIT: _("Open the toolkit"),
    ResourceType.TOOL: _("Open the tool"),
    ResourceType.CASE_STUDY: _("Open the case study"),
    ResourceType.RECORDING: _("Open the recording"),
    ResourceType.BOOK: _("Open the book"),
    ResourceType.QUIZ: _("Open the quiz"),
    ResourceType.COMMUNITY: _("Open the community"),
    ResourceType.DATASET: _("Open the dataset"),
}

# Arrowheads of the waymarks: a path, and how thick its line is.
HEADS = {
    Proficiency.BASIC: ("m5.8 15 6.2-6.6 6.2 6.6", "3.6"),
    Proficiency.INTERMEDIATE: ("m6.2 12.2 5.8-5.8 5.8 5.8m-11.6 5.8 5.8-5.8 5.8 5.8", "2.7"),
    Proficiency.ADVANCED: (
        "m6.8 9.8 5.2-4.7 5.2 4.7m-10.4 4.6 5.2-4.7 5.2 4.7m-10.4 4.6 5.2-4.7 5.2 4.7",
        "2.1",
    ),
    Proficiency.EXPERT: (
        "m7.2 8.1 4.8-4.1 4.8 4.1m-9.6 3.7 4.8-4.1 4.8 4.1m-9.6 3.7 4.8-4.1 4.8 4.1m-9.6 3.7 4.8-4.1 4.8 4.1",
        "1.65",
    ),
}


def arrowheads_of(proficiency: str) -> tuple[str, str]:
    """The arrowheads of a proficiency's waymark: an SVG path, and how thick its line is."""
    return HEADS[Proficiency(proficiency)]


def page_language() -> str:
    """The language of the page, for `lang` of its root: the English of the site is British."""
    language = get_language() or "en"
    return "en-GB" if language == "en" else language


def current(path: str, address: str) -> SafeString:
    """` aria-current` for the link to `address` on the page at `path`, or on one of those below."""
    if path == address:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"' if address and path.startswith(address) else "")


def minutes(value: int | None, about: bool = False) -> str:
    """Minutes as people say them; with `about`, as an estimate. Nothing where unknown."""
    return spoken(value, about=bool(about))


def languages(tags: Iterable[str]) -> str:
    """The names of languages in the page's language: “Welsh, English”."""
    return ", ".join(language_name(tag) for tag in tags)


def is_foreign(tags: Iterable[str]) -> bool:
    """Whether none of the languages is the page's own."""
    page = (get_language() or "").split("-")[0]
    known = [tag.split("-")[0] for tag in tags]
    return bool(known) and page not in known


def access_words(access: Iterable[str]) -> str:
    """Accessibility facts in words, separated by commas."""
    return ", ".join(str(Access(fact).label) for fact in access)


def sector_word(sector: str) -> str:
    return str(Sector(sector).label)


def as_known(iso: str) -> str:
    """A date as exact as it is known: “2025”, “November 2025”, “3 November 2025”.

    What is none stands as it is.
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", iso):
        return iso
    parts = [int(part) for part in iso.split("-")]
    try:
        day = date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return iso
    if len(parts) == 1:
        return iso
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")


def in_language(text: str, tag: str) -> Text:
    """`text` as one that knows its language: `.lang` writes the attribute where it differs."""
    return Text(text, tag)


def label(row: models.Model, name: str) -> str:
    """What the value of the field `name`, one of its choices, is called; what has none, as it stands.
    As Django's get_…_display(), without reading all choices each time."""
    value = getattr(row, name)
    return str(_labels(type(row), name).get(value, value))


@cache
def _labels(model: type[models.Model], name: str) -> dict[Any, Any]:
    return dict(model._meta.get_field(name).flatchoices)


def markdown(text: str) -> SafeString:
    """Curators' Markdown as safe HTML."""
    return curators_markdown.render(text or "")


def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs, at its empty lines."""
    return SafeString(linebreaks(text, autoescape=True))


def host(url: str) -> str:
    """The host that an address leads to, as readers recognise it."""
    return host_of(url)


def open_it(resource: Resource) -> str:
    """The words on the button that leads to the resource."""
    return str(OPEN_IT.get(resource.resource_type, _("Open it")))


def citation_of(resource: Resource) -> str:
    """A reference to the resource as it is seen today."""
    return cite(resource, seen=timezone.localdate())


GLOBALS = {
    "archived_copy": archived_copy,
    "arrowheads_of": arrowheads_of,
    "cards": cards,
    "citation_of": citation_of,
    "current": current,
    "freshness_of": freshness_of,
    "icon": draw,
    "keep": keep,
    "map_of": map_of,
    "page_language": page_language,
    "proficiency_of": Proficiency,
    "taught_by_framework": taught_by_framework,
}
FILTERS = {
    "access_words": access_words,
    "as_known": as_known,
    "date": defaultfilters.date,
    "grouped": grouped,
    "host": host,
    "in_language": in_language,
    "is_foreign": is_foreign,
    "label": label,
    "languages": languages,
    "licence_address": licence_address,
    "licence_words": licence_words,
    "markdown": markdown,
    "minutes": minutes,
    "open_it": open_it,
    "paragraphs": paragraphs,
    "sector_word": sector_word,
}
