"""`manage.py check_links`: visits the links that are due."""

from time import sleep
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.addresses import canonical_address
from catalogue.exchange.progress import Progress
from catalogue.links import AnotherRound, LineIsCut, Tally, visit_links
from catalogue.links.rounds import AT_ONCE, PAUSE
from catalogue.models import Resource
from catalogue.vocabularies import LinkState


class Command(BaseCommand):
    help = "Visits the links that are due, politely. Safe to interrupt and to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, metavar="N", help="visit N links at most")
        parser.add_argument(
            "--resource",
            action="append",
            metavar="WHICH",
            help="visit the link of this resource now (its slug, address or permanent identifier); "
            "may be given again",
        )
        parser.add_argument(
            "--all", action="store_true", help="visit every link, whenever it is due"
        )
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="go on until stopped, looking every so many seconds for what is due: for a worker",
        )
        parser.add_argument(
            "--at-once",
            type=int,
            default=AT_ONCE,
            metavar="N",
            help="hosts that are visited side by side (default: %(default)s)",
        )
        parser.add_argument(
            "--pause",
            type=float,
            default=PAUSE,
            metavar="SECONDS",
            help="between two requests to one host (default: %(default)s)",
        )

    def handle(self, *, verbosity: int, every: int | None, **options: Any) -> None:
        for name in ("limit", "at_once"):
            if options[name] is not None and options[name] < 1:
                raise CommandError(f"--{name.replace('_', '-')} takes a number from 1 on.")
        if options["pause"] < 0 or (every is not None and every < 1):
            raise CommandError("Seconds are a number; --every takes 1 or more.")
        if every and (options["all"] or options["resource"]):
            raise CommandError("--every visits what is due, so --all and --resource go without it.")
        self.verbosity = verbosity
        try:
            if not every:
                self._round(**options)
            while every:
                self._go_on(every, **options)
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped: what was visited is kept, and the rest is still due."))
            raise SystemExit(130) from None

    def _go_on(self, every: int, **options: Any) -> None:
        """A round of a worker, which nobody's silence ends."""
        try:
            self._round(**options)
        except CommandError as error:
            self.stderr.write(str(error))
        close_old_connections()
        sleep(every)

    def _round(self, *, resource: list[str] | None, limit: int | None, **options: Any) -> None:
        try:
            tally = visit_links(
                _chosen(resource) if resource else None,
                every=options["all"] or bool(resource),
                limit=limit,
                at_once=options["at_once"],
                pause=options["pause"],
                progress=Progress(self.stderr._out, _told) if self.verbosity else None,
            )
        except AnotherRound as error:
            # For cron that is no failure: the other round visits what this one would have.
            self.stdout.write(str(error))
        except LineIsCut as error:
            raise CommandError(str(error)) from error
        else:
            self._tell(tally)

    def _tell(self, tally: Tally) -> None:
        if not self.verbosity:
            return
        if not tally.done:
            self.stdout.write(_("No link is due."))
            return
        states = [
            f"{state.label.lower()} {tally.states[state]:,}"
            for state in LinkState
            if tally.states[state]
        ]
        told = ngettext("%(number)s link visited", "%(number)s links visited", tally.visited)
        said = told % {"number": f"{tally.visited:,}"}
        self.stdout.write(f"{said}: {', '.join(states)}." if states else f"{said}.")
        if tally.postponed:
            told = ngettext(
                "%(number)s is put off, since its host asks for that or is silent.",
                "%(number)s are put off, since their hosts ask for that or are silent.",
                tally.postponed,
            )
            self.stdout.write(told % {"number": f"{tally.postponed:,}"})


def _told(done: int, whole: int, seconds: float) -> str:
    return _("%(done)s of %(whole)s links, about %(seconds)s s left") % {
        "done": f"{done:,}",
        "whole": f"{whole:,}",
        "seconds": f"{seconds:,.0f}",
    }


def _chosen(named: list[str]) -> QuerySet[Resource]:
    """The resources that `named` names; raises CommandError for the first that names none."""
    pks = set()
    for name in named:
        found = Resource.objects.filter(_is_named(name)).values_list("pk", flat=True)
        if not found:
            raise CommandError(f"There is no resource “{name}”.")
        pks.update(found)
    return Resource.objects.filter(pk__in=pks)


def _is_named(name: str) -> Q:
    named = Q(slug=name) | Q(canonical_url=canonical_address(name))
    try:
        return named | Q(uid=Resource._meta.get_field("uid").to_python(name))
    except ValidationError:
        return named
