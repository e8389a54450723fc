"""Resources: what there is to learn from, somewhere else on the web."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import JSONArray
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from catalogue.addresses import canonical_address
from catalogue.chosen import Chosen
from catalogue.constraints import choice, date_as_known
from catalogue.fields import AddressField
from catalogue.languages import lang_attribute, validate_language
from catalogue.locks import one_decision_at_a_time
from catalogue.models.frameworks import Competence
from catalogue.models.organisations import Organisation
from catalogue.models.public import Identified, PublicQuerySet, PublicRow
from catalogue.models.skills import Question, Skill
from catalogue.models.tags import ResourceTag, Tag
from catalogue.registry import Point, gather
from catalogue.routes import address_of
from catalogue.standing import is_editor, joined
from catalogue.triggers import WritesWords, marks_fresh, tracked
from catalogue.vocabularies import (
    Access,
    Cost,
    DescriptionSource,
    DurationSource,
    Proficiency,
    ResourceType,
    Status,
)

# A thousand hours: more than any course here, less than a slip of the keyboard.
LONGEST_MINUTES = 60_000

# Of a link to a skill: proficiency, and primary key, slug, title and translations of the skill.
Taught = tuple[str, int, str, str, "dict[str, str] | None"]

# What a card tells of its resource; the rest of the row is not loaded.
CARD = (
    *("uid", "slug", "status", "published_at", "url", "title", "description"),
    *("description_language", "resource_type", "proficiency", "languages", "cost", "access"),
    *("duration_minutes", "duration_source", "pathway_count"),
    *("provider__slug", "provider__name", "provider__status"),
    *("link__state", "link__checked_at", "link__worked_at"),
)


class ResourceQuerySet(PublicQuerySet):
    def theirs(self, user: Any) -> Q:
        """What `user` added, or uses in any revision of a pathway of theirs."""
        return Q(added_by=user.pk) | joined(gather(Point.RESOURCES_USED_BY, user))

    def kept_by(self, user: Any) -> "ResourceQuerySet":
        """All for an editor; for others drafts of theirs that nobody else uses: what is shared, they
        can only propose to change."""
        if is_editor(user):
            return self
        answers = Question.resources.through.objects.filter(resource=models.OuterRef("pk"))
        elsewhere = joined(gather(Point.RESOURCES_USED_ELSEWHERE, user))
        drafts = self.filter(self.of(user), published_at__isnull=True)
        return drafts.exclude(elsewhere | Q(models.Exists(answers)))

    def with_facts(self) -> "ResourceQuerySet":
        """What a resource card without skills tells, and no more: its own facts, provider, link
        health."""
        return self.select_related("provider", "link").only(*CARD)

    def with_card(self) -> "ResourceQuerySet":
        """What a resource card tells, and no more: its facts and `skill_links`. One query more."""
        return self.with_facts().with_skill_links()

    def with_skill_links(self) -> "ResourceQuerySet":
        """With `skill_links` to published skills by title, as far as names go. One query more."""
        return self.prefetch_related(_skill_links())

    def last_visited(self) -> "ResourceQuerySet":
        """Those whose links were ever visited, the latest first."""
        return self.filter(link__checked_at__isnull=False).order_by("-link__checked_at", "-pk")

    def chosen(self, pks: Iterable[int]) -> "Chosen[Resource]":
        """Those of the rows that have one of `pks`, in the order of `pks`, read with what their cards
        tell when somebody asks for more than the cards that are kept. One query then."""
        return Chosen(list(pks), self.cards)

    def cards(self, pks: Sequence[int]) -> "list[Resource]":
        """Those of the rows that have one of `pks`, in the order of `pks`, with what their cards tell: a
        list, since skills are put in place by hand, in half the time of a prefetch. One query."""
        rows = self.with_facts().annotate(taught=_taught()).in_order_of(pks)
        skills: dict[int, Skill] = {}
        for row in rows:
            links = row.links_to(row.taught, skills)
            row._prefetched_objects_cache = {"skill_links": links}
        return rows

    def by_address(self, keys: Iterable[str]) -> "dict[str, Resource]":
        """The resource at each of the canonical addresses `keys`, now or before its link moved: those
        that there are. Two queries."""
        keys = set(keys)
        found = {row.canonical_url: row for row in self.filter(canonical_url__in=keys)}
        former = self.filter(former_links__canonical_url__in=keys - found.keys())
        for row in former.annotate(former_key=models.F("former_links__canonical_url")):
            found[row.former_key] = row
        return found

    def for_listing(self) -> "ResourceQuerySet":
        """Published resources with what their cards tell, by title. Two queries."""
        return super().for_listing().with_card()

    def for_detail(self) -> "ResourceQuerySet":
        """What a resource's page shows of the resource itself. One query; see also `with_details`."""
        return self.select_related("provider", "link")


