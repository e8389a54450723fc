"""What the commands that bring in a file have in common."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.errors import CatalogueError
from catalogue.exchange.rejects import RejectsFile
from catalogue.exchange.report import Report


class FileCommand(BaseCommand):
    """Reads FILE, tells what became of it, and ends with status 1 where something stayed out.

    A subclass has `bring_in`, which fills the report.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file; - reads standard input")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )
        parser.add_argument(
            "--rejects",
            type=Path,
            metavar="PATH",
            help="where to write what was left out (default: FILE.rejects.csv in this folder)",
        )

    def bring_in(self, file: BinaryIO, name: str, report: Report, **options: Any) -> None:
        raise NotImplementedError

    def handle(self, *, file: str, rejects: Path | None, **options: Any) -> None:
        path = rejects or Path(f"{'stdin' if file == '-' else Path(file).name}.rejects.csv")
        try:
            with opened(file) as source, RejectsFile(path) as left:
                report = Report(on_rejected=left.write)
                self.bring_in(source, file, report, **options)
        except (CatalogueError, OSError) as error:
            raise CommandError(str(error)) from error
        for sentence in report.sentences(dry_run=options["dry_run"]):
            self.stdout.write(sentence)
        if not report.is_clean:
            self.stderr.write(f"See {path} for what was left out, with line, value and reason.")
            sys.exit(1)


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """`file` for reading, as bytes that can be read twice; `-` is standard input."""
    if file != "-":
        with Path(file).open("rb") as source:
            yield source
        return
    with tempfile.TemporaryFile() as spooled:
        while chunk := sys.stdin.buffer.read(1 << 20):
            spooled.write(chunk)
        spooled.seek(0)
        yield spooled
