"""What was set to be published at a time is public at that time, with or without cron.

Each worker asks at most once a second, at a request, whether anything is due: one query on an index
that is nearly always empty. What is due is published beside the request, which doesn't wait.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import Error, connections
from django.http import HttpRequest, HttpResponse

from pathways.models import Revision
from pathways.reviewing.schedule import publish_due

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

# How long a worker goes without asking.
SECONDS = 1.0


class ScheduleMiddleware:
    """Publishes what is due while somebody is there to read it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.asked_at = float("-inf")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = time.monotonic()
        # Of threads that come at once two may ask: it costs a query, and no more.
        if now - self.asked_at > SECONDS:
            self.asked_at = now
            if _is_due():
                threading.Thread(target=_publish, name="publish due", daemon=True).start()
        return self.get_response(request)


def _is_due() -> bool:
    try:
        return Revision.objects.due().exists()
    except Error:
        # The page itself will find out, and tell.
        return False


def _publish() -> None:
    try:
        publish_due()
    except Exception:
        log.exception("What is due could not be published")
    finally:
        connections.close_all()
