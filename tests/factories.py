"""Makes rows for tests: what a test is about stands in it, the rest is a default here.

Published by default, since most tests are about what readers see; `published=False` keeps a draft.
"""

from datetime import date
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from catalogue import models as catalogue
from catalogue.vocabularies import (
    Cost,
    LinkState,
    Proficiency,
    ResourceType,
    SkosRelation,
    Status,
)
from curators.models import Curator, Invitation, Membership, QueueMark, Suggestion, User
from pathways import models as pathways
from pathways import publication


class PublicFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        # Hooks here write rows of their own, so that the row itself need not be saved again.
        skip_postgeneration_save = True

    class Params:
        published = True

    status = factory.LazyAttribute(lambda o: Status.PUBLISHED if o.published else Status.DRAFT)


class OrganisationFactory(PublicFactory):
    class Meta:
        model = catalogue.Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")


class FrameworkFactory(PublicFactory):
    class Meta:
        model = catalogue.Framework

    slug = factory.LazyAttribute(lambda o: f"{o.family}-{o.version}")
    family = factory.Sequence(lambda n: f"framework{n}")
    version = "1.0"
    title = factory.LazyAttribute(lambda o: f"{o.family.title()} {o.version}")


class CompetenceFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.Competence

    framework = factory.SubFactory(FrameworkFactory)
    code = factory.Sequence(lambda n: f"9.{n}")
    title = factory.LazyAttribute(lambda o: f"Competence {o.code}")


class LevelFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.Level

    framework = factory.SubFactory(FrameworkFactory)
    code = factory.Sequence(lambda n: f"L{n}")
    title = factory.LazyAttribute(lambda o: f"Level {o.code}")


class StatementFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.Statement

    competence = factory.SubFactory(CompetenceFactory)
    code = factory.Sequence(lambda n: f"9.9.{n}")
    kind = catalogue.Statement.Kind.STATEMENT
    text = "Knows how."


class CrosswalkFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.Crosswalk

    source = factory.SubFactory(CompetenceFactory)
    target = factory.SubFactory(CompetenceFactory)
    relation = SkosRelation.CLOSE


