"""Forms that lose nothing: they tell when somebody else was quicker, and keep what was typed."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalogue.locks import one_decision_at_a_time

# What triggers raise whose message is a sentence for people (see catalogue.triggers).
RESTRICT_VIOLATION = "23001"


class CarefulForm(forms.ModelForm):
    """Carries digests of what it showed, and is refused once when the row has changed since.

    The refusal keeps what was typed and takes the new digests over, so that saving again puts it in
    the place of the other's. A form sent without digests isn't judged.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    # A sentence where the database refused what this form found right; set by Careful.
    refused = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = self._digests() if self.instance.pk else {}
        self.initial["seen"] = json.dumps(self.now)

    def _digests(self) -> dict[str, str]:
        shown = {name: value for name, value in self.initial.items() if name in self.fields}
        shown["modified"] = getattr(self.instance, "modified", None)
        return {name: _digest(value) for name, value in shown.items()}

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name != "seen"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refused:
            self.add_error(None, self.refused)
        seen = self.data.get(self.add_prefix("seen"))
        if seen and self.now and seen != self.initial["seen"]:
            self._tell_of_others(seen)
        return cleaned

    def _tell_of_others(self, seen: str) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.initial["seen"]
        names = ", ".join(self._changed_since(seen))
        if names:
            told = _("Somebody changed this after you opened it: {names}.")
        else:
            told = _("Somebody changed this after you opened it.")
        what_now = _(
            "Nothing of yours is saved yet, and it still stands below. "
            '<a href="" target="_blank">Look at what is there now</a> (in a new window), '
            "then save again to put yours in its place."
        )
        self.add_error(None, format_html(f"{told} {what_now}", names=names))

    def _changed_since(self, seen: str) -> Iterable[str]:
        """Labels of the fields that say something else than when the form was opened."""
        try:
            before = dict(json.loads(seen))
        except (TypeError, ValueError):
            return []
        return [
            str(field.label or name)
            for name, field in self.fields.items()
            if name in self.now and before.get(name) != self.now[name]
        ]


def _digest(value: Any) -> str:
    if isinstance(value, list | QuerySet):
        value = [one.pk if isinstance(one, Model) else one for one in value]
    # Saving an empty form field may make "" of None.
    return blake2b(repr(value or "").encode(), digest_size=4).hexdigest()


class Careful:
    """Mixin of a ModelAdmin: two people at once, and what the database refuses, end in a sentence."""

    form = CarefulForm

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and connection.in_atomic_block:
            # Nothing is decided about the row, and nobody else saves it, until this is done.
            one_decision_at_a_time()
        return super().get_object(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        form.refused = getattr(request, "refused", "")
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tries again where the database refused: what it knew by then, the form finds by itself."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            pass
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            request.refused = sentence_of(error)
        return super().changeform_view(request, *args, **kwargs)

    def save_related(self, *args: Any) -> None:
        super().save_related(*args)
        # Before anybody is told that it is saved.
        connection.check_constraints()

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError as error:
            self.message_user(request, sentence_of(error), messages.ERROR)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        try:
            for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(chosen)
        except ValidationError:
            told = _("What was chosen is not in this list. Nothing has changed.")
            self.message_user(request, told, messages.ERROR)
            return redirect(request.get_full_path())
        return super().response_action(request, queryset)


def sentence_of(error: IntegrityError) -> str:
    """What to tell whoever caused `error`: the rule's own sentence where it has one."""
    told = getattr(error.__cause__, "diag", None)
    name = getattr(told, "constraint_name", None)
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if rule.name == name and rule.violation_error_message:
                return str(rule.get_violation_error_message())
    if getattr(told, "sqlstate", None) == RESTRICT_VIOLATION:
        return told.message_primary
    return _("Somebody saved something of the same name at this moment. Save again.")
