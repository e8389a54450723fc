"""A round: every link that is due, each host one at a time, many hosts side by side.

Answers are written as they come, those together that came while others were written: whoever ends a
round at any moment loses at most the visits that are under way, which stay due.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.errors import CatalogueError
from catalogue.fetching import FetchError, as_done
from catalogue.links.asking import Postponed, Visitor
from catalogue.links.judging import Finding, judge
from catalogue.links.noting import note, note_all
from catalogue.models import LinkHealth, Resource
from catalogue.vocabularies import LinkState, Status

# Who holds this lock in Postgres visits links. It goes with the connection, however that ends.
VISITING = 5_318_017
AT_ONCE = 50
PAUSE = 1.0
# What is read of the database at a time.
BATCH = 20_000
# Visits that are written in one transaction at most, where so many come at once.
AT_A_TIME = 50
# So many hosts silent in a row make one wonder whether the line is cut on this side.
SILENT_HOSTS = 20
# Then so many links are asked that worked when they were last visited.
REFERENCES = 3

Progress = Callable[[int, int], None]
# A resource, its address, and what came of visiting it.
Met = tuple[int, str, Finding | Postponed]


class AnotherRound(CatalogueError):
    """Somebody else visits links right now; two would not be polite."""


class LineIsCut(CatalogueError):
    """Nobody answered at all, which tells nothing of anybody's link."""


@dataclass
class Tally:
    """How a round went: links by the state that they are in now, and those put off."""

    states: Counter[str] = field(default_factory=Counter)
    postponed: int = 0
    # Links that went, or got another address, while they were visited.
    dropped: int = 0

    @property
    def visited(self) -> int:
        return self.states.total()

    @property
    def done(self) -> int:
        return self.visited + self.postponed + self.dropped


def due(resources: QuerySet[Resource] | None = None) -> QuerySet[Resource]:
    """Resources whose link is to be visited now, public ones first, those that wait longest first.

    Drafts are visited too: their curators want to know. What was withdrawn is not.
    """
    now = timezone.now()
    waiting = Q(link__isnull=True) | Q(link__due_at__isnull=True) | Q(link__due_at__lte=now)
    return _visitable(resources).filter(waiting)


def _visitable(resources: QuerySet[Resource] | None = None) -> QuerySet[Resource]:
    rows = Resource.objects.all() if resources is None else resources
    is_draft = Case(When(status=Status.PUBLISHED, then=Value(0)), default=Value(1))
    return rows.exclude(status=Status.WITHDRAWN).order_by(
        is_draft, F("link__due_at").asc(nulls_first=True), "pk"
    )


def visit_links(
    resources: QuerySet[Resource] | None = None,
    *,
    every: bool = False,
    limit: int | None = None,
    at_once: int = AT_ONCE,
    pause: float = PAUSE,
    visitor: Visitor | None = None,
    progress: Progress | None = None,
) -> Tally:
    """One round over those of `resources` (None: all) that are due, or `every` one of them.

    At most `limit` links, `at_once` hosts side by side, `pause` seconds between two requests to one.
    Raises AnotherRound where one is under way, and LineIsCut where nobody answers at all.
    """
    rows = _visitable(resources) if every else due(resources)
    visitor = visitor or Visitor(pause=pause)
    tally = Tally()
    with _alone():
        whole = rows.count() if limit is None else min(rows.count(), limit)
        seen: set[int] = set()
        while batch := _batch(rows, seen, limit):
            seen |= batch.keys()
            for mets in _Listening(visitor).hear(batch, at_once, pause):
                _keep(tally, mets)
                if progress:
                    progress(tally.done, whole)
    return tally


