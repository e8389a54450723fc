"""Suggestions at the desk: their rows in the queue, the page to answer one, and the list of all."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.desk import DeskAdmin, LookOnly
from catalogue.models import Resource
from catalogue.vocabularies import Status
from curators.queue.kinds import Deed, Line, TableKind, row_of
from curators.standing import is_editor
from curators.suggestions import mail
from curators.suggestions.drafting import draft_of
from curators.suggestions.forms import PlainField
from curators.suggestions.models import Suggestion
from curators.suggestions.pages import page_at
from curators.suggestions.receiving import known_resource

TAKEN, DECLINED = Suggestion.State.TAKEN, Suggestion.State.DECLINED
# What can be answered to each kind.
ANSWERS = {
    Suggestion.Kind.RESOURCE: [
        (TAKEN, gettext_lazy("It is in the catalogue")),
        (DECLINED, gettext_lazy("We don’t take it, because …")),
    ],
    Suggestion.Kind.PROBLEM: [
        (TAKEN, gettext_lazy("It is mended")),
        (DECLINED, gettext_lazy("We leave it as it is, because …")),
    ],
    Suggestion.Kind.CURATOR: [
        (TAKEN, gettext_lazy("Yes: we have written to them")),
        (DECLINED, gettext_lazy("Not now, because …")),
    ],
    Suggestion.Kind.MESSAGE: [(TAKEN, gettext_lazy("This is our answer"))],
}
# How many sentences of those who say the same stand in the queue.
SAID = 5
LONGEST_ANSWER = 2_000


def answer_page_of(suggestion: Suggestion) -> str:
    return reverse("admin:answer_suggestion", args=[suggestion.pk])


# In the queue


def _drafted(key: str, *, by: Any) -> tuple[str, str]:
    suggestion = row_of(Suggestion.objects.open(), key)
    resource = draft_of(suggestion, by=by)
    told = _("Describe it and publish it: whoever suggested it is told then.")
    return told, reverse("admin:catalogue_resource_change", args=[resource.pk])


class Sent(TableKind):
    """What people sent in of one kind, and nobody answered yet."""

    can_dismiss = False

    def __init__(self, kind: str, title: Any, rank: int) -> None:
        self.kind, self.name, self.title, self.rank = kind, kind, title, rank
        is_resource = kind == Suggestion.Kind.RESOURCE
        self.deeds = {"draft": Deed(_("Make a draft of it"), _drafted)} if is_resource else {}

    def rows(self) -> QuerySet:
        same = Prefetch("joined", Suggestion.objects.open())
        sent = Suggestion.objects.open().heads().filter(kind=self.kind)
        return sent.select_related("resource").prefetch_related(same)

    def line(self, row: Suggestion) -> Line:
        joined = [*row.joined.all()]
        texts = [one.text for one in (row, *joined) if one.text]
        return Line(
            key=str(row.pk),
            what=self._what(row),
            where=answer_page_of(row),
            why=self._why(row, 1 + len(joined)),
            since=row.received_at,
            said=texts[:SAID],
            links=[*self._links(row), (_("Answer…"), answer_page_of(row))],
            deeds=["draft"] if self.deeds and row.resource is None else [],
        )

    def taken(self, key: str) -> None:
        row_of(Suggestion.objects.open(), key).see()

    def _what(self, row: Suggestion) -> str:
        return row.url or row.about or row.name or _("A message")

    def _why(self, row: Suggestion, number: int) -> str:
        if row.kind == row.Kind.PROBLEM:
            told = row.get_problem_display()
        elif row.kind == row.Kind.RESOURCE:
            told = self._why_resource(row)
        elif row.kind == row.Kind.CURATOR:
            told = _("They offer to put a pathway together.")
        else:
            told = _("Somebody writes to the editors.")
        if number > 1:
            people = ngettext("%(n)d person says so.", "%(n)d people say so.", number)
            return f"{told} – {people % {'n': number}}"
        return told

    @staticmethod
    def _why_resource(row: Suggestion) -> str:
        if row.resource and row.resource.status == Status.PUBLISHED:
            return _("It is public by now: tell them.")
        if row.resource:
            return _("Its draft waits to be described and published.")
        if row.skill:
            return _("It is to teach “%(skill)s”.") % {"skill": row.skill}
        return _("Somebody suggests it.")

    @staticmethod
    def _links(row: Suggestion) -> list[tuple[str, str]]:
        if row.resource:
            form = reverse("admin:catalogue_resource_change", args=[row.resource.pk])
            return [(_("Its form"), form)]
        if row.kind == row.Kind.CURATOR:
            return [(_("Invite them"), reverse("admin:curators_invitation_add"))]
        return [(_("The page"), row.about)] if row.about else []


def _sent_again(key: str, *, by: Any) -> tuple[str, str]:
    suggestion = row_of(Suggestion.objects.unsent(), key)
    if not mail.send(suggestion):
        raise ValidationError(_("The mail could not be sent this time either."))
    return _("The mail is sent, and the address deleted."), ""


def _forgotten(key: str, *, by: Any) -> tuple[str, str]:
    suggestion = row_of(Suggestion.objects.unsent(), key)
    Suggestion.objects.filter(pk=suggestion.pk).update(email="", name="")
    return _("The address is deleted. The answer stands on their page."), ""


class Unsent(TableKind):
    """Answers whose mail could not be sent."""

    name, rank = "unsent", 15
    title = gettext_lazy("Answers that could not be mailed")
    can_dismiss = False
    deeds = {
        "send": Deed(gettext_lazy("Send it again"), _sent_again),
        "forget": Deed(gettext_lazy("Delete the address"), _forgotten),
    }

    def rows(self) -> QuerySet:
        return Suggestion.objects.unsent().order_by("answered_at", "pk")

    def line(self, row: Suggestion) -> Line:
        return Line(
            key=str(row.pk),
            what=str(row),
            where=reverse("admin:curators_suggestion_change", args=[row.pk]),
            why=_("The mail server refused it, or could not be reached."),
            since=row.answered_at,
            said=[row.answer] if row.answer else [],
            deeds=["send", "forget"],
        )


def kinds() -> list[TableKind]:
    return [
        Sent(Suggestion.Kind.RESOURCE, gettext_lazy("Suggestions"), 1),
        Sent(Suggestion.Kind.PROBLEM, gettext_lazy("Reports of problems"), 2),
        Sent(Suggestion.Kind.CURATOR, gettext_lazy("Offers to be a curator"), 3),
        Sent(Suggestion.Kind.MESSAGE, gettext_lazy("Messages"), 4),
        Unsent(),
    ]


# Answering


class AnswerForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("What became of it"), widget=forms.RadioSelect)
    resource = PlainField(
        label=gettext_lazy("Its address here"),
        help_text=gettext_lazy(
            "The page of the resource that it has become, or that serves as well."
        ),
        required=False,
        max_length=2_000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    answer = PlainField(
        label=gettext_lazy("A sentence to them"),
        help_text=gettext_lazy(
            "They read it on their page, and in a mail if they left an address."
        ),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestion = suggestion
        self.fields["state"].choices = ANSWERS[suggestion.kind]
        if suggestion.kind != suggestion.Kind.RESOURCE:
            del self.fields["resource"]
        if suggestion.kind == suggestion.Kind.MESSAGE:
            self.initial["state"] = TAKEN
        found = suggestion.public_resource
        if found:
            self.initial |= {"state": TAKEN, "resource": found.get_absolute_url()}

    def clean_resource(self) -> Resource | None:
        said = self.cleaned_data["resource"].removeprefix(settings.SITE_URL)
        if not said:
            return None
        page = page_at(said)
        found = page.row if page and isinstance(page.row, Resource) else known_resource(said)
        if found is None or found.status != Status.PUBLISHED:
            raise ValidationError(_("No public resource has this address."))
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        is_resource = self.suggestion.kind == Suggestion.Kind.RESOURCE
        if self.errors:
            return said
        if said["state"] == TAKEN and is_resource and not said["resource"]:
            told = _("Which one is it? Publishing a draft made of it answers them by itself.")
            self.add_error("resource", told)
        needs_words = said["state"] == DECLINED or self.suggestion.kind == Suggestion.Kind.MESSAGE
        if needs_words and not said["answer"]:
            self.add_error("answer", _("Say it in a sentence: they have waited for it."))
        return said


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`suggestion`, `same`: others that say the same; `page` that it is about; `form`."""
    rows = Suggestion.objects.select_related("resource", "joins", "answered_by")
    suggestion = rows.filter(pk=pk).first()
    if suggestion is None:
        raise Http404("no such suggestion")
    if not suggestion.is_open:
        messages.warning(request, _("It is answered, or was taken back, meanwhile."))
        return redirect("admin:curators_suggestion_change", suggestion.pk)
    if suggestion.joins:
        return redirect("admin:answer_suggestion", suggestion.joins.pk)
    form = AnswerForm(request.POST or None, suggestion=suggestion)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        is_done = suggestion.reply(
            said["state"], said["answer"], by=request.user, resource=said.get("resource")
        )
        if is_done:
            messages.success(request, _("It is answered."))
        else:
            messages.warning(request, _("Somebody was quicker: it is answered already."))
        return redirect("admin:queue")
    context = {
        **admin.site.each_context(request),
        "title": suggestion.get_kind_display(),
        "suggestion": suggestion,
        "same": suggestion.joined.open(),
        "page": page_at(suggestion.about),
        "form": form,
    }
    return TemplateResponse(request, "admin/answer.html", context)


