"""Merging at the desk: verbs of a resource, and what was merged."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from catalogue import merging
from catalogue.desk import DeskAdmin, LookOnly, Verb, VerbForm
from catalogue.desk.relations import RowField, RowSelect, relation_to
from catalogue.models import Merge, Resource
from catalogue.vocabularies import Status


class MergeForm(VerbForm):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For colleagues: how you know that they are the same."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    field_order = ["into", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = Resource.objects.exclude(status=Status.WITHDRAWN)
        self.fields["into"] = RowField(
            label=_("Keep instead"),
            help_text=_("Its own words stay; it takes over what it doesn’t say itself."),
            queryset=kept.exclude(pk__in=[row.pk for row in self.rows]),
            widget=RowSelect(relation_to(Resource), self.admin.admin_site),
        )
        self.order_fields(self.field_order)


def _foreseen(resource: Resource) -> Iterator[str]:
    """What goes along with it."""
    counted = (
        (
            resource.pathway_count,
            ngettext_lazy(
                "%(number)d public pathway leads to it: its step will lead to the one you keep.",
                "%(number)d public pathways lead to it: their steps will lead to the one you keep.",
                "number",
            ),
        ),
        (
            resource.skill_links.count(),
            ngettext_lazy(
                "%(number)d skill goes along, if the other hasn’t got it.",
                "%(number)d skills go along, as far as the other hasn’t got them.",
                "number",
            ),
        ),
        (
            resource.tags.count(),
            ngettext_lazy(
                "%(number)d tag goes along, if the other hasn’t got it.",
                "%(number)d tags go along, as far as the other hasn’t got them.",
                "number",
            ),
        ),
    )
    for number, told in counted:
        if number:
            yield told % {"number": number}


def _is_merged(resource: Resource) -> bool:
    return resource.merges.standing().exists()


def _merge(resource: Resource, *, into: Resource, by: Any, note: str) -> Resource:
    merging.merge(resource, into=into, by=by, note=note)
    return into


def _part(resource: Resource, *, by: Any, note: str = "") -> None:
    merging.undo(resource.merges.standing().get(), by=by)


MERGE = Verb(
    name="merge",
    label=gettext_lazy("Merge into another"),
    action=gettext_lazy("Merge the chosen into another…"),
    explains=gettext_lazy(
        "For a resource that is in the catalogue twice. Its page leads to the one you keep from then "
        "on, and so do the steps of pathways. You can undo it."
    ),
    one=gettext_lazy("“%(row)s” is merged into this one."),
    many=ngettext_lazy(
        "%(number)d resource is merged.", "%(number)d resources are merged.", "number"
    ),
    starts=frozenset(Status.values),
    fits=lambda resource: not _is_merged(resource),
    do=_merge,
    form=MergeForm,
    asks=True,
    foresees=_foreseen,
)
PART = Verb(
    name="part",
    label=gettext_lazy("Undo the merge"),
    action=gettext_lazy("Undo the merges of the chosen…"),
    explains=gettext_lazy(
        "It gets back its own page and what went along with it, but for what somebody has changed or "
        "taken away since."
    ),
    one=gettext_lazy("“%(row)s” stands for itself again."),
    many=ngettext_lazy(
        "%(number)d resource stands for itself again.",
        "%(number)d resources stand for themselves again.",
        "number",
    ),
    starts=frozenset(Status.values),
    fits=_is_merged,
    do=_part,
    asks=True,
)


@admin.register(Merge)
class MergeAdmin(LookOnly, DeskAdmin):
    """What was merged, when and by whom; it is undone on the page of the duplicate."""

    list_display = ["duplicate", "kept", "at", "by", "undone_at"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["duplicate", "kept", "by"]
    search_fields = ["duplicate__title", "kept__title"]
    fields = ["duplicate", "kept", "note", "at", "by", "undone_at", "undone_by", "went_along"]
    readonly_fields = fields

    @admin.display(description=gettext_lazy("went along"))
    def went_along(self, merge: Merge) -> str:
        moved = merge.moved
        number = sum(len(moved.get(name, ())) for name in ("skills", "competences", "tags"))
        steps = len(moved.get("steps", {}).get("leads", ()))
        return ngettext(
            "%(number)d skill, competence or tag; steps: %(steps)d",
            "%(number)d skills, competences and tags; steps: %(steps)d",
            number,
        ) % {"number": number, "steps": steps}