def _skill_links() -> models.Prefetch:
    links = ResourceSkill.objects.filter(skill__status=Status.PUBLISHED).select_related("skill")
    lean = links.only("resource_id", "proficiency", "skill__slug", "skill__title", "skill__i18n")
    return models.Prefetch("skill_links", lean.order_by("skill__sort_key", "pk"))


def _taught() -> ArraySubquery:
    """Of each resource its links to published skills by title: proficiency, and what names the skill."""
    links = ResourceSkill.objects.filter(
        resource=models.OuterRef("pk"), skill__status=Status.PUBLISHED
    )
    facts = ("proficiency", "skill_id", "skill__slug", "skill__title", "skill__i18n")
    return ArraySubquery(links.order_by("skill__sort_key", "pk").values_list(JSONArray(*facts)))


def _borne() -> ArraySubquery:
    """Of each resource its tags by name: primary key, slug and name."""
    tags = Tag.objects.filter(resource_links__content_object=models.OuterRef("pk"))
    facts = JSONArray("pk", "slug", "name")
    return ArraySubquery(tags.order_by("sort_key", "pk").values_list(facts))


@tracked(exclude=["sort_key", "modified", "pathway_count", "added_by"])
class Resource(PublicRow):
    """One thing to learn from (schema.org LearningResource): what it is and where, never a copy."""

    url = AddressField(
        _("address"), help_text=_("Where people get it, as they would copy it from their browser.")
    )
    canonical_url = models.TextField(
        _("address for comparing"),
        unique=True,
        editable=False,
        error_messages={"unique": _("A resource with this address is in the catalogue already.")},
    )
    title = models.CharField(_("title"), max_length=300, help_text=_("In its own language."))
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("One or two sentences: what people will be able to do."),
    )
    description_language = models.CharField(
        _("language of the description"),
        max_length=35,
        default="en",
        validators=[validate_language],
    )
    description_source = models.CharField(
        _("who wrote the description"),
        max_length=8,
        choices=DescriptionSource,
        default=DescriptionSource.EDITOR,
        help_text=_("A description taken from the page has to be rewritten before it is public."),
    )
    provider = models.ForeignKey(
        Organisation,
        verbose_name=_("provider"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
    )
    authors = ArrayField(
        models.CharField(max_length=200), verbose_name=_("authors"), default=list, blank=True
    )
    resource_type = models.CharField(_("type"), max_length=10, choices=ResourceType, blank=True)
    proficiency = models.CharField(
        _("proficiency"),
        max_length=12,
        choices=Proficiency,
        blank=True,
        help_text=_("For whom it is, over all; each skill may say more."),
    )
    languages = ArrayField(
        models.CharField(max_length=35, validators=[validate_language]),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("Tags as in en, cy or pt-BR, separated by commas; the main one first."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=60,
        blank=True,
        help_text=_("SPDX identifier; empty if not stated."),
    )
    cost = models.CharField(_("cost"), max_length=12, choices=Cost, blank=True, default=Cost.FREE)
    duration_minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    duration_source = models.CharField(
        _("who says how long"), max_length=8, choices=DurationSource, blank=True
    )
    date_published = models.CharField(
        _("date of publication"),
        max_length=10,
        blank=True,
        help_text=_("As exact as known: 2025-11."),
    )
    access = ArrayField(
        models.CharField(max_length=15, choices=Access),
        verbose_name=_("accessibility"),
        default=list,
        blank=True,
    )
    reviewed_at = models.DateTimeField(_("last read by an editor"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Derived: how many published pathways have it as a step or stand-in. Written by pathways.
    pathway_count = models.PositiveIntegerField(_("pathways"), default=0, editable=False)
    skills = models.ManyToManyField(Skill, through="ResourceSkill", related_name="resources")
    tags = TaggableManager(through=ResourceTag, blank=True, verbose_name=_("tags"))

    objects = ResourceQuerySet.as_manager()
    noun = "resource"
    written_apart = ("pathway_count",)
    # What pathways of it follow.
    FOLLOWED = ("duration_minutes", "status")

    class Meta(PublicRow.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        triggers = [
            *PublicRow.Meta.triggers,
            WritesWords(
                *("title", "provider_id", "authors", "description"),
                *("languages", "description_language"),
                words="""
                    catalogue_resource_words(
                        NEW.title,
                        (SELECT name FROM catalogue_organisation WHERE id = NEW.provider_id FOR SHARE),
                        NEW.authors, NEW.description, NEW.languages, NEW.description_language
                    )
                """,
            ),
            *marks_fresh(
                *("status", "sort_key", "published_at", "resource_type", "cost", "proficiency"),
                *("duration_minutes", "languages", "access", "provider_id", "pathway_count > 0"),
                "found_by",
                where="status = 'published'",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sort_key", "id"],
                name="catalogue_resource_by_title",
                condition=Q(status="published"),
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="catalogue_resource_newest",
                condition=Q(status="published"),
            ),
            models.Index(
                fields=["duration_minutes", "id"],
                name="catalogue_resource_shortest",
                condition=Q(status="published"),
            ),
        ]
        constraints = [
            *PublicRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(id__gte=1, id__lt=2**31),
                name="catalogue_resource_id_countable",
                violation_error_message=_("The number of a resource is from 1 to 2,147,483,647."),
            ),
            models.CheckConstraint(
                condition=Q(url__regex=r"^https?://[^/\s]+"),
                name="catalogue_resource_url_http",
                violation_error_message=_("An address starts with https:// or http://."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="catalogue_resource_title_given",
                violation_error_message=_("Give the resource’s title."),
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__isnull=True)
                | Q(duration_minutes__gte=1, duration_minutes__lte=LONGEST_MINUTES),
                name="catalogue_resource_minutes_sensible",
                violation_error_message=_(
                    "Minutes are a number from 1 to 60,000; leave it empty if unknown."
                ),
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__isnull=True, duration_source="")
                | Q(duration_minutes__isnull=False, duration_source__in=DurationSource.values),
                name="catalogue_resource_minutes_sourced",
                violation_error_message=_("Say who gives the minutes, the provider or we."),
            ),
            date_as_known("catalogue", "resource"),
            models.CheckConstraint(
                condition=Q(access__contained_by=Access.values),
                name="catalogue_resource_access_known",
                violation_error_message=_("This accessibility fact is none that Waymark knows."),
            ),
            choice("catalogue", "resource", "resource_type", ResourceType, blank=True),
            choice("catalogue", "resource", "proficiency", Proficiency, blank=True),
            choice("catalogue", "resource", "cost", Cost, blank=True),
            choice("catalogue", "resource", "description_source", DescriptionSource),
            models.CheckConstraint(
                condition=~Q(status="published")
                | (~Q(resource_type="") & ~Q(cost="") & Q(languages__len__gte=1)),
                name="catalogue_resource_published_complete",
                violation_error_message=_(
                    "A public resource needs a type, a cost and at least one language."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="published", description_source="scraped"),
                name="catalogue_resource_published_rewritten",
                violation_error_message=_(
                    "Rewrite the description in your own words, then say that it is written for Waymark."
                ),
            ),
        ]

    def with_details(self) -> "Resource":
        """Itself, with its skills and their competences, its own competences, all public, and its tags.
        Three queries, none the second time."""
        kept = self.__dict__.setdefault("_prefetched_objects_cache", {})
        if "tags" not in kept:
            own = Resource.objects.filter(pk=self.pk)
            taught, tags = own.values_list(_taught(), _borne()).first() or ([], [])
            kept["skill_links"] = self.links_to(taught, {})
            kept["tags"] = [Tag(pk=pk, slug=slug, name=name) for pk, slug, name in tags]
        competences = (
            Competence.objects.public()
            .select_related("framework")
            .order_by("framework__position", "framework__sort_key", "position", "code")
        )
        stated = (
            ResourceCompetence.objects.filter(competence__framework__status=Status.PUBLISHED)
            .select_related("competence__framework")
            .order_by("competence__framework__position", "competence__position", "pk")
        )
        models.prefetch_related_objects(
            [self],
            models.Prefetch("skill_links__skill__competences", competences),
            models.Prefetch("competence_links", stated),
        )
        return self

    def links_to(
        self, taught: "Iterable[Taught]", skills: dict[int, Skill]
    ) -> "list[ResourceSkill]":
        """Its links to skills as _taught() tells them; `skills`: those that are known, which grow."""
        links = []
        for level, pk, slug, title, i18n in taught:
            skill = skills.setdefault(pk, Skill(pk=pk, slug=slug, title=title, i18n=i18n))
            links.append(ResourceSkill(resource_id=self.pk, skill=skill, proficiency=level))
        return links

    def get_absolute_url(self) -> str:
        return address_of("catalogue:resource_detail", self.slug)

    def set_derived(self) -> None:
        super().set_derived()
        self.canonical_url = canonical_address(self.url)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves, and in the same transaction lets higher apps follow changed minutes or state."""
        fields = kwargs.get("update_fields")
        if fields is not None and "url" in fields:
            kwargs["update_fields"] = {*fields, "canonical_url"}
        with transaction.atomic():
            changed = self._changes(fields)
            is_followed = not changed.isdisjoint(self.FOLLOWED)
            if is_followed or "url" in changed:
                one_decision_at_a_time()
            super().save(*args, **kwargs)
            if is_followed:
                gather(Point.RESOURCES_CHANGED, [self.pk])
            if "url" in changed:
                self._visit_anew()

    def _changes(self, fields: Iterable[str] | None) -> set[str]:
        """Which of FOLLOWED and the address saving `fields` (None: all) writes anew. One query."""
        names = (*self.FOLLOWED, "url")
        saved = [name for name in names if fields is None or name in fields]
        if self._state.adding or not saved:
            return set()
        before = Resource._base_manager.filter(pk=self.pk).values(*saved).first() or {}
        return {name for name in before if getattr(self, name) != before[name]}

    def _visit_anew(self) -> None:
        """What visits found at another address says nothing of this one."""
        link = apps.get_model("catalogue", "LinkHealth").objects.filter(pk=self.pk).first()
        if link is not None:
            link.begin_anew()
            link.save()

    def clean(self) -> None:
        super().clean()
        twin = Resource.objects.filter(canonical_url=self.canonical_url).exclude(pk=self.pk)
        former = Resource.objects.filter(former_links__canonical_url=self.canonical_url)
        if twin.exists() or former.exclude(pk=self.pk).exists():
            field = Resource._meta.get_field("canonical_url")
            raise ValidationError({"url": field.error_messages["unique"]})
        if self.status == Status.PUBLISHED and self.pk:
            merge = self.merges.standing().select_related("kept").first()
            if merge:
                told = _("It is merged into “%(kept)s”: undo that first.")
                raise ValidationError(told % {"kept": merge.kept})

    def validate_unique(self, exclude: Iterable[str] | None = None) -> None:
        # clean() tells of a twin, at the field that people fill in.
        super().validate_unique({*(exclude or ()), "canonical_url"})

    def lacks(self) -> list[str]:
        """What keeps a draft from being public, a sentence each. No query.

        Of all its rules, those that a draft may break; whatever else is wrong was never saved.
        """
        is_complete = bool(self.resource_type and self.cost and self.languages)
        is_rewritten = self.description_source != DescriptionSource.SCRAPED
        kept = {
            "catalogue_resource_published_complete": is_complete,
            "catalogue_resource_published_rewritten": is_rewritten,
        }
        return [
            str(rule.get_violation_error_message())
            for rule in self._meta.constraints
            if kept.get(rule.name) is False
        ]

    @property
    def language(self) -> str:
        """The main language; empty when none is known."""
        return self.languages[0] if self.languages else ""

    @property
    def lang(self) -> SafeString:
        """` lang="…"` for the title, which is in the resource's own language."""
        return lang_attribute(self.language)

    @property
    def description_lang(self) -> SafeString:
        return lang_attribute(self.description_language)

    @property
    def is_estimate(self) -> bool:
        """Whether its minutes are to be shown as “about”."""
        return self.duration_source == DurationSource.ESTIMATE


@tracked()
class ResourceSkill(models.Model):
    """A resource teaches a skill, at a proficiency where that is known (schema.org teaches)."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="resource_links")
    proficiency = models.CharField(
        _("proficiency"),
        max_length=12,
        choices=Proficiency,
        blank=True,
        help_text=_("Left empty, it takes the resource’s own, as it is now."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("skill of the resource")
        verbose_name_plural = _("skills of the resource")
        triggers = [
            *Identified.Meta.triggers,
            *marks_fresh("skill_id", "proficiency", resource="resource_id"),
        ]
        indexes = [
            models.Index(
                fields=["skill", "proficiency", "resource"], name="catalogue_resourceskill_find"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "skill", "proficiency"],
                name="catalogue_resourceskill_unique",
                violation_error_message=_(
                    "The resource has this skill at this proficiency already."
                ),
            ),
            choice("catalogue", "resourceskill", "proficiency", Proficiency, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.skill}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_derived()
        super().save(*args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.set_derived()
        super().full_clean(*args, **kwargs)

    def set_derived(self) -> None:
        """Takes the resource's own proficiency where none is given."""
        if not self.proficiency and self.resource_id:
            self.proficiency = self.resource.proficiency


@tracked()
class ResourceCompetence(models.Model):
    """A direct statement that a resource teaches a competence, beside what its skills say."""

    class Source(models.TextChoices):
        EDITOR = "editor", _("an editor")
        PROVIDER = "provider", _("the provider")
        IMPORT = "import", _("another catalogue")

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="competence_links"
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, related_name="resource_links"
    )
    proficiency = models.CharField(_("proficiency"), max_length=12, choices=Proficiency, blank=True)
    source = models.CharField(_("who says so"), max_length=8, choices=Source, default=Source.EDITOR)

    class Meta:
        verbose_name = _("competence of the resource")
        verbose_name_plural = _("competences of the resource")
        triggers = [
            *Identified.Meta.triggers,
            *marks_fresh("competence_id", "proficiency", resource="resource_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "competence", "proficiency"],
                name="catalogue_resourcecompetence_unique",
                violation_error_message=_("The resource has this competence already."),
            ),
            choice("catalogue", "resourcecompetence", "proficiency", Proficiency, blank=True),
            models.CheckConstraint(
                condition=Q(source__in=["editor", "provider", "import"]),
                name="catalogue_resourcecompetence_source_known",
                violation_error_message=_("Say who made the statement."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.competence}"
