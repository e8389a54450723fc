"""The second factor, without which no editor and no administrator uses the desk.

It counts in the session in which it was given: a passkey, a code of an app, or a recovery code. The
operator's one-time link (curators.entrance) counts as one, since only who holds the server itself
can have it. So nobody is locked out for ever: who lost everything asks an administrator to take the
lost ones away at the desk, and the last administrator comes in by the link.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from curators.standing import is_editor

Handler = Callable[[HttpRequest], HttpResponse]

# Recovery codes stand in for one of these, and never stand alone.
KINDS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
ENTERED = "entered_by_link"


def is_demanded_of(user: Any) -> bool:
    return is_editor(user)


def has_one(user: Any) -> bool:
    """Whether `user` has set up a second factor. One query."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def was_given(request: HttpRequest) -> bool:
    """Whether whoever is signed in gave theirs in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def take_away(user: Any) -> None:
    """Whoever lost theirs signs in without, and sets up another; their sessions end."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        user.end_sessions()


def entered_by_link(request: HttpRequest) -> None:
    """Notes that this session began with the operator's one-time link."""
    request.session[ENTERED] = True


def address_for(request: HttpRequest) -> str | None:
    """Where the second factor is to be given or set up; None where the desk is open. One query."""
    if not is_demanded_of(request.user) or request.session.get(ENTERED):
        return None
    if not has_one(request.user):
        there = reverse("second_factor")
    elif was_given(request):
        return None
    else:
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        there = next(one["url"] for one in methods if one["id"].startswith("mfa_"))
    return f"{there}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"


class SecondFactorMiddleware:
    """Leads editors and administrators to their second factor before the desk."""

    OPEN = frozenset({"login", "logout", "jsi18n"})

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        match = request.resolver_match
        if "admin" not in match.namespaces or match.url_name in self.OPEN:
            return None
        there = address_for(request)
        return redirect(there) if there else None


@receiver(authenticator_added, dispatch_uid="curators.second_factor_set_up")
def _set_up(request: HttpRequest, user: Any, authenticator: Any, **more: Any) -> None:
    """Setting it up is giving it: the device has just answered."""
    if authenticator.type in KINDS:
        record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)
