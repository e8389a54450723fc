"""Pages of a preview: what readers will see, with a line above that says what it is.

The same pages stand behind a link (`/pathways/preview/<token>/`) and at the desk, for those who keep
the pathway; either way nobody else's cache or search engine may keep them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from catalogue.models import Resource
from pathways.models import Revision
from pathways.outline import outline_of
from pathways.previewing import OPEN, VALID, AddressOf, addresses_by, as_readers_will, revision_of
from pathways.reading import practised
from pathways.whereabouts import whereabouts


def kept_private(view: Callable) -> Callable:
    """For one person's eyes: no cache keeps it, no search engine, and no page elsewhere learns
    where somebody came from."""

    @wraps(view)
    @never_cache
    def private(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return private


# By a link


@kept_private
def preview(
    request: HttpRequest, token: str, n: int | None = None, uid: UUID | None = None
) -> HttpResponse:
    revision = revision_of(token)
    if revision is None:
        return render(request, "pathways/preview_over.html", {"days": VALID.days}, status=410)
    address_of = addresses_by("pathways:preview", token)
    return page(request, revision, address_of, n=n, uid=uid, is_by_link=True)


# Both


def page(
    request: HttpRequest,
    revision: Revision,
    address_of: AddressOf,
    *,
    n: int | None = None,
    uid: UUID | None = None,
    is_by_link: bool = False,
) -> HttpResponse:
    """The whole, its step `n`, or its draft resource `uid`."""
    pathway = as_readers_will(revision, address_of)
    about = {"pathway": pathway, "is_by_link": is_by_link, "days": VALID.days}
    if uid is not None:
        return _resource(request, revision, uid, about)
    outline = outline_of(revision)
    here = whereabouts(pathway, outline, n) if n is not None else None
    if n is not None and here is None:
        # Taken out since; the whole shows what there is.
        return redirect(address_of(None))
    if here is not None:
        context = {**about, "here": here, "practised": practised(here.step), "instead": None}
        return render(request, "pathways/preview_step.html", context)
    context = {**about, "outline": outline, "changes": [], "onwards": []}
    return render(request, "pathways/preview_pathway.html", context)


def _resource(request: HttpRequest, revision: Revision, uid: UUID, about: dict) -> HttpResponse:
    """A draft resource of the revision; any other is not there."""
    ours = {
        resource.pk
        for step in revision.steps.all()
        for resource in (step.resource, step.stand_in)
        if resource is not None and resource.status in OPEN
    }
    resource = Resource.objects.for_detail().filter(pk__in=ours, uid=uid).first()
    if resource is None:
        return redirect(about["pathway"].get_absolute_url())
    context = {
        **about,
        "resource": resource,
        "detailed": resource.with_details(),
        "on_the_way": [],
        "steps": [],
        "related": [],
        "doable": [],
    }
    return render(request, "pathways/preview_resource.html", context)
