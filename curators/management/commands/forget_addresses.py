"""manage.py forget_addresses: nothing is kept for longer than the privacy page promises."""

from typing import Any

from django.core.management.base import BaseCommand

from catalogue.models import MonthlyCount, UnansweredSearch
from curators.invitations.models import Invitation
from curators.models import Suggestion


class Command(BaseCommand):
    help = (
        "Deletes names and e-mail addresses that came with suggestions a year ago or longer, "
        "invitations that ended 90 days ago or longer and were never accepted, searches without "
        "result of more than a year ago, and numbers of use of more than five."
    )

    def handle(self, **options: Any) -> None:
        number = Suggestion.objects.forget_addresses()
        self.stdout.write(f"Addresses deleted: {number}")
        ended = Invitation.objects.forget_unanswered()
        self.stdout.write(f"Invitations deleted: {ended}")
        number = UnansweredSearch.objects.forget_old()
        self.stdout.write(f"Searches without result deleted: {number}")
        number = MonthlyCount.objects.forget_old()
        self.stdout.write(f"Numbers of more than five years ago deleted: {number}")
