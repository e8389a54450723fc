"""How tests state the rules that the database keeps, and see that it keeps them.

tests/<app>/test_rules.py hold a table for each app; tests/config/test_house_rules.py sees that no
rule of any model is missing from them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

# Django's own sentence, which comes before a constraint's where a field must not be empty.
BLANK = "This field cannot be blank."


def no_choice(value: object) -> str:
    """Django's own sentence where a field takes one of several values."""
    return f"Value {value!r} is not a valid choice."


@dataclass(frozen=True)
class Rule:
    """One named rule, a row that keeps it, and how that row would break it.

    `broken_by` is given the row and answers the fields to change. `told` is the whole sentence of
    full_clean(); None where that mends the row instead, or can't know. Postgres judges rules in the
    order of their names: `behind` names those that the same change breaks first.
    """

    name: str
    row: Callable[[], Model]
    broken_by: Callable[[Any], dict[str, Any]]
    told: str | None
    behind: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return self.name


def changed(**fields: Any) -> Callable[[Model], dict[str, Any]]:
    """`broken_by` for values that don't depend on the row."""
    return lambda row: fields


@contextmanager
def refused(name: str) -> Iterator[None]:
    """The block breaks the database's rule `name`, at once or when its transaction ends."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
        settle()
    assert caught.value.__cause__.diag.constraint_name == name


def settle() -> None:
    """Has the database judge now what it would judge when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def update_by_sql(row: Model, **fields: Any) -> None:
    """Changes columns of `row` past every model, form and queryset."""
    columns = {row._meta.get_field(name).column: as_stored(value) for name, value in fields.items()}
    assignments = ", ".join(f'"{column}" = %s' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{row._meta.db_table}" SET {assignments} WHERE "{row._meta.pk.column}" = %s',
            [*columns.values(), row.pk],
        )


def delete_by_sql(row: Model) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])


def as_stored(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return str(value) if hasattr(value, "hex") and hasattr(value, "urn") else value


def check_refused(rule: Rule) -> None:
    row = rule.row()
    settle()
    changes = rule.broken_by(row)
    settle()

    with transaction.atomic():
        for name in rule.behind:
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER TABLE "{row._meta.db_table}" DROP CONSTRAINT "{name}"')
        with refused(rule.name):
            update_by_sql(row, **changes)
        transaction.set_rollback(True)


def check_told(rule: Rule) -> None:
    row = rule.row()
    for name, value in rule.broken_by(row).items():
        setattr(row, name, value)

    if rule.told is None:
        row.full_clean()
    else:
        with pytest.raises(ValidationError) as caught:
            row.full_clean()
        assert rule.told in caught.value.messages
