"""What a curator's work comes to: pathways by what they did for them, and the skills they know."""

from collections.abc import Iterable

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalogue.models import Skill
from catalogue.vocabularies import Status
from curators.models import Curator
from pathways.models import Credit, Pathway, Revision, RevisionSkill, Step


def by_credit(pathways: Iterable[Pathway], curator: Curator) -> list[tuple[str, list[Pathway]]]:
    """(kind of Credit, pathways) in the order of the kinds: each pathway once, by the first kind
    that credits the curator. No query with `with_credits()`; kinds without any are left out.
    """
    sorted_out: dict[str, list[Pathway]] = {kind: [] for kind in Credit.Kind.values}
    for pathway in pathways:
        kinds = {credit.kind for credit in pathway.credits.all() if credit.curator_id == curator.pk}
        kind = next((one for one in sorted_out if one in kinds), None)
        if kind:
            sorted_out[kind].append(pathway)
    return [(kind, found) for kind, found in sorted_out.items() if found]


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
