"""`manage.py import_resources`: resources from a file of others."""

from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError, CommandParser

from catalogue.exchange.commands import FileCommand
from catalogue.exchange.progress import Progress
from catalogue.exchange.rejects import ChangesFile
from catalogue.exchange.report import Report
from catalogue.exchange.resources import import_resources
from catalogue.exchange.sheets import take_sheet


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

        sheet = parser.add_argument_group("a spreadsheet of export_resources, changed")
        sheet.add_argument(
            "--overwrite",
            action="store_true",
            help="write the cells that were changed in it, also over what was edited by hand",
        )
        sheet.add_argument(
            "--clear", action="store_true", help="an empty cell empties the field (--overwrite)"
        )
        sheet.add_argument(
            "--why", default="", metavar="TEXT", help="kept with each change (--overwrite)"
        )
        sheet.add_argument(
            "--changes",
            type=Path,
            metavar="PATH",
            help="where to write each changed cell, before and after "
            "(--overwrite; default: FILE.changes.csv in this folder)",
        )

    def bring_in(self, file: BinaryIO, name: str, report: Report, **options: Any) -> None:
        if options["overwrite"]:
            self._overwrite(file, name, report, **options)
            return
        if options["clear"] or options["why"] or options["changes"]:
            raise CommandError("--clear, --why and --changes go with --overwrite.")
        import_resources(
            file,
            name,
            update=options["update"],
            publish=options["publish"],
            dry_run=options["dry_run"],
            report=report,
            progress=Progress(self.stderr._out) if options["verbosity"] else None,
        )

    def _overwrite(self, file: BinaryIO, name: str, report: Report, **options: Any) -> None:
        if options["update"] or options["publish"]:
            raise CommandError("--overwrite goes without --update and --publish.")
        path = options["changes"] or Path(
            f"{'stdin' if name == '-' else Path(name).name}.changes.csv"
        )
        with ChangesFile(path) as changes:
            report.on_changed = changes.write
            take_sheet(
                file,
                name,
                clear=options["clear"],
                why=options["why"],
                dry_run=options["dry_run"],
                report=report,
                progress=Progress(self.stderr._out) if options["verbosity"] else None,
            )
        if changes.written:
            self.stdout.write(f"See {path} for each changed cell, before and after.")
