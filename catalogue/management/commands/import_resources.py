"""`manage.py import_resources`: resources from a file of others."""

from typing import Any, BinaryIO

from django.core.management.base import CommandParser

from catalogue.exchange.commands import FileCommand
from catalogue.exchange.progress import Progress
from catalogue.exchange.report import Report
from catalogue.exchange.resources import import_resources


class Command(FileCommand):
    help = (
        "Brings in resources from CSV, JSON, JSON Lines, JSON-LD or a browser's bookmarks. "
        "Safe to interrupt and to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--update",
            action="store_true",
            help="also change resources that are here, but for what somebody edited by hand",
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish new resources that are complete; otherwise they are drafts",
        )

    def bring_in(self, file: BinaryIO, name: str, report: Report, **options: Any) -> None:
        import_resources(
            file,
            name,
            update=options["update"],
            publish=options["publish"],
            dry_run=options["dry_run"],
            report=report,
            progress=Progress(self.stderr._out) if options["verbosity"] else None,
        )
