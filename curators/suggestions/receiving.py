"""Taking in what was sent: kept once, joined with what says the same."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from catalogue.addresses import canonical_address
from catalogue.merging import merged_into
from catalogue.models import Resource
from catalogue.vocabularies import Status
from curators.suggestions.models import Suggestion, SuggestionQuerySet, digest_of
from curators.suggestions.pages import Page


def resource_at(url: str) -> Resource | None:
    """The resource at `url`, whatever its state; of one that was merged, what stands for it. One query
    at most, and some for a merge."""
    if not url:
        return None
    found = Resource.objects.filter(canonical_url=canonical_address(url)).first()
    return found and (merged_into(found) or found)


def known_resource(url: str) -> Resource | None:
    """The resource at `url` that visitors know or knew: published or withdrawn.

    A draft is nobody's business: what is suggested again is taken in like anything else.
    """
    found = resource_at(url)
    return found if found and found.status in (Status.PUBLISHED, Status.WITHDRAWN) else None


def receive(kind: str, *, token: str, page: Page | None, facts: dict[str, str]) -> Suggestion:
    """Keeps what was sent under `token`; sent a second time, it is what is kept already."""
    Suggestion.objects.forget_addresses()
    row = page.row if page else None
    draft = resource_at(facts.get("url", ""))
    with transaction.atomic():
        new = Suggestion(kind=kind, about=page.path if page else "", resource=draft, **facts)
        new.about_uid = row.uid if row else None
        new.joins = _same_as(new)
        found, _is_new = Suggestion.objects.get_or_create(
            token_digest=digest_of(token),
            defaults={
                field.attname: getattr(new, field.attname)
                for field in Suggestion._meta.concrete_fields
                if field.name not in ("id", "token_digest")
            },
        )
    return found


def resources_changed(ids: Iterable[int]) -> list:
    """Answers whoever suggested what is public now. One query, or a few for each that is."""
    public = Resource.objects.filter(pk__in=ids, status=Status.PUBLISHED)
    waiting = Suggestion.objects.open().heads().filter(kind=Suggestion.Kind.RESOURCE)
    for one in waiting.filter(
        Q(resource__in=public) | Q(canonical_url__in=public.values("canonical_url"))
    ):
        resource = public.filter(Q(pk=one.resource_id) | Q(canonical_url=one.canonical_url)).first()
        one.reply(Suggestion.State.TAKEN, by=None, resource=resource)
    return []


def _same_as(new: Suggestion) -> Suggestion | None:
    """The first open one that says the same: the same link, the same problem of the same page."""
    open_ones: SuggestionQuerySet = Suggestion.objects.open().heads().filter(kind=new.kind)
    if new.kind == new.Kind.RESOURCE:
        return open_ones.filter(canonical_url=canonical_address(new.url)).first()
    if new.kind == new.Kind.PROBLEM and new.about_uid and new.problem != new.Problem.OTHER:
        return open_ones.filter(about_uid=new.about_uid, problem=new.problem).first()
    return None
