"""How a form offers other rows: found by typing, and told apart by their labels."""

from typing import Any

from django import forms
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest

from catalogue.models import Competence, PublicRow
from catalogue.vocabularies import Status


def label_of(row: Model) -> str:
    """`row` as it is offered: a competence names its framework, what isn't public says so."""
    if isinstance(row, Competence):
        return f"{row.framework.title}: {row}"
    if isinstance(row, PublicRow) and row.status != Status.PUBLISHED:
        return f"{row} ({row.get_status_display()})"
    return str(row)


class RowField(ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return label_of(obj)


class RowsField(ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return label_of(obj)


def numbers_only(values: list[Any]) -> list[str]:
    """What of a forged form can be looked for at all: a primary key of the catalogue's."""
    said = [str(one) for one in values or []]
    return [one for one in said if one.isascii() and one.isdecimal() and len(one) <= 18]


class RowSelect(AutocompleteSelect):
    """Asks the database for the chosen row's label only where the form hasn't loaded the row."""

    known: Model | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list:
        value = numbers_only(value)
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        chosen = self.create_option(name, self.known.pk, label_of(self.known), {*value}, 1)
        return [(None, [self.create_option(name, "", "", False, 0), chosen], 0)]


class RowsSelect(AutocompleteSelectMultiple):
    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # A button that empties it all would stand as a stranger in the list of what is chosen.
        return {**super().build_attrs(*args, **kwargs), "data-allow-clear": "false"}

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list:
        return super().optgroups(name, numbers_only(value), attr)


def row_field(field: ForeignKey, site: AdminSite, request: HttpRequest) -> dict[str, Any]:
    """What the form field of a relation is made with: it takes what somebody may choose."""
    rows = offered(field.remote_field.model, site, request)
    return {"widget": RowSelect(field, site), "form_class": RowField, "queryset": rows}


def rows_field(field: ManyToManyField, site: AdminSite, request: HttpRequest) -> dict[str, Any]:
    """What the form field of a relation to many is made with."""
    rows = offered(field.remote_field.model, site, request)
    return {"widget": RowsSelect(field, site), "form_class": RowsField, "queryset": rows}


def offered(model: type[Model], site: AdminSite, request: HttpRequest) -> QuerySet:
    """The rows of `model` that somebody may choose."""
    return site.get_model_admin(model).offered(request)


def tell_what_is_loaded(form: forms.ModelForm) -> None:
    """Hands the rows that came with the form's own to their fields, which need no query then."""
    loaded = form.instance._state.fields_cache
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, RowSelect):
            widget.known = loaded.get(name)


def relation_to(model: type[Model]) -> ForeignKey:
    """Some foreign key that leads to `model`: a field that is found by typing has to have one."""
    return next(
        rel.field for rel in model._meta.related_objects if isinstance(rel.field, ForeignKey)
    )
