"""Tags: free words beside skills, of the catalogue's own so that each keeps its synonyms."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from catalogue.models.public import Identified, PublicQuerySet, PublicRow
from catalogue.routes import address_of
from catalogue.triggers import WritesWords, marks_fresh, tracked
from catalogue.vocabularies import Status


class TagQuerySet(PublicQuerySet):
    def for_register(self) -> "TagQuerySet":
        """Slug, name and sort key of published tags, in order: tuples, since there may be many."""
        return self.for_listing().values_list("slug", "name", "sort_key")


@tracked(exclude=["sort_key", "modified"])
class Tag(PublicRow, TagBase):
    """A free word; “GDPR” and “gdpr” are one."""

    synonyms = ArrayField(
        models.CharField(max_length=100), verbose_name=_("synonyms"), default=list, blank=True
    )
    # A tag is public as soon as something public bears it.
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.PUBLISHED,
        db_index=True,
        editable=False,
    )

    objects = TagQuerySet.as_manager()
    title_field = "name"
    noun = "tag"

    class Meta(PublicRow.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        triggers = [
            *PublicRow.Meta.triggers,
            WritesWords("name", "synonyms", words="catalogue_name_words(NEW.name, NEW.synonyms)"),
        ]
        constraints = [
            *PublicRow.Meta.constraints,
            models.UniqueConstraint(
                Lower("name"),
                name="catalogue_tag_name_unique",
                violation_error_message=_("There is a tag of this name already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="catalogue_tag_name_given",
                violation_error_message=_("Give the tag a name."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address_of("catalogue:tag_detail", self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Straight to the row's own save: taggit's would number slugs in its own way.
        self.set_derived()
        PublicRow.save(self, *args, **kwargs)


@tracked()
class ResourceTag(ItemBase):
    """A resource bears a tag."""

    content_object = models.ForeignKey(
        "catalogue.Resource", on_delete=models.CASCADE, related_name="tag_links"
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="resource_links")

    class Meta:
        verbose_name = _("tag of the resource")
        verbose_name_plural = _("tags of the resource")
        triggers = [
            *Identified.Meta.triggers,
            *marks_fresh("tag_id", resource="content_object_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="catalogue_resourcetag_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_object}: {self.tag}"
