"""Connections that outlive what opened them: of a test server's threads, or of an event loop.

Playwright keeps an event loop in its thread, where Django opens connections of the loop's own;
nobody is left to close them, and a database that somebody is connected to can't be dropped.
"""

from django.db import connection


def end_others() -> None:
    """Ends every connection to the tests' database but this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
