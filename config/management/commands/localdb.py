"""`manage.py localdb`: the embedded Postgres, by hand."""

import os
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.localdb import places, server


class Command(BaseCommand):
    help = "Asks after the embedded Postgres, stops it, or opens it with Postgres' own tools."
    # It must work when the rest of the site does not.
    requires_system_checks = []
    arguments: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="say whether it runs, where, and how large it is")
        actions.add_parser("stop", help="stop it; the next query starts it again")
        actions.add_parser("path", help="print the folder of its data")
        psql = actions.add_parser("psql", help="open psql in the site's database")
        psql.add_argument("arguments", nargs="*", help="handed on to psql, options included")
        dump = actions.add_parser("dump", help="write the site's database as SQL")
        dump.add_argument("file", nargs="?", type=Path, help="the file (default: standard output)")

    def run_from_argv(self, argv: list[str]) -> None:
        # All that follows `psql` is psql's own, though argparse would take `-c` for one of ours.
        if argv[2:3] == ["psql"]:
            argv, self.arguments = argv[:3], argv[4:] if argv[3:4] == ["--"] else argv[3:]
        super().run_from_argv(argv)

    def handle(self, *, action: str, **options) -> None:
        self.place = places.place_of(settings.BASE_DIR)
        if settings.DATABASES["default"]["ENGINE"] != "config.localdb.backend":
            self.stderr.write("DATABASE_URL is set: the site uses that database, not this one.")
        getattr(self, action)(**options)

    def status(self, **options) -> None:
        found = server.status(self.place)
        if found.running and not found.version:
            self.stdout.write("running, but not ready yet: it starts, stops or recovers")
        elif found.running:
            number = f", process {found.pid}" if found.pid else ""
            self.stdout.write(f"running: Postgres {found.version}{number}")
            self.stdout.write(f"connections of others: {found.clients}")
            self.stdout.write(f"size: {found.size / 1_000_000:.0f} MB")
        else:
            self.stdout.write("not running: the next query starts it")
        self.stdout.write(f"data: {self.place.data}")
        self.stdout.write(f"socket: {self.place.socket}")
        self.stdout.write(f"log: {self.place.log}")

    def stop(self, **options) -> None:
        self.stdout.write("stopped" if server.stop(self.place) else "was not running")

    def path(self, **options) -> None:
        self.stdout.write(str(self.place.data))

    def psql(self, *, arguments: list[str], **options) -> None:
        command = self._tool("psql", *(self.arguments or arguments))
        os.execv(command[0], command)

    def dump(self, *, file: Path | None, **options) -> None:
        command = self._tool("pg_dump", "--no-owner", "--no-privileges")
        if file is None:
            os.execv(command[0], command)
        # Everybody's addresses are in it, so that only its owner may read it.
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise CommandError(f"{file} can't be written ({error.strerror}).") from error
        with os.fdopen(descriptor, "wb") as stream:
            failed = subprocess.run(command, stdout=stream).returncode
        if failed:
            raise CommandError(f"The dump failed; {file} is not whole.")
        self.stdout.write(f"wrote {file}")

    def _tool(self, name: str, *arguments: str) -> list[str]:
        """The command line of a program that talks to the site's database, which it starts."""
        server.ensure(self.place)
        address = [
            *("--host", str(self.place.sockets), "--port", str(places.PORT)),
            *("--username", places.ROLE, "--dbname", places.DATABASE),
        ]
        return [str(server.tool(self.place, name)), *address, *arguments]