def visit(resource: Resource) -> LinkHealth | None:
    """Looks at one link now, whenever it is due. None where its host is to be left alone, or where it
    went meanwhile. Takes as long as one visit may."""
    found = Visitor().visit(resource.url)
    return None if isinstance(found, Postponed) else note(resource.pk, resource.url, found)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [VISITING])
        if not cursor.fetchone()[0]:
            raise AnotherRound(_("Links are being visited already."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [VISITING])


def _batch(rows: QuerySet[Resource], seen: set[int], limit: int | None) -> dict[int, str]:
    """Addresses of the next links, by the keys of their resources; none twice in a round."""
    most = BATCH if limit is None else min(BATCH, limit - len(seen))
    found = rows.values_list("pk", "url")[: most + len(seen)] if most > 0 else []
    return dict(islice(((pk, url) for pk, url in found if pk not in seen), most))


class _Listening:
    """Hands on what visits found as it comes, but holds silence back until somebody else answers.

    A line that is cut on this side looks like the whole web gone.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.held: list[Met] = []
        self.anybody = False

    def hear(self, batch: dict[int, str], at_once: int, pause: float) -> Iterator[list[Met]]:
        """Raises LineIsCut."""
        keys: dict[str, list[int]] = {}
        for pk, url in batch.items():
            keys.setdefault(url, []).append(pk)
        for answers in as_done(keys, self.visitor.visit, at_once=at_once, pause=pause):
            mets = [
                (pk, url, judge(url, met) if isinstance(met, FetchError) else met)
                for url, met in answers
                for pk in keys[url]
            ]
            if heard := self._heard(mets):
                yield heard
        if self.held and not self.anybody:
            self._ask_others(or_nobody=True)
        if self.held:
            yield self._let_go()

    def _heard(self, mets: list[Met]) -> list[Met]:
        """Those of `mets` that may be noted, with those that were held until now."""
        postponed = [met for met in mets if isinstance(met[2], Postponed)]
        found = [met for met in mets if isinstance(met[2], Finding)]
        self.held += found
        if any(one.is_answer for _pk, _url, one in found):
            self.anybody = True
            return [*postponed, *self._let_go()]
        if len({urlsplit(url).netloc for _pk, url, _found in self.held}) >= SILENT_HOSTS:
            self._ask_others()
            return [*postponed, *self._let_go()]
        return postponed

    def _let_go(self) -> list[Met]:
        held, self.held = self.held, []
        return held

    def _ask_others(self, *, or_nobody: bool = False) -> None:
        """Asks links that worked lately. Raises LineIsCut where none answers; where there are none,
        unless `or_nobody`."""
        silent = [pk for pk, _url, _found in self.held]
        worked = LinkHealth.objects.filter(state__in=[LinkState.WORKS, LinkState.MOVED])
        worked = worked.exclude(pk__in=silent).order_by("-checked_at")
        urls = list(worked.values_list("resource__url", flat=True)[:REFERENCES])
        if not urls and or_nobody:
            return
        for url in urls:
            found = self.visitor.visit(url)
            if isinstance(found, Postponed) or found.is_answer:
                return
        raise LineIsCut(
            _("No host answers at all, so nothing was noted: is this machine’s line cut?")
        )


def _keep(tally: Tally, mets: list[Met]) -> None:
    for pk, _url, put_off in mets:
        if isinstance(put_off, Postponed):
            _put_off(pk, put_off.seconds)
            tally.postponed += 1
    found = [met for met in mets if isinstance(met[2], Finding)]
    for start in range(0, len(found), AT_A_TIME):
        for link in note_all(found[start : start + AT_A_TIME]):
            if link is None:
                tally.dropped += 1
            else:
                tally.states[link.state] += 1


def _put_off(pk: int, seconds: float) -> None:
    """A link whose host is to be left alone: due when that has passed. No visit, no other state."""
    due_at = timezone.now() + timedelta(seconds=seconds)
    if LinkHealth.objects.filter(pk=pk).update(due_at=due_at):
        return
    # Never visited so far, and not to be asked again in the next round.
    if resource := Resource.objects.filter(pk=pk).first():
        LinkHealth.objects.get_or_create(resource=resource, defaults={"due_at": due_at})
