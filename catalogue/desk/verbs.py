"""Verbs at the desk: what an editor decides about rows, in a list as an action, on a form as a button.

Either way the model's own verb is called, once for each row, and one message tells how it went.
"""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from catalogue.desk.relations import RowField, RowSelect, relation_to
from catalogue.errors import IS, CatalogueError, WrongState
from catalogue.vocabularies import Status

# How many rows a page or a message names, before it only counts them.
NAMED = 10
# And how much of each title.
LONGEST = 80
# Of how many rows a page tells what a verb would change.
FORETOLD = 100
# How many rows are decided in one request: each of them has its transaction, its rules, its history.
MOST = 1_000


class VerbForm(forms.Form):
    """What a verb asks; its answers are the verb's keyword arguments."""

    def __init__(
        self, *args: Any, rows: list[Model], admin: Any, by: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.admin, self.by = rows, admin, by

    def answers(self) -> dict[str, Any]:
        return self.cleaned_data


class NoteForm(VerbForm):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For colleagues: it is kept with the decision."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class WithdrawForm(VerbForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Public: whoever follows an old link reads it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model, site = self.admin.model, self.admin.admin_site
        self.fields["replaced_by"] = RowField(
            label=_("Replaced by"),
            help_text=_("Left empty when nothing takes its place."),
            queryset=model.objects.published().exclude(pk__in=[row.pk for row in self.rows]),
            widget=RowSelect(relation_to(model), site),
            required=False,
        )


@dataclass(frozen=True)
class Verb:
    """One verb, and the words for it.

    `do(row, by=user, **answers)` raises CatalogueError or ValidationError where it can't; it may
    answer a row, whose form is shown next.
    """

    name: str  # Part of its address, and the action's name.
    label: Promise  # On its button.
    action: Promise  # In the list of actions.
    explains: Promise  # What it does, on its page.
    one: Promise  # What is told afterwards, with the %(row)s.
    many: Promise  # Likewise, with their %(number)d.
    starts: frozenset[str]  # The statuses that it starts from.
    do: Callable[..., Model | None]
    permission: str = "publish"  # As in ModelAdmin.has_publish_permission(request).
    form: type[VerbForm] = NoteForm
    # Whether a list has to ask before; else it does it at once.
    asks: bool = False
    # Sentences that whoever decides should know before; the verb itself may refuse by them.
    foresees: Callable[[Any], Iterable[str]] = lambda row: ()
    # Whether it is offered beside “Save”, for what was just written.
    after_saving: bool = False
    # Besides the status.
    fits: Callable[[Any], bool] = lambda row: True
    # Whether it stands among the actions alone, and not on the form of a row.
    for_many: bool = False
    # What its answers would do, (row, what changes) each: shown before it is done, where it is given.
    foretells: Callable[..., Iterable[tuple[str, list[str]]]] | None = None

    def is_for(self, row: Any) -> bool:
        return _status_of(row) in self.starts and self.fits(row)


@dataclass
class Outcome:
    """How it went for each row."""

    done: list[str] = field(default_factory=list)
    # Titles by the sentence that says why not.
    refused: dict[str, list[str]] = field(default_factory=dict)
    left: int = 0
    leads_to: Model | None = None

    def refuse(self, title: str, sentences: Iterable[str]) -> None:
        self.left += 1
        for sentence in sentences:
            self.refused.setdefault(sentence, []).append(title)

    @property
    def level(self) -> int:
        if not self.refused:
            return messages.SUCCESS
        return messages.WARNING if self.done else messages.ERROR

    def told(self, verb: Verb) -> str:
        parts = [self._done(verb), self._refused()]
        return format_html_join(" ", "{}", ((part,) for part in parts if part))

    def _done(self, verb: Verb) -> str:
        if len(self.done) == 1:
            title = Truncator(self.done[0]).chars(LONGEST)
            return format_html("{}", verb.one % {"row": title})
        return format_html("{}", verb.many % {"number": len(self.done)}) if self.done else ""

    def _refused(self) -> str:
        if not self.refused:
            return ""
        told = ngettext(
            "%(number)d is left as it was:", "%(number)d are left as they were:", self.left
        )
        lines = ((named(titles), sentence) for sentence, titles in self.refused.items())
        return format_html(
            "{} <ul>{}</ul>",
            told % {"number": self.left},
            format_html_join("", "<li>{} {}</li>", lines),
        )


def named(titles: list[str]) -> str:
    """The titles, of many only the first: `“A”, “B” and 3 more:`"""
    quoted = ", ".join(f"“{Truncator(title).chars(LONGEST)}”" for title in titles[:NAMED])
    more = len(titles) - NAMED
    if more <= 0:
        return f"{quoted}:"
    told = ngettext("%(titles)s and %(number)d more:", "%(titles)s and %(number)d more:", more)
    return told % {"titles": quoted, "number": more}


class HasVerbs:
    """Mixin of a ModelAdmin: each of `verbs` as an action, a page of its own, and a button to it."""

    verbs: list[Verb] = []

    def offers(self, request: HttpRequest, row: Any) -> list[Verb]:
        """The verbs that fit the row's state, as far as somebody may."""
        return [
            verb
            for verb in self.verbs
            if verb.is_for(row) and not verb.for_many and self._may_do(request, verb, row)
        ]

    def state_of(self, obj: Any) -> str:
        """The state that stands above the form of `obj`; empty where it has none."""
        return ""

    def _may_do(self, request: HttpRequest, verb: Verb, row: Model | None = None) -> bool:
        may = getattr(self, f"has_{verb.permission}_permission")
        is_theirs = row is None or self.keeps(request, row)
        return self.has_view_permission(request) and may(request) and is_theirs

    # Addresses and buttons

    def get_urls(self) -> list:
        return [
            path(
                f"<path:pk>/{verb.name}/",
                self.admin_site.admin_view(self._page_of(verb)),
                name=self._name(verb),
            )
            for verb in self.verbs
        ] + super().get_urls()

    def _name(self, verb: Verb) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{verb.name}"

    def _url(self, verb: Verb, row: Model) -> str:
        return reverse(f"{self.admin_site.name}:{self._name(verb)}", args=[quote(row.pk)])

    def _form_of(self, row: Model) -> HttpResponse:
        name = f"{row._meta.app_label}_{row._meta.model_name}_change"
        return redirect(f"{self.admin_site.name}:{name}", quote(row.pk))

    def ways_on(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        """(what, where) of further pages about `obj`: links beside the buttons of its form."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            offers = self.offers(request, obj)
            context["state"] = self.state_of(obj)
            context["verbs"] = [(verb, self._url(verb, obj)) for verb in offers]
            context["then"] = [verb for verb in offers if verb.after_saving]
            context["ways_on"] = self.ways_on(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Saved; on to the page of the verb whose button was pushed."""
        for verb in self.offers(request, obj):
            if request.POST.get("_then") == verb.name:
                return redirect(self._url(verb, obj))
        return super().response_change(request, obj)

    # In the list

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET:
            return actions
        ours = {
            verb.name: (self._action_of(verb), verb.name, verb.action)
            for verb in self.verbs
            if self._may_do(request, verb)
        }
        return {**actions, **ours}

    @staticmethod
    def _action_of(verb: Verb) -> Callable:
        def action(admin: "HasVerbs", request: HttpRequest, rows: QuerySet) -> Any:
            return admin._decide_many(request, verb, rows)

        return action

    def _decide_many(self, request: HttpRequest, verb: Verb, rows: QuerySet) -> HttpResponse | None:
        number = rows.count()
        if number > MOST:
            self.message_user(request, _too_many(number), messages.ERROR)
            return None
        chosen = list(rows)
        is_sent = "decide" in request.POST
        form = verb.form(
            request.POST if is_sent else None, rows=chosen, admin=self, by=request.user
        )
        if verb.asks and not (is_sent and form.is_valid() and self._is_sure(request, verb)):
            return self._ask(request, verb, form, chosen)
        answers = form.answers() if is_sent and form.is_valid() else {}
        outcome = self._decide(request, verb, chosen, answers)
        self.message_user(request, outcome.told(verb), outcome.level)
        return None

    # One row

    def _page_of(self, verb: Verb) -> Callable:
        def page(request: HttpRequest, pk: str) -> HttpResponse:
            return self._decide_one(request, verb, unquote(pk))

        return page

    def _decide_one(self, request: HttpRequest, verb: Verb, pk: str) -> HttpResponse:
        """Asks about one row, and does it; what was typed stays where it is refused."""
        row = self.get_object(request, pk)
        if not self._may_do(request, verb):
            raise PermissionDenied
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        if not self._may_do(request, verb, row):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = verb.form(request.POST if is_sent else None, rows=[row], admin=self, by=request.user)
        if is_sent and form.is_valid() and self._is_sure(request, verb):
            outcome = self._decide(request, verb, [row], form.answers())
            if not outcome.refused:
                self.message_user(request, outcome.told(verb), messages.SUCCESS)
                return self._form_of(outcome.leads_to or row)
            for sentence in outcome.refused:
                form.add_error(None, sentence)
        elif not is_sent and not verb.is_for(row):
            # An old window, or a colleague was quicker.
            told = wrong_state(_status_of(row))
            self.message_user(request, told, messages.WARNING)
            return self._form_of(row)
        return self._ask(request, verb, form, [row])

    # Both

    @staticmethod
    def _is_sure(request: HttpRequest, verb: Verb) -> bool:
        """Whether somebody has seen what it would do, where the verb foretells that."""
        return verb.foretells is None or "sure" in request.POST

    def _foretold(
        self, request: HttpRequest, verb: Verb, form: VerbForm, rows: list[Any]
    ) -> dict[str, Any]:
        """`foretold`: (row, what changes) of the first rows; `unchanged`: how many stay as they are;
        None where there is nothing to tell yet."""
        if verb.foretells is None or not form.is_bound or "again" in request.POST:
            return {}
        if not form.is_valid():
            return {}
        theirs = [row for row in rows if self._may_do(request, verb, row) and verb.is_for(row)]
        told = [one for one in verb.foretells(theirs, **form.answers()) if one[1]]
        return {
            "foretold": told[:FORETOLD],
            "foretold_more": max(0, len(told) - FORETOLD),
            "foretold_none": len(rows) - len(told),
            "is_foretold": True,
        }

    def _decide(
        self, request: HttpRequest, verb: Verb, rows: list[Any], answers: dict[str, Any]
    ) -> Outcome:
        outcome = Outcome()
        for row in rows:
            title = str(row)
            if not self._may_do(request, verb, row):
                outcome.refuse(title, [_("You look at this one, and others look after it.")])
                continue
            if not verb.is_for(row):
                outcome.refuse(title, [wrong_state(_status_of(row))])
                continue
            try:
                outcome.leads_to = verb.do(row, by=request.user, **answers)
            except WrongState as error:
                outcome.refuse(title, [wrong_state(error.status)])
            except ValidationError as error:
                outcome.refuse(title, error.messages)
            except CatalogueError as error:
                outcome.refuse(title, [str(error)])
            else:
                # Not the title from before: erasing forgets it.
                outcome.done.append(str(row))
                self.log_change(request, row, str(verb.label))
        return outcome

    def _ask(
        self, request: HttpRequest, verb: Verb, form: VerbForm, rows: list[Any]
    ) -> TemplateResponse:
        is_one = request.resolver_match.url_name == self._name(verb)
        select_across = request.POST.get("select_across", "0")
        # The list finds again what it chose as a whole, but acts only where one row is named.
        told = rows[:1] if select_across == "1" else rows
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": verb.label,
            "subtitle": str(rows[0]) if is_one else None,
            "verb": verb,
            "form": form,
            "media": self.media + form.media,
            "row": rows[0] if is_one else None,
            "rows": rows[:NAMED],
            "more": max(0, len(rows) - NAMED),
            "chosen": [] if is_one else [row.pk for row in told],
            "select_across": select_across,
            "checkbox": ACTION_CHECKBOX_NAME,
            "foreseen": list(verb.foresees(rows[0])) if is_one and not form.is_bound else [],
            "foretells": verb.foretells is not None,
            **self._foretold(request, verb, form, rows),
        }
        return TemplateResponse(request, "admin/verb.html", context)


def _too_many(number: int) -> str:
    told = _(
        "You chose %(number)s, and %(most)s can be decided at once. Nothing has changed: narrow the "
        "list by its filters or by a search, and choose again."
    )
    return told % {"number": number_format(number), "most": number_format(MOST)}


def _status_of(row: Any) -> str:
    """Empty of rows that have none."""
    return getattr(row, "status", "")


def wrong_state(status: str) -> str:
    """Why a verb doesn't fit: a sentence that many rows can share."""
    if status not in IS:
        return _("It stands otherwise by now, so this can’t be done any more.")
    return _("It is %(status)s, where this can’t be done.") % {"status": IS[status]}


# The verbs of every row with a page


def missing(row: Any) -> list[str]:
    """What a row still lacks to be public."""
    judged = copy(row)
    judged.status, judged.published_at = Status.PUBLISHED, judged.published_at or timezone.now()
    try:
        judged.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def _on_ways(row: Any) -> list[str]:
    """In how many pathways a resource stands that is to go."""
    number = getattr(row, "pathway_count", 0)
    if not number:
        return []
    told = ngettext(
        "It stands in %(number)d public pathway: the step’s stand-in takes its place, or the step "
        "tells that it is gone.",
        "It stands in %(number)d public pathways: the steps’ stand-ins take its place, or the steps "
        "tell that it is gone.",
        number,
    )
    return [told % {"number": number}]


PUBLISH = Verb(
    name="publish",
    label=gettext_lazy("Publish"),
    action=gettext_lazy("Publish the chosen drafts"),
    explains=gettext_lazy("Everyone sees it from then on, and its address stays for ever."),
    one=gettext_lazy("“%(row)s” is public now."),
    many=ngettext_lazy("%(number)d is public now.", "%(number)d are public now.", "number"),
    starts=frozenset({Status.DRAFT, Status.IN_REVIEW}),
    do=lambda row, **answers: row.publish(**answers),
    foresees=missing,
    after_saving=True,
)
WITHDRAW = Verb(
    name="withdraw",
    label=gettext_lazy("Withdraw"),
    action=gettext_lazy("Withdraw what is chosen…"),
    explains=gettext_lazy(
        "Its address answers that it is gone, with your reason, and leads to what replaces it. "
        "It can be restored."
    ),
    one=gettext_lazy("“%(row)s” is withdrawn."),
    many=ngettext_lazy("%(number)d is withdrawn.", "%(number)d are withdrawn.", "number"),
    starts=frozenset({Status.PUBLISHED}),
    do=lambda row, **answers: row.withdraw(**answers),
    form=WithdrawForm,
    asks=True,
    foresees=_on_ways,
)
RESTORE = Verb(
    name="restore",
    label=gettext_lazy("Restore"),
    action=gettext_lazy("Restore what is chosen"),
    explains=gettext_lazy("Everyone sees it again, under the same address."),
    one=gettext_lazy("“%(row)s” is public again."),
    many=ngettext_lazy("%(number)d is public again.", "%(number)d are public again.", "number"),
    starts=frozenset({Status.WITHDRAWN}),
    do=lambda row, **answers: row.restore(**answers),
    fits=lambda row: getattr(row, "erased_at", None) is None,
)
