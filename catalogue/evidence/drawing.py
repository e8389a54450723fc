"""A year of numbers as a small picture: for each month a wide bar for what was opened, and a narrow one
in it for who went out."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HEIGHT, WIDTH, STEP, MARGIN = 72, 18, 24, 14


def picture(
    months: Sequence[date], opened: Sequence[int | None], out: Sequence[int | None]
) -> SafeString:
    """As SVG with words for those who don't see it. A month of None has no bar."""
    most = max((number or 0 for number in (*opened, *out)), default=0) or 1
    width = len(months) * STEP
    bars = [
        bar
        for place, (month, wide, narrow) in enumerate(zip(months, opened, out, strict=True))
        for bar in (
            _bar("opened", place * STEP + 3, WIDTH, wide, most, month),
            _bar("out", place * STEP + 9, WIDTH - 12, narrow, most, month),
        )
        if wide is not None
    ]
    letters = (
        (place * STEP + STEP // 2, HEIGHT + MARGIN - 3, date_format(month, "b")[:1].upper())
        for place, month in enumerate(months)
    )
    return format_html(
        '<svg class="use" role="img" aria-label="{}" viewBox="0 0 {} {}">{}'
        '<line x1="0" y1="{}" x2="{}" y2="{}" class="use__ground"/>{}</svg>',
        summary(months, opened, out),
        *(width, HEIGHT + MARGIN),
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="{}" height="{}" class="use__{}"><title>{}</title></rect>',
            bars,
        ),
        *(HEIGHT, width, HEIGHT),
        format_html_join("", '<text x="{}" y="{}">{}</text>', letters),
    )


def _bar(kind: str, x: int, width: int, number: int | None, most: int, month: date) -> tuple:
    # What happened at all is seen.
    height = max(round((number or 0) / most * HEIGHT, 1), 1 if number else 0)
    if kind == "opened":
        told = ngettext(
            "%(month)s: opened %(n)d time", "%(month)s: opened %(n)d times", number or 0
        )
    else:
        told = _("%(month)s: %(n)d went out")
    words = told % {"month": named(month), "n": number or 0}
    return x, round(HEIGHT - height, 1), width, height, kind, words


def summary(months: Sequence[date], opened: Sequence[int | None], out: Sequence[int | None]) -> str:
    """As in “Opened 340 times since December 2025, most often in October 2026 (120). 52 went out.”

    Since the first month that isn't None.
    """
    asked = [
        (number, month) for number, month in zip(opened, months, strict=True) if number is not None
    ]
    counted = [one for one in asked if one[0]]
    since = named(asked[0][1] if asked else months[0])
    if not counted:
        return _("Not opened since %(month)s.") % {"month": since}
    most, when = max(counted)
    total = sum(number for number, _month in counted)
    told = ngettext(
        "Opened %(all)d time since %(month)s. %(out)d went out.",
        "Opened %(all)d times since %(month)s, most often in %(when)s (%(most)d). %(out)d went out.",
        total,
    )
    return told % {
        "all": total,
        "month": since,
        "when": named(when),
        "most": most,
        "out": sum(number or 0 for number in out),
    }


def named(month: date) -> str:
    """As in “October 2026”."""
    return date_format(month, "YEAR_MONTH_FORMAT")