@admin.register(Suggestion)
class SuggestionAdmin(LookOnly, DeskAdmin):
    """All that was ever sent in: editors answer in the queue."""

    rank = 1
    list_display = ["__str__", "kind", "state", "received_at", "answered_by"]
    list_filter = ["kind", "state", "problem"]
    list_select_related = ["answered_by"]
    search_fields = ["url", "text", "about", "answer"]
    ordering = ["-received_at", "-pk"]
    fields = [
        *("kind", "state", "url", "text", "skill", "problem", "about", "name", "email"),
        *("received_at", "seen_at", "answered_at", "answered_by", "answer", "resource", "joins"),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Advertising need not be answered.
        return is_editor(request.user)

    def response_delete(self, request: HttpRequest, *args: Any) -> HttpResponse:
        super().response_delete(request, *args)
        return redirect("admin:queue")

    def state_of(self, obj: Suggestion) -> str:
        return obj.get_state_display()

    def waiting(self, request: HttpRequest) -> list[tuple[str, str]]:
        """What people wait for; the rest stands in the queue itself. One query."""
        if not is_editor(request.user):
            return []
        number = Suggestion.objects.open().heads().count()
        if not number:
            return []
        told = ngettext(
            "%(n)d suggestion or report waits for an answer",
            "%(n)d suggestions and reports wait for an answer",
            number,
        )
        return [(told % {"n": number}, reverse("admin:queue"))]
