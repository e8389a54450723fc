"""The desk for what there is to learn."""

from typing import Any, BinaryIO

import taggit.admin
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Count, Field, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from catalogue import models
from catalogue.desk import (
    STATE,
    DeskAdmin,
    Inline,
    LookOnly,
    OrderedForm,
    OrderedFormSet,
    PartInline,
    PublicAdmin,
    all_but,
    welsh,
)
from catalogue.desk.relations import RowsField, RowsSelect, offered
from catalogue.desk.rows import link_to
from catalogue.evidence.desk import TellsUse
from catalogue.exchange import Report, import_resources
from catalogue.identity import find_by_uid
from catalogue.import_admin import ImportsFiles
from catalogue.links.desk import FollowsMoves, VisitsLinks
from catalogue.mending_admin import MEND
from catalogue.merge_admin import MERGE, PART
from catalogue.models.skills import SKILLS_OF_A_ROLE
from catalogue.proposal_admin import Proposes
from catalogue.sheet_admin import HasSheets
from catalogue.standing import is_editor
from catalogue.vocabularies import LinkState, Proficiency, Status

# taggit brings a table of its own, in which nothing stands here.
admin.site.unregister(taggit.admin.Tag)


@admin.register(models.Organisation)
class OrganisationAdmin(PublicAdmin):
    list_display = ["name", "is_sector_body", "status", "modified"]
    list_filter = ["status", "is_sector_body"]
    search_fields = ["name", "slug"]
    fieldsets = [(None, {"fields": ["name", "slug", "summary", "url", "is_sector_body"]}), STATE]
    # What others than editors may write.
    TEXTS = ("name", "summary", "url")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Whoever looks after some of them, and is no editor, has nothing to do with the others."""
        rows = super().get_queryset(request)
        return rows.kept_by(request.user) if self.has_change_permission(request) else rows

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        kept = super().get_readonly_fields(request, obj)
        return kept if is_editor(request.user) else all_but(self.TEXTS, self, request, obj)

    def why_they_may(self, request: HttpRequest, row: Model) -> str:
        return gettext(
            "You may change what the page says: you look after this organisation. Its address and "
            "its state are an editor’s to change."
        )


class SkillStatementInline(PartInline):
    model = models.SkillStatement
    fields = ["proficiency", "text", "text_cy"]
    max_num = len(Proficiency)


class SkillCompetenceInline(Inline):
    model = models.SkillCompetence
    autocomplete_fields = ["competence"]


@admin.register(models.Skill)
class SkillAdmin(PublicAdmin):
    list_display = ["title", "summary", "status", "modified"]
    search_fields = ["title", "synonyms", "slug"]
    autocomplete_fields = ["related"]
    inlines = [SkillStatementInline, SkillCompetenceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "description", "synonyms", "related"]}),
        welsh("title", "summary", "description"),
        STATE,
    ]


class RoleSkillInline(Inline):
    model = models.RoleSkill
    form = OrderedForm
    formset = OrderedFormSet
    fields = ["place", "skill", "proficiency"]
    autocomplete_fields = ["skill"]
    ordering = ["position"]
    max_num = SKILLS_OF_A_ROLE


@admin.register(models.Role)
class RoleAdmin(PublicAdmin):
    list_display = ["title", "is_volunteer", "status", "modified"]
    list_filter = ["status", "is_volunteer"]
    search_fields = ["title", "slug"]
    inlines = [RoleSkillInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "description", "sectors", "is_volunteer"]}),
        welsh("title", "summary", "description"),
        STATE,
    ]


@admin.register(models.Question)
class QuestionAdmin(PublicAdmin):
    list_display = ["title", "position", "status", "modified"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["skills", "resources"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "answer", "position"]}),
        (_("What answers it"), {"fields": ["skills", "resources"]}),
        welsh("title", "answer"),
        STATE,
    ]


@admin.register(models.Tag)
class TagAdmin(PublicAdmin):
    list_display = ["name", "synonyms", "status", "modified"]
    search_fields = ["name", "synonyms", "slug"]
    fieldsets = [(None, {"fields": ["name", "slug", "synonyms"]}), STATE]


class ResourceSkillInline(Inline):
    model = models.ResourceSkill
    autocomplete_fields = ["skill"]


class ResourceCompetenceInline(Inline):
    model = models.ResourceCompetence
    autocomplete_fields = ["competence"]


@admin.register(models.Resource)
class ResourceAdmin(TellsUse, VisitsLinks, Proposes, HasSheets, ImportsFiles, PublicAdmin):
    verbs = [*PublicAdmin.verbs, MERGE, PART, MEND]
    import_help = _(
        "CSV with a header, JSON, JSON Lines, JSON-LD, or the bookmarks that a browser exports. "
        "Only an address and a title are needed."
    )
    import_command = "import_resources"
    list_display = [
        "title",
        "status",
        "provider",
        "resource_type",
        "proficiency",
        "duration_minutes",
        "link_state",
    ]
    list_filter = [
        "status",
        "resource_type",
        "proficiency",
        "cost",
        "description_source",
        "link__state",
    ]
    list_select_related = ["provider", "link"]
    search_fields = ["title", "url", "provider__name", "slug"]
    autocomplete_fields = ["provider"]
    inlines = [ResourceSkillInline, ResourceCompetenceInline]
    readonly_fields = [*PublicAdmin.readonly_fields, "pathway_count", "link_history", "use"]
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
        (_("Kept fresh"), {"fields": ["reviewed_at", "link_history", "pathway_count"]}),
        STATE,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        kept = super().get_readonly_fields(request, obj)
        return kept if is_editor(request.user) else [*kept, "reviewed_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)

    def why_they_may(self, request: HttpRequest, row: Model) -> str:
        return gettext("You may change this: it is a draft, and nobody else uses it.")

    def why_not(self, request: HttpRequest, row: Model) -> str:
        if row.has_been_public():
            return gettext(
                "You can’t change this: it is public, and others may use it too. You can propose a "
                "change, which an editor looks at."
            )
        return gettext(
            "You can’t change this now: it is used in more than your own drafts. You can propose a "
            "change, which an editor looks at."
        )

    @admin.display(description=_("link"), ordering="link__state")
    def link_state(self, resource: models.Resource) -> str:
        link = getattr(resource, "link", None)
        return link.get_state_display() if link else LinkState.UNCHECKED.label

    def formfield_for_dbfield(self, field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name == "tags":
            return self._tags_field(field, request)
        return super().formfield_for_dbfield(field, request, **kwargs)

    def _tags_field(self, field: Field, request: HttpRequest) -> RowsField:
        """Tags are found by typing, as every other relation is."""
        link = models.ResourceTag._meta.get_field("tag")
        may = self.admin_site.get_model_admin(models.Tag).has_add_permission(request)
        return RowsField(
            label=field.verbose_name.capitalize(),
            queryset=offered(models.Tag, self.admin_site, request),
            required=False,
            widget=RelatedFieldWidgetWrapper(
                RowsSelect(link, self.admin_site),
                link.remote_field,
                self.admin_site,
                can_add_related=may,
            ),
        )

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
class LinkHealthAdmin(FollowsMoves, LookOnly, DeskAdmin):
    """Written by visits to the links."""

    list_display = ["resource", "state", "since_day", "met", "moved_to", "worked_day"]
    list_filter = ["state", "resource__status"]
    list_select_related = ["resource"]
    ordering = ["resource__sort_key", "pk"]
    search_fields = ["resource__title", "resource__url"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # It goes with a draft, and never by itself.
        return obj is not None and not obj.resource.has_been_public() and _deletes_resource(request)

    def waiting(self, request: HttpRequest) -> list[tuple[str, str]]:
        if not self.has_view_permission(request):
            return []
        counts = dict(
            models.LinkHealth.objects.filter(
                state__in=[LinkState.GONE, LinkState.MOVED], resource__status=Status.PUBLISHED
            )
            .values_list("state")
            .annotate(Count("pk"))
        )
        told = {
            LinkState.GONE: ngettext_lazy(
                "%(number)d link of a public resource is gone",
                "%(number)d links of public resources are gone",
                "number",
            ),
            LinkState.MOVED: ngettext_lazy(
                "%(number)d link of a public resource moved: its new address can be taken",
                "%(number)d links of public resources moved: their new addresses can be taken",
                "number",
            ),
        }
        return [
            (
                words % {"number": counts[state]},
                self._list(state__exact=state, resource__status__exact=Status.PUBLISHED),
            )
            for state, words in told.items()
            if state in counts
        ]


def _deletes_resource(request: HttpRequest) -> bool:
    return request.resolver_match.url_name == "catalogue_resource_delete"


@admin.register(models.FormerAddress)
class FormerAddressAdmin(LookOnly, DeskAdmin):
    """Written by the database when what was public gets another address; each leads on for ever."""

    list_display = ["slug", "kind", "to", "created"]
    list_filter = ["kind"]
    ordering = ["slug", "kind"]
    search_fields = ["slug", "uid"]
    fields = ["kind", "slug", "leads_to", "created"]
    readonly_fields = ["leads_to"]

    @admin.display(description=_("leads to"))
    def to(self, former: models.FormerAddress) -> SafeString:
        """The permanent address, which no query is needed for."""
        return format_html('<a href="{0}">{0}</a>', reverse("permanent", args=[former.uid]))

    @admin.display(description=_("leads to"))
    def leads_to(self, former: models.FormerAddress) -> SafeString | str:
        row = find_by_uid(former.uid)
        return link_to(row) if row else "–"


@admin.register(models.Decision)
class DecisionAdmin(LookOnly, DeskAdmin):
    """What was decided stays decided."""

    list_display = ["title", "verb", "by", "at", "note"]
    list_filter = ["verb"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    search_fields = ["title", "note", "uid"]
    fields = ["at", "verb", "about", "by", "note"]
    readonly_fields = ["about"]

    @admin.display(description=_("about"))
    def about(self, decision: models.Decision) -> SafeString | str:
        row = find_by_uid(decision.uid)
        return link_to(row) if row else decision.title


# The desk for frameworks is made of what stands above.
from catalogue import framework_admin  # noqa: E402, F401
