"""The locks that keep decisions apart, and those who add resources by the dozen."""

from django.db import connection

# Any number, as long as it stays: who holds this lock in Postgres is taking a decision.
DECIDING = 5_318_009
# Likewise: who holds this one adds resources. Taken before the other by whoever needs both.
WRITING = 5_318_011


def one_decision_at_a_time() -> None:
    """Waits for its turn, which lasts until the transaction ends. One query.

    Publishing a pathway changes resources, and a changed resource changes pathways: two that hold
    rows of their own and want the other's would wait for each other for ever. And two pathways,
    published at once, could lead to each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DECIDING])


def one_writer_at_a_time() -> None:
    """Waits for its turn to add resources, which lasts until the transaction ends. One query.

    Two that add the same addresses in different orders would wait for each other for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
