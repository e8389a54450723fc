"""`manage.py dev` (`make dev`): the site for whoever changes it."""

import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from config import serving


class Command(BaseCommand):
    help = (
        "Sets Waymark up and serves it with DEBUG, starting again when code changes (PORT: 8000)."
    )
    requires_system_checks = []

    def handle(self, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG is off: set DEBUG=1, as “make dev” does.")
        # The reloader starts this command again for every change; what went before still holds.
        if os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            call_command("runserver", f"{serving.LOOPBACK}:{os.environ.get('PORT') or 8000}")
            return
        port = serving.free_port("dev")
        with serving.database_put_away():
            call_command("setup")
            self.stdout.write(serving.welcome(f"http://{serving.LOOPBACK}:{port}"))
            call_command("runserver", f"{serving.LOOPBACK}:{port}")
