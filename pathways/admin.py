"""The desk for pathways: what an editor needs to look into them, and to correct a draft."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from catalogue.admin import STATE, Inline, OneByOne, PublicAdmin, Publishing, welsh
from catalogue.errors import CatalogueError
from pathways import models, publication
from pathways.import_admin import ExportsPathway, ExportsRevision, ImportsPathways


class ToldWhenTooLate:
    """Says so when a revision was submitted or published while somebody was at its form."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            return self._too_late(request, error)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError as error:
            return self._too_late(request, error)

    def _too_late(self, request: HttpRequest, error: IntegrityError) -> HttpResponse:
        rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if not rule.endswith("_only_in_draft"):
            raise error
        told = _("Nothing was saved: only a draft can be edited. Start a new one of the pathway.")
        self.message_user(request, told, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


class CreditInline(Inline):
    model = models.Credit
    autocomplete_fields = ["curator"]


class MaintainerInline(Inline):
    model = models.Maintainer
    autocomplete_fields = ["user"]


@admin.register(models.Pathway)
class PathwayAdmin(ImportsPathways, ExportsPathway, ToldWhenTooLate, PublicAdmin):
    """A pathway's address and people. Its words are in its revisions, which publish it."""

    actions = ["start_draft"]
    list_display = ["title", "organisation", "duration_minutes", "status"]
    list_select_related = ["organisation"]
    search_fields = ["title"]
    autocomplete_fields = ["organisation"]
    inlines = [CreditInline, MaintainerInline]
    readonly_fields = [
        *PublicAdmin.readonly_fields,
        "published_revision",
        "duration_minutes",
        "export",
    ]
    fieldsets = [
        (None, {"fields": ["title", "slug", "ordered", "organisation"]}),
        (_("Public"), {"fields": ["published_revision", "duration_minutes", "export"]}),
        STATE,
    ]

    @admin.action(
        description=_("Start a new draft from the published revision"), permissions=["change"]
    )
    def start_draft(self, request: HttpRequest, pathways: Any) -> None:
        for pathway in pathways.filter(published_revision__isnull=False):
            draft = publication.draft_from(pathway.published_revision, by=request.user)
            self.message_user(request, _("Started %(draft)s.") % {"draft": draft}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            publication.begin(obj, by=request.user)


class InDraft:
    """Parts of a revision that can be changed only while it is a draft."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        revision = obj if isinstance(obj, models.Revision) else getattr(obj, "revision", None)
        may = super().has_change_permission(request, obj)
        return may and (revision is None or revision.is_editable())

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = (
            super().has_add_permission(request, obj) if obj else super().has_add_permission(request)
        )
        return may and (obj is None or obj.is_editable())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        revision = obj if isinstance(obj, models.Revision) else getattr(obj, "revision", None)
        may = super().has_delete_permission(request, obj)
        return may and (revision is None or revision.is_editable())


class RevisionSkillInline(InDraft, Inline):
    model = models.RevisionSkill
    autocomplete_fields = ["skill"]


class RevisionRoleInline(InDraft, Inline):
    model = models.RevisionRole
    autocomplete_fields = ["role"]


class StageInline(InDraft, Inline):
    model = models.Stage
    fields = ["position", "title", "introduction"]


@admin.register(models.Revision)
class RevisionAdmin(ExportsRevision, ToldWhenTooLate, InDraft, Publishing, OneByOne):
    actions = ["publish"]
    list_display = ["title", "pathway", "number", "status", "published_at"]
    list_filter = ["status"]
    list_select_related = ["pathway"]
    search_fields = ["title"]
    inlines = [RevisionSkillInline, RevisionRoleInline, StageInline]
    readonly_fields = [
        "pathway",
        "number",
        "status",
        "submitted_at",
        "published_at",
        "published_by",
        "export",
    ]
    fieldsets = [
        (None, {"fields": ["pathway", "number", "status", "title", "summary", "introduction"]}),
        (
            _("For whom, and what for"),
            {"fields": ["outcomes", "audience", "proficiency_from", "proficiency_to"]},
        ),
        (
            _("Publication"),
            {
                "fields": [
                    "licence",
                    "change_summary",
                    "submitted_at",
                    "published_at",
                    "published_by",
                    "export",
                ]
            },
        ),
        welsh("title", "summary", "introduction", "outcomes", "audience", "change_summary"),
    ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A pathway brings its first; later ones copy a revision.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and not _goes_with_its_pathway(request):
            others = models.Revision.objects.filter(pathway=obj.pathway_id).exclude(pk=obj.pk)
            if not others.exists():
                # Without a revision, nobody could write the pathway any more.
                return False
        return super().has_delete_permission(request, obj)

    @admin.action(description=_("Publish the chosen revisions"), permissions=["publish"])
    def publish(self, request: HttpRequest, revisions: Any) -> None:
        for revision in revisions:
            try:
                publication.publish(revision, by=request.user)
                self.message_user(
                    request, _("%(what)s is public.") % {"what": revision}, messages.SUCCESS
                )
            except (CatalogueError, ValidationError) as error:
                told = error.messages if isinstance(error, ValidationError) else [str(error)]
                self.message_user(request, f"{revision}: {' '.join(told)}", messages.ERROR)


def _goes_with_its_pathway(request: HttpRequest) -> bool:
    """Whether the page is the one that deletes a pathway, all its revisions with it."""
    return request.resolver_match.url_name == "pathways_pathway_delete"


class StageField(ModelChoiceField):
    def label_from_instance(self, obj: models.Stage) -> str:
        return f"{obj.revision}: {obj.position}. {obj.title}"


@admin.register(models.Step)
class StepAdmin(ToldWhenTooLate, InDraft, OneByOne):
    """A step stays in the revision it was added to, and in a stage of that one."""

    list_display = ["__str__", "revision", "stage", "position", "kind", "requirement"]
    list_filter = ["kind", "requirement", "revision__status"]
    list_select_related = [
        "revision",
        "stage",
        "resource__link",
        "stand_in__link",
        "pathway__published_revision",
    ]
    search_fields = ["title", "resource__title", "revision__title"]
    autocomplete_fields = ["resource", "stand_in", "pathway"]
    fieldsets = [
        (None, {"fields": ["revision", "stage", "position", "n", "kind", "requirement", "choice"]}),
        (
            _("What"),
            {
                "fields": [
                    "title",
                    "resource",
                    "stand_in",
                    "pathway",
                    "instructions",
                    "duration_minutes",
                ]
            },
        ),
        (_("Why"), {"fields": ["note"]}),
        welsh("title", "note", "instructions"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["n"] if obj is None else ["n", "revision"]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        if obj is not None and "stage" in form.base_fields:
            stages = form.base_fields["stage"]
            stages.queryset = stages.queryset.filter(revision=obj.revision_id)
        return form

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name == "revision":
            kwargs["queryset"] = models.Revision.objects.drafts().order_by("title", "number")
        if field.name == "stage":
            drafts = models.Stage.objects.filter(revision__in=models.Revision.objects.drafts())
            kwargs["queryset"] = drafts.select_related("revision").order_by(
                "revision__title", "revision__number", "position", "pk"
            )
            kwargs["form_class"] = StageField
        return super().formfield_for_foreignkey(field, request, **kwargs)


@admin.register(models.QuestionPathway)
class QuestionPathwayAdmin(admin.ModelAdmin):
    list_display = ["question", "pathway", "position"]
    list_select_related = ["question", "pathway"]
    autocomplete_fields = ["question", "pathway"]
