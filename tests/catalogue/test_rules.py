"""Every rule of the catalogue's tables: kept by the database, told by full_clean()."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import Model
from django.utils import timezone

from catalogue import models
from catalogue.vocabularies import (
    Cost,
    DescriptionSource,
    LinkReason,
    LinkState,
    Proficiency,
    ResourceType,
    SkosRelation,
)
from tests.factories import (
    CompetenceFactory,
    CrosswalkFactory,
    DepartureCountFactory,
    FrameworkFactory,
    LevelFactory,
    OrganisationFactory,
    ProposalFactory,
    QuestionFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    ResourceSkillFactory,
    ResourceTagFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SkillStatementFactory,
    StatementFactory,
    TagFactory,
)
from tests.rules import BLANK, Rule, changed, check_refused, check_told, no_choice, refused

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PLAIN = "An address is small letters a to z, digits, and hyphens between them."


def a_draft(factory: type) -> Callable[[], Model]:
    return partial(factory, published=False)


def rules_of_public_rows(table: str, row: Callable[[], Model], *, plain: str = PLAIN) -> list[Rule]:
    """What every row with a page of its own keeps; `row` makes a draft."""
    return [
        Rule(
            f"{table}_status_known",
            row,
            changed(status="forgotten"),
            "This status is none that Waymark knows.",
            behind=(f"{table}_published_dated",),
        ),
        Rule(f"{table}_slug_plain", row, changed(slug="Not-Plain"), plain),
        Rule(
            f"{table}_slug_free",
            row,
            changed(slug="embed"),
            "This address is kept for another page; choose another.",
        ),
        Rule(
            f"{table}_published_dated",
            row,
            changed(published_at=NOW),
            "What is public has the date when it was first published, and a draft has none.",
        ),
        Rule(
            f"{table}_withdrawn_explained",
            row,
            changed(withdrawn_reason="It is out of date."),
            "Say why it is withdrawn: its address will tell readers.",
        ),
    ]


def make_link() -> models.LinkHealth:
    return ResourceFactory(link=LinkState.WORKS).link


def make_merge(**fields: object) -> models.Merge:
    fields = {"duplicate": ResourceFactory(), "kept": ResourceFactory()} | fields
    return models.Merge.objects.create(**fields)


def make_former_address(**fields: object) -> models.FormerAddress:
    return models.FormerAddress.objects.create(
        **{"kind": "catalogue_skill", "slug": "once", "uid": uuid4()} | fields
    )


def one_of(field: str, choices: type) -> str:
    return f"Choose one of these: {', '.join(choices.values)}."


FRAMEWORKS = [
    *rules_of_public_rows(
        "catalogue_framework",
        a_draft(FrameworkFactory),
        plain="An address is small letters a to z, digits, and hyphens or dots between them.",
    ),
    Rule(
        "catalogue_framework_version_unique",
        FrameworkFactory,
        lambda row: {
            "family": FrameworkFactory(family="digcomp", version="3.0").family,
            "version": "3.0",
        },
        "This version of the framework is here already.",
    ),
    Rule("catalogue_framework_title_given", FrameworkFactory, changed(title=""), BLANK),
    Rule(
        "catalogue_level_code_unique",
        LevelFactory,
        lambda row: {"code": LevelFactory(framework=row.framework, code="2").code},
        "The framework has a level with this code already.",
    ),
    Rule(
        "catalogue_level_band_same_framework",
        LevelFactory,
        lambda row: {"parent": LevelFactory()},
        "A level’s band belongs to the same framework.",
    ),
    Rule(
        "catalogue_level_not_own_band",
        LevelFactory,
        lambda row: {"parent": row},
        "A level can’t be its own band.",
    ),
    Rule(
        "catalogue_level_proficiency_known",
        LevelFactory,
        changed(proficiency="wizard"),
        no_choice("wizard"),
    ),
    Rule(
        "catalogue_framework_date_iso",
        FrameworkFactory,
        changed(date_published="Nov 2025"),
        "Write the date as in 2025, 2025-11 or 2025-11-03.",
    ),
    Rule(
        "catalogue_competence_code_unique",
        # Of a framework that was public, a competence keeps its code anyway.
        lambda: CompetenceFactory(framework__published=False),
        lambda row: {"code": CompetenceFactory(framework=row.framework, code="1.2").code},
        "The framework has a competence with this code already.",
    ),
    Rule(
        "catalogue_competence_area_same_framework",
        CompetenceFactory,
        lambda row: {"parent": CompetenceFactory()},
        "A competence’s area belongs to the same framework.",
    ),
    Rule(
        "catalogue_competence_not_own_area",
        CompetenceFactory,
        lambda row: {"parent": row},
        "A competence can’t be its own area.",
    ),
    Rule(
        "catalogue_competence_code_free",
        lambda: CompetenceFactory(framework__published=False),
        changed(code="Coverage"),
        "This code is kept for another page’s address.",
    ),
    Rule(
        "catalogue_competence_code_plain",
        lambda: CompetenceFactory(framework__published=False),
        changed(code="1/2"),
        "A code is letters, digits, dots, hyphens and underscores: it is part of an address.",
    ),
    Rule(
        "catalogue_statement_code_unique",
        StatementFactory,
        lambda row: {"code": StatementFactory(competence=row.competence, code="1.1.2").code},
        "The competence has a statement with this code already.",
    ),
    Rule(
        "catalogue_statement_kind_known",
        StatementFactory,
        changed(kind="rumour"),
        no_choice("rumour"),
    ),
    Rule(
        "catalogue_crosswalk_unique",
        CrosswalkFactory,
        lambda row: {"target": CrosswalkFactory(source=row.source).target},
        "These two competences are related already.",
    ),
    Rule(
        "catalogue_crosswalk_two_competences",
        CrosswalkFactory,
        lambda row: {"target": row.source},
        "A crosswalk relates two different competences.",
    ),
    Rule(
        "catalogue_crosswalk_relation_known",
        CrosswalkFactory,
        changed(relation="cousin"),
        no_choice("cousin"),
    ),
]

SKILLS = [
    *rules_of_public_rows("catalogue_skill", a_draft(SkillFactory)),
    Rule("catalogue_skill_title_given", SkillFactory, changed(title=""), BLANK),
    Rule(
        "catalogue_skill_published_complete",
        SkillFactory,
        changed(summary=""),
        "A public skill needs a summary: say in a sentence what it is.",
    ),
    Rule(
        "catalogue_skillcompetence_unique",
        lambda: SkillFactory(competences=[CompetenceFactory()]).competence_links.get(),
        lambda row: {
            "competence": models.SkillCompetence.objects.create(
                skill=row.skill, competence=CompetenceFactory()
            ).competence
        },
        "The skill has this competence already.",
    ),
    Rule(
        "catalogue_skillstatement_unique",
        SkillStatementFactory,
        lambda row: {
            "proficiency": SkillStatementFactory(skill=row.skill, proficiency="expert").proficiency
        },
        "The skill has a sentence for this proficiency already.",
    ),
    Rule(
        "catalogue_skillstatement_proficiency_known",
        SkillStatementFactory,
        changed(proficiency="wizard"),
        no_choice("wizard"),
    ),
    Rule("catalogue_skillstatement_text_given", SkillStatementFactory, changed(text=""), BLANK),
    *rules_of_public_rows("catalogue_role", a_draft(RoleFactory)),
    Rule("catalogue_role_title_given", RoleFactory, changed(title=""), BLANK),
    Rule(
        "catalogue_role_sectors_known",
        RoleFactory,
        changed(sectors=["zoos"]),
        "Item 1 in the array did not validate: Value 'zoos' is not a valid choice.",
    ),
    Rule(
        "catalogue_roleskill_unique",
        RoleSkillFactory,
        lambda row: {"skill": RoleSkillFactory(role=row.role, position=2).skill},
        "The role has this skill already.",
    ),
    Rule(
        "catalogue_roleskill_position_unique",
        RoleSkillFactory,
        lambda row: {"position": RoleSkillFactory(role=row.role, position=2).position},
        "Skill of the role with this Role and Position already exists.",
    ),
    Rule(
        "catalogue_roleskill_fifteen",
        RoleSkillFactory,
        changed(position=16),
        "A role needs fifteen skills at most: keep the ones that matter.",
    ),
    Rule(
        "catalogue_roleskill_proficiency_known",
        RoleSkillFactory,
        changed(proficiency="wizard"),
        no_choice("wizard"),
    ),
    *rules_of_public_rows("catalogue_question", a_draft(QuestionFactory)),
    Rule("catalogue_question_title_given", QuestionFactory, changed(title=""), BLANK),
]

RESOURCES = [
    *rules_of_public_rows("catalogue_resource", a_draft(ResourceFactory)),
    Rule(
        "catalogue_resource_url_http",
        ResourceFactory,
        changed(url="ftp://example.org/guide"),
        "“ftp://example.org/guide” is not a web page: "
        "its address must start with https:// or http://.",
    ),
    Rule("catalogue_resource_title_given", ResourceFactory, changed(title=""), BLANK),
    Rule(
        "catalogue_resource_minutes_sensible",
        ResourceFactory,
        changed(duration_minutes=60_001),
        "Minutes are a number from 1 to 60,000; leave it empty if unknown.",
    ),
    Rule(
        "catalogue_resource_minutes_sourced",
        ResourceFactory,
        changed(duration_source=""),
        "Say who gives the minutes, the provider or we.",
    ),
    Rule(
        "catalogue_resource_date_iso",
        ResourceFactory,
        changed(date_published="2025-13"),
        "Write the date as in 2025, 2025-11 or 2025-11-03.",
    ),
    Rule(
        "catalogue_resource_access_known",
        ResourceFactory,
        changed(access=["smell"]),
        "Item 1 in the array did not validate: Value 'smell' is not a valid choice.",
    ),
    Rule(
        "catalogue_resource_resource_type_known",
        ResourceFactory,
        changed(resource_type="statue"),
        no_choice("statue"),
    ),
    Rule(
        "catalogue_resource_proficiency_known",
        ResourceFactory,
        changed(proficiency="wizard"),
        no_choice("wizard"),
    ),
    Rule("catalogue_resource_cost_known", ResourceFactory, changed(cost="dear"), no_choice("dear")),
    Rule(
        "catalogue_resource_description_source_known",
        ResourceFactory,
        changed(description_source="rumour"),
        no_choice("rumour"),
    ),
    Rule(
        "catalogue_resource_published_complete",
        ResourceFactory,
        changed(languages=[]),
        "A public resource needs a type, a cost and at least one language.",
    ),
    Rule(
        "catalogue_resource_published_rewritten",
        ResourceFactory,
        changed(description_source="scraped"),
        "Rewrite the description in your own words, then say that it is written for Waymark.",
    ),
    Rule(
        "catalogue_resourceskill_unique",
        ResourceSkillFactory,
        lambda row: {
            "proficiency": ResourceSkillFactory(
                resource=row.resource, skill=row.skill, proficiency="expert"
            ).proficiency
        },
        "The resource has this skill at this proficiency already.",
    ),
    Rule(
        "catalogue_resourceskill_proficiency_known",
        ResourceSkillFactory,
        changed(proficiency="wizard"),
        no_choice("wizard"),
    ),
    Rule(
        "catalogue_resourcecompetence_unique",
        ResourceCompetenceFactory,
        lambda row: {"competence": ResourceCompetenceFactory(resource=row.resource).competence},
        "The resource has this competence already.",
    ),
    Rule(
        "catalogue_resourcecompetence_proficiency_known",
        ResourceCompetenceFactory,
        changed(proficiency="wizard"),
        no_choice("wizard"),
    ),
    Rule(
        "catalogue_resourcecompetence_source_known",
        ResourceCompetenceFactory,
        changed(source="rumour"),
        no_choice("rumour"),
    ),
    Rule(
        "catalogue_linkhealth_state_known", make_link, changed(state="asleep"), no_choice("asleep")
    ),
    Rule("catalogue_linkhealth_reason_known", make_link, changed(reason="mood"), no_choice("mood")),
    Rule(
        "catalogue_linkhealth_checked_dated",
        make_link,
        changed(checked_at=None),
        "A link that was visited has the date of the visit.",
    ),
    Rule(
        "catalogue_merge_standing_unique",
        make_merge,
        lambda row: {"duplicate": make_merge().duplicate},
        "It is merged into another resource already.",
    ),
    Rule(
        "catalogue_merge_two",
        make_merge,
        lambda row: {"duplicate": row.kept},
        "A resource can’t be merged into itself.",
    ),
    Rule(
        "catalogue_departurecount_unique",
        DepartureCountFactory,
        lambda row: {
            "month": DepartureCountFactory(resource=row.resource, month=date(2026, 12, 1)).month
        },
        "Departures of a month with this Resource and Month already exists.",
    ),
    Rule(
        "catalogue_departurecount_month_begins",
        DepartureCountFactory,
        changed(month=date(2026, 11, 2)),
        "A month is written as its first day.",
    ),
    Rule(
        "catalogue_proposal_status_known",
        ProposalFactory,
        changed(status="forgotten"),
        "A proposal waits, is accepted, or is declined.",
        behind=("catalogue_proposal_answered_dated",),
    ),
    Rule("catalogue_proposal_why_given", ProposalFactory, changed(why=""), BLANK),
    Rule(
        "catalogue_proposal_answered_dated",
        ProposalFactory,
        changed(status="accepted"),
        "An answer has its date.",
    ),
    *rules_of_public_rows("catalogue_tag", a_draft(TagFactory)),
    Rule("catalogue_tag_name_given", TagFactory, changed(name=""), BLANK),
    Rule(
        "catalogue_tag_name_unique",
        TagFactory,
        lambda row: {"name": TagFactory(name="Archives").name.upper()},
        "There is a tag of this name already.",
    ),
    Rule(
        "catalogue_resourcetag_unique",
        ResourceTagFactory,
        lambda row: {"tag": ResourceTagFactory(content_object=row.content_object).tag},
        "Tag of the resource with this Content object and Tag already exists.",
    ),
]

SITE = [
    *rules_of_public_rows("catalogue_organisation", a_draft(OrganisationFactory)),
    Rule("catalogue_organisation_name_given", OrganisationFactory, changed(name=""), BLANK),
    Rule(
        "catalogue_formeraddress_unique",
        make_former_address,
        lambda row: {"slug": make_former_address(slug="twice").slug},
        "Former address with this Kind and Former address already exists.",
    ),
]

RULES = [*FRAMEWORKS, *SKILLS, *RESOURCES, *SITE]

# What can't be broken by changing a row: keys that composite foreign keys refer to, which hold the
# primary key, and the one row of the site's revision, which has its own test below.
HELD_BY_KEYS = {"catalogue_level_of_framework", "catalogue_competence_of_framework"}
TESTED_APART = {"catalogue_siterevision_one_row", "catalogue_resource_id_countable"}

# Forms tell Django's own sentence first, but the constraints have theirs for whoever asks them.
CHOICES = [
    (models.Level, "proficiency", Proficiency),
    (models.Crosswalk, "relation", SkosRelation),
    (models.LinkHealth, "state", LinkState),
    (models.LinkHealth, "reason", LinkReason),
    (models.Resource, "resource_type", ResourceType),
    (models.Resource, "proficiency", Proficiency),
    (models.Resource, "cost", Cost),
    (models.Resource, "description_source", DescriptionSource),
    (models.ResourceSkill, "proficiency", Proficiency),
    (models.ResourceCompetence, "proficiency", Proficiency),
    (models.SkillStatement, "proficiency", Proficiency),
    (models.RoleSkill, "proficiency", Proficiency),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_database_refuses(rule: Rule) -> None:
    check_refused(rule)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_full_clean_tells(rule: Rule) -> None:
    check_told(rule)


def test_the_site_has_one_revision() -> None:
    models.SiteRevision.objects.get_or_create(pk=1)

    with refused("catalogue_siterevision_one_row"):
        models.SiteRevision.objects.create(pk=2)


@pytest.mark.parametrize(("model", "field", "choices"), CHOICES)
def test_a_vocabulary_s_rule_names_what_it_takes(
    model: type[Model], field: str, choices: type
) -> None:
    name = f"catalogue_{model._meta.model_name}_{field}_known"
    rule = next(one for one in model._meta.constraints if one.name == name)

    assert rule.get_violation_error_message() == one_of(field, choices)
