"""manage.py forget_addresses: no suggestion keeps a person's address for longer than a year."""

from typing import Any

from django.core.management.base import BaseCommand

from curators.models import Suggestion


class Command(BaseCommand):
    help = "Deletes names and e-mail addresses that came with suggestions a year ago or longer."

    def handle(self, **options: Any) -> None:
        number = Suggestion.objects.forget_addresses()
        self.stdout.write(f"Addresses deleted: {number}")
