"""What was set to a time; `pathways.reviewing.schedule` publishes it."""

from typing import Any

from django.core.management.base import BaseCommand

from pathways.reviewing.schedule import publish_due


class Command(BaseCommand):
    help = (
        "Publishes the revisions of pathways whose time has come; for cron, and safe at any time."
    )

    def handle(self, **options: Any) -> None:
        done = publish_due()
        for revision in done.published:
            self.stdout.write(f"Published: {revision}")
        for revision in done.given_back:
            self.stdout.write(f"Back in review: {revision}")
        if not (done.published or done.given_back) and options["verbosity"] > 1:
            self.stdout.write("Nothing was due.")
