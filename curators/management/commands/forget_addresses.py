"""manage.py forget_addresses: nothing of what people wrote or looked for is kept for longer than a year."""

from typing import Any

from django.core.management.base import BaseCommand

from catalogue.models import UnansweredSearch
from curators.models import Suggestion


class Command(BaseCommand):
    help = (
        "Deletes names and e-mail addresses that came with suggestions a year ago or longer, and "
        "searches without result that are as old."
    )

    def handle(self, **options: Any) -> None:
        number = Suggestion.objects.forget_addresses()
        self.stdout.write(f"Addresses deleted: {number}")
        number = UnansweredSearch.objects.forget_old()
        self.stdout.write(f"Searches without result deleted: {number}")
