"""Many resources at once: COPY into a table of this session's own, and one statement from there."""

import io
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
STAGE = "waymark_import"


def copy_rows(table: str, columns: list[str], rows: Iterable[list[Any]]) -> None:
    """Fills an empty table of the session with `rows`; it has `columns` as `table` has them."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{STAGE}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {STAGE} ON COMMIT DROP AS SELECT {names} FROM {table} "
            "WITH NO DATA"
        )
        text = io.StringIO()
        for row in rows:
            text.write("\t".join(map(_cell, row)))
            text.write("\n")
        text.seek(0)
        cursor.cursor.copy_expert(f"COPY pg_temp.{STAGE} ({names}) FROM STDIN", text)


def insert_new(table: str, columns: list[str], key: str) -> dict[str, int]:
    """Moves the staged rows into `table`; answers the ids of those that were new, by `key`."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM pg_temp.{STAGE} "
            f"ON CONFLICT ({key}) DO NOTHING RETURNING {key}, id"
        )
        return dict(cursor.fetchall())


def update_changed(table: str, columns: list[str]) -> None:
    """Gives the rows of `table` the staged values; `columns` begins with the id."""
    _id, *names = columns
    assignments = ", ".join(f"{name} = staged.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {assignments} FROM pg_temp.{STAGE} AS staged "
            f"WHERE {table}.id = staged.id"
        )


def _cell(value: Any) -> str:
    """`value` as COPY's text format has it."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, (int, uuid.UUID, datetime)):
        return str(value)
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in value)
    return "{{{}}}".format(",".join(f'"{text}"' for text in quoted)).translate(_ESCAPES)
