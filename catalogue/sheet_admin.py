"""Spreadsheets at the desk: the list of resources goes out as one, and comes back changed."""

from typing import Any, BinaryIO

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.exchange import Report, sheet_of, take_sheet
from catalogue.import_admin import ImportForm, Way


class SheetForm(ImportForm):
    update = publish = None
    clear = forms.BooleanField(
        label=gettext_lazy("Empty cells empty the field"),
        help_text=gettext_lazy("Otherwise an empty cell leaves what is there."),
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For colleagues: it is kept with each change."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    needs: dict[str, str] = {}


SHEET = Way(
    name="sheet",
    label=gettext_lazy("Changes of my spreadsheet"),
    title=gettext_lazy("Changes of my spreadsheet"),
    explains=gettext_lazy(
        "For a spreadsheet that you downloaded here and changed. The next page lists each cell that "
        "would change, with what stands there now. Nothing is written over what somebody else "
        "changed since you downloaded it."
    ),
    formats=gettext_lazy("Saved as CSV, if there is a choice as “CSV UTF-8”."),
    command="import_resources --overwrite",
    form=SheetForm,
    brings_in="take_sheet",
    may="may_use_sheets",
    permission="change",
    tells_changes=True,
)


class HasSheets:
    """Mixin of the resources' ModelAdmin, before ImportsFiles: download, and the way back."""

    actions = ["download_chosen"]

    def ways(self) -> list[Way]:
        return [*super().ways(), SHEET]

    def may_use_sheets(self, request: HttpRequest) -> bool:
        """Whoever may change some: a sheet has, and changes, only what they may."""
        return self.has_change_permission(request)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.download_view)
        name = "catalogue_resource_download"
        return [path("resources.csv", view, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """`download_url`: the list as it is narrowed now."""
        context = dict(extra_context or {})
        if self.may_use_sheets(request):
            query = request.GET.urlencode()
            address = reverse("admin:catalogue_resource_download")
            context["download_url"] = f"{address}?{query}" if query else address
        return super().changelist_view(request, context)

    def download_view(self, request: HttpRequest) -> HttpResponse:
        """The list, narrowed as the address says: all of it, whatever page somebody is on."""
        if not self.may_use_sheets(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect("admin:catalogue_resource_changelist")
        return self._sheet(request, rows)

    def has_sheet_permission(self, request: HttpRequest) -> bool:
        return self.may_use_sheets(request)

    def download_chosen(self, request: HttpRequest, rows: QuerySet) -> HttpResponse:
        return self._sheet(request, rows)

    download_chosen.short_description = gettext_lazy("Download the chosen as a spreadsheet")
    download_chosen.allowed_permissions = ["sheet"]

    def _sheet(self, request: HttpRequest, rows: QuerySet) -> StreamingHttpResponse:
        name = f"resources-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            sheet_of(rows.kept_by(request.user)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )

    def take_sheet(
        self,
        file: BinaryIO,
        name: str,
        *,
        dry_run: bool,
        by: Any,
        report: Report,
        clear: bool = False,
        why: str = "",
    ) -> None:
        def log(row: Model, columns: list[str]) -> None:
            told = _("By a spreadsheet: %(columns)s.") % {"columns": ", ".join(columns)}
            LogEntry.objects.log_actions(by.pk, [row], CHANGE, told, single_object=True)

        take_sheet(file, name, clear=clear, why=why, dry_run=dry_run, by=by, report=report, log=log)
