"""manage.py export_framework: a competency framework as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.exchange import ExchangeError, export_framework, find_by_slug
from catalogue.models import Framework


class Command(BaseCommand):
    help = "Writes a framework as Waymark’s own JSON, which import_framework takes back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="its address, as in digcomp-3.0")
        parser.add_argument(
            "--output", type=Path, metavar="PATH", help="where to (default: standard output)"
        )

    def handle(self, *, slug: str, output: Path | None, **options: Any) -> None:
        try:
            text = export_framework(find_by_slug(Framework, slug))
            if output:
                output.write_text(text, encoding="utf-8")
        except (ExchangeError, OSError) as error:
            raise CommandError(str(error)) from error
        if not output:
            self.stdout.write(text, ending="")
