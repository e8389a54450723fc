"""The desk's pages for pasting: links into a draft, and a resource into one of one's drafts."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.models import Resource
from pathways.building.keeping import door
from pathways.models import Pathway, Revision, Stage
from pathways.pasting import MOST, WITHIN, Outcome, Pasted, TooLate, add_resource, paste

# As many of somebody's drafts as fit in a list to choose from, the last changed first.
DRAFTS_SHOWN = 100
NEW_STAGE = "new"
# A list of thousands of links is a mistake, and is told before it is read.
LONGEST_TEXT = 300_000


class PasteForm(forms.Form):
    links = forms.CharField(
        label=gettext_lazy("Links"),
        help_text=gettext_lazy(
            "One or many: each on a line of its own, or in any text, such as cells of a table or a "
            "list from a web page. At most a hundred at once."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(
            attrs={"rows": 10, "class": "vLargeTextField", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Paste one link or more.")},
    )
    stage = forms.ChoiceField(label=gettext_lazy("Add them to the stage"))

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = {str(stage.pk): stage for stage in revision.stages.order_by("position", "pk")}
        self.fields["stage"].choices = _stage_choices(self.stages.values())

    @property
    def chosen(self) -> Stage | None:
        """The stage; None for a new one."""
        return self.stages.get(self.cleaned_data["stage"])


class AddForm(forms.Form):
    """Which of somebody's drafts, and which stage of it, in one choice."""

    place = forms.ChoiceField(
        label=gettext_lazy("Add it to"),
        error_messages={
            "invalid_choice": gettext_lazy("Choose a stage of one of your drafts."),
            "required": gettext_lazy("Choose a stage of one of your drafts."),
        },
    )

    def __init__(self, *args: Any, drafts: list[Revision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[Revision, Stage | None]] = {}
        for draft in drafts:
            for stage in draft.stages.all():
                self.places[f"{draft.pk}-{stage.pk}"] = draft, stage
            self.places[f"{draft.pk}-{NEW_STAGE}"] = draft, None
        self.fields["place"].choices = [
            (key, f"{draft}: {_numbered(stage) if stage else _('A new stage')}")
            for key, (draft, stage) in self.places.items()
        ]

    @property
    def chosen(self) -> tuple[Revision, Stage | None]:
        return self.places[self.cleaned_data["place"]]


class PastesLinks:
    """Mixin of the revisions' ModelAdmin: the two pages, for whoever may change the draft."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        paste_page = door(self.admin_site, self.paste_view)
        return [
            path("<int:pk>/paste/", paste_page, name="pathways_revision_paste"),
            path(
                "add-resource/<uuid:key>/",
                wrap(self.add_resource_view),
                name="pathways_revision_add_resource",
            ),
            *super().get_urls(),
        ]

    def paste_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """`form`; once links were pasted, `pasted`: what became of each, and `added`: how many steps
        there are more. What was one too many stands in the form. `onward`: the address of the draft.
        """
        rows = self.get_queryset(request).select_related("pathway")
        kept = rows.filter(pathway__in=Pathway.objects.kept_by(request.user))
        revision = get_object_or_404(kept, pk=pk)
        if revision.is_editable() and not self.has_change_permission(request, revision):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = PasteForm(
            request.POST if is_sent else None,
            revision=revision,
            initial={"stage": request.GET.get("stage", "")},
        )
        context = {"form": form, "revision": revision, "onward": _onward(revision)}
        if not revision.is_editable():
            told = _("Links can be pasted into a draft only, and this is none any more.")
            self.message_user(request, told, messages.WARNING)
        elif is_sent and form.is_valid():
            try:
                pasted = paste(revision, form.chosen, form.cleaned_data["links"], by=request.user)
            except TooLate as error:
                form.add_error(None, str(error))
            else:
                context |= self._told(request, revision, form, pasted)
        context |= {"title": _("Paste links"), "within": WITHIN, "most": MOST}
        return self._paste_page(request, "admin/paste.html", context)

    def add_resource_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """`form` to choose among `request.user`’s `drafts`; the `resource`, whose identifier is `key`."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        resource = Resource.objects.published().filter(uid=key).first()
        if resource is None:
            told = _("That resource is not public. Choose another one.")
            self.message_user(request, told, messages.WARNING)
            return redirect("catalogue:resource_list")
        drafts = list(
            Revision.objects.drafts()
            .filter(pathway__in=Pathway.objects.kept_by(request.user))
            .prefetch_related("stages")
            .order_by("-modified", "-pk")[:DRAFTS_SHOWN]
        )
        form = AddForm(request.POST if request.method == "POST" else None, drafts=drafts)
        if form.is_valid():
            revision, stage = form.chosen
            try:
                added = add_resource(revision, stage, resource, by=request.user)
            except TooLate as error:
                form.add_error(None, str(error))
            else:
                return self._added(request, revision, added)
        context = {"form": form, "drafts": drafts, "resource": resource}
        context["title"] = _("Add to a pathway")
        return self._paste_page(request, "admin/add_to_pathway.html", context)

    def _told(
        self, request: HttpRequest, revision: Revision, form: PasteForm, pasted: list[Pasted]
    ) -> dict[str, Any]:
        """What the page shows of what was pasted; its form is for the next ones."""
        if not pasted:
            form.add_error("links", _("There is no link in this text."))
            return {}
        left = [one.link.url for one in pasted if one.outcome is Outcome.LEFT]
        added = [one for one in pasted if one.outcome.is_added]
        # A new stage is the one that goes on being filled.
        stage = added[0].step.stage_id if added else form.cleaned_data["stage"]
        return {
            "form": PasteForm(
                revision=revision, initial={"links": "\n".join(left), "stage": str(stage)}
            ),
            "pasted": [one for one in pasted if one.outcome is not Outcome.LEFT],
            "left": _left_told(len(left)) if left else "",
            "added": _added_told(len(added)),
            "may_mend": request.user.has_perm("catalogue.change_resource"),
        }

    def _added(self, request: HttpRequest, revision: Revision, added: Pasted) -> HttpResponse:
        level = messages.SUCCESS if added.outcome.is_added else messages.WARNING
        self.message_user(request, added.sentence, level)
        return redirect(_onward(revision))

    def _paste_page(self, request: HttpRequest, template: str, context: dict) -> TemplateResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})


def on_resource(resource: Resource, user: Any) -> list[tuple[str, str]]:
    """(words, address) of what `user` may do with a public resource."""
    if not user.has_perm("pathways.change_revision"):
        return []
    there = reverse("admin:pathways_revision_add_resource", args=[resource.uid])
    return [(_("Add to a pathway"), there)]


def _onward(revision: Revision) -> str:
    """Where a draft is worked on."""
    return reverse("admin:pathways_revision_build", args=[revision.pk])


def _stage_choices(stages: Any) -> list[tuple[str, str]]:
    known = [(str(stage.pk), _numbered(stage)) for stage in stages]
    return [*known, (NEW_STAGE, _("A new stage"))]


def _numbered(stage: Stage) -> str:
    return f"{stage.position}. {stage.title}"


def _added_told(number: int) -> str:
    if not number:
        return _("No step was added.")
    told = ngettext("%(number)d step was added.", "%(number)d steps were added.", number)
    return told % {"number": number}


def _left_told(number: int) -> str:
    told = ngettext(
        "%(number)d link more was not looked at yet: it stands in the field below, to be pasted next.",
        "%(number)d links more were not looked at yet: they stand in the field below, to be pasted next.",
        number,
    )
    return told % {"number": number}


__all__ = ["PastesLinks", "on_resource"]
