"""Every rule of the pathways' tables: kept by the database, told by full_clean()."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from pathways import models
from tests.catalogue.test_rules import rules_of_public_rows
from tests.factories import (
    ConfirmationFactory,
    CreditFactory,
    MaintainerFactory,
    QuestionPathwayFactory,
    ResourceFactory,
    RevisionRoleFactory,
    RevisionSkillFactory,
    ToldLinkFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.rules import BLANK, Rule, changed, check_refused, check_told, no_choice

pytestmark = pytest.mark.django_db


def a_draft_pathway() -> models.Pathway:
    return make_draft().pathway


def make_stage() -> models.Stage:
    return add_stage(make_draft())


def make_step() -> models.Step:
    return add_step(make_stage())


def make_activity() -> models.Step:
    return add_step(make_stage(), "Ask a colleague")


def make_remark() -> models.Remark:
    return models.Remark.objects.create(revision=make_draft(), about="title", text="Longer.")


PATHWAYS = [
    *(
        rule
        if not rule.name.endswith("_status_known")
        # A status that nobody knows fits no other rule of a pathway either.
        else Rule(
            rule.name,
            rule.row,
            rule.broken_by,
            rule.told,
            behind=(*rule.behind, "pathways_pathway_published_has_revision"),
        )
        for rule in rules_of_public_rows("pathways_pathway", a_draft_pathway)
    ),
    Rule(
        "pathways_pathway_published_own_revision",
        make_pathway,
        lambda row: {"published_revision": make_draft("Another pathway")},
        "A pathway shows a revision of its own.",
    ),
    Rule(
        "pathways_pathway_published_has_revision",
        make_pathway,
        changed(published_revision=None),
        "A pathway is public by a published revision: publish that.",
    ),
    Rule("pathways_pathway_title_given", a_draft_pathway, changed(title=""), BLANK),
    Rule(
        "pathways_credit_unique",
        CreditFactory,
        lambda row: {"curator": CreditFactory(pathway=row.pathway).curator},
        "The curator is credited for this already.",
    ),
    Rule("pathways_credit_kind_known", CreditFactory, changed(kind="muse"), no_choice("muse")),
    Rule(
        "pathways_toldlink_unique",
        ToldLinkFactory,
        lambda row: {"user": ToldLinkFactory(resource=row.resource).user},
        "Link told of with this User, Resource and State already exists.",
    ),
    Rule(
        "pathways_toldlink_state_known",
        ToldLinkFactory,
        changed(state="asleep"),
        no_choice("asleep"),
    ),
    Rule(
        "pathways_confirmation_answers",
        ConfirmationFactory,
        lambda row: {"confirmed_at": row.asked_at - timedelta(days=1)},
        "An answer comes after its question.",
    ),
    Rule(
        "pathways_maintainer_unique",
        MaintainerFactory,
        lambda row: {"user": MaintainerFactory(pathway=row.pathway).user},
        "This user maintains the pathway already.",
    ),
    Rule(
        "pathways_questionpathway_unique",
        QuestionPathwayFactory,
        lambda row: {"question": QuestionPathwayFactory(pathway=row.pathway).question},
        "The pathway answers this question already.",
    ),
]

REVISIONS = [
    Rule(
        "pathways_revision_number_unique",
        make_draft,
        lambda row: {
            "number": models.Revision.objects.create(
                pathway=row.pathway, number=2, title="Another"
            ).number
        },
        "The pathway has a revision of this number already.",
    ),
    Rule(
        "pathways_revision_status_known",
        make_draft,
        changed(status="forgotten"),
        no_choice("forgotten"),
    ),
    Rule(
        "pathways_revision_number_positive",
        make_draft,
        changed(number=0),
        "Revisions count from 1.",
    ),
    Rule("pathways_revision_title_given", make_draft, changed(title=""), BLANK),
    Rule(
        "pathways_revision_published_complete",
        make_draft,
        changed(status="published"),
        "A public revision needs a summary, a licence and its date.",
    ),
    Rule(
        "pathways_revision_scheduled_in_review",
        make_draft,
        changed(publish_at=datetime(2099, 7, 1, 9, tzinfo=UTC)),
        "Only what is in review can be set to be published.",
    ),
    Rule(
        "pathways_revision_proficiency_from_known",
        make_draft,
        changed(proficiency_from="wizard"),
        no_choice("wizard"),
    ),
    Rule(
        "pathways_revision_proficiency_climbs",
        make_draft,
        changed(proficiency_from="advanced", proficiency_to="basic"),
        "It leads from a proficiency to a higher one; leave “to” empty if it stays at one.",
    ),
    Rule(
        "pathways_revisionskill_unique",
        RevisionSkillFactory,
        lambda row: {"skill": RevisionSkillFactory(revision=row.revision).skill},
        "The pathway practises this skill already.",
    ),
    Rule(
        "pathways_revisionskill_proficiency_known",
        RevisionSkillFactory,
        changed(proficiency="wizard"),
        no_choice("wizard"),
    ),
    Rule(
        "pathways_revisionrole_unique",
        RevisionRoleFactory,
        lambda row: {"role": RevisionRoleFactory(revision=row.revision).role},
        "The pathway is for this role already.",
    ),
]

STEPS = [
    Rule(
        "pathways_stage_uid_unique",
        make_stage,
        lambda row: {"uid": add_stage(row.revision).uid},
        "Stage with this Revision and Permanent identifier already exists.",
    ),
    Rule(
        "pathways_stage_position_positive",
        make_stage,
        changed(position=0),
        "Positions count from 1.",
    ),
    Rule("pathways_stage_title_given", make_stage, changed(title=""), BLANK),
    Rule(
        "pathways_step_uid_unique",
        make_step,
        lambda row: {"uid": add_step(row.stage).uid},
        "Step with this Revision and Permanent identifier already exists.",
    ),
    Rule(
        "pathways_step_number_unique",
        make_step,
        lambda row: {"n": add_step(row.stage).n},
        "Another step of the pathway has this number.",
    ),
    Rule(
        "pathways_step_stage_same_revision",
        make_step,
        lambda row: {"stage": make_stage()},
        "A step’s stage belongs to the same revision.",
    ),
    Rule("pathways_step_number_positive", make_step, changed(n=0), "Steps count from 1."),
    Rule(
        "pathways_step_position_positive", make_step, changed(position=0), "Positions count from 1."
    ),
    Rule(
        "pathways_step_exactly_one",
        make_step,
        lambda row: {"pathway": make_pathway("Another pathway")},
        "A step is exactly one of: a resource, another pathway, an activity, a reflection.",
    ),
    Rule(
        "pathways_step_activity_titled",
        make_activity,
        changed(title=""),
        "An activity or reflection needs a title.",
    ),
    Rule(
        "pathways_step_choice_numbered",
        make_step,
        changed(requirement="choose-one"),
        "One of several steps to choose from carries the set’s number.",
    ),
    Rule(
        "pathways_step_stand_in_differs",
        make_step,
        lambda row: {"stand_in": row.resource},
        "A stand-in is another resource, for a step that is a resource.",
    ),
    Rule(
        "pathways_step_minutes_sensible",
        make_step,
        changed(duration_minutes=60_001),
        "Minutes are a number from 1 to 60,000; leave it empty if unknown.",
    ),
]

REMARKS = [
    Rule("pathways_remark_text_given", make_remark, changed(text=""), BLANK),
    Rule(
        "pathways_remark_reply_never_done",
        make_remark,
        lambda row: {
            "answers": models.Remark.objects.create(revision=row.revision, text="First."),
            "settled_at": datetime(2099, 7, 1, 9, tzinfo=UTC),
        },
        "Only what was answered is done, not the answer.",
    ),
]

RULES = [*PATHWAYS, *REVISIONS, *STEPS, *REMARKS]

# Keys that composite foreign keys refer to; they hold the primary key, so no change breaks them.
HELD_BY_KEYS = {"pathways_revision_of_pathway", "pathways_stage_of_revision"}


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_database_refuses(rule: Rule) -> None:
    check_refused(rule)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_full_clean_tells(rule: Rule) -> None:
    check_told(rule)


# Shapes of a step that a person could mean, and whether it is one.
SHAPES = [
    ("a resource", {"kind": "resource", "resource": True}, True),
    ("a pathway", {"kind": "pathway", "pathway": True}, True),
    ("an activity", {"kind": "activity", "title": "Try it"}, True),
    ("a reflection", {"kind": "reflection", "title": "Think"}, True),
    ("a resource without one", {"kind": "resource", "title": "What?"}, False),
    ("a pathway without one", {"kind": "pathway", "title": "Where?"}, False),
    ("an activity with a resource", {"kind": "activity", "title": "T", "resource": True}, False),
    ("a reflection with a pathway", {"kind": "reflection", "title": "T", "pathway": True}, False),
    ("neither", {"kind": "detour", "title": "T"}, False),
]


@pytest.mark.parametrize(("said", "fields", "is_one"), SHAPES, ids=[said for said, *_ in SHAPES])
def test_a_step_is_exactly_one_of_four(said: str, fields: dict, is_one: bool) -> None:
    stage = make_stage()
    fields = dict(fields)
    if fields.pop("resource", False):
        fields["resource"] = ResourceFactory()
    if fields.pop("pathway", False):
        fields["pathway"] = make_pathway("Another pathway")
    step = models.Step(revision=stage.revision, stage=stage, n=1, **fields)
    rule = next(r for r in models.Step._meta.constraints if r.name == "pathways_step_exactly_one")

    with nullcontext() if is_one else pytest.raises(ValidationError):
        rule.validate(models.Step, step)
