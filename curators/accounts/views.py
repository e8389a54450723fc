"""Pages of accounts that allauth has none for."""

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from curators.accounts import second_factor as factor
from curators.standing import is_editor


@never_cache
@login_required
@require_safe
def your_account(request: HttpRequest) -> HttpResponse:
    """What somebody signs in with, and where it is changed.

    `passkeys`: Authenticators; `app`, `recovery_codes`: one of each or None; `is_editor`: whether
    there is mail to be switched off.
    """
    of_type = {kind: [] for kind in Authenticator.Type}
    for one in Authenticator.objects.filter(user=request.user).order_by("pk"):
        of_type[one.type].append(one)
    context = {
        "passkeys": of_type[Authenticator.Type.WEBAUTHN],
        "app": next(iter(of_type[Authenticator.Type.TOTP]), None),
        "recovery_codes": next(iter(of_type[Authenticator.Type.RECOVERY_CODES]), None),
        "is_demanded": factor.is_demanded_of(request.user),
        "curator": getattr(request.user, "curator", None),
        "is_editor": is_editor(request.user),
    }
    return render(request, "account/your_account.html", context)


@never_cache
@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and which there are; for whoever has none yet."""
    if factor.has_one(request.user):
        return redirect(get_next_redirect_url(request) or "account")
    return render(request, "account/second_factor.html")


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Ends every session of this user but this one."""
    request.user.end_sessions()
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account")


@require_safe
def to_your_account(request: HttpRequest) -> HttpResponse:
    return redirect("account")


@login_required
@require_POST
def mail_settings(request: HttpRequest) -> HttpResponse:
    """Whether this editor hears of the queue by mail."""
    request.user.is_told_of_queue = "is_told_of_queue" in request.POST
    request.user.save(update_fields=["is_told_of_queue"])
    if request.user.is_told_of_queue:
        messages.success(request, _("You get a mail a day when something new came into the queue."))
    else:
        messages.success(request, _("You get no mail about the queue any more."))
    return redirect("account")
