"""The desk for pathways: their revisions, and the stages and steps of a draft."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms import CharField, ModelChoiceField, Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from catalogue.desk import (
    STATE,
    CarefulForm,
    DeskAdmin,
    Inline,
    NoteForm,
    OrderedForm,
    OrderedFormSet,
    PublicAdmin,
    Verb,
    VerbForm,
    welsh,
)
from catalogue.desk.rows import link_to, told_decisions
from catalogue.standing import is_editor
from catalogue.vocabularies import Status
from pathways import models, publication
from pathways.building.admin import Builds
from pathways.evidence.desk import TellsUse
from pathways.import_admin import ExportsPathway, ExportsRevision, ImportsPathways
from pathways.pasting.desk import PastesLinks
from pathways.reviewing.forms import SubmitForm
from pathways.reviewing.pages import ListsRevisions, ReviewsRevisions
from pathways.sharing import KeptByMany, UntilPublic

# Verbs of pathways and their revisions


def _open_drafts(pathway: models.Pathway) -> list[str]:
    drafts = pathway.revisions.drafts().order_by("number").values_list("number", flat=True)
    told = _("There is a draft already: revision %(number)d. A second one starts beside it.")
    return [told % {"number": number} for number in drafts]


def _draft_of_published(pathway: models.Pathway, *, by: Any) -> models.Revision:
    return publication.draft_from(pathway.published_revision, by=by)


NEW_DRAFT = Verb(
    name="start_draft",
    label=gettext_lazy("New draft"),
    action=gettext_lazy("Start a new draft from the published revision"),
    explains=gettext_lazy(
        "A copy of what readers see, to be edited and published in its place. "
        "Steps keep their addresses."
    ),
    one=gettext_lazy("A new draft of “%(row)s” is started."),
    many=ngettext_lazy(
        "%(number)d new draft is started.", "%(number)d new drafts are started.", "number"
    ),
    starts=frozenset({Status.PUBLISHED, Status.WITHDRAWN}),
    do=_draft_of_published,
    permission="change",
    form=VerbForm,
    foresees=_open_drafts,
    # A draft that was never public has nothing to copy: it can be edited as it is.
    fits=lambda pathway: pathway.published_revision_id is not None,
)
COPY = Verb(
    name="start_draft",
    label=gettext_lazy("New draft from this"),
    action=gettext_lazy("Start a new draft from the chosen revisions"),
    explains=gettext_lazy(
        "A copy of this revision, to be edited and published: so an older one is brought back."
    ),
    one=gettext_lazy("A new draft is started from “%(row)s”."),
    many=NEW_DRAFT.many,
    starts=frozenset({Status.IN_REVIEW, Status.PUBLISHED}),
    do=lambda revision, *, by: publication.draft_from(revision, by=by),
    permission="change",
    form=VerbForm,
    foresees=lambda revision: _open_drafts(revision.pathway),
)
PUBLISH = Verb(
    name="publish",
    label=gettext_lazy("Publish"),
    action=gettext_lazy("Publish the chosen revisions"),
    explains=gettext_lazy(
        "Readers see it at once, in the place of what they saw, and its draft resources with it."
    ),
    one=gettext_lazy("“%(row)s” is public now."),
    many=ngettext_lazy("%(number)d is public now.", "%(number)d are public now.", "number"),
    starts=frozenset({Status.DRAFT, Status.IN_REVIEW}),
    do=publication.publish,
    foresees=publication.problems,
    after_saving=True,
)
SUBMIT = Verb(
    name="submit",
    label=gettext_lazy("Submit for review"),
    action=gettext_lazy("Submit the chosen drafts for review"),
    explains=gettext_lazy(
        "An editor looks at it and publishes it or sends it back. Until then nobody can change it."
    ),
    one=gettext_lazy("“%(row)s” is in review now."),
    many=ngettext_lazy("%(number)d is in review now.", "%(number)d are in review now.", "number"),
    starts=frozenset({Status.DRAFT}),
    do=publication.submit,
    permission="change",
    form=SubmitForm,
    foresees=publication.problems,
    after_saving=True,
)


class SendBackForm(NoteForm):
    note = CharField(
        label=gettext_lazy("What to change"),
        help_text=gettext_lazy("Whoever wrote the draft reads it on the draft’s form."),
        widget=Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )


SEND_BACK = Verb(
    name="send_back",
    label=gettext_lazy("Send back"),
    action=gettext_lazy("Send the chosen revisions back…"),
    explains=gettext_lazy("It is a draft again, with your note for whoever wrote it."),
    one=gettext_lazy("“%(row)s” is a draft again."),
    many=ngettext_lazy("%(number)d is a draft again.", "%(number)d are drafts again.", "number"),
    starts=frozenset({Status.IN_REVIEW}),
    do=publication.send_back,
    form=SendBackForm,
    asks=True,
)


# Pathways


class CreditInline(UntilPublic, Inline):
    model = models.Credit
    form = OrderedForm
    formset = OrderedFormSet
    fields = ["place", "curator", "kind"]
    ordering = ["position", "pk"]
    autocomplete_fields = ["curator"]


class MaintainerInline(Inline):
    model = models.Maintainer
    autocomplete_fields = ["user"]


class QuestionInline(UntilPublic, Inline):
    model = models.QuestionPathway
    verbose_name = gettext_lazy("question it answers")
    verbose_name_plural = gettext_lazy("questions it answers")
    autocomplete_fields = ["question"]
    fields = ["question", "position"]


class RevisionInline(Inline):
    """The way to a pathway's words and steps."""

    model = models.Revision
    fields = readonly_fields = ["link", "status", "change_summary", "published_at", "modified"]
    ordering = ["-number"]
    can_delete = False

    @admin.display(description=gettext_lazy("revision"))
    def link(self, revision: models.Revision) -> SafeString | str:
        return link_to(revision)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Pathway)
