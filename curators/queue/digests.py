"""What came into the queue since yesterday: one mail a day to each editor who wants it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Proposal
from curators.mails import Letter, Sent, letter, to_each
from curators.models import Suggestion, User

# At most one in so long, however often the command runs; a few hours short of a day, since no two
# runs take equally long.
EVERY = timedelta(hours=20)
# Whoever was never told hears of as much.
FIRST = timedelta(days=1)
# How many of each kind the mail names, before it only counts them.
NAMED = 5


@dataclass
class News:
    """What came in, each as a line of the mail."""

    suggestions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, (self.suggestions, self.problems, self.messages, self.proposals)))


def told_of_queue() -> QuerySet[User]:
    """Editors who want the mail: those of whom curators.standing.is_editor() is true."""
    editors = ModelBackend().with_perm("catalogue.publish_resource")
    return editors.filter(is_staff=True, is_told_of_queue=True).exclude(email="")


def send_queue_digests() -> Sent:
    """Mails whoever has news and had no such mail today."""
    return to_each(told_of_queue(), _digest)


def news_of_queue(user: User) -> News:
    """What came in since `user` was told last, and still waits. Two queries."""
    now = timezone.now()
    if user.told_of_queue_at and user.told_of_queue_at > now - EVERY:
        return News()
    since = user.told_of_queue_at or now - FIRST
    news = News()
    kinds = {
        Suggestion.Kind.RESOURCE: news.suggestions,
        Suggestion.Kind.PROBLEM: news.problems,
    }
    sent = Suggestion.objects.open().heads().filter(received_at__gt=since)
    for row in sent.order_by("received_at", "pk"):
        kinds.get(row.kind, news.messages).append(_line(row))
    proposals = Proposal.objects.waiting().filter(at__gt=since).exclude(by=user)
    for proposal in proposals.select_related("resource").order_by("at", "pk"):
        news.proposals.append(proposal.resource.title)
    return news


def _line(row: Suggestion) -> str:
    """What it is about; nothing of whoever sent it."""
    if row.kind == row.Kind.PROBLEM:
        return f"{row.about}: {row.get_problem_display()}"
    return row.url or str(row.get_kind_display())


def _digest(user: Any) -> Letter | None:
    news = news_of_queue(user)
    if not news:
        return None
    user.told_of_queue_at = timezone.now()
    user.save(update_fields=["told_of_queue_at"])
    subject = ngettext(
        "%(n)d new thing waits in the queue", "%(n)d new things wait in the queue", len(news)
    )
    return subject % {"n": len(news)}, letter(
        user,
        _("This came in since you were told last."),
        _listed(_("Suggestions:"), news.suggestions),
        _listed(_("Reports of problems:"), news.problems),
        _listed(_("Messages, and offers to be a curator:"), news.messages),
        _listed(_("Proposed changes:"), news.proposals),
        _("Answer them at the desk:"),
        settings.SITE_URL + reverse("admin:queue"),
        _("If you’d rather not have this mail, switch it off on your account page:"),
        settings.SITE_URL + reverse("account"),
    )


def _listed(heading: str, lines: list[str]) -> str:
    if not lines:
        return ""
    told = [heading, *(f"- {line}" for line in lines[:NAMED])]
    more = len(lines) - NAMED
    if more > 0:
        told.append(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
    return "\n".join(told)
