"""`manage.py serve` (`make serve`): production's process."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from config import serving


class Command(BaseCommand):
    help = "Collects the static files and becomes gunicorn (PORT: 8000, WEB_CONCURRENCY: 2)."

    def handle(self, **options) -> None:
        port = serving.free_port("serve")
        serving.collect_static_files()
        # With an address that only this machine can reach, nobody else is let in.
        host = serving.LOOPBACK if settings.ON_LOOPBACK else "0.0.0.0"
        command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [*command, "-b", f"{host}:{port}", "config.wsgi:application"])
