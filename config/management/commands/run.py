"""`manage.py run` (`make run`): from nothing to a site that answers."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config import serving


class Command(BaseCommand):
    help = "Sets Waymark up, serves it on this machine as visitors will see it (PORT: 8000)."
    requires_system_checks = []

    def handle(self, **options) -> None:
        port = serving.free_port("run")
        with serving.database_put_away():
            call_command("setup")
            serving.collect_static_files()
            greeting = serving.welcome(f"http://{serving.LOOPBACK}:{port}")
            serving.Site(port=port, greeting=greeting).run()
