"""How a form offers other rows: found by typing, and told apart by their labels."""

import re
from typing import Any

from django import forms
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.models import Competence, PublicRow
from catalogue.vocabularies import Status

# What ends the name of the field in which whoever has no scripts types another row's.
TYPED = "__typed"
NAMED = (PublicRow, Competence)
# The address of a competence's page.
COMPETENCE = re.compile(r"^.*/frameworks/([^/]+)/([^/]+)/?$")


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


def row_named(model: type[Model], said: str) -> Model | None:
    """The only row of `model` that `said` names: by the address of its page, by what that ends with, or
    by its title. Two queries at most."""
    rows = model._default_manager.order_by()
    if issubclass(model, Competence):
        framework, _colon, code = COMPETENCE.sub(r"\1:\2", said).rpartition(":")
        return _only(rows.filter(framework__slug=framework, code=code))
    if not issubclass(model, NAMED):
        return None
    title = {f"{model.title_field}__iexact": said}
    return _only(rows.filter(slug=said.rstrip("/").rpartition("/")[2])) or _only(
        rows.filter(**title)
    )


def _only(rows: QuerySet) -> Model | None:
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


class RowSelect(AutocompleteSelect):
    """Asks the database for the chosen row's label only where the form hasn't loaded the row."""

    known: Model | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """With a field beside it for whoever has no scripts, without which nothing is found."""
        shown = super().render(name, value, attrs, renderer)
        if not issubclass(self.field.remote_field.model, NAMED):
            return shown
        return format_html(
            '{}<noscript><label class="desk-typed">{} <input type="text" name="{}" '
            'class="vTextField" autocomplete="off"></label></noscript>',
            shown,
            _("Another: its title, or the address of its page"),
            f"{name}{TYPED}",
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(data.get(f"{name}{TYPED}") or "").replace("\0", "").strip()
        if not typed:
            return super().value_from_datadict(data, files, name)
        row = row_named(self.field.remote_field.model, typed)
        # Whether they may choose it is the field's to say; what is not found it refuses alike.
        return str(row.pk) if row else typed

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
