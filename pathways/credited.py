"""The skills that a curator's work tells they know."""

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalogue.models import Skill
from catalogue.vocabularies import Status
from curators.models import Curator
from pathways.models import Credit, Revision, RevisionSkill, Step


def skills_of(curator: Curator) -> QuerySet[Skill]:
    """Published skills that pathways practise which the curator put together, those first that most
    of their steps teach, then by title. One query."""
    current = Revision.objects.filter(
        pk=F("pathway__published_revision"),
        pathway__status=Status.PUBLISHED,
        pathway__credits__curator=curator,
        pathway__credits__kind=Credit.Kind.AUTHOR,
    )
    teaching = (
        Step.objects.filter(
            revision__in=current.values("pk"), resource__skill_links__skill=OuterRef("pk")
        )
        .order_by()
        .values("resource__skill_links__skill")
        .annotate(number=Count("pk", distinct=True))
    )
    practised = RevisionSkill.objects.filter(revision__in=current.values("pk"))
    return (
        Skill.objects.for_listing()
        .filter(pk__in=practised.values("skill"))
        .annotate(steps=Coalesce(Subquery(teaching.values("number")), 0))
        .order_by("-steps", "sort_key", "pk")
    )
