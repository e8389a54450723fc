"""`manage.py export_resources`: resources as a spreadsheet, which `import_resources --overwrite` takes back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.exchange import sheet_of
from catalogue.models import Resource
from catalogue.vocabularies import Status


class Command(BaseCommand):
    help = "Writes resources as CSV for a spreadsheet; import_resources --overwrite takes it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--output", type=Path, metavar="PATH", help="where to (default: standard output)"
        )
        parser.add_argument(
            "--status", choices=Status.values, action="append", help="only these (default: all)"
        )

    def handle(self, *, output: Path | None, status: list[str] | None, **options: Any) -> None:
        rows = Resource.objects.filter(status__in=status or Status.values)
        chunks = sheet_of(rows.order_by("sort_key", "pk"))
        if output is None:
            for chunk in chunks:
                self.stdout.write(chunk, ending="")
            return
        try:
            with output.open("w", encoding="utf-8", newline="") as file:
                file.writelines(chunks)
        except OSError as error:
            raise CommandError(str(error)) from error
