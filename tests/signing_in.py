"""What tests do to sign in as people do: read a mail, look at an app, see who is in."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from curators.models import User
from tests.cast import give_second_factor


def who_is_in(client: Client) -> int | None:
    pk = client.session.get("_auth_user_id")
    return int(pk) if pk else None


def code_in(message: EmailMessage) -> str:
    """The code that stands alone in a mail."""
    found = re.search(r"^    (\S+)$", message.body, re.MULTILINE)
    assert found, message.body
    return found[1]


def app_code(secret: str) -> str:
    """What an app of codes shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def app_code_of(user: User) -> str:
    """Likewise, of the app of `user`, who is given one where they have none."""
    give_second_factor(user)
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return app_code(app.data["secret"])


def sign_in(client: Client, user: User, password: str) -> None:
    """As far as a password gets: whoever has a second factor isn’t in yet."""
    user.set_password(password)
    user.save()
    client.post(reverse("account_login"), {"login": user.email, "password": password})
