"""The desk for what there is to learn."""

from typing import Any, BinaryIO

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalogue import models
from catalogue.errors import CatalogueError
from catalogue.exchange import Report, import_resources
from catalogue.import_admin import ImportsFiles

admin.site.site_title = settings.SITE_NAME
admin.site.site_header = format_lazy(_("{site}: the desk"), site=settings.SITE_NAME)

STATE = (
    _("State"),
    {
        "classes": ["collapse"],
        "fields": [
            "status",
            "published_at",
            "withdrawn_at",
            "withdrawn_reason",
            "permanent_url",
            "created",
            "modified",
        ],
    },
)


def welsh(*names: str) -> tuple[str, dict]:
    """The fieldset that holds the Welsh of these fields."""
    return (_("Welsh"), {"classes": ["collapse"], "fields": [f"{name}_cy" for name in names]})


@admin.action(description=_("Publish the chosen drafts"), permissions=["publish"])
def publish(admin_of: admin.ModelAdmin, request: HttpRequest, rows: QuerySet) -> None:
    """Publishes each by itself, and tells of those that can't be."""
    done = 0
    for row in rows:
        try:
            row.publish(by=request.user)
            done += 1
        except (CatalogueError, ValidationError) as error:
            told = error.messages if isinstance(error, ValidationError) else [str(error)]
            admin_of.message_user(request, f"{row}: {' '.join(told)}", messages.ERROR)
    if done:
        told = ngettext("%(number)d is public now.", "%(number)d are public now.", done)
        admin_of.message_user(request, told % {"number": done}, messages.SUCCESS)


class OneByOne(admin.ModelAdmin):
    """Rows that are deleted one at a time: Django deletes many at once without asking each."""

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class Publishing:
    """Has `has_publish_permission`, which actions ask: publishing is more than changing."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")


class PublicAdmin(Publishing, OneByOne):
    """A row with a page: what follows from verbs is shown, never typed, and nothing public goes."""

    actions = [publish]
    list_filter = ["status"]
    readonly_fields = STATE[1]["fields"]
    save_on_top = True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.has_been_public()) and super().has_delete_permission(
            request, obj
        )

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        is_public = obj is not None and obj.status == "published"
        return super().get_view_on_site_url(obj) if is_public else None


class Inline(admin.TabularInline):
    extra = 0
    show_change_link = False


@admin.register(models.Organisation)
class OrganisationAdmin(PublicAdmin):
    list_display = ["name", "is_sector_body", "status"]
    list_filter = ["status", "is_sector_body"]
    search_fields = ["name"]
    fieldsets = [(None, {"fields": ["name", "slug", "summary", "url", "is_sector_body"]}), STATE]


class PartInline(Inline):
    """Parts that others may point at: they stay when what they are a part of was ever public."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or not obj.has_been_public()) and super().has_delete_permission(
            request, obj
        )


class SkillStatementInline(PartInline):
    model = models.SkillStatement
    fields = ["proficiency", "text", "text_cy"]
    max_num = 4


class SkillCompetenceInline(Inline):
    model = models.SkillCompetence
    autocomplete_fields = ["competence"]


@admin.register(models.Skill)
class SkillAdmin(PublicAdmin):
    list_display = ["title", "summary", "status"]
    search_fields = ["title", "synonyms"]
    autocomplete_fields = ["related"]
    inlines = [SkillStatementInline, SkillCompetenceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "description", "synonyms", "related"]}),
        welsh("title", "summary", "description"),
        STATE,
    ]


class RoleSkillInline(Inline):
    model = models.RoleSkill
    autocomplete_fields = ["skill"]
    max_num = 15


@admin.register(models.Role)
class RoleAdmin(PublicAdmin):
    list_display = ["title", "is_volunteer", "status"]
    list_filter = ["status", "is_volunteer"]
    search_fields = ["title"]
    inlines = [RoleSkillInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "description", "sectors", "is_volunteer"]}),
        welsh("title", "summary", "description"),
        STATE,
    ]


@admin.register(models.Question)
class QuestionAdmin(PublicAdmin):
    list_display = ["title", "position", "status"]
    search_fields = ["title"]
    autocomplete_fields = ["skills", "resources"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "answer", "position", "skills", "resources"]}),
        welsh("title", "answer"),
        STATE,
    ]


@admin.register(models.Tag)
class TagAdmin(PublicAdmin):
    list_display = ["name", "synonyms", "status"]
    search_fields = ["name", "synonyms"]
    fieldsets = [(None, {"fields": ["name", "slug", "synonyms"]}), STATE]


class ResourceSkillInline(Inline):
    model = models.ResourceSkill
    autocomplete_fields = ["skill"]


class ResourceCompetenceInline(Inline):
    model = models.ResourceCompetence
    autocomplete_fields = ["competence"]


@admin.register(models.Resource)
class ResourceAdmin(ImportsFiles, PublicAdmin):
    import_help = _(
        "CSV with a header, JSON, JSON Lines, JSON-LD, or the bookmarks that a browser exports. "
        "Only an address and a title are needed."
    )
    import_command = "import_resources"
    list_display = [
        "title",
        "provider",
        "resource_type",
        "proficiency",
        "duration_minutes",
        "status",
    ]
    list_filter = ["status", "resource_type", "proficiency", "cost", "description_source"]
    list_select_related = ["provider"]
    search_fields = ["title", "url", "provider__name"]
    autocomplete_fields = ["provider"]
    inlines = [ResourceSkillInline, ResourceCompetenceInline]
    readonly_fields = [*PublicAdmin.readonly_fields, "pathway_count"]
    fieldsets = [
        (None, {"fields": ["url", "title", "slug", "provider", "authors"]}),
        (
            _("What it is"),
            {
                "fields": [
                    "description",
                    "description_language",
                    "description_source",
                    "resource_type",
                    "tags",
                ]
            },
        ),
        (
            _("What it asks"),
            {
                "fields": [
                    "proficiency",
                    "languages",
                    "cost",
                    "licence",
                    ("duration_minutes", "duration_source"),
                    "date_published",
                    "access",
                ]
            },
        ),
        (_("Kept fresh"), {"fields": ["reviewed_at", "pathway_count"]}),
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
        update: bool = False,
        publish: bool = False,
    ) -> None:
        import_resources(
            file, name, update=update, publish=publish, dry_run=dry_run, by=by, report=report
        )


@admin.register(models.LinkHealth)
class LinkHealthAdmin(admin.ModelAdmin):
    list_display = ["resource", "state", "checked_at", "worked_at", "failures"]
    list_filter = ["state"]
    list_select_related = ["resource"]
    search_fields = ["resource__title", "resource__url"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(models.Decision)
class DecisionAdmin(admin.ModelAdmin):
    """Read only: what was decided stays decided."""

    list_display = ["at", "verb", "title", "by", "note"]
    list_filter = ["verb"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    search_fields = ["title", "note"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


# The desk for frameworks is made of what stands above.
from catalogue import framework_admin  # noqa: E402, F401
