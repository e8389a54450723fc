"""What the desk for pathways has of files: bringing pathways in, and taking one out."""

from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalogue.exchange import Report
from catalogue.import_admin import ImportForm, ImportsFiles
from pathways.exchange import as_json, export_pathway, import_pathways
from pathways.models import Pathway, Revision


class ImportPathwaysForm(ImportForm):
    # What comes in is a draft of its own, so that there is nothing to ask about what is here.
    update = None
    publish = forms.BooleanField(
        label=_("Publish what lacks nothing"),
        help_text=_("Otherwise all of it comes as drafts, beside those that are here."),
        required=False,
    )

    needs = {"publish": "publish_revision"}


class ImportsPathways(ImportsFiles):
    """Mixin of the pathways' ModelAdmin: an “Import” button and its pages."""

    import_command = "import_pathways"
    import_form = ImportPathwaysForm
    import_help = _("One pathway or several as Waymark’s own JSON, as “Export as JSON” gives it.")

    def import_file(
        self,
        file: BinaryIO,
        name: str,
        *,
        dry_run: bool,
        by: Any,
        report: Report,
        publish: bool = False,
    ) -> None:
        import_pathways(file, name, publish=publish, dry_run=dry_run, by=by, report=report)

    def has_publish_revision_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pathways.publish_revision")

    def may_import(self, request: HttpRequest) -> bool:
        # A file drafts anew what is here already, and makes the resources that it lacks.
        may_make = request.user.has_perm("catalogue.add_resource")
        return may_make and self.has_change_permission(request) and super().may_import(request)


class Exports:
    """Mixin of a ModelAdmin: the field `export`, a link to the row as a file."""

    def exported(self, row: Any) -> Revision | None:
        """The revision that the file of `row` is made of."""
        raise NotImplementedError

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.export_view)
        return [path("<int:pk>/export/", view, name=self._export_name), *super().get_urls()]

    @property
    def _export_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The row as JSON, to be kept as a file."""
        row = self.get_object(request, str(pk))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None or not (revision := self.exported(row)):
            raise Http404("there is no such row, or it has no revision")
        name = f"{revision.pathway.slug}-{revision.number}.json"
        return HttpResponse(
            as_json(export_pathway(revision)),
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def export(self, row: Any) -> SafeString | str:
        if row.pk is None:
            return "–"
        url = reverse(f"{self.admin_site.name}:{self._export_name}", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, _("Export as JSON"))

    export.short_description = _("as a file")


class ExportsPathway(Exports):
    """Of a pathway: what readers see or, unseen yet, its newest draft."""

    def exported(self, row: Pathway) -> Revision | None:
        return row.published_revision or row.revisions.order_by("-number").first()


class ExportsRevision(Exports):
    def exported(self, row: Revision) -> Revision:
        return row
