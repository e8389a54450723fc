"""What the desk's forms and lists are made of: rows with a page, and the parts of rows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AdminSplitDateTime, RelatedFieldWidgetWrapper
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from catalogue.desk import verbs
from catalogue.desk.careful import Careful
from catalogue.desk.ordering import PartForm, PartFormSet
from catalogue.desk.relations import label_of, row_field, rows_field
from catalogue.desk.whose import Whose
from catalogue.identity import find_by_uid
from catalogue.models import Decision, FormerAddress, Identified
from catalogue.vocabularies import Status

STATE = (
    gettext_lazy("State"),
    {
        "fields": [
            "status",
            "published_at",
            "withdrawn_at",
            "withdrawn_reason",
            "replacement",
            "permanent_address",
            "former_addresses",
            "decisions",
            "created",
            "modified",
        ],
    },
)
WHEN_WITHDRAWN = ("withdrawn_at", "withdrawn_reason", "replacement")
# How many decisions a form shows; the list of decisions has all.
DECISIONS_SHOWN = 10


def welsh(*names: str) -> tuple[str, dict]:
    """The fieldset that holds the Welsh of these fields."""
    fields = [f"{name}_cy" for name in names]
    return (gettext_lazy("Welsh"), {"classes": ["collapse"], "fields": fields})


def all_but(
    names: Iterable[str], model_admin: Any, request: HttpRequest, row: Model | None
) -> list[str]:
    """The fields of the form that are left when `names` can be written: to be shown only."""
    shown = flatten_fieldsets(model_admin.get_fieldsets(request, row))
    return [name for name in shown if name not in names]


class Fields:
    """Mixin: relations are found by typing, several values of a vocabulary are boxes to tick."""

    def formfield_for_dbfield(self, field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        choices = isinstance(field, ArrayField) and field.base_field.choices
        if choices:
            return forms.MultipleChoiceField(
                label=field.verbose_name.capitalize(),
                choices=choices,
                help_text=field.help_text,
                required=not field.blank,
                widget=forms.CheckboxSelectMultiple,
            )
        found = super().formfield_for_dbfield(field, request, **kwargs)
        if found and isinstance(field, ArrayField):
            found.widget.attrs["class"] = "vTextField"
        if found and isinstance(found.widget, AdminSplitDateTime):
            for part, name in zip(found.widget.widgets, (_("Date"), _("Time")), strict=True):
                part.attrs["aria-label"] = name
        if found and isinstance(found.widget, RelatedFieldWidgetWrapper):
            # One can look at the other row, and add one; it is changed in its own place.
            found.widget.can_change_related = found.widget.can_delete_related = False
        return found

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name in self.get_autocomplete_fields(request):
            kwargs = {**row_field(field, self.admin_site, request), **kwargs}
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def formfield_for_manytomany(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name in self.get_autocomplete_fields(request):
            kwargs = {**rows_field(field, self.admin_site, request), **kwargs}
        return super().formfield_for_manytomany(field, request, **kwargs)


class DeskAdmin(Careful, Fields, verbs.HasVerbs, Whose, admin.ModelAdmin):
    """A row that is kept at the desk."""

    class Media:
        js = ["admin/js/desk.js"]

    change_form_template = "admin/desk_change_form.html"
    list_per_page = 50
    # Its place among those of its app: what people keep every day, its parts, what is to look at.
    rank = 2
    # The field that names the row which this one is a part of, where that remembers its changes.
    part_of: str | None = None

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        # Django would delete many at once without asking each.
        actions.pop("delete_selected", None)
        return actions

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Straight to the page, where it has one that visitors see."""
        is_public = isinstance(obj, Identified) and obj.public_status() == Status.PUBLISHED
        return obj.get_absolute_url() if is_public else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._touch_whole(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._touch_whole(obj)

    def _touch_whole(self, obj: Any) -> None:
        """Whoever has the whole open is to know that a part of it has changed."""
        if self.part_of:
            whole = getattr(obj, self.part_of)
            type(whole).objects.filter(pk=whole.pk).update(modified=timezone.now())

    def waiting(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(what waits for somebody, where) for the desk's first page. One query at most a row."""
        return []

    def boards(self, request: HttpRequest) -> list[Any]:
        """Parts of the desk's first page: each has a `template` that draws it as `board`, and says
        by `is_whole` whether it is all that somebody needs there."""
        return []

    def _list(self, **filters: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return reverse(name, query=filters)


class LookOnly:
    """Mixin: rows that the site writes by itself."""

    rank = 3

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def why_not(self, request: HttpRequest, row: Model) -> str:
        return _("The site writes this by itself: nobody changes it by hand.")


class PublicAdmin(DeskAdmin):
    """A row with a page: what follows from verbs is shown, never typed, and nothing public goes."""

    verbs = [verbs.PUBLISH, verbs.WITHDRAW, verbs.RESTORE]
    rank = 1
    ordering = ["sort_key", "pk"]
    list_filter = ["status"]
    readonly_fields = STATE[1]["fields"]
    save_on_top = True

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """What verbs ask for: publishing is more than changing."""
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.has_been_public()) and super().has_delete_permission(
            request, obj
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        """A new row has no state yet, and only a withdrawn one a reason. What editors noted is for
        colleagues."""
        sets = super().get_fieldsets(request, obj)
        if obj is None:
            return [one for one in sets if one[0] != STATE[0]]
        if not self.keeps(request, obj):
            sets = _without(["decisions"], sets)
        if obj.status == Status.WITHDRAWN:
            return sets
        return _without(WHEN_WITHDRAWN, sets)

    def formfield_for_dbfield(self, field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name == "slug":
            kwargs["label"] = _("Address here")
        return super().formfield_for_dbfield(field, request, **kwargs)

    def state_of(self, obj: Any) -> str:
        return obj.get_status_display()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and obj.has_been_public() and "slug" in form.changed_data:
            told = _("The old address “%(slug)s” leads to the new one from now on.")
            self.message_user(request, told % {"slug": form.initial["slug"]})

    def waiting(self, request: HttpRequest) -> list[tuple[str, str]]:
        if not self.has_change_permission(request):
            return []
        drafts = self.get_queryset(request).filter(status=Status.DRAFT).count()
        if not drafts:
            return []
        told = ngettext_lazy("%(kind)s: %(number)d draft", "%(kind)s: %(number)d drafts", "number")
        kind = self.opts.verbose_name_plural.capitalize()
        return [(told % {"kind": kind, "number": drafts}, self._list(status__exact="draft"))]

    # What forms show of a row's state

    @admin.display(description=gettext_lazy("replaced by"))
    def replacement(self, row: Any) -> str:
        found = row.replaced_by and find_by_uid(row.replaced_by)
        return link_to(found) if found else "–"

    @admin.display(description=gettext_lazy("permanent address"))
    def permanent_address(self, row: Any) -> str:
        return format_html('<a href="{0}">{0}</a>', row.permanent_url)

    @admin.display(description=gettext_lazy("former addresses"))
    def former_addresses(self, row: Any) -> str:
        """Which old ones lead here. One query."""
        here = FormerAddress.objects.filter(kind=row._meta.db_table, uid=row.uid)
        return ", ".join(here.order_by("slug").values_list("slug", flat=True)) or "–"

    @admin.display(description=gettext_lazy("decisions"))
    def decisions(self, row: Any) -> str:
        return told_decisions(row)


def told_decisions(row: Identified) -> SafeString | str:
    """Who decided what about `row`, the newest first. One query."""
    last = Decision.objects.filter(uid=row.uid).select_related("by")[:DECISIONS_SHOWN]
    lines = (
        (formats.date_format(timezone.localtime(one.at), "DATETIME_FORMAT"), told_decision(one))
        for one in last
    )
    told = format_html_join("", "<li>{}: {}</li>", lines)
    return format_html('<ul class="desk-decisions">{}</ul>', told) if told else "–"


def told_decision(one: Decision) -> str:
    by = one.by.get_full_name() if one.by else _("the command line")
    told = _("%(verb)s by %(by)s") % {"verb": one.verb, "by": by}
    return f"{told} – {one.note}" if one.note else told


def link_to(row: Model) -> SafeString | str:
    """A link to the form of `row`, where it has one."""
    try:
        there = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return label_of(row)
    return format_html('<a href="{}">{}</a>', there, label_of(row))


def _without(names: Iterable[str], sets: Iterable[tuple[Any, dict]]) -> list[tuple[Any, dict]]:
    """The fieldsets `sets` with none of the fields `names`."""
    return [
        (title, {**said, "fields": [one for one in said["fields"] if one not in names]})
        for title, said in sets
    ]


class Inline(Fields, admin.TabularInline):
    """Parts of a row in its own form, loaded in one query however many."""

    extra = 0
    form = PartForm
    formset = PartFormSet
    template = "admin/desk_tabular.html"
    view_on_site = False

    @admin.display(description=gettext_lazy("own form"))
    def own_form(self, row: Any) -> SafeString | str:
        """A column that leads to the part's own form."""
        if row.pk is None:
            return ""
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[row.pk]), _("More…"))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = [
            f"{name}__framework" if name == "competence" else name
            for name in self.autocomplete_fields
        ]
        return super().get_queryset(request).select_related(*related)


class PartInline(Inline):
    """Parts that others may point at: they stay when what they are a part of was ever public."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.has_been_public()) and super().has_delete_permission(
            request, obj
        )
