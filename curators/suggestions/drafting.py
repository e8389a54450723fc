"""A draft resource out of what somebody suggested, for an editor to describe."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import transaction

from catalogue.addresses import host_of
from catalogue.models import Decision, Resource, ResourceSkill, Skill
from catalogue.vocabularies import DescriptionSource, Status
from curators.suggestions.models import Suggestion

LONGEST_TITLE = 200


def draft_of(suggestion: Suggestion, *, by: Any) -> Resource:
    """The resource at the suggested address: what is there, or a new draft, filled in.

    What the suggester wrote stands in it as something to be rewritten, so that it is never published
    as it is.
    """
    with transaction.atomic():
        resource = Resource.objects.filter(canonical_url=suggestion.canonical_url).first()
        if resource is None:
            resource = _new(suggestion)
            Decision.record(resource, "suggested", by=by)
        suggestion.joined.update(resource=resource)
        Suggestion.objects.filter(pk=suggestion.pk).update(resource=resource)
        suggestion.see()
    return resource


def _new(suggestion: Suggestion) -> Resource:
    resource = Resource(
        url=suggestion.url,
        title=title_of(suggestion.url),
        description=suggestion.text,
        description_source=DescriptionSource.SCRAPED,
    )
    resource.full_clean()
    resource.save()
    skill = _skill_of(suggestion)
    if skill:
        ResourceSkill.objects.create(resource=resource, skill=skill)
    return resource


def title_of(url: str) -> str:
    """Words that stand in for a title until somebody has read the page."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2], errors="ignore")
    words = " ".join(re.findall(r"[^\W_]+", last.rpartition(".")[0] or last))
    host = host_of(url)
    return f"{words.capitalize()} ({host})"[:LONGEST_TITLE] if words else host


def _skill_of(suggestion: Suggestion) -> Skill | None:
    """The public skill whose page they came from, or which they named."""
    public = Skill.objects.filter(status=Status.PUBLISHED)
    named = public.filter(title__iexact=suggestion.skill) if suggestion.skill else public.none()
    return named.first() or public.filter(uid=suggestion.about_uid).first()
