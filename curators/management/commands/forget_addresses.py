"""manage.py forget_addresses: no person's address is kept for longer than it is needed."""

from typing import Any

from django.core.management.base import BaseCommand

from curators.invitations.models import Invitation
from curators.models import Suggestion


class Command(BaseCommand):
    help = (
        "Deletes names and e-mail addresses that came with suggestions a year ago or longer, and "
        "invitations that ended 90 days ago or longer and were never accepted."
    )

    def handle(self, **options: Any) -> None:
        number = Suggestion.objects.forget_addresses()
        self.stdout.write(f"Addresses deleted: {number}")
        ended = Invitation.objects.forget_unanswered()
        self.stdout.write(f"Invitations deleted: {ended}")
