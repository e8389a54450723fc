"""Pathways from a file; `pathways.exchange` does it."""

from typing import Any, BinaryIO

from django.core.management.base import CommandParser

from catalogue.exchange import Report
from catalogue.exchange.commands import FileCommand
from pathways.exchange import import_pathways


class Command(FileCommand):
    help = "Brings in pathways from Waymark's own JSON, as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--publish", action="store_true", help="publish those that lack nothing"
        )

    def bring_in(
        self,
        file: BinaryIO,
        name: str,
        report: Report,
        *,
        publish: bool,
        dry_run: bool,
        **options: Any,
    ) -> None:
        import_pathways(file, name, publish=publish, dry_run=dry_run, report=report)
