"""What people look for in their own words: skills, the roles that need them, and questions."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from catalogue.constraints import choice
from catalogue.languages import Worded
from catalogue.models.frameworks import Competence
from catalogue.models.public import Identified, PublicQuerySet, PublicRow
from catalogue.routes import address_of
from catalogue.triggers import KeepsPartOfPublished, WritesWords, tracked
from catalogue.vocabularies import Proficiency, Sector

DERIVED = ["sort_key", "modified"]
SKILLS_OF_A_ROLE = 15


class SkillQuerySet(PublicQuerySet):
    def realising(self, competence: Competence) -> "SkillQuerySet":
        """Published skills of the competence and of all that stand in it, by title. Two queries."""
        links = SkillCompetence.objects.filter(competence__in=competence.with_all_below())
        return self.for_names().filter(pk__in=links.values("skill"))

    def for_names(self) -> "SkillQuerySet":
        """Published skills as far as lists of their names go."""
        return self.for_listing().only("slug", "title", "i18n", "summary", "sort_key", "status")

    def for_detail(self) -> "SkillQuerySet":
        """With the competences of its page. One query more; see also `Skill.around`."""
        return self.prefetch_related(
            models.Prefetch(
                "competences",
                Competence.objects.public()
                .select_related("framework")
                .order_by("framework__position", "framework__sort_key", "position", "code"),
            )
        )


@dataclass(frozen=True)
class Around:
    """What stands around a skill, as far as names and addresses go."""

    statements: list["SkillStatement"]
    related: list["Skill"]
    roles: list["RoleSkill"]
    questions: list["Question"]


@tracked(exclude=DERIVED)
class Skill(Worded, PublicRow):
    """Something people here want to be able to do, in Waymark's own words."""

    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("As staff would say it: “Protecting readers’ privacy”."),
    )
    summary = models.CharField(
        _("summary"), max_length=400, blank=True, help_text=_("One sentence.")
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    synonyms = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("What else people type for it, separated by commas."),
    )
    competences = models.ManyToManyField(
        Competence, through="SkillCompetence", related_name="skills", verbose_name=_("competences")
    )
    related = models.ManyToManyField(
        "self", symmetrical=True, blank=True, verbose_name=_("related skills")
    )
    i18n = TranslationField(fields=("title", "summary", "description"))

    objects = SkillQuerySet.as_manager()
    noun = "skill"

    class Meta(PublicRow.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        triggers = [
            *PublicRow.Meta.triggers,
            WritesWords(
                *("title", "synonyms", "i18n"),
                words="catalogue_name_words(NEW.title, NEW.synonyms, NEW.i18n)",
            ),
        ]
        constraints = [
            *PublicRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title=""),
                name="catalogue_skill_title_given",
                violation_error_message=_("Give the skill a title."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published", summary=""),
                name="catalogue_skill_published_complete",
                violation_error_message=_(
                    "A public skill needs a summary: say in a sentence what it is."
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address_of("catalogue:skill_detail", self.slug)

    def around(self) -> Around:
        """What its page shows beside resources and pathways: its sentences, and public skills, roles
        and questions, by title. One query, since four kinds of a few rows each are told alike."""
        parts = [
            _told("statement", self.statements.all(), "proficiency", "text", "i18n"),
            _told("skill", self.related.published(), "slug", "title", "i18n", "sort_key"),
            _told(
                *("role", self.role_links.filter(role__status="published")),
                *("role__slug", "role__title", "role__i18n", "role__sort_key", "proficiency"),
            ),
            _told("question", self.questions.published(), "slug", "title", "i18n", "sort_key"),
        ]
        told: dict[str, list[tuple]] = {}
        rows = parts[0].union(*parts[1:], all=True)
        for kind, key, text, i18n, _sort, level in sorted(rows, key=lambda row: (row[4], row[1])):
            told.setdefault(kind, []).append((key, text, i18n, level))
        around = Around(
            statements=[
                SkillStatement(skill=self, proficiency=level, text=text, i18n=i18n)
                for level, text, i18n, _level in told.get("statement", [])
            ],
            related=[_named(Skill, *row) for row in told.get("skill", [])],
            roles=[
                RoleSkill(role=_named(Role, *row), skill=self, proficiency=row[3])
                for row in told.get("role", [])
            ],
            questions=[_named(Question, *row) for row in told.get("question", [])],
        )
        # As a prefetch does, so that `statements.all()` and `related.all()` ask no more.
        known = self.__dict__.setdefault("_prefetched_objects_cache", {})
        known.update(statements=around.statements, related=around.related)
        return around


def _told(
    kind: str,
    rows: models.QuerySet,
    key: str,
    text: str,
    i18n: str,
    sort: str = "",
    level: str = "",
) -> models.QuerySet:
    """`rows` in the columns that Skill.around unites."""
    return rows.order_by().values_list(
        models.Value(kind),
        models.F(key),
        models.F(text),
        models.F(i18n),
        models.F(sort) if sort else models.Value(""),
        models.F(level) if level else models.Value(""),
    )


def _named(model: type[PublicRow], slug: str, title: str, i18n: dict, _level: str) -> PublicRow:
    return model(slug=slug, title=title, i18n=i18n, status="published")


@tracked()
class SkillCompetence(models.Model):
    """A skill realises a competence, wholly or in part."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="competence_links")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="skill_links")

    class Meta:
        verbose_name = _("competence of the skill")
        verbose_name_plural = _("competences of the skill")
        triggers = Identified.Meta.triggers
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "competence"],
                name="catalogue_skillcompetence_unique",
                violation_error_message=_("The skill has this competence already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.competence}"


@tracked()
class SkillStatement(Worded, Identified):
    """A plain “I can …” sentence: what the skill looks like at one proficiency."""

    skill = models.ForeignKey(
        Skill, on_delete=models.CASCADE, related_name="statements", verbose_name=_("skill")
    )
    proficiency = models.CharField(_("proficiency"), max_length=12, choices=Proficiency)
    text = models.CharField(_("I can …"), max_length=300)
    i18n = TranslationField(fields=("text",))

    class Meta(Identified.Meta):
        verbose_name = _("skill statement")
        verbose_name_plural = _("skill statements")
        triggers = [
            *Identified.Meta.triggers,
            KeepsPartOfPublished(whole="catalogue_skill", column="skill_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "proficiency"],
                name="catalogue_skillstatement_unique",
                violation_error_message=_("The skill has a sentence for this proficiency already."),
            ),
            choice("catalogue", "skillstatement", "proficiency", Proficiency),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="catalogue_skillstatement_text_given",
                violation_error_message=_("Write the sentence."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.skill.get_absolute_url()}#{self.proficiency}"

    def public_status(self) -> str:
        return self.skill.status


class RoleQuerySet(PublicQuerySet):
    def for_names(self) -> "RoleQuerySet":
        """Published roles as far as lists of their names go."""
        return self.for_listing().only("slug", "title", "i18n", "sort_key", "status")

    def for_detail(self) -> "RoleQuerySet":
        """With the skills it needs, in order. One query more."""
        return self.prefetch_related(
            models.Prefetch(
                "skill_links",
                RoleSkill.objects.filter(skill__status="published")
                .select_related("skill")
                .order_by("position"),
            )
        )


@tracked(exclude=DERIVED)
class Role(Worded, PublicRow):
    """A job or volunteer role, with the skills it needs."""

    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    sectors = ArrayField(
        models.CharField(max_length=10, choices=Sector),
        verbose_name=_("sectors"),
        default=list,
        blank=True,
    )
    is_volunteer = models.BooleanField(_("volunteer role"), default=False)
    skills = models.ManyToManyField(Skill, through="RoleSkill", related_name="roles")
    i18n = TranslationField(fields=("title", "summary", "description"))

    objects = RoleQuerySet.as_manager()
    noun = "role"

    class Meta(PublicRow.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            *PublicRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title=""),
                name="catalogue_role_title_given",
                violation_error_message=_("Give the role a title."),
            ),
            models.CheckConstraint(
                condition=Q(sectors__contained_by=Sector.values),
                name="catalogue_role_sectors_known",
                violation_error_message=_("Sectors are libraries, museums and arts."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address_of("catalogue:role_detail", self.slug)


@tracked()
class RoleSkill(models.Model):
    """A role needs a skill at a proficiency. Fifteen places, so a role has fifteen skills at most."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="role_links")
    proficiency = models.CharField(_("proficiency"), max_length=12, choices=Proficiency)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("skill of the role")
        verbose_name_plural = _("skills of the role")
        ordering = ["role", "position"]
        triggers = Identified.Meta.triggers
        constraints = [
            models.UniqueConstraint(
                fields=["role", "skill"],
                name="catalogue_roleskill_unique",
                violation_error_message=_("The role has this skill already."),
            ),
            models.UniqueConstraint(
                fields=["role", "position"],
                name="catalogue_roleskill_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=SKILLS_OF_A_ROLE),
                name="catalogue_roleskill_fifteen",
                violation_error_message=_(
                    "A role needs fifteen skills at most: keep the ones that matter."
                ),
            ),
            choice("catalogue", "roleskill", "proficiency", Proficiency),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.skill} ({self.proficiency})"


class QuestionQuerySet(PublicQuerySet):
    def for_detail(self) -> "QuestionQuerySet":
        """With the skills that answer it. One query more; its resources are listed apart."""
        return self.prefetch_related(
            models.Prefetch("skills", Skill.objects.published().order_by("sort_key", "pk"))
        )


@tracked(exclude=DERIVED)
class Question(Worded, PublicRow):
    """A plain question as an entrance, as staff would ask it."""

    title = models.CharField(
        _("question"), max_length=200, help_text=_("“How do I record an oral history on a phone?”")
    )
    answer = models.TextField(
        _("short answer"), blank=True, help_text=_("Markdown, a few sentences.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("The lowest come first on the home page.")
    )
    skills = models.ManyToManyField(
        Skill, blank=True, related_name="questions", verbose_name=_("skills")
    )
    resources = models.ManyToManyField(
        "catalogue.Resource", blank=True, related_name="questions", verbose_name=_("resources")
    )
    i18n = TranslationField(fields=("title", "answer"))

    objects = QuestionQuerySet.as_manager()
    noun = "question"

    class Meta(PublicRow.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            *PublicRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title=""),
                name="catalogue_question_title_given",
                violation_error_message=_("Write the question."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address_of("catalogue:question_detail", self.slug)


# Plain links, told apart only so that their changes are kept and move the site as all others do.


@tracked()
class RelatedSkills(Skill.related.through):
    """Two skills are related, told from one of them."""

    class Meta:
        proxy = True
        triggers = Identified.Meta.triggers


@tracked()
class QuestionSkill(Question.skills.through):
    """A skill answers a question."""

    class Meta:
        proxy = True
        triggers = Identified.Meta.triggers


@tracked()
class QuestionResource(Question.resources.through):
    """A resource answers a question."""

    class Meta:
        proxy = True
        triggers = Identified.Meta.triggers
