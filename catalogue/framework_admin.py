"""The desk for frameworks: their trees, how they relate, and bringing them in and out."""

from typing import Any, BinaryIO

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from catalogue import models
from catalogue.admin import STATE, OneByOne, PartInline, PublicAdmin, welsh
from catalogue.exchange import Report, export_framework, import_framework
from catalogue.import_admin import ImportsFiles


class LevelInline(PartInline):
    model = models.Level
    fields = ["position", "code", "title", "parent", "proficiency"]

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name == "parent":
            framework = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = models.Level.objects.filter(framework=framework)
        return super().formfield_for_foreignkey(field, request, **kwargs)


@admin.register(models.Framework)
class FrameworkAdmin(ImportsFiles, PublicAdmin):
    change_form_template = "admin/framework_change_form.html"
    import_command = "import_framework"
    import_help = _(
        "One framework as JSON: Waymark’s own, the official data of DigComp 3.0 (JSON-LD), or a "
        "CASE package."
    )
    list_display = ["title", "publisher", "position", "status"]
    search_fields = ["title", "full_title"]
    inlines = [LevelInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "full_title",
                    "slug",
                    "family",
                    "version",
                    "description",
                    "position",
                ]
            },
        ),
        (_("Source"), {"fields": ["publisher", "date_published", "url", "licence", "attribution"]}),
        welsh("title", "full_title", "description"),
        STATE,
    ]

    def import_file(
        self,
        file: BinaryIO,
        name: str,
        *,
        dry_run: bool,
        by: Any,
        report: Report,
        **options: Any,
    ) -> None:
        import_framework(file, name, dry_run=dry_run, by=by, report=report, **options)

    def get_urls(self) -> list:
        export = self.admin_site.admin_view(self.export_view)
        return [
            path("<path:pk>/export/", export, name="catalogue_framework_export"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """The framework as Waymark's own JSON, draft or not, for whoever may look at it here."""
        framework = self.get_object(request, pk)
        if framework is None:
            raise Http404("no such framework")
        if not self.has_view_permission(request, framework):
            raise PermissionDenied
        name = f"{framework.slug}.json"
        return HttpResponse(
            export_framework(framework),
            content_type="application/json",
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )


@admin.register(models.Competence)
class CompetenceAdmin(OneByOne):
    list_display = ["code", "title", "framework", "parent"]
    list_filter = ["framework"]
    list_select_related = ["framework", "parent"]
    search_fields = ["code", "title"]
    autocomplete_fields = ["framework", "parent"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "framework",
                    "parent",
                    "code",
                    "title",
                    "short_title",
                    "description",
                    "position",
                ]
            },
        ),
        welsh("title", "short_title", "description"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Both are parts of its address.
        return ["framework", "code"] if _is_kept(obj) else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_kept(obj) and super().has_delete_permission(request, obj)


def _is_kept(competence: models.Competence | None) -> bool:
    """Whether the competence was ever public."""
    return competence is not None and competence.framework.has_been_public()


@admin.register(models.Crosswalk)
class CrosswalkAdmin(admin.ModelAdmin):
    list_display = ["source", "relation", "target", "note"]
    list_filter = ["relation"]
    list_select_related = ["source__framework", "target__framework"]
    search_fields = ["source__title", "target__title"]
    autocomplete_fields = ["source", "target"]
    fields = ["source", "relation", "target", "note", "note_cy"]
