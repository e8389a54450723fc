"""A pathway as a file; `pathways.exchange` writes it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pathways.exchange import as_json, export_pathway
from pathways.models import Pathway, Revision


class Command(BaseCommand):
    help = "Prints a pathway as JSON that import_pathways brings in again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the last part of the pathway's address")
        parser.add_argument(
            "--revision",
            type=int,
            metavar="NUMBER",
            help="which one (default: what readers see, else the newest draft)",
        )

    def handle(self, *, slug: str, revision: int | None, **options: Any) -> None:
        pathway = Pathway.objects.filter(slug=slug).first()
        if pathway is None:
            raise CommandError(f"There is no pathway “{slug}”.")
        chosen = self._chosen(pathway, revision)
        if chosen is None:
            raise CommandError(f"The pathway “{slug}” has no revision {revision}.")
        self.stdout.write(as_json(export_pathway(chosen)), ending="")

    def _chosen(self, pathway: Pathway, number: int | None) -> Revision | None:
        if number is not None:
            return pathway.revisions.filter(number=number).first()
        return pathway.published_revision or pathway.revisions.order_by("-number").first()
