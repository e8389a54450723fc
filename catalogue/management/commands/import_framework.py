"""manage.py import_framework: a competency framework from a file."""

from typing import Any, BinaryIO

from django.core.management.base import CommandParser

from catalogue.exchange import Report, import_framework
from catalogue.exchange.commands import FileCommand


class Command(FileCommand):
    help = "Brings in a framework: DigComp’s official JSON-LD, a CASE package, or Waymark’s JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--update",
            action="store_true",
            help="add to a version that is here already, and change what an import wrote",
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish a framework that is new"
        )

    def bring_in(self, file: BinaryIO, name: str, report: Report, **options: Any) -> None:
        wanted = {key: options[key] for key in ("update", "publish", "dry_run")}
        import_framework(file, name, report=report, **wanted)
