"""What whoever keeps a pathway finds on its public page: the ways to their desk."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathways.models import Pathway
from pathways.reviewing.boards import page_of


def ways_to_desk(user: Any, pathway: Pathway) -> list[tuple[str, str]]:
    """(what, where); none for those who don’t keep it. Two queries, none for visitors."""
    if not user.is_staff or not Pathway.objects.kept_by(user).filter(pk=pathway.pk).exists():
        return []
    draft = pathway.draft()
    if draft:
        first = _("Go on with the draft"), page_of("build", draft)
    else:
        first = _("Start a new draft"), page_of("start_draft", pathway.published_revision)
    return [
        first,
        (_("All revisions"), reverse("admin:pathways_pathway_revisions", args=[pathway.pk])),
    ]
