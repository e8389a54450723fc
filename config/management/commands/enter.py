"""manage.py enter"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from curators.entrance import one_time_link


class Command(BaseCommand):
    help = "Prints a link into the desk that works once, within a day, without a second factor."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(one_time_link(settings.SITE_URL))
