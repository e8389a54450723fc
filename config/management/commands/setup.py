"""manage.py setup: a database that is ready to serve."""

from typing import Any

from django.core.management import BaseCommand, call_command

from catalogue.index import settle_imported
from config import starter


class Command(BaseCommand):
    help = "Migrates the database and loads the starter catalogue. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=max(0, verbosity - 1))
        loaded = starter.load(tell=self.stderr.write)
        settle_imported(is_done=True)
        added = {noun: number for noun, number in loaded.items() if number}
        if verbosity:
            told = ", ".join(f"{noun} {number}" for noun, number in added.items())
            self.stdout.write(f"Added: {told}." if told else "Everything was here already.")
