"""Proposed changes at the desk: a form for whoever may not change a resource, and the answers."""

import json
from copy import copy
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from catalogue.desk import DeskAdmin, NoteForm, Verb, VerbForm
from catalogue.desk.rows import link_to
from catalogue.models import Proposal, Resource
from catalogue.models.proposals import Change
from catalogue.standing import is_editor

# Proposing


class Proposes:
    """Mixin of the resources' ModelAdmin: a page to propose what one may not change."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.propose_view)
        name = "catalogue_resource_propose"
        return [path("<int:pk>/propose/", view, name=name), *super().get_urls()]

    def may_propose(self, request: HttpRequest, resource: Resource) -> bool:
        """Whoever sees it and can't change it, as far as they have to do with resources."""
        may = request.user.has_perm("catalogue.add_proposal")
        return may and not self.has_change_permission(request, resource)

    def propose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """`adminform`: the resource's own fields, and why they should be otherwise."""
        resource = self.get_object(request, str(pk))
        if resource is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_view_permission(request, resource):
            raise PermissionDenied
        if not self.may_propose(request, resource):
            raise PermissionDenied
        before = copy(resource)
        sent = request.POST if request.method == "POST" else None
        form = self._proposal_form(request, resource)(sent, instance=resource)
        if form.is_valid():
            names = [name for name in Proposal.FIELDS if name in form.changed_data]
            proposal = Proposal.of(before, form.instance, names)
            proposal.why, proposal.by = form.cleaned_data["why"], request.user
            proposal.save()
            self.message_user(request, _("Thank you: an editor looks at it."), messages.SUCCESS)
            return self._form_of(proposal)
        sets = [
            (_("Why"), {"fields": ["why"]}),
            (_("As it should be"), {"fields": Proposal.FIELDS}),
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Propose a change"),
            "subtitle": str(before),
            "row": before,
            "form": form,
            "adminform": AdminForm(form, sets, {}, model_admin=self),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/propose.html", context)

    def _proposal_form(self, request: HttpRequest, resource: Resource) -> type[forms.ModelForm]:
        form = self.get_form(request, resource, change=False, fields=Proposal.FIELDS)
        why = Proposal._meta.get_field("why").formfield(
            widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
        )
        return type("ProposalForm", (form,), {"why": why})

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None and self.may_propose(request, obj):
            context["propose_url"] = reverse("admin:catalogue_resource_propose", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


# Answering


class AcceptForm(VerbForm):
    """Carries what the fields say now, so that nobody accepts what they haven't seen."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Whoever proposed it reads it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(self.rows) == 1:
            changes = self.rows[0].changes()
            self.now = {one.field.name: one.now for one in changes}
            self.initial["seen"] = self.now
            if len(changes) > 1:
                self.fields["leave_out"] = forms.MultipleChoiceField(
                    label=_("Don’t take over"),
                    choices=[
                        (one.field.name, one.field.verbose_name.capitalize()) for one in changes
                    ],
                    help_text=_("All the rest is taken over; say in the note why this isn’t."),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
                self.order_fields(["leave_out", "note"])

    def clean_seen(self) -> Any:
        seen = self.cleaned_data["seen"]
        if len(self.rows) == 1 and seen is not None and seen != self.now:
            self.data = {**self.data.dict(), "seen": json.dumps(self.now)}
            raise forms.ValidationError(
                _("Somebody changed the resource after you opened this: look again, then accept.")
            )
        return seen

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        left = said.get("leave_out")
        if left and len(left) == len(self.fields["leave_out"].choices):
            self.add_error("leave_out", _("That is all of it: decline the proposal instead."))
        elif left and not said.get("note"):
            self.add_error("note", _("Say why not all of it: whoever proposed it reads that."))
        return said


class DeclineForm(NoteForm):
    note = forms.CharField(
        label=gettext_lazy("Why not"),
        help_text=gettext_lazy("Whoever proposed it reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


def _outdated(proposal: Proposal) -> list[str]:
    """What has changed since it was proposed, a sentence each."""
    told = _("It was changed since: “%(field)s” said %(was)s, and says %(now)s now.")
    return [
        told % {"field": one.field.verbose_name, **_words(one)}
        for one in proposal.changes()
        if one.is_outdated
    ]


ACCEPT = Verb(
    name="accept",
    label=gettext_lazy("Accept"),
    action=gettext_lazy("Accept the chosen proposals"),
    explains=gettext_lazy("The resource says what is proposed from then on."),
    one=gettext_lazy("“%(row)s” is changed as proposed."),
    many=ngettext_lazy(
        "%(number)d proposal is accepted.", "%(number)d proposals are accepted.", "number"
    ),
    starts=frozenset({Proposal.Status.WAITING}),
    do=lambda proposal, *, by, **answers: proposal.accept(by=by, **answers),
    permission="answer",
    form=AcceptForm,
    foresees=_outdated,
)
DECLINE = Verb(
    name="decline",
    label=gettext_lazy("Decline"),
    action=gettext_lazy("Decline the chosen proposals…"),
    explains=gettext_lazy("The resource stays as it is."),
    one=gettext_lazy("What was proposed for “%(row)s” is declined."),
    many=ngettext_lazy(
        "%(number)d proposal is declined.", "%(number)d proposals are declined.", "number"
    ),
    starts=frozenset({Proposal.Status.WAITING}),
    do=lambda proposal, *, by, note: proposal.decline(by=by, note=note),
    permission="answer",
    form=DeclineForm,
    asks=True,
)


@admin.register(Proposal)
class ProposalAdmin(DeskAdmin):
    """What was proposed for resources: editors answer, whoever proposed it sees what became of it."""

    verbs = [ACCEPT, DECLINE]
    list_display = ["resource", "status", "who", "at", "answered_at"]
    list_filter = ["status"]
    list_select_related = ["resource", "by"]
    search_fields = ["resource__title", "why"]
    fields = readonly_fields = [
        *("about", "compared", "why", "who", "at"),
        *("answer", "answerer", "answered_at"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # It begins at the resource.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj is not None and _goes_with_its_resource(request)

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user) and request.user.has_perm("catalogue.change_proposal")

    def state_of(self, obj: Proposal) -> str:
        return _("Accepted in part") if obj.is_in_part else obj.get_status_display()

    def why_not(self, request: HttpRequest, row: Proposal) -> str:
        if row.status != Proposal.Status.WAITING:
            return _("It was answered: what was proposed and what was said stay as they are.")
        if self.has_answer_permission(request):
            return _("Accept it, or decline it and say why: whoever proposed it reads that here.")
        return _("An editor looks at it. What they say will stand here.")

    def waiting(self, request: HttpRequest) -> list[tuple[str, str]]:
        if not self.has_answer_permission(request):
            return []
        number = Proposal.objects.waiting().count()
        told = ngettext(
            "%(number)d proposed change waits", "%(number)d proposed changes wait", number
        )
        return [(told % {"number": number}, self._list(status__exact="waiting"))] if number else []

    def get_fields(self, request: HttpRequest, obj: Proposal | None = None) -> list[str]:
        """Without an answer, where there is none yet."""
        is_answered = obj is not None and obj.status != Proposal.Status.WAITING
        return self.fields if is_answered else self.fields[:-3]

    @admin.display(description=gettext_lazy("resource"))
    def about(self, proposal: Proposal) -> SafeString | str:
        return link_to(proposal.resource)

    @admin.display(description=gettext_lazy("proposed by"))
    def who(self, proposal: Proposal) -> str:
        return proposal.by.get_full_name() if proposal.by else "–"

    @admin.display(description=gettext_lazy("answered by"))
    def answerer(self, proposal: Proposal) -> str:
        return proposal.answered_by.get_full_name() if proposal.answered_by else "–"

    @admin.display(description=gettext_lazy("what should change"))
    def compared(self, proposal: Proposal) -> SafeString | str:
        """Field by field, what it said and what it should say."""
        rows = [
            (_name_in(proposal, one), said["was"], said["proposed"])
            for one in proposal.changes()
            for said in [_words(one)]
        ]
        if not rows:
            return _("Nothing in the fields: see why.")
        return format_html(
            '<table class="desk-compared"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
            '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
            *(_("Field"), _("Said when proposed"), _("Should say")),
            format_html_join(
                "",
                '<tr><th scope="row">{}</th><td><del>{}</del></td><td><ins>{}</ins></td></tr>',
                rows,
            ),
        )


def _name_in(proposal: Proposal, change: Change) -> str:
    name = change.field.verbose_name.capitalize()
    is_left = change.field.name in proposal.left_out
    return _("%(field)s (not taken over)") % {"field": name} if is_left else name


def _goes_with_its_resource(request: HttpRequest) -> bool:
    return request.resolver_match.url_name == "catalogue_resource_delete"


def _words(change: Change) -> dict[str, str]:
    """The three values of `change` as people read them."""
    return {
        name: _shown(change.field, getattr(change, name)) for name in ("was", "now", "proposed")
    }


def _shown(field: Field, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first() or "–")
    if isinstance(value, list):
        return ", ".join(_label(field.base_field, one) for one in value)
    return _label(field, value)


def _label(field: Field, value: Any) -> str:
    return str(dict(field.flatchoices).get(value, value))
