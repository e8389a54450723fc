"""Rules that the database keeps and that Django's own constraints can't say."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint, CheckConstraint, Model, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def choice(
    app: str, model: str, field: str, choices: Any, *, blank: bool = False
) -> CheckConstraint:
    """The rule that `field` holds one of `choices` (and, where `blank`, may hold nothing)."""
    values = [*([""] if blank else []), *choices.values]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": values}),
        name=f"{app}_{model}_{field}_known",
        violation_error_message=format_lazy(
            _("Choose one of these: {values}."), values=", ".join(choices.values)
        ),
    )


def date_as_known(app: str, model: str) -> CheckConstraint:
    """The rule that `date_published` is empty or an ISO 8601 date as exact as it is known."""
    iso = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
    return CheckConstraint(
        condition=Q(date_published="") | Q(date_published__regex=iso),
        name=f"{app}_{model}_date_iso",
        violation_error_message=_("Write the date as in 2025, 2025-11 or 2025-11-03."),
    )


class SameOwner(BaseConstraint):
    """A foreign key whose row must belong to the same owner as this row.

    `SameOwner(field="stage", owner="revision", …)` on Step reads: a step's stage is a stage of the
    step's own revision. A composite foreign key keeps it, so the referenced model needs a unique
    constraint on (`id`, `target_owner`). An empty `field` is allowed.
    """

    def __init__(
        self,
        *,
        field: str,
        owner: str,
        target_owner: str | None = None,
        name: str,
        violation_error_message: str,
    ) -> None:
        self.field = field
        self.owner = owner
        self.target_owner = target_owner or owner
        super().__init__(name=name, violation_error_message=violation_error_message)

    def _column(self, model: type[Model], name: str) -> str:
        return model._meta.pk.column if name == "id" else model._meta.get_field(name).column

    def constraint_sql(self, model: type[Model], schema_editor: Any) -> None:
        """Nothing inside CREATE TABLE: the key that it refers to may be made after it."""
        self.create_sql(model, schema_editor)

    def create_sql(self, model: type[Model], schema_editor: Any) -> None:
        quote = schema_editor.quote_name
        target = model._meta.get_field(self.field).remote_field.model
        schema_editor.deferred_sql.append(
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY "
            f"({quote(self._column(model, self.field))}, {quote(self._column(model, self.owner))}) "
            f"REFERENCES {quote(target._meta.db_table)} "
            f"({quote(target._meta.pk.column)}, {quote(self._column(target, self.target_owner))}) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def remove_sql(self, model: type[Model], schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(
        self,
        model: type[Model],
        instance: Model,
        exclude: set[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        if exclude and {self.field, self.owner} & set(exclude):
            return
        row = getattr(instance, self.field, None)
        if row is None:
            return
        try:
            target_owner = row._meta.get_field(self.target_owner).attname
        except FieldDoesNotExist:  # pragma: no cover - a mistake in the model's definition
            raise
        own = (
            model._meta.pk.attname
            if self.owner == "id"
            else model._meta.get_field(self.owner).attname
        )
        if getattr(row, target_owner) != getattr(instance, own):
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameOwner) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def deconstruct(self) -> tuple[str, tuple, dict]:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"field": self.field, "owner": self.owner, "target_owner": self.target_owner}
        return path, args, kwargs
