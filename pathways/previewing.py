"""A draft as readers will see it: for those who keep it, and for whoever has the link of the moment.

The link is signed, lives two weeks, and holds a key that the revision keeps: a new link makes the
one before void. It opens one revision, and dies when that is published.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string

from catalogue.models import Resource
from catalogue.vocabularies import Status
from pathways.models import Pathway, PreviewLink, Revision, Step

SALT = "pathways.preview"
VALID = timedelta(days=14)
OPEN = (Status.DRAFT, Status.IN_REVIEW)

# The address of the preview of the whole (None), of step `n`, or of a draft resource.
AddressOf = Callable[[Step | Resource | None], str]


def make_link(revision: Revision, *, by: Any) -> PreviewLink:
    """A new link to the revision; the one before leads nowhere from now on. Two queries."""
    said = {"key": get_random_string(22), "made_by": by, "made_at": timezone.now()}
    return PreviewLink.objects.update_or_create(revision=revision, defaults=said)[0]


def revoke_link(revision: Revision) -> None:
    PreviewLink.objects.filter(revision=revision).delete()


def link_of(revision: Revision) -> PreviewLink | None:
    """The link that opens the revision now, if one does. One query."""
    link = PreviewLink.objects.filter(revision=revision).first()
    return link if link and link.made_at + VALID > timezone.now() else None


def token_of(link: PreviewLink) -> str:
    """What stands in the address."""
    return signing.dumps([link.revision_id, link.key], salt=SALT)


def revision_of(token: str) -> Revision | None:
    """What `token` opens; None when it is forged, too old, replaced, or its revision published.
    One query, or none."""
    try:
        pk, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    link = PreviewLink.objects.select_related("revision").filter(revision=pk).first()
    if link is None or not constant_time_compare(link.key, key):
        return None
    is_open = link.revision.status in OPEN and link.made_at + VALID > timezone.now()
    return link.revision if is_open else None


def as_readers_will(revision: Revision, address_of: AddressOf) -> Pathway:
    """The pathway as if `revision` were published, every way within it leading on in the preview.

    Nothing of it may be saved. Five queries.
    """
    pathway = (
        Pathway.objects.select_related("organisation").with_credits().get(pk=revision.pathway_id)
    )
    revision.pathway = pathway
    pathway.published_revision = revision
    pathway.get_absolute_url = lambda: address_of(None)
    steps = list(revision.steps.with_card())
    for step in steps:
        step.revision = revision
        # One row each, so that the address goes with it.
        step.get_absolute_url = lambda step=step: address_of(step)
        for resource in (step.resource, step.stand_in):
            if resource is not None and resource.status in OPEN:
                resource.get_absolute_url = lambda row=resource: address_of(row)
    stages = list(revision.stages.order_by("position", "pk"))
    revision._prefetched_objects_cache = {"stages": stages, "steps": steps}
    revision.look_up_purpose()
    return pathway


def addresses_by(name: str, *first: Any) -> AddressOf:
    """Addresses under the name of the whole's, as in `pathways:preview`; those of steps and
    resources are called `<name>_step` and `<name>_resource`."""

    def address_of(part: Step | Resource | None) -> str:
        if part is None:
            return reverse(name, args=first)
        if isinstance(part, Step):
            return reverse(f"{name}_step", args=[*first, part.n])
        return reverse(f"{name}_resource", args=[*first, part.uid])

    return address_of
