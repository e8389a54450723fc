"""`manage.py check_search`: what the search index says otherwise than the resources themselves."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import index
from catalogue.exchange.progress import Progress
from catalogue.index import checking
from catalogue.management.commands.rebuild_search import _told
from catalogue.words import settling


class Command(BaseCommand):
    help = (
        "Counts naively what the search index keeps, and says what differs. Changes nothing. "
        "Exit status 1 where something does."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        found = 0
        for sentence in self._problems(verbosity):
            self.stdout.write(sentence)
            found += 1
        if found:
            told = ngettext("%(number)s thing is wrong.", "%(number)s things are wrong.", found)
            raise CommandError(
                " ".join([told % {"number": found}, _("manage.py rebuild_search makes it anew.")])
            )
        if verbosity:
            marks = sum(index.marked().values())
            said = ngettext(
                "All is right; %(number)s resource has changed since its chunk was made.",
                "All is right; %(number)s resources have changed since their chunks were made.",
                marks,
            )
            self.stdout.write(said % {"number": marks})

    def _problems(self, verbosity: int) -> Iterator[str]:
        numbers = sorted(index.chunks_to_make())
        progress = Progress(self.stderr._out, _told)
        for done, number in enumerate(numbers, start=1):
            yield from checking.problems_of_chunk(number)
            if verbosity:
                progress(done, len(numbers))
        yield from checking.problems_of_orders()
        yield from settling.problems_of_words_together()
        yield from settling.problems_of_names()
