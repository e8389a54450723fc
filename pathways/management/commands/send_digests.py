"""`manage.py send_digests`: mail to those who look after pathways, and to editors."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from curators.mails import Sent
from curators.queue.digests import news_of_queue, send_queue_digests, told_of_queue
from pathways.upkeep import ask_for_confirmation, news_for, send_digests
from pathways.upkeep.asking import due_for
from pathways.upkeep.mails import maintainers


class Command(BaseCommand):
    help = (
        "Mails maintainers what died or moved in their pathways, once each and weekly at most, and "
        "asks once a year whether they are still happy with them; tells editors once a day what "
        "came into the queue. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only say how many would be told of how much"
        )
        parser.add_argument(
            "--now",
            action="store_true",
            help="also tell of links whoever had a digest within the last week",
        )

    def handle(self, *, dry_run: bool, now: bool, verbosity: int, **options: Any) -> None:
        if dry_run:
            self._look()
            return
        sent = send_digests(at_once=now) + ask_for_confirmation() + send_queue_digests()
        if verbosity:
            told = ngettext("%(n)d mail sent.", "%(n)d mails sent.", sent.sent)
            self.stdout.write(told % {"n": sent.sent})
        self._fail(sent)

    def _look(self) -> None:
        for user in maintainers().order_by("pk").distinct():
            links, pathways = len(news_for(user)), due_for(user).count()
            if links or pathways:
                self.stdout.write(f"user {user.pk}: links {links}, pathways to confirm {pathways}")
        for user in told_of_queue():
            if news := news_of_queue(user):
                self.stdout.write(f"user {user.pk}: new in the queue {len(news)}")

    @staticmethod
    def _fail(sent: Sent) -> None:
        if sent.failed:
            told = ngettext(
                "%(n)d mail could not be sent; it is sent the next time.",
                "%(n)d mails could not be sent; they are sent the next time.",
                sent.failed,
            )
            raise CommandError(told % {"n": sent.failed})