class SkillFactory(PublicFactory):
    class Meta:
        model = catalogue.Skill

    title = factory.Sequence(lambda n: f"Skill {n}")
    summary = "What it is, in one sentence."

    @factory.post_generation
    def competences(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for competence in extracted or []:
            catalogue.SkillCompetence.objects.create(skill=self, competence=competence)


class SkillStatementFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.SkillStatement

    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.BASIC
    text = "I can do it when somebody shows me."


class RoleFactory(PublicFactory):
    class Meta:
        model = catalogue.Role

    title = factory.Sequence(lambda n: f"Role {n}")


class RoleSkillFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.RoleSkill

    role = factory.SubFactory(RoleFactory)
    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.BASIC
    position = 1


class QuestionFactory(PublicFactory):
    class Meta:
        model = catalogue.Question

    title = factory.Sequence(lambda n: f"How do I do thing {n}?")
    answer = "Like this."


class TagFactory(PublicFactory):
    class Meta:
        model = catalogue.Tag

    name = factory.Sequence(lambda n: f"tag {n}")


class ResourceFactory(PublicFactory):
    """`skills=[skill, (skill, "basic")]` ties it to skills; `link="gone"` gives it link health."""

    class Meta:
        model = catalogue.Resource

    url = factory.Sequence(lambda n: f"https://example.org/resources/{n}")
    title = factory.Sequence(lambda n: f"Resource {n}")
    description = "Afterwards you can do one thing more."
    provider = factory.SubFactory(OrganisationFactory)
    resource_type = ResourceType.GUIDE
    proficiency = Proficiency.BASIC
    languages = ["en"]
    cost = Cost.FREE
    duration_minutes = 20
    duration_source = factory.LazyAttribute(lambda o: "provider" if o.duration_minutes else "")

    @factory.post_generation
    def skills(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for named in extracted or []:
            skill, proficiency = named if isinstance(named, tuple) else (named, "")
            catalogue.ResourceSkill.objects.create(
                resource=self, skill=skill, proficiency=proficiency
            )

    @factory.post_generation
    def tags(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            self.tags.add(*extracted)

    @factory.post_generation
    def link(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            now = timezone.now()
            catalogue.LinkHealth.objects.create(
                resource=self,
                state=extracted,
                checked_at=now,
                worked_at=now if extracted == LinkState.WORKS else None,
            )


class ResourceSkillFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.ResourceSkill

    resource = factory.SubFactory(ResourceFactory)
    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.BASIC


class ResourceCompetenceFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.ResourceCompetence

    resource = factory.SubFactory(ResourceFactory)
    competence = factory.SubFactory(CompetenceFactory)


class ResourceTagFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.ResourceTag

    content_object = factory.SubFactory(ResourceFactory)
    tag = factory.SubFactory(TagFactory)


class MonthlyCountFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.MonthlyCount

    uid = factory.LazyFunction(uuid4)
    kind = "view"
    month = date(2026, 11, 1)
    number = 1


class UnansweredSearchFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.UnansweredSearch

    words = factory.Sequence(lambda n: f"something else {n}")
    month = date(2026, 11, 1)
    number = 2


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = catalogue.Proposal

    resource = factory.SubFactory(ResourceFactory)
    why = "It has moved."
    values = {"title": "A better title"}
    before = factory.LazyAttribute(lambda o: {"title": o.resource.title})


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("email",)
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    name = "Somebody New"
    task = "Lead others through what you know."
    token_digest = factory.Sequence(lambda n: f"{n:064x}")


class CuratorFactory(PublicFactory):
    class Meta:
        model = Curator

    name = factory.Sequence(lambda n: f"Curator {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class SuggestionFactory(DjangoModelFactory):
    class Meta:
        model = Suggestion

    kind = Suggestion.Kind.RESOURCE
    url = factory.Sequence(lambda n: f"https://example.org/suggested/{n}")
    text = "It is good."
    token_digest = factory.Sequence(lambda n: f"{n:064x}")


class QueueMarkFactory(DjangoModelFactory):
    class Meta:
        model = QueueMark

    kind = "links"
    key = factory.Sequence(str)


def make_draft(title: str = "A pathway", *, by: User | None = None, **fields: Any) -> Any:
    """A pathway's first draft revision, with a summary and nothing else."""
    pathway = publication.start(title=title, by=by, **fields)
    draft = pathway.draft()
    draft.summary = "From here to there."
    draft.save()
    return draft


def add_stage(revision: Any, title: str = "A stage", **fields: Any) -> pathways.Stage:
    fields.setdefault("position", revision.stages.count() + 1)
    return pathways.Stage.objects.create(revision=revision, title=title, **fields)


def add_step(stage: pathways.Stage, what: Any = None, **fields: Any) -> pathways.Step:
    """A step at the end of `stage`: `what` is a resource, a pathway, or an activity's title."""
    fields.setdefault("position", stage.steps.count() + 1)
    if isinstance(what, pathways.Pathway):
        fields |= {"kind": "pathway", "pathway": what}
    elif isinstance(what, str):
        fields = {"kind": "activity", **fields, "title": what}
    else:
        fields["resource"] = what or ResourceFactory()
    step = pathways.Step(revision=stage.revision, stage=stage, **fields)
    step.save()
    return step


def make_pathway(
    title: str = "A pathway",
    *,
    steps: Any = None,
    curators: Any = (),
    by: User | None = None,
    **fields: Any,
) -> pathways.Pathway:
    """A published pathway of one stage. `steps` are resources, pathways, or titles of activities;
    a tuple (what, {fields}) says more of a step. Two resources where none are given.
    """
    draft = make_draft(title, by=by, **fields)
    stage = add_stage(draft)
    for one in [None, None] if steps is None else steps:
        what, more = one if isinstance(one, tuple) else (one, {})
        add_step(stage, what, **more)
    for position, curator in enumerate(curators, start=1):
        pathways.Credit.objects.create(pathway=draft.pathway, curator=curator, position=position)
    publication.publish(draft, by=by)
    return pathways.Pathway.objects.get(pk=draft.pathway_id)


class CreditFactory(DjangoModelFactory):
    class Meta:
        model = pathways.Credit

    pathway = factory.LazyFunction(lambda: make_draft().pathway)
    curator = factory.SubFactory(CuratorFactory)


class MaintainerFactory(DjangoModelFactory):
    class Meta:
        model = pathways.Maintainer

    pathway = factory.LazyFunction(lambda: make_draft().pathway)
    user = factory.SubFactory(UserFactory)


class ToldLinkFactory(DjangoModelFactory):
    class Meta:
        model = pathways.ToldLink

    user = factory.SubFactory(UserFactory)
    resource = factory.SubFactory(ResourceFactory)
    state = LinkState.GONE
    mark = "2026-03-02"


class ConfirmationFactory(DjangoModelFactory):
    class Meta:
        model = pathways.Confirmation

    pathway = factory.LazyFunction(lambda: make_draft().pathway)
    user = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)


class QuestionPathwayFactory(DjangoModelFactory):
    class Meta:
        model = pathways.QuestionPathway

    question = factory.SubFactory(QuestionFactory)
    pathway = factory.LazyFunction(lambda: make_draft().pathway)


class RevisionSkillFactory(DjangoModelFactory):
    class Meta:
        model = pathways.RevisionSkill

    revision = factory.LazyFunction(lambda: make_draft())
    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.BASIC


class RevisionRoleFactory(DjangoModelFactory):
    class Meta:
        model = pathways.RevisionRole

    revision = factory.LazyFunction(lambda: make_draft())
    role = factory.SubFactory(RoleFactory)


def make_public_row(model: type, *, published: bool = True, **fields: Any) -> Any:
    """A row of any kind that has a page of its own; `title` is its name where it has one."""
    if model is pathways.Pathway:
        fields.setdefault("title", "A pathway")
        return make_pathway(**fields) if published else make_draft(**fields).pathway
    if "title" in fields:
        fields[model.title_field] = fields.pop("title")
    return PUBLIC_FACTORIES[model](published=published, **fields)


# Every kind of row that has a page of its own.
PUBLIC_FACTORIES = {
    catalogue.Organisation: OrganisationFactory,
    catalogue.Framework: FrameworkFactory,
    catalogue.Skill: SkillFactory,
    catalogue.Role: RoleFactory,
    catalogue.Question: QuestionFactory,
    catalogue.Tag: TagFactory,
    catalogue.Resource: ResourceFactory,
    Curator: CuratorFactory,
    pathways.Pathway: None,
}
PUBLIC_MODELS = list(PUBLIC_FACTORIES)
