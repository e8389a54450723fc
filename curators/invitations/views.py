"""The page that an invitation's link opens: GET shows, POST accepts."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from curators.invitations.accepting import NotOpen, NotTheirs, accept, account_of
from curators.invitations.licences import Licence
from curators.invitations.models import Invitation, Standing
from curators.models import Curator

INPUT = {"class": "field__input"}


class AcceptForm(forms.Form):
    """What somebody says of themself, and gives."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=Curator._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "name"}),
    )
    headline = forms.CharField(
        label=gettext_lazy("What you know about, in a few words"),
        max_length=Curator._meta.get_field("headline").max_length,
        required=False,
        help_text=gettext_lazy("Optional: “Privacy in public libraries”. You can change it later."),
        widget=forms.TextInput(attrs=INPUT),
    )
    biography = forms.CharField(
        label=gettext_lazy("About you"),
        max_length=5000,
        required=False,
        help_text=gettext_lazy("Optional, for your page: a few sentences."),
        widget=forms.Textarea(attrs={**INPUT, "rows": 5}),
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("The licence of what you put together"),
        choices=Licence,
        help_text=gettext_lazy(
            "Your choice of things to learn from, their order, and what you say of them; never the "
            "things themselves."
        ),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, invitation: Invitation, **kwargs: object) -> None:
        initial = {"name": invitation.name, "licence": invitation.licence}
        super().__init__(*args, initial=initial, **kwargs)
        if invitation.standing != Standing.GUEST:
            # They have no page, and put nothing together under their name.
            del self.fields["headline"], self.fields["biography"], self.fields["licence"]
            self.licence = invitation.licence

    def answers(self) -> dict[str, str]:
        return {"licence": getattr(self, "licence", ""), **self.cleaned_data}


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """`invitation`, None where the link is of no use; `form`; `stranger`: who is in the way.

    `has_account`: whether the address has one, to be signed in with first.
    """
    found = Invitation.objects.select_related("invited_by", "organisation").waiting_for(token)
    if found is None:
        return render(request, "curators/invitation.html", {"invitation": None}, status=410)
    form = AcceptForm(request.POST if request.method == "POST" else None, invitation=found)
    if form.is_bound and form.is_valid():
        try:
            return _accept(request, token, form)
        except NotOpen:
            return render(request, "curators/invitation.html", {"invitation": None}, status=410)
        except NotTheirs:
            # The page says what to do.
            pass
    known = account_of(found)
    is_theirs = known is not None and known == request.user
    context = {
        "invitation": found,
        "form": form,
        "is_theirs": is_theirs,
        "has_account": known is not None and request.user.is_anonymous,
        "is_in_the_way": request.user.is_authenticated and not is_theirs,
    }
    return render(request, "curators/invitation.html", context)


def _accept(request: HttpRequest, token: str, form: AcceptForm) -> HttpResponse:
    account = accept(token, user=request.user, **form.answers())
    if request.user.is_anonymous:
        login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Welcome! This is your desk. You sign in by a code in a mail."))
    return redirect("admin:index")
