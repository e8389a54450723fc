"""The digest: one mail that tells a person of every link that died or moved in their pathways."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalogue.freshness import archived_copy
from catalogue.vocabularies import LinkState
from curators.mails import Letter, Sent, letter, to_each
from pathways.models import ToldLink
from pathways.upkeep.mails import maintainers
from pathways.upkeep.news import News, news_for, remember

# At most one digest in so long, whatever happens and however often the command runs; a few hours
# short of a week, since no two runs take equally long.
EVERY = timedelta(days=7, hours=-6)


def send_digests(*, at_once: bool = False) -> Sent:
    """Mails whoever has news and had no digest this week (`at_once`: whoever has news)."""
    return to_each(maintainers(), partial(_digest, at_once=at_once))


def _digest(user: Any, *, at_once: bool) -> Letter | None:
    lately = timezone.now() - EVERY
    if not at_once and ToldLink.objects.filter(user=user, told_at__gt=lately).exists():
        return None
    news = news_for(user)
    if not news:
        return None
    remember(user, news)
    subject = ngettext(
        "%(n)d link in your pathways has changed",
        "%(n)d links in your pathways have changed",
        len(news),
    )
    gone = [one for one in news if one.link.state == LinkState.GONE]
    moved = [one for one in news if one.link.state == LinkState.MOVED]
    return subject % {"n": len(news)}, letter(
        user,
        _("This is what became of links in your pathways. You are told of each once."),
        _("No longer there:") if gone else "",
        *map(_told_gone, gone),
        _("At another address now:") if moved else "",
        *map(_told_moved, moved),
        _("Change your pathways at the desk:"),
        settings.SITE_URL + reverse("admin:index"),
    )


def _told_gone(news: News) -> str:
    resource = news.link.resource
    lines = [
        _head(news),
        resource.url,
        _("The copy in the Internet Archive: %s") % archived_copy(resource),
        _("Its stand-in has taken its place. A new step may be better in the long run.")
        if news.is_stood_in_for
        else _("Nothing stands in for it: choose something in its place."),
    ]
    return "\n  ".join(lines)


def _told_moved(news: News) -> str:
    lines = [
        _head(news),
        _("from %s") % news.link.resource.url,
        _("to %s") % news.link.moved_to,
        _("Readers still get there, and an editor will take the new address over."),
    ]
    return "\n  ".join(lines)


def _head(news: News) -> str:
    titles = pgettext("between titles", ", ").join(f"“{one.title}”" for one in news.pathways)
    said = {"resource": news.link.resource.title, "pathways": titles}
    return _("- “%(resource)s”, in %(pathways)s") % said
