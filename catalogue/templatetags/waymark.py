"""What every template says in the site's own way: drawings, levels, minutes, freshness, texts."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalogue import markdown as curators_markdown
from catalogue.addresses import host_of
from catalogue.arrangement import Area
from catalogue.durations import spoken
from catalogue.freshness import freshness_of
from catalogue.icons import draw
from catalogue.languages import Text, lang_attribute, language_name
from catalogue.models import Resource
from catalogue.relief import map_of
from catalogue.vocabularies import Access, Proficiency, ResourceType, Sector

register = template.Library()

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


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of catalogue.icons, hidden from those who listen."""
    return draw(name)


@register.simple_tag
def waymark(proficiency: str, *, large: bool = False) -> SafeString:
    """A proficiency as its disc and its word; nothing where none is stated."""
    if not proficiency:
        return SafeString("")
    return _drawn("components/waymark.html", Proficiency(proficiency), get_language(), large)


@register.simple_tag
def waymark_range(start: str, end: str) -> SafeString:
    """“Basic to Intermediate”, or the one of them that is stated."""
    if not (start and end):
        return waymark(start or end)
    # Translators: from one proficiency to a higher one.
    return format_html(gettext("{start} to {end}"), start=waymark(start), end=waymark(end))


@register.simple_tag
def arrowheads(proficiency: str) -> SafeString:
    """The arrowheads of a proficiency without their disc, for a fingerpost."""
    return _drawn("components/arrowheads.html", Proficiency(proficiency))


@cache
def _drawn(
    name: str, level: Proficiency, language: str | None = None, large: bool = False
) -> SafeString:
    """A level's drawing, once for each language, since a page has dozens of them."""
    heads, thickness = HEADS[level]
    context = {"level": level, "heads": heads, "thickness": thickness, "large": large}
    # Line breaks around it would be spaces before a comma, and underlined in a link.
    return SafeString(render_to_string(name, context).strip())


@register.inclusion_tag("components/freshness.html")
def freshness(resource: Resource) -> dict[str, Any]:
    """The line about the resource's link."""
    return {"freshness": freshness_of(resource)}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: Any) -> dict[str, Any]:
    """Where a page is: an address and a title for each page above it, then its own title."""
    *above, title = parts
    return {"above": list(zip(above[::2], above[1::2], strict=True)), "title": title}


@register.simple_tag
def relief_map(areas: list[Area]) -> SafeString:
    """The lie of the land over a framework's areas; nothing where there is no map of it."""
    drawn = map_of(areas)
    return (
        render_to_string("components/relief_map.html", {"map": drawn}) if drawn else SafeString("")
    )


@register.simple_tag(takes_context=True)
def current(context: Mapping[str, Any], address: str) -> SafeString:
    """` aria-current` for the link to `address`: the page itself, or one of those below it."""
    request = context.get("request")
    path = request.path if request else ""
    if path == address:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"' if address and path.startswith(address) else "")


@register.filter
def minutes(value: int | None, about: bool = False) -> str:
    """Minutes as people say them; with `about`, as an estimate. Nothing where unknown."""
    return spoken(value, about=bool(about))


@register.filter
def languages(tags: Iterable[str]) -> str:
    """The names of languages in the page's language: “Welsh, English”."""
    return ", ".join(language_name(tag) for tag in tags)


@register.filter
def is_foreign(tags: Iterable[str]) -> bool:
    """Whether none of the languages is the page's own."""
    page = (get_language() or "").split("-")[0]
    known = [tag.split("-")[0] for tag in tags]
    return bool(known) and page not in known


@register.filter
def access_words(access: Iterable[str]) -> str:
    """Accessibility facts in words, separated by commas."""
    return ", ".join(str(Access(fact).label) for fact in access)


@register.filter
def sector_word(sector: str) -> str:
    return str(Sector(sector).label)


@register.filter
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


@register.filter
def in_language(text: str, tag: str) -> Text:
    """`text` as one that knows its language: `.lang` writes the attribute where it differs."""
    return Text(text, tag)


@register.filter
def lang(tag: str) -> SafeString:
    """` lang="…"` for text in the language `tag`, where the page is in another."""
    return lang_attribute(tag)


@register.filter
def markdown(text: str) -> SafeString:
    """Curators' Markdown as safe HTML."""
    return curators_markdown.render(text or "")


@register.filter
def host(url: str) -> str:
    """The host that an address leads to, as readers recognise it."""
    return host_of(url)


@register.filter
def open_it(resource: Resource) -> str:
    """The words on the button that leads to the resource."""
    return str(OPEN_IT.get(resource.resource_type, _("Open it")))
