"""What Waymark does otherwise than allauth: words, mails, who may register, whose address it is."""

import time
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from curators.accounts.words import MAILS, SENTENCES, SUBJECTS


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This address and this password don’t belong together. Try again, or have a code sent."
        ),
        "enter_current_password": _("This isn’t your password so far."),
        "incorrect_password": _("This isn’t your password."),
        "incorrect_code": _(
            "This isn’t the code, or it has been used. Look at the newest one, and type it again."
        ),
        "too_many_login_attempts": _(
            "That went wrong too often. Wait a few minutes, then try again or ask for a new code."
        ),
        "rate_limited": _("That was too often. Wait a minute, then try again."),
        "email_taken": _("This address can’t be used here."),
        "duplicate_email": _("This is your address already."),
        "same_as_current": _("This is your address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come by invitation (see curators.invitations)."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index" if request.user.is_staff else "account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who asks: behind proxies that are trusted, the last address that isn't one of them.

        Of whoever isn't trusted the header was taken away (config.middleware.ProxyMiddleware).
        """
        nearest = request.META.get("REMOTE_ADDR", "")
        said = request.headers.get("X-Forwarded-For", "").split(",")
        for address in [nearest, *reversed(said)]:
            found = _read(address)
            if found and not any(found in network for network in settings.TRUSTED_PROXIES):
                return str(found)
        return nearest or "unknown"

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not of whoever has just signed in, by whatever way."""
        records = get_authentication_records(context.request, context.request.user)
        newest = max((record["at"] for record in records), default=0)
        if time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **more)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """In our words, the strongest first."""
        names = {
            "mfa_reauthenticate:webauthn": gettext("Use a passkey or security key"),
            "mfa_reauthenticate": gettext("Use a code of your app, or a recovery code"),
            "reauthenticate": gettext("Use your password"),
        }
        return [
            {**method, "description": names[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """One of our sentences; what the next page shows by itself isn't told as well."""
        told = message or SENTENCES.get(message_template or "")
        if told:
            messages.add_message(request, level, told, extra_tags=extra_tags)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A short plain text: a code, or one sentence about what happened."""
        said = {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "account_url": settings.SITE_URL + reverse("account"),
            "sentence": MAILS[template_prefix],
            "code": context.get("code", ""),
            "contact": settings.OPERATOR_CONTACT,
            "is_about_account": template_prefix not in FOR_STRANGERS,
        }
        subject = SUBJECTS[template_prefix] % {"site": settings.SITE_NAME}
        to = [email] if isinstance(email, str) else email
        body = render_to_string("mail/account.txt", said)
        return EmailMessage(subject, body, self.get_from_email(), to, headers=headers)


# Whoever gets these may have no account, and nothing to look after.
FOR_STRANGERS = frozenset({"account/email/unknown_account", "account/email/account_already_exists"})


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return pgettext("name of a passkey", "Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


def _read(address: str) -> Any:
    try:
        return ip_address(address.strip())
    except ValueError:
        return None
