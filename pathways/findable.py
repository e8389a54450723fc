"""Pathways are found by their titles, and by the names of the skills that they practise."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from catalogue.findable import Findable
from catalogue.vocabularies import Status
from pathways.models import Pathway, RevisionSkill


def kinds() -> list[Findable]:
    skills = RevisionSkill.objects.filter(
        revision=OuterRef("published_revision"), skill__status=Status.PUBLISHED
    )
    return [
        Findable(
            kind="pathway",
            rank=20,
            heading=_("Pathways"),
            rows=Pathway.objects.published,
            route="pathways:pathway_detail",
            title="published_revision__title",
            i18n="published_revision__i18n",
            also=ArraySubquery(skills.order_by().values_list("skill__title")),
        )
    ]
