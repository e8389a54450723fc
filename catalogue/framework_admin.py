"""The desk for frameworks: their trees, how they relate, and bringing them in and out."""

from typing import Any, BinaryIO

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from catalogue import models
from catalogue.desk import STATE, DeskAdmin, Inline, PartInline, PublicAdmin, welsh
from catalogue.exchange import Report, export_framework, import_framework
from catalogue.import_admin import ImportsFiles


class OfFramework:
    """Mixin of the parts of a framework, which stay once it was public."""

    @staticmethod
    def framework_of(row: Any) -> models.Framework:
        return row.framework

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_kept = obj is not None and self.framework_of(obj).has_been_public()
        return not is_kept and super().has_delete_permission(request, obj)


class OwnLevels:
    """Mixin: levels are chosen among those of the framework whose form it is."""

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.remote_field.model is not models.Level:
            return super().formfield_for_foreignkey(field, request, **kwargs)
        kwargs["queryset"] = self.levels_for(request).select_related("framework")
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        # Asked once, however many rows of the form offer them.
        found.choices = list(found.choices)
        return found

    def levels_for(self, request: HttpRequest) -> Any:
        return models.Level.objects.filter(framework=request.resolver_match.kwargs.get("object_id"))


class LevelInline(OwnLevels, PartInline):
    model = models.Level
    fields = ["position", "code", "title", "parent", "proficiency", "own_form"]
    readonly_fields = ["own_form"]


@admin.register(models.Framework)
class FrameworkAdmin(ImportsFiles, PublicAdmin):
    change_form_template = "admin/framework_change_form.html"
    import_command = "import_framework"
    import_help = _(
        "One framework as JSON: Waymark’s own, the official data of DigComp 3.0 (JSON-LD), or a "
        "CASE package."
    )
    list_display = ["title", "publisher", "position", "status", "modified"]
    ordering = ["position", "sort_key", "pk"]
    search_fields = ["title", "full_title", "family", "slug"]
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


@admin.register(models.Level)
class LevelAdmin(OfFramework, DeskAdmin):
    """Where a level's description and its Welsh are kept; a framework's form has the rest."""

    part_of = "framework"
    list_display = ["title", "code", "framework", "parent", "proficiency"]
    list_filter = ["framework", "proficiency"]
    list_select_related = ["framework", "parent"]
    search_fields = ["code", "title", "framework__title"]
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
                    "description",
                    "proficiency",
                    "position",
                ]
            },
        ),
        welsh("title", "description"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["framework"] if obj else []


class StatementInline(Inline):
    """To look at and to go on from: a framework has hundreds, with long texts."""

    model = models.Statement
    fields = readonly_fields = ["code", "kind", "level", "text", "own_form"]
    ordering = ["-kind", "position", "code"]
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("level")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Competence)
class CompetenceAdmin(OfFramework, DeskAdmin):
    part_of = "framework"
    list_display = ["code", "title", "framework", "parent"]
    list_filter = ["framework"]
    list_select_related = ["framework", "parent"]
    search_fields = ["code", "title", "framework__title"]
    autocomplete_fields = ["framework", "parent"]
    inlines = [StatementInline]
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

    def get_queryset(self, request: HttpRequest) -> Any:
        # Its framework is a part of its name wherever it is offered.
        return super().get_queryset(request).select_related("framework")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Both are parts of its address.
        is_kept = obj is not None and obj.framework.has_been_public()
        return ["framework", "code"] if is_kept else []


@admin.register(models.Statement)
class StatementAdmin(OwnLevels, OfFramework, DeskAdmin):
    list_display = ["code", "short_text", "kind", "competence", "level"]
    list_filter = ["kind", "competence__framework"]
    list_select_related = ["competence", "level"]
    search_fields = ["code", "text", "competence__title"]
    autocomplete_fields = ["competence"]
    fieldsets = [
        (None, {"fields": ["competence", "level", "code", "kind", "text", "position"]}),
        (_("As published"), {"fields": ["facet", "ai_label"]}),
        welsh("text"),
    ]

    @staticmethod
    def framework_of(row: models.Statement) -> models.Framework:
        return row.competence.framework

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("competence__framework")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["competence"] if obj else []

    def levels_for(self, request: HttpRequest) -> Any:
        """Those of the statement's own framework; of a new one, all, each with its framework."""
        levels = models.Level.objects.order_by("framework__sort_key", "position", "pk")
        pk = request.resolver_match.kwargs.get("object_id")
        if pk is None:
            return levels
        return levels.filter(framework__competences__statements=pk)

    @admin.display(description=_("text"), ordering="text")
    def short_text(self, statement: models.Statement) -> str:
        return Truncator(statement.text).words(16)


@admin.register(models.Crosswalk)
class CrosswalkAdmin(DeskAdmin):
    list_display = ["source", "relation", "target", "note"]
    list_filter = ["relation", "source__framework"]
    ordering = ["source__framework", "source__position", "source__code", "pk"]
    list_select_related = ["source__framework", "target__framework"]
    search_fields = ["source__code", "source__title", "target__code", "target__title", "note"]
    autocomplete_fields = ["source", "target"]
    fieldsets = [
        (None, {"fields": ["source", "relation", "target", "note"]}),
        welsh("note"),
    ]
