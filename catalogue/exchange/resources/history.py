"""The history of many rows at once, and who changed what of a resource.

A trigger for each row takes four times as long as writing the row; while an import writes, it rests,
and one statement writes what it would have written.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

# What `command` is in the history of what no person wrote. The starter catalogue is not among them:
# its words were chosen for this site, as an editor's are.
MACHINES = ("import_resources", "import_pathways")


@contextmanager
def written_together(*models: type[Model]) -> Iterator[None]:
    """New rows of `models` get their history from `record_new`, not from their triggers."""
    triggers = (f"{model._meta.label}:insert_insert" for model in models)
    # The savepoint: a failed transaction would not let the triggers be woken again.
    with pgtrigger.ignore(*triggers), transaction.atomic():
        yield


def record_new(model: type[Model], ids: list[int]) -> None:
    """Writes the history of rows that were just made. One query."""
    if not ids:
        return
    event = event_of(model)
    columns = ", ".join(
        f'"{field.column}"'
        for field in event._meta.concrete_fields
        if not field.name.startswith("pgh_")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{event._meta.db_table}" '
            f"({columns}, pgh_obj_id, pgh_label, pgh_created_at, pgh_context_id) "
            f"SELECT {columns}, id, 'insert', now(), _pgh_attach_context() "
            f'FROM "{model._meta.db_table}" WHERE id = ANY(%s)',
            [ids],
        )


def event_of(model: type[Model]) -> type[Model]:
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def made_by_file(model: type[Model], ids: Iterable[int], digest: str) -> set[int]:
    """Those of `ids` that the import of the file with this SHA-256 made. One query."""
    return set(
        event_of(model)
        .objects.filter(
            pgh_obj_id__in=list(ids), pgh_label="insert", pgh_context__metadata__digest=digest
        )
        .values_list("pgh_obj_id", flat=True)
    )


def fields_by_hand(model: type[Model], ids: list[int], names: list[str]) -> dict[int, set[str]]:
    """For each row, which of the fields `names` a person changed last. One query.

    What a person left empty from the start was never changed.
    """
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    before: dict[int, tuple] = {}
    rows = (
        event_of(model)
        .objects.filter(pgh_obj_id__in=ids)
        .order_by("pgh_id")
        .values_list("pgh_obj_id", "pgh_context__metadata__command", *names)
    )
    for pk, command, *values in rows.iterator():
        old = before.get(pk)
        for at, name in enumerate(names):
            if old[at] != values[at] if old else values[at] not in ("", [], None):
                (found[pk].discard if command in MACHINES else found[pk].add)(name)
        before[pk] = tuple(values)
    return found


def links_by_hand(
    model: type[Model], owner: str, ids: list[int], names: list[str]
) -> tuple[set[tuple], set[tuple]]:
    """What is known of links of the rows `ids`: those a person touched last, and the other ones.

    Both are sets of (id, *names); `owner` is the column that holds the id. One query.
    """
    keys: dict[int, set[tuple]] = {}
    machine: dict[int, bool] = {}
    rows: Iterable[Any] = (
        event_of(model)
        .objects.filter(**{f"{owner}__in": ids})
        .order_by("pgh_id")
        .values_list("pgh_obj_id", "pgh_context__metadata__command", owner, *names)
    )
    for link, command, *key in rows:
        keys.setdefault(link, set()).add(tuple(key))
        machine[link] = command in MACHINES
    by_hand = {key for link, own in keys.items() if not machine[link] for key in own}
    by_machine = {key for link, own in keys.items() if machine[link] for key in own}
    return by_hand, by_machine - by_hand
