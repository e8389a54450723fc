"""The page of the queue: all kinds with their first rows, or one kind page by page."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.errors import CatalogueError
from catalogue.paging import ListPage, page_count, page_number
from catalogue.registry import Point, gather
from curators.queue.kinds import Kind, Line, with_marks
from curators.queue.models import QueueMark

# Rows of each kind where all are shown, and of one kind on a page.
FIRST, EACH = 5, 25
PUT_OFF = (7, 30, 90)
DISMISSED = 365
LONGEST_KEY, LONGEST_REASON = 200, 300


@dataclass
class Section:
    """A kind on the page: how many rows it has, and those that are shown."""

    kind: Kind
    total: int
    address: str
    is_chosen: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.total - len(self.lines)

    def rows(self) -> list[tuple[Line, list[tuple[str, Any]]]]:
        """Each line with (name, deed) of what its buttons do."""
        return [
            (line, [(name, self.kind.deeds[name]) for name in line.deeds]) for line in self.lines
        ]


def kinds() -> dict[str, Kind]:
    found = sorted(gather(Point.QUEUE), key=lambda kind: kind.rank)
    return {kind.name: kind for kind in found}


def queue(request: HttpRequest) -> HttpResponse:
    """GET shows, POST does what one button says and shows again.

    `sections`: all kinds, those shown with their lines; `chosen`: the one that is shown alone, or None;
    `is_mine`; `total`; `pager`: of the chosen one.
    """
    if request.method == "POST":
        return _do(request)
    every = kinds()
    chosen = every.get(request.GET.get("kind", ""))
    mine = request.user if request.GET.get("mine") else None
    number = page_number(request.GET.get("page", ""))
    shown = {}
    for name, kind in every.items():
        wanted = EACH if kind is chosen else 0 if chosen else FIRST
        first = (number - 1) * EACH if kind is chosen else 0
        shown[name] = kind.show(mine, first, wanted)
    if chosen and number > page_count(shown[chosen.name].total, EACH):
        # What was done on the last page left it empty.
        last = page_count(shown[chosen.name].total, EACH)
        return redirect(_address(chosen.name, mine, last))
    with_marks(shown)
    sections = [
        Section(kind, shown[name].total, _address(name, mine), kind is chosen, shown[name].lines)
        for name, kind in every.items()
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("The queue"),
        "sections": sections,
        "shown": [one for one in sections if one.lines],
        "chosen": chosen,
        "is_mine": bool(mine),
        "total": sum(one.total for one in sections),
        "everything": _address("", mine),
        "other_hands": _address(chosen.name if chosen else "", not mine),
        "put_off": PUT_OFF,
        "pager": _pager(chosen, mine, number, shown[chosen.name].total) if chosen else None,
    }
    return TemplateResponse(request, "admin/queue.html", context)


def _address(kind: str, mine: Any, page: int = 1) -> str:
    asked = [("kind", kind), ("mine", "1" if mine else ""), ("page", page if page > 1 else "")]
    said = urlencode([(name, value) for name, value in asked if value])
    return reverse("admin:queue") + (f"?{said}" if said else "")


def _pager(kind: Kind, mine: Any, number: int, total: int) -> ListPage:
    kept = (("kind", kind.name), *((("mine", "1"),) if mine else ()))
    return ListPage(rows=(), number=number, total=total, size=EACH, kept=kept)


# What buttons do


def _do(request: HttpRequest) -> HttpResponse:
    kind = kinds().get(request.POST.get("kind", ""))
    key = request.POST.get("key", "")
    verb = request.POST.get("do", "")
    back = redirect(request.get_full_path())
    if kind is None or not 0 < len(key) <= LONGEST_KEY or "\x00" in key:
        messages.error(request, _("That row is not in the queue. Nothing has changed."))
        return back
    try:
        told, there = _done(request, kind, key, verb)
    except ObjectDoesNotExist:
        messages.warning(request, _("Somebody was quicker: that row is no longer in the queue."))
        return back
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back
    except CatalogueError as error:
        messages.error(request, str(error))
        return back
    messages.success(request, told)
    return redirect(there) if there else back


def _done(request: HttpRequest, kind: Kind, key: str, verb: str) -> tuple[str, str]:
    """(what to tell, where to go on) after `verb` is done to the row."""
    if verb in kind.deeds:
        return kind.deeds[verb].do(key, by=request.user)
    if verb == "take":
        return _take(kind, key, request)
    if verb == "leave":
        QueueMark.objects.filter(kind=kind.name, key=key, taken_by=request.user).update(
            taken_by=None
        )
        return _("It is nobody’s again."), ""
    if verb == "put-off":
        return _put_off(kind, key, request)
    if verb == "dismiss" and kind.can_dismiss:
        return _dismiss(kind, key, request)
    raise ValidationError(_("That can’t be done with this row. Nothing has changed."))


def _take(kind: Kind, key: str, request: HttpRequest) -> tuple[str, str]:
    mark = QueueMark.objects.filter(kind=kind.name, key=key).select_related("taken_by").first()
    other = mark and mark.taken_by
    if other and other != request.user and request.POST.get("from") != str(other.pk):
        raise ValidationError(_("%(name)s has taken it meanwhile.") % {"name": other})
    kind.taken(key)
    _note(kind, key, request, taken_by=request.user)
    return _("It is yours."), ""


def _put_off(kind: Kind, key: str, request: HttpRequest) -> tuple[str, str]:
    said = request.POST.get("days", "")
    days = next((days for days in PUT_OFF if str(days) == said), None)
    if days is None:
        raise ValidationError(_("Choose for how long to put it off. Nothing has changed."))
    _note(kind, key, request, until=timezone.now() + timedelta(days=days))
    told = ngettext("It comes back in %(n)d day.", "It comes back in %(n)d days.", days)
    return told % {"n": days}, ""


def _dismiss(kind: Kind, key: str, request: HttpRequest) -> tuple[str, str]:
    reason = " ".join(request.POST.get("reason", "").replace("\x00", "").split())
    if not reason:
        raise ValidationError(_("Say why it needs nobody. Nothing has changed."))
    if len(reason) > LONGEST_REASON:
        raise ValidationError(_("Say it in 300 characters at most. Nothing has changed."))
    until = timezone.now() + timedelta(days=DISMISSED)
    _note(kind, key, request, until=until, reason=reason)
    return _("It is dismissed. If it is still so in a year, it comes back."), ""


def _note(kind: Kind, key: str, request: HttpRequest, **facts: Any) -> None:
    QueueMark.objects.update_or_create(
        kind=kind.name, key=key, defaults={**facts, "by": request.user, "at": timezone.now()}
    )
