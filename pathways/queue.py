"""What of the pathways needs an editor."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.vocabularies import Status
from curators.queue import Kind, Line, TableKind
from pathways.models import Revision


class Reviews(TableKind):
    """Drafts that curators sent in."""

    name, rank = "reviews", 10
    title = gettext_lazy("Pathways to review")
    can_dismiss = False

    def rows(self) -> QuerySet:
        # What has a time set has been decided.
        waiting = Revision.objects.filter(status=Status.IN_REVIEW, publish_at=None)
        related = waiting.select_related("pathway", "submitted_by")
        return related.order_by("submitted_at", "pk")

    def line(self, row: Revision) -> Line:
        is_public = row.pathway.published_revision_id is not None
        if is_public:
            why = _("%(by)s sent it in. It changes what readers see.")
        else:
            why = _("%(by)s sent it in. It is new.")
        return Line(
            key=str(row.pk),
            what=row.title,
            where=_review_of(row),
            why=why % {"by": row.submitted_by or _("Somebody")},
            since=row.submitted_at,
            links=[(_("Review"), _review_of(row))],
        )


def _review_of(row: Revision) -> str:
    return reverse("admin:pathways_revision_review", args=[row.pk])


def kinds() -> list[Kind]:
    return [Reviews()]
