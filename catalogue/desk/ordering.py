"""The parts in a row's form: those that went meanwhile, and those in an order.

People give places, and saving numbers the rows anew from 1.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.desk.careful import CarefulForm
from catalogue.desk.relations import tell_what_is_loaded


class PartForm(CarefulForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_what_is_loaded(self)


class PartFormSet(forms.BaseInlineFormSet):
    """Tells of a row that somebody took away while its form was open."""

    def get_queryset(self) -> Any:
        """The rows; of what was sent, one for each form, so that those without a row stay."""
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """In a table the fields have no labels beside them."""
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", field.label)

    def clean(self) -> None:
        super().clean()
        gone = [
            form
            for form in self.initial_forms
            if form.instance.pk is None and not self._should_delete_form(form)
        ]
        if gone:
            raise forms.ValidationError(
                _(
                    "Somebody took a row of these away while you had them open. "
                    "Tick “Delete?” for it, or write it into a new row."
                )
            )


class OrderedForm(PartForm):
    """One row's place; left empty, the row comes last."""

    place = forms.IntegerField(
        label=_("Place"), required=False, widget=forms.NumberInput(attrs={"class": "desk-place"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["place"] = self.instance.position

    def wanted(self, index: int) -> tuple[float, int, int]:
        """Sorts the rows: who moves up comes before whoever had that place, who moves down after."""
        had, wants = self.initial.get("place"), self.cleaned_data.get("place")
        if wants is None:
            return (float("inf"), 0, index)
        moves = 0 if had is None else (wants > had) - (wants < had)
        return (wants, moves, index)


class OrderedFormSet(PartFormSet):
    """Numbers its rows from 1, those of each `within` by themselves."""

    within: str | None = None

    def clean(self) -> None:
        super().clean()
        rows = [
            (index, form)
            for index, form in enumerate(self.forms)
            if form.is_valid() and form not in self.deleted_forms and not _is_blank(form)
        ]
        places: dict[Any, int] = {}
        for _index, form in sorted(rows, key=lambda row: row[1].wanted(row[0])):
            group = getattr(form.instance, f"{self.within}_id") if self.within else None
            places[group] = places.get(group, 0) + 1
            form.moves = form.instance.position != places[group]
            form.instance.position = places[group]

    def save(self, commit: bool = True) -> list[Any]:
        saved = super().save(commit)
        for form in self.initial_forms:
            if commit and getattr(form, "moves", False) and not form.has_changed():
                form.instance.save(update_fields=["position"])
        return saved


def _is_blank(form: forms.ModelForm) -> bool:
    return form.empty_permitted and not form.has_changed()
