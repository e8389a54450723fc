"""Once a year: is it still good? A mail to each maintainer, and the page that takes their yes."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from catalogue.vocabularies import Status
from curators.mails import Letter, Sent, letter, to_each
from pathways.models import Confirmation, Maintainer, Pathway
from pathways.upkeep.mails import maintainers

YEAR = timedelta(days=365)
SALT = "pathways.upkeep"
VALID = timedelta(days=90)


def ask_for_confirmation() -> Sent:
    """Mails each maintainer whose pathways nobody has published or confirmed for a year, nor they been
    asked about: one mail, with a link for each pathway."""
    return to_each(maintainers(), _question)


def due_for(user: Any) -> QuerySet[Pathway]:
    """The pathways about which `user` is to be asked now, by title."""
    since = timezone.now() - YEAR
    here = Confirmation.objects.filter(pathway=OuterRef("pk"))
    return (
        Pathway.objects.published()
        .filter(maintainer_links__user=user, published_revision__published_at__lte=since)
        .exclude(Exists(here.filter(confirmed_at__gt=since)))
        .exclude(Exists(here.filter(user=user, asked_at__gt=since)))
        .select_related("published_revision")
        .order_by("sort_key", "pk")
    )


def _question(user: Any) -> Letter | None:
    pathways = list(due_for(user))
    if not pathways:
        return None
    now = timezone.now()
    asked = Confirmation.objects.bulk_create(
        Confirmation(pathway=pathway, user=user, asked_at=now) for pathway in pathways
    )
    subject = ngettext(
        "Are you still happy with your pathway?",
        "Are you still happy with your pathways?",
        len(pathways),
    )
    return subject, letter(
        user,
        _(
            "Readers trust a pathway that somebody has looked through lately. It is a year since "
            "that was last done here. Please look, and say yes, or mend what is out of date:"
        ),
        *(f"- {one.pathway.title}\n  {link_of(one)}" for one in asked),
        _("Each link opens a page that asks you once more. It works for %(n)d days.")
        % {"n": VALID.days},
    )


def link_of(confirmation: Confirmation) -> str:
    """The address at which its question is answered."""
    token = signing.dumps(confirmation.pk, salt=SALT)
    return settings.SITE_URL + reverse("still_happy", args=[token])


@sensitive_variables("token")
def _asked_by(token: str, rows: QuerySet[Confirmation]) -> Confirmation | None:
    """The question that `token` answers. None where it is forged or old, and where whoever was asked
    no longer looks after the pathway, or it is not public."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not isinstance(pk, int):
        return None
    keeps = Maintainer.objects.filter(pathway=OuterRef("pathway"), user=OuterRef("user"))
    return (
        rows.filter(Exists(keeps), pk=pk, user__is_active=True)
        .filter(pathway__status=Status.PUBLISHED)
        .select_related("pathway__published_revision")
        .first()
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_happy(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks; POST takes the yes. `asked`: the Confirmation, or None where the link tells nothing."""
    with transaction.atomic():
        rows = Confirmation.objects.all()
        if request.method == "POST":
            rows = rows.select_for_update(of=("self",))
        asked = _asked_by(token, rows)
        if asked and request.method == "POST" and asked.confirmed_at is None:
            asked.confirmed_at = timezone.now()
            asked.save(update_fields=["confirmed_at"])
    context = {"asked": asked}
    return render(request, "pathways/still_happy.html", context, status=200 if asked else 410)
