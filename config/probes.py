"""What those who watch the process ask: whether it lives, and whether it can serve."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from config.localdb.errors import LocalDatabaseError

log = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process answers."""
    return _said("ok", 200)


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether it can serve: the database answers and no migration waits."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, LocalDatabaseError):
        log.exception("the database does not answer")
        return _said("no database", 503)
    return _said("migrations wait", 503) if waiting else _said("ok", 200)


def _said(text: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain", headers=headers)


PROBES = {"/healthz": healthz, "/readyz": readyz}
