"""The history of a link as a small picture: a bar for each visit, the newest at the end."""

from collections import Counter
from collections.abc import Sequence

from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import LinkVisit
from catalogue.vocabularies import LinkReason, LinkState

HEIGHT, WIDTH, STEP = 24, 6, 8
# States are told apart by height as well as by colour.
HEIGHTS = {
    LinkState.WORKS: 24,
    LinkState.MOVED: 18,
    LinkState.UNSURE: 12,
    LinkState.GONE: 5,
}


def picture(visits: Sequence[LinkVisit]) -> SafeString:
    """`visits` from the oldest to the newest, as SVG with words for those who don't see it."""
    bars = (
        (
            number * STEP,
            HEIGHT - (height := HEIGHTS.get(visit.state, HEIGHT)),
            WIDTH,
            height,
            visit.state,
            told(visit),
        )
        for number, visit in enumerate(visits)
    )
    return format_html(
        '<svg class="desk-visits" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" '
        'height="{}">{}</svg>',
        summary(visits),
        *(width := max(len(visits) * STEP, STEP), HEIGHT),
        *(width, HEIGHT),
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="{}" height="{}" class="desk-visits__{}">'
            "<title>{}</title></rect>",
            bars,
        ),
    )


def summary(visits: Sequence[LinkVisit]) -> str:
    """As in “The last 9 visits: works 7, unsure 2.”"""
    counts = Counter(visit.state for visit in visits)
    states = ", ".join(
        f"{state.label.lower()} {counts[state]}" for state in LinkState if counts[state]
    )
    first = ngettext(
        "The last visit: %(states)s.", "The last %(n)d visits: %(states)s.", len(visits)
    )
    return first % {"n": len(visits), "states": states}


def told(visit: LinkVisit) -> str:
    """One visit in words: its day, state, and what it met."""
    day = formats.date_format(timezone.localtime(visit.at), "SHORT_DATE_FORMAT")
    state = LinkState(visit.state).label.lower()
    return f"{day}: {state} ({said})" if (said := answer_of(visit)) else f"{day}: {state}"


def answer_of(row: LinkVisit | object) -> str:
    """What a visit met, of a LinkVisit or a LinkHealth: a reason, else the status that it got."""
    if row.reason:
        return str(LinkReason(row.reason).label)
    return _("answer %(status)d") % {"status": row.answer} if row.answer else ""
