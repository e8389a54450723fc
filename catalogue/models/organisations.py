"""Who provides, curates and recommends."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.fields import AddressField
from catalogue.models.public import PublicQuerySet, PublicRow
from catalogue.registry import Point, gather
from catalogue.routes import address_of
from catalogue.standing import joined
from catalogue.triggers import RenamesProvider, WritesWords, tracked
from catalogue.vocabularies import Status


class OrganisationQuerySet(PublicQuerySet):
    def theirs(self, user: Any) -> Q:
        """A partner's organisations."""
        return joined(gather(Point.ORGANISATIONS_KEPT_BY, user))

    def for_register(self) -> "OrganisationQuerySet":
        """Slug, name, sort key and whether it is a sector body, of published ones in order: tuples,
        since there may be many."""
        return self.for_listing().values_list("slug", "name", "sort_key", "is_sector_body")


@tracked(exclude=["sort_key", "modified"])
class Organisation(PublicRow):
    """A body that provides a resource, employs a curator, or recommends a pathway."""

    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(
        _("summary"), max_length=400, blank=True, help_text=_("What it is, in one sentence.")
    )
    url = AddressField(_("its own address"), blank=True)
    is_sector_body = models.BooleanField(
        _("sector body"),
        default=False,
        help_text=_("It speaks for a sector, and may have editions of pathways of its own."),
    )
    # A name is a fact as soon as it is known: resources show it and link to it.
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.PUBLISHED,
        db_index=True,
        editable=False,
    )

    objects = OrganisationQuerySet.as_manager()
    title_field = "name"
    noun = "organisation"

    class Meta(PublicRow.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        triggers = [
            *PublicRow.Meta.triggers,
            RenamesProvider(),
            WritesWords("name", words="catalogue_name_words(NEW.name)"),
        ]
        constraints = [
            *PublicRow.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="catalogue_organisation_name_given",
                violation_error_message=_("Give the organisation’s name."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address_of("catalogue:organisation_detail", self.slug)
