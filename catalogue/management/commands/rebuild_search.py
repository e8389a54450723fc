"""`manage.py rebuild_search`: makes the search index anew, while the site serves."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import index
from catalogue.exchange.progress import Progress


class Command(BaseCommand):
    help = (
        "Makes what lists are counted and words found by anew from the resources, chunk by chunk. "
        "The site serves meanwhile, and is right at any moment. Safe to interrupt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--before",
            type=_moment,
            metavar="TIME",
            help="only chunks that were made before then, as in 2026-11-21T22:40:00Z, to go on with what "
            "was interrupted",
        )
        parser.add_argument(
            "--marked",
            action="store_true",
            help="only chunks of which resources have changed since they were made; words stay as "
            "triggers wrote them",
        )

    def handle(
        self, *, before: datetime | None, marked: bool, verbosity: int, **options: Any
    ) -> None:
        numbers = index.chunks_to_make(before)
        if marked:
            changed = index.marked()
            numbers = [number for number in numbers if number in changed]
        if verbosity and len(numbers) > 1 and not marked:
            began = (before or timezone.now()).isoformat(timespec="seconds")
            self.stdout.write(
                _("To go on after an interruption: manage.py rebuild_search --before %(time)s")
                % {"time": began}
            )
        progress = Progress(self.stderr._out, _told)
        if not marked:
            index.write_names()
        for done, number in enumerate(numbers, start=1):
            # What is marked was written with triggers on, which wrote its words.
            if not marked:
                index.write_words(number)
            index.settle(number)
            if verbosity:
                progress(done, len(numbers))
        index.put_together()
        index.sweep()
        if verbosity:
            told = ngettext("%(number)s chunk made.", "%(number)s chunks made.", len(numbers))
            self.stdout.write(told % {"number": len(numbers)})


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        # Such a day or hour there is not.
        found = None
    if found is None:
        raise CommandError(_("“%(text)s” is no time, as in 2026-11-21T22:40:00Z.") % {"text": text})
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _told(done: int, whole: int, seconds: float) -> str:
    return _("chunk %(done)s of %(whole)s, about %(seconds)s s left") % {
        "done": done,
        "whole": whole,
        "seconds": f"{seconds:,.0f}",
    }
