"""Invitations at the desk: inviting, sending again, revoking."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from catalogue.desk import CarefulForm, DeskAdmin, Verb, VerbForm
from curators.invitations.models import Invitation, Standing, State
from curators.invitations.sending import link_of, send
from curators.models import User
from curators.standing import is_editor

OPEN = frozenset({State.WAITING, State.EXPIRED})


class InvitationForm(CarefulForm):
    class Meta:
        model = Invitation
        fields = ["email", "name", "standing", "organisation", "task", "licence"]

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email=email, is_active=False).exists():
            raise ValidationError(_("The account of this address is closed: open it first."))
        return email


def _send_again(invitation: Invitation, *, by: Any) -> None:
    """Leaves `token` on the row, for the message that tells how it went."""
    invitation.token = invitation.renew()


SEND_AGAIN = Verb(
    name="send-again",
    label=gettext_lazy("Send it again"),
    action=gettext_lazy("Send the chosen invitations again"),
    explains=gettext_lazy(
        "A mail with a new link goes out, which works for three weeks. The old link dies."
    ),
    one=gettext_lazy("%(row)s has a new link; the old one no longer works."),
    many=ngettext_lazy(
        "%(number)d has a new link; the old one no longer works.",
        "%(number)d have new links; the old ones no longer work.",
        "number",
    ),
    starts=OPEN,
    do=_send_again,
    permission="invite",
    form=VerbForm,
)
REVOKE = Verb(
    name="revoke",
    label=gettext_lazy("Revoke it"),
    action=gettext_lazy("Revoke the chosen invitations"),
    explains=gettext_lazy("The link no longer works. Nobody is told; write to them yourself."),
    one=gettext_lazy("The invitation is revoked: %(row)s."),
    many=ngettext_lazy(
        "%(number)d invitation is revoked.", "%(number)d invitations are revoked.", "number"
    ),
    starts=OPEN,
    do=lambda invitation, *, by: invitation.revoke(),
    permission="invite",
    form=VerbForm,
)


class ByState(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return State.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_state(self.value()) if self.value() in State.values else queryset


@admin.register(Invitation)
class InvitationAdmin(DeskAdmin):
    """For editors; what was sent is not changed, but revoked or sent again."""

    form = InvitationForm
    verbs = [SEND_AGAIN, REVOKE]
    list_display = ["name", "state", "standing", "email", "invited_by", "invited_at"]
    list_filter = [ByState, "standing"]
    list_select_related = ["invited_by"]
    search_fields = ["name", "email"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        (None, {"fields": ["email", "name", "standing", "organisation", "task", "licence"]}),
        (
            gettext_lazy("How it stands"),
            {
                "fields": [
                    "state",
                    "invited_by",
                    "invited_at",
                    "expires_at",
                    "accepted_at",
                    "account",
                ]
            },
        ),
    ]
    readonly_fields = ["state", "invited_by", "invited_at", "expires_at", "accepted_at", "account"]

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation: Invitation) -> str:
        return invitation.get_status_display()

    @admin.display(description=gettext_lazy("account"))
    def account(self, invitation: Invitation) -> str:
        return str(invitation.accepted_by or "–")

    def state_of(self, obj: Invitation) -> str:
        return obj.get_status_display()

    # Who may

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What somebody accepted tells under which licence they give."""
        return is_editor(request.user) and (obj is None or obj.accepted_at is None)

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    # Inviting

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        return self.fieldsets if obj else self.fieldsets[:1]

    def formfield_for_choice_field(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name == "standing" and not request.user.is_superuser:
            # Who reviews is an administrator's to say.
            kwargs["choices"] = [one for one in Standing.choices if one[0] != Standing.EDITOR]
        return super().formfield_for_choice_field(field, request, **kwargs)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().add_view(
            request, form_url, {"title": _("Invite somebody"), **(extra_context or {})}
        )

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        obj.invited_by = request.user
        obj.token = obj.new_token()
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Invitation, post_url_continue: Any = None
    ) -> HttpResponse:
        self._send(request, obj)
        return redirect("admin:curators_invitation_changelist")

    def response_delete(self, request: HttpRequest, *args: Any) -> HttpResponse:
        # Django leads those who can’t change such a row away from its list.
        super().response_delete(request, *args)
        return redirect("admin:curators_invitation_changelist")

    def _decide(self, request: HttpRequest, verb: Verb, rows: list, answers: dict) -> Any:
        outcome = super()._decide(request, verb, rows, answers)
        for row in rows:
            if hasattr(row, "token"):
                self._send(request, row)
        return outcome

    def _send(self, request: HttpRequest, invitation: Invitation) -> None:
        """Mails the link; where that fails it is shown, this once."""
        if send(invitation, invitation.token):
            told = _("A mail with the link is on its way to %(email)s.")
            self.message_user(request, told % {"email": invitation.email}, messages.SUCCESS)
            return
        told = _(
            "No mail could be sent, but the invitation stands. Give %(email)s this link yourself; it "
            "isn’t shown again:"
        )
        link = link_of(invitation.token)
        said = format_html("{} <code>{}</code>", told % {"email": invitation.email}, link)
        self.message_user(request, said, messages.WARNING)
