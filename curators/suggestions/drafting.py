"""A draft resource out of what somebody suggested, for an editor to describe."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from catalogue.fetching import FetchError
from catalogue.models import Decision, Organisation, Resource, ResourceSkill, Skill
from catalogue.reading import Page, read_page, title_of_address
from catalogue.vocabularies import DescriptionSource
from curators.suggestions.models import Suggestion
from curators.suggestions.receiving import resource_at

# An editor's browser waits meanwhile.
SECONDS = 8


def draft_of(suggestion: Suggestion, *, by: Any) -> Resource:
    """The resource at the suggested address: what is there, or a new draft, filled in.

    The page is asked what it tells of itself; where it tells nothing, what the suggester wrote stands
    in the description. Neither can be published before somebody has rewritten it.
    """
    if resource_at(suggestion.url) is None:
        new = _described(suggestion, by)
    with transaction.atomic():
        resource = resource_at(suggestion.url)
        if resource is None:
            resource = new
            resource.save()
            skill = _skill_of(suggestion)
            if skill:
                ResourceSkill.objects.create(resource=resource, skill=skill)
            Decision.record(resource, "suggested", by=by)
        suggestion.joined.update(resource=resource)
        Suggestion.objects.filter(pk=suggestion.pk).update(resource=resource)
        suggestion.see()
    return resource


def _described(suggestion: Suggestion, by: Any) -> Resource:
    """A draft of what the page tells of itself, or of what the suggester told."""
    try:
        page = read_page(suggestion.url, seconds=SECONDS)
    except FetchError:
        page = None
    if page:
        told = _told_by(page)
        try:
            return _checked(Resource(url=suggestion.url, added_by=by, **told), suggestion)
        except ValidationError:
            # Whatever a page says, the suggestion can be taken up.
            pass
    title = title_of_address(suggestion.url)
    return _checked(Resource(url=suggestion.url, added_by=by, title=title), suggestion)


def _told_by(page: Page) -> dict[str, Any]:
    provider = Organisation.objects.published().filter(name__iexact=page.provider)
    return {
        **page.fields,
        "title": page.title,
        "provider": provider.order_by("pk").first() if page.provider else None,
    }


def _checked(resource: Resource, suggestion: Suggestion) -> Resource:
    resource.description = resource.description or suggestion.text
    if resource.description:
        resource.description_source = DescriptionSource.SCRAPED
    resource.full_clean()
    return resource


def _skill_of(suggestion: Suggestion) -> Skill | None:
    """The public skill that they named, or whose page they came from."""
    public = Skill.objects.published()
    named = public.filter(title__iexact=suggestion.skill) if suggestion.skill else public.none()
    return named.first() or public.filter(uid=suggestion.about_uid).first()
