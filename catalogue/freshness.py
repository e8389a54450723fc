"""How fresh a resource's link is, as one line says it.

Lines speak of whole days, so that a page which is kept until midnight stays true.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from catalogue.models import LinkHealth, Resource
from catalogue.vocabularies import LinkState

# Visits are weekly: a link that has not been seen to work for six weeks is told apart.
OLD_DAYS = 42
TWO_WEEKS = 14
THREE_MONTHS = 90

ARCHIVE = "https://web.archive.org/web/"


@dataclass(frozen=True)
class Freshness:
    """A line about a link, and what its look tells besides."""

    text: str
    icon: str = "link"
    # "", "old" (worked, but long ago) or "failed".
    tone: str = ""


def freshness_of(resource: Resource, *, today: date | None = None) -> Freshness:
    """What the last visits to the resource's address found. No query where `link` is loaded."""
    link: LinkHealth | None = getattr(resource, "link", None)
    if link is None or link.state == LinkState.UNCHECKED:
        return Freshness(gettext("Link not checked yet"))
    if link.state in (LinkState.GONE, LinkState.UNSURE):
        return Freshness(_failed(link), icon="unlink", tone="failed")
    days = _days_since(link.worked_at or link.checked_at, today or timezone.localdate())
    if link.state == LinkState.MOVED:
        return Freshness(_moved(days))
    return Freshness(_works(days), tone="old" if days >= OLD_DAYS else "")


def archived_copy(resource: Resource) -> str:
    """Where the Wayback Machine has the page, nearest to the day when it was last there."""
    link: LinkHealth | None = getattr(resource, "link", None)
    worked_at = link.worked_at if link else None
    day = f"{timezone.localtime(worked_at):%Y%m%d}/" if worked_at else ""
    return f"{ARCHIVE}{day}{resource.url}"


def _failed(link: LinkHealth) -> str:
    """The state, and the last success where there was one."""
    is_gone = link.state == LinkState.GONE
    if link.worked_at is None:
        return (
            gettext("Link no longer works")
            if is_gone
            else gettext("Link could not be checked; visited again soon")
        )
    told = (
        gettext("Link no longer works; it last did on %(day)s")
        if is_gone
        else gettext("Link could not be checked; it last worked on %(day)s")
    )
    return told % {"day": date_format(timezone.localtime(link.worked_at), "DATE_FORMAT")}


def _days_since(moment: datetime, today: date) -> int:
    return max((today - timezone.localtime(moment).date()).days, 0)


def _works(days: int) -> str:
    if days == 0:
        return gettext("Link worked today")
    if days == 1:
        return gettext("Link worked yesterday")
    if days < TWO_WEEKS:
        return ngettext("Link worked %(n)d day ago", "Link worked %(n)d days ago", days) % {
            "n": days
        }
    weeks = days // 7
    if days < OLD_DAYS:
        return ngettext("Link worked %(n)d week ago", "Link worked %(n)d weeks ago", weeks) % {
            "n": weeks
        }
    if days < THREE_MONTHS:
        return ngettext(
            "Link last worked %(n)d week ago", "Link last worked %(n)d weeks ago", weeks
        ) % {"n": weeks}
    months = days // 30
    return ngettext(
        "Link last worked %(n)d month ago", "Link last worked %(n)d months ago", months
    ) % {"n": months}


def _moved(days: int) -> str:
    if days == 0:
        return gettext("Link moved, and worked today")
    if days == 1:
        return gettext("Link moved, and worked yesterday")
    return ngettext(
        "Link moved, and worked %(n)d day ago", "Link moved, and worked %(n)d days ago", days
    ) % {"n": days}
