"""What tests of a review begin with: people with their standing, and a draft that lacks nothing."""

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from curators.models import User
from pathways import publication
from pathways.models import Maintainer, Pathway, Revision
from tests.cast import Cast
from tests.factories import add_stage, add_step, make_draft

GUEST = ("view_pathway", "change_pathway", "add_pathway", "view_revision", "change_revision")
EDITOR = (*GUEST, "publish_revision", "publish_pathway", "publish_resource", "change_resource")


def empower(user: User, *codes: str) -> User:
    """`user` with these permissions, asked afresh."""
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    return User.objects.get(pk=user.pk)


def staffed(cast: Cast) -> Cast:
    """The cast with what their standing allows."""
    for guest in (cast.guest, cast.other_guest):
        empower(guest, *GUEST)
    empower(cast.editor, *EDITOR)
    return cast


def guests_draft(
    cast: Cast, title: str = "Old maps", *, steps: object = ("Look at one",)
) -> Revision:
    """A draft of one stage that the guest keeps."""
    draft = make_draft(title, by=cast.guest)
    Maintainer.objects.get_or_create(pathway=draft.pathway, user=cast.guest)
    stage = add_stage(draft)
    for step in steps:
        add_step(stage, step)
    return draft


def in_review(cast: Cast, **more: object) -> Revision:
    draft = guests_draft(cast, **more)
    publication.submit(draft, by=cast.guest, note="Please look at step 1.")
    return draft


def again(revision: Revision) -> Revision:
    return Revision.objects.get(pk=revision.pk)


def review(revision: Revision) -> str:
    return reverse("admin:pathways_revision_review", args=[revision.pk])


def comparison(revision: Revision, other: int | str = "") -> str:
    query = {"with": other} if other else None
    return reverse("admin:pathways_revision_compare", args=[revision.pk], query=query)


def revisions(pathway: Pathway) -> str:
    return reverse("admin:pathways_pathway_revisions", args=[pathway.pk])


def send(client: Client, revision: Revision, do: str = "save", **fields: str) -> object:
    """Sends the page of the review; names of fields have `__` where theirs have `-`."""
    typed = {name.replace("__", "-"): text for name, text in fields.items()}
    return client.post(review(revision), {"do": do, **typed})
