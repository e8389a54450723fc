"""A link into the desk that works once: how whoever runs the site gets in the first time.

The link shows a page with a button, and the button signs in (mail scanners follow links). It is
signed over the user's last sign-in and password, so that using it, signing in any other way, or a
new password spends it. It stands in for a second factor too: only who holds the server has it.
"""

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from curators.accounts.second_factor import entered_by_link
from curators.models import User

SALT = "curators.entrance"
VALID_SECONDS = 24 * 3600
# The account of whoever runs a site that has no administrator yet.
OPERATOR = "operator@localhost.localdomain"


def one_time_link(base_url: str) -> str:
    """An address that signs an administrator in, once, within a day.

    It is for the longest-standing administrator; where there is none, one is made without a
    password, or gets back the rights that it lost. At most four queries.
    """
    administrators = User.objects.filter(is_superuser=True, is_staff=True, is_active=True)
    user = administrators.order_by("pk").first()
    if user is None:
        user = _operator()
    return base_url.rstrip("/") + reverse("enter", args=[_token(user)])


def _operator() -> User:
    """The operator's account as an administrator's, whatever became of it at the desk."""
    user = User.objects.filter(email=OPERATOR).first()
    if user is None:
        return User.objects.create_superuser(OPERATOR, name=_("Operator"))
    user.is_superuser = user.is_staff = user.is_active = True
    user.save(update_fields=["is_superuser", "is_staff", "is_active"])
    return user


def _token(user: User) -> str:
    return signing.dumps([user.pk, _state_of(user)], salt=SALT)


def _state_of(user: User) -> str:
    """A digest that another sign-in or another password changes."""
    last = user.last_login.isoformat() if user.last_login else ""
    said = f"{last} {user.get_session_auth_hash()}"
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()


@sensitive_variables("token")
def _user_of(token: str, users: QuerySet[User]) -> User | None:
    """Whom of `users` `token` lets in now; None when it is forged, spent or older than a day."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = users.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(state, _state_of(user)) else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who would be signed in; POST does it and goes to the desk."""
    if request.method == "POST":
        return _sign_in(request, token)
    user = _user_of(token, User.objects.all())
    return _page(request, user)


@transaction.atomic
def _sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Holds the user, so that of two at once the second finds the link spent."""
    user = _user_of(token, User.objects.select_for_update())
    if user is None:
        return _page(request, None)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    entered_by_link(request)
    return redirect("admin:index")


def _page(request: HttpRequest, user: User | None) -> HttpResponse:
    context = {"user_to_enter": user}
    return render(request, "curators/enter.html", context, status=200 if user else 410)