class PathwayAdmin(
    TellsUse, ListsRevisions, KeptByMany, ImportsPathways, ExportsPathway, PublicAdmin
):
    """A pathway's address and people. Its words are in its revisions, which publish it."""

    verbs = [NEW_DRAFT, *(verb for verb in PublicAdmin.verbs if verb.name != "publish")]
    list_display = ["title", "organisation", "duration_minutes", "status", "modified"]
    list_select_related = ["organisation"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["organisation"]
    inlines = [RevisionInline, CreditInline, MaintainerInline, QuestionInline]
    readonly_fields = [
        *PublicAdmin.readonly_fields,
        "shown_revision",
        "duration_minutes",
        "export",
    ]
    fieldsets = [
        (None, {"fields": ["title", "slug", "ordered", "organisation"]}),
        (gettext_lazy("Public"), {"fields": ["shown_revision", "duration_minutes", "export"]}),
        STATE,
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        sets = super().get_fieldsets(request, obj)
        if obj is None and not is_editor(request.user):
            # The rest has a default, or is an editor's.
            return [(None, {"fields": ["title", "ordered"]})]
        return sets if obj else sets[:1]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list:
        inlines = super().get_inlines(request, obj)
        return [one for one in inlines if obj or one is not RevisionInline]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            publication.begin(obj, by=request.user)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        """On to the first draft, where its words are written."""
        response = super().response_add(request, obj, *args, **kw)
        return (
            redirect("admin:pathways_revision_build", obj.draft().pk)
            if "_save" in request.POST
            else response
        )

    def waiting(self, request: HttpRequest) -> list[tuple[str, str]]:
        # What waits are its revisions.
        return []

    @admin.display(description=gettext_lazy("published revision"))
    def shown_revision(self, pathway: models.Pathway) -> SafeString | str:
        return link_to(pathway.published_revision) if pathway.published_revision else "–"


# Revisions


def _to(row: Any) -> HttpResponse:
    return redirect(f"admin:pathways_{row._meta.model_name}_change", row.pk)


class DraftForm(CarefulForm):
    """Refuses whatever comes too late: the revision was submitted or published meanwhile."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        revision = _revision_of(self.instance)
        if revision is not None and not revision.is_editable():
            told = _(
                "Nothing was saved: since you opened this, the revision is no draft any more. What "
                "you wrote still stands below. Start a new draft and copy it there."
            )
            raise ValidationError(told)
        return cleaned


def _revision_of(row: Any) -> models.Revision | None:
    if isinstance(row, models.Revision):
        return row if row.pk else None
    return row.revision if row is not None and row.revision_id else None


class InDraft:
    """Mixin: what can be changed only while a revision is a draft.

    A form that is sent too late is still shown, with what was typed, and a DraftForm refuses it.
    """

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (_is_editable(obj) or _is_form_sent(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = (
            super().has_add_permission(request, obj) if obj else super().has_add_permission(request)
        )
        return may and (_is_editable(obj) or _is_form_sent(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_editable(obj)

    def why_they_may(self, request: HttpRequest, row: Any) -> str:
        return _("You may change this: it is a draft of a pathway that you look after.")

    def why_not(self, request: HttpRequest, row: Any) -> str:
        revision = _revision_of(row)
        if revision.status == Status.IN_REVIEW:
            return _("Nobody can change this while it is in review: an editor answers first.")
        if not revision.is_editable():
            return _("Nobody can change what was published: start a new draft from it.")
        return super().why_not(request, row)


def _is_editable(row: Any) -> bool:
    revision = _revision_of(row)
    return revision is None or revision.is_editable()


def _is_form_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and request.resolver_match.url_name.endswith("_change")


class RevisionSkillInline(InDraft, Inline):
    model = models.RevisionSkill
    autocomplete_fields = ["skill"]


class RevisionRoleInline(InDraft, Inline):
    model = models.RevisionRole
    autocomplete_fields = ["role"]


class StageFormSet(OrderedFormSet):
    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.steps.exists():
                told = _("“%(stage)s” still has steps: move them to another stage, or delete them.")
                raise ValidationError(told % {"stage": form.instance})


class StageInline(InDraft, Inline):
    """Its Welsh, and nothing else, is left to the stage's own form."""

    model = models.Stage
    form = OrderedForm
    formset = StageFormSet
    fields = ["place", "title", "introduction", "own_form", "add_step"]
    readonly_fields = ["own_form", "add_step"]
    ordering = ["position", "pk"]

    @admin.display(description=gettext_lazy("new step"))
    def add_step(self, stage: models.Stage) -> SafeString | str:
        if stage.pk is None or not stage.revision.is_editable():
            return ""
        query = {"revision": stage.revision_id, "stage": stage.pk}
        there = reverse("admin:pathways_step_add", query=query)
        return format_html('<a href="{}" class="addlink">{}</a>', there, _("Add a step"))


class StepFormSet(OrderedFormSet):
    within = "stage"


class StepInline(InDraft, Inline):
    """All steps in their order, to be moved; each has a form of its own for the rest."""

    model = models.Step
    form = OrderedForm
    formset = StepFormSet
    fields = ["stage", "place", "what", "requirement", "choice", "duration_minutes"]
    readonly_fields = ["what"]
    ordering = ["stage__position", "stage__pk", "position", "pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "stage",
                "revision",
                "resource__link",
                "stand_in__link",
                "pathway__published_revision",
            )
        )

    @admin.display(description=gettext_lazy("step"))
    def what(self, step: models.Step) -> SafeString | str:
        if step.pk is None:
            return ""
        there = reverse("admin:pathways_step_change", args=[step.pk])
        return format_html(
            '<a href="{}">{}</a><br><span class="quiet">{}</span>',
            there,
            step,
            step.get_kind_display(),
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A step says more than fits in a row.
        return False

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name != "stage":
            return super().formfield_for_foreignkey(field, request, **kwargs)
        revision = request.resolver_match.kwargs.get("object_id")
        kwargs["queryset"] = models.Stage.objects.filter(revision=revision).order_by("position")
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        # Asked once, however many steps there are.
        found.choices = list(found.choices)
        return found

    def formfield_for_dbfield(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_dbfield(field, request, **kwargs)
        if field.name == "stage":
            # The stages stand right above.
            found.widget = found.widget.widget
        return found


@admin.register(models.Revision)
class RevisionAdmin(Builds, ReviewsRevisions, PastesLinks, ExportsRevision, InDraft, DeskAdmin):
    form = DraftForm
    rank = 1
    is_part = True
    verbs = [PUBLISH, SUBMIT, SEND_BACK, COPY]
    save_on_top = True
    list_display = ["title", "pathway", "number", "status", "modified", "published_at"]
    ordering = ["pathway__sort_key", "-number"]
    list_filter = ["status"]
    list_select_related = ["pathway"]
    search_fields = ["title", "pathway__title", "pathway__slug"]
    inlines = [StageInline, StepInline, RevisionSkillInline, RevisionRoleInline]
    readonly_fields = [
        "whole",
        "number",
        "status",
        "submitted_at",
        "publish_at",
        "published_at",
        "publisher",
        "based_on",
        "starter",
        "modified",
        "decisions",
        "export",
    ]
    fieldsets = [
        (None, {"fields": ["whole", "title", "summary", "introduction"]}),
        (
            gettext_lazy("For whom, and what for"),
            {"fields": ["outcomes", "audience", ("proficiency_from", "proficiency_to")]},
        ),
        (gettext_lazy("Publication"), {"fields": ["licence", "change_summary"]}),
        welsh("title", "summary", "introduction", "outcomes", "audience", "change_summary"),
        (
            STATE[0],
            {
                "fields": [
                    "number",
                    "status",
                    "based_on",
                    "starter",
                    "modified",
                    "submitted_at",
                    "publish_at",
                    "published_at",
                    "publisher",
                    "export",
                    "decisions",
                ]
            },
        ),
    ]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pathways.publish_revision")

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

    def state_of(self, obj: models.Revision) -> str:
        return obj.get_status_display()

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        is_seen = obj is not None and obj.pathway.published_revision_id == obj.pk
        return obj.pathway.get_absolute_url() if is_seen else None

    def waiting(self, request: HttpRequest) -> list[tuple[str, str]]:
        if not self.has_change_permission(request):
            return []
        # What is in review stands on the board.
        drafts = self.get_queryset(request).filter(status=Status.DRAFT).count()
        if not drafts:
            return []
        told = ngettext_lazy("Pathways: %(number)d draft", "Pathways: %(number)d drafts", "number")
        return [(told % {"number": drafts}, self._list(status__exact=Status.DRAFT.value))]

    @admin.display(description=gettext_lazy("started by"))
    def starter(self, revision: models.Revision) -> str:
        return revision.created_by.get_full_name() if revision.created_by else "–"

    @admin.display(description=gettext_lazy("published by"))
    def publisher(self, revision: models.Revision) -> str:
        return revision.published_by.get_full_name() if revision.published_by else "–"

    @admin.display(description=gettext_lazy("pathway"))
    def whole(self, revision: models.Revision) -> SafeString | str:
        return link_to(revision.pathway)

    @admin.display(description=gettext_lazy("decisions"))
    def decisions(self, revision: models.Revision) -> SafeString | str:
        return told_decisions(revision.pathway)


def _goes_with_its_pathway(request: HttpRequest) -> bool:
    """Whether the page is the one that deletes a pathway, all its revisions with it."""
    return request.resolver_match.url_name == "pathways_pathway_delete"


# Stages and steps


class PartOfDraft(InDraft):
    """Mixin: a part with a form of its own, which leads back to its revision."""

    part_of = "revision"

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        if obj is None or obj.revision.pathway.published_revision_id != obj.revision_id:
            return None
        return super().get_view_on_site_url(obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return _to(obj.revision)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return _to(obj.revision)

    @admin.display(description=gettext_lazy("revision"))
    def whole(self, part: Any) -> SafeString | str:
        return link_to(part.revision)


class DraftField(ModelChoiceField):
    default_error_messages = {
        "invalid_choice": gettext_lazy("Choose a draft: only a draft can be edited.")
    }


class StageField(ModelChoiceField):
    default_error_messages = {
        "invalid_choice": gettext_lazy("Choose a stage of this draft: only a draft can be edited.")
    }

    def label_from_instance(self, obj: models.Stage) -> str:
        return f"{obj.revision}: {obj.position}. {obj.title}"


@admin.register(models.Stage)
class StageAdmin(PartOfDraft, DeskAdmin):
    """The Welsh of a stage; the revision's form has the rest too, and adds new ones."""

    form = DraftForm
    is_part = True
    list_display = ["title", "revision", "position"]
    list_filter = ["revision__status"]
    list_select_related = ["revision__pathway"]
    search_fields = ["title", "revision__title"]
    readonly_fields = ["whole"]
    fieldsets = [
        (None, {"fields": ["whole", "title", "introduction"]}),
        welsh("title", "introduction"),
    ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StepForm(DraftForm):
    """A place left empty is the last of the stage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].help_text = _("Left empty, it comes last.")
            if not self.instance.pk:
                # Not the model's own default.
                self.initial["position"] = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stage = self.cleaned_data.get("stage")
        if stage and self.cleaned_data.get("position") is None and "position" not in self.errors:
            last = stage.steps.aggregate(last=Max("position"))["last"] or 0
            self.cleaned_data["position"] = last + 1
        return cleaned


@admin.register(models.Step)
class StepAdmin(PartOfDraft, DeskAdmin):
    """A step stays in the revision it was added to, and in a stage of that one."""

    form = StepForm
    is_part = True
    list_display = ["__str__", "revision", "stage", "position", "kind", "requirement"]
    list_filter = ["kind", "requirement", "revision__status"]
    list_select_related = [
        "revision__pathway",
        "stage",
        "resource__link",
        "stand_in__link",
        "pathway__published_revision",
    ]
    search_fields = ["title", "resource__title", "revision__title"]
    autocomplete_fields = ["resource", "stand_in", "pathway"]
    fieldsets = [
        (None, {"fields": ["stage", "position", "n", "kind", ("requirement", "choice")]}),
        (
            gettext_lazy("What"),
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
        (gettext_lazy("Why"), {"fields": ["note"]}),
        welsh("title", "note", "instructions"),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        first, *rest = self.fieldsets
        belongs = "whole" if obj else "revision"
        return [(None, {"fields": [belongs, *first[1]["fields"]]}), *rest]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["n", "whole"]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        if obj is not None and "stage" in form.base_fields:
            stages = form.base_fields["stage"]
            stages.queryset = stages.queryset.filter(revision=obj.revision_id)
        return form

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name == "revision":
            kwargs["queryset"] = self._drafts(request).order_by("title", "number")
            kwargs["form_class"] = DraftField
        if field.name == "stage":
            drafts = models.Stage.objects.filter(revision__in=self._drafts(request))
            kwargs["queryset"] = drafts.select_related("revision").order_by(
                "revision__title", "revision__number", "position", "pk"
            )
            kwargs["form_class"] = StageField
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def _drafts(self, request: HttpRequest) -> Any:
        """Those that somebody may add a step to."""
        return models.Revision.objects.drafts().kept_by(request.user)


@admin.register(models.QuestionPathway)
class QuestionPathwayAdmin(DeskAdmin):
    """For editors: others find it on the form of their own pathway, until that is public."""

    list_display = ["question", "pathway", "position"]
    list_filter = ["pathway__status"]
    ordering = ["question__sort_key", "position", "pk"]
    list_select_related = ["question", "pathway"]
    search_fields = ["question__title", "pathway__title"]
    autocomplete_fields = ["question", "pathway"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request.user) and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request.user) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Others delete it with their pathway.
        may = is_editor(request.user) or _goes_with_its_pathway(request)
        return may and super().has_delete_permission(request, obj)
