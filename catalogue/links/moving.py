"""A link moved for good: the new address taken over, the old one still known."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.locks import one_decision_at_a_time
from catalogue.models import Decision, FormerLink, LinkHealth, Resource
from catalogue.vocabularies import LinkState


@transaction.atomic
def accept_move(resource: Resource, *, by: Any, to: str = "") -> None:
    """Gives `resource` the address that its link moved to, and leaves a Decision.

    The old one stays known: imports and pastes still find the resource by it. `to` is the address
    that somebody saw when they decided. Raises ValidationError where that is another by now, where
    there is none, or where another resource has it.
    """
    one_decision_at_a_time()
    link = LinkHealth.objects.select_for_update().filter(pk=resource.pk).first()
    if link is None or not link.moved_to or (to and to != link.moved_to):
        raise ValidationError(_("The link leads elsewhere by now: look at it again."))
    resource.refresh_from_db()
    old, resource.url = resource.url, link.moved_to
    resource.full_clean()
    FormerLink.objects.filter(canonical_url=resource.canonical_url).delete()
    found = {
        name: getattr(link, name)
        for name in ("since", "checked_at", "worked_at", "due_at", "answer")
    }
    resource.save(update_fields=["url"])
    _remember(resource, old)
    LinkHealth(resource=resource, state=LinkState.WORKS, **found).save()
    note = _("From %(old)s to %(new)s.") % {"old": old, "new": resource.url}
    Decision.record(resource, "moved", by=by, note=note)


def _remember(resource: Resource, old: str) -> None:
    former = FormerLink(resource=resource, url=old)
    former.set_derived()
    if former.canonical_url != resource.canonical_url:
        # Going back and forth, it may have been a former one before.
        FormerLink.objects.filter(canonical_url=former.canonical_url).delete()
        former.save()
