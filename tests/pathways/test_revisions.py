"""Revisions: only a draft can be edited; a new one copies what readers see, and what it was."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from catalogue.models import Decision
from pathways import publication
from pathways.models import Pathway, Revision, RevisionRole, RevisionSkill, Stage, Step
from tests.cast import Cast
from tests.factories import (
    ResourceFactory,
    RevisionRoleFactory,
    RevisionSkillFactory,
    RoleFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.rules import delete_by_sql, refused, update_by_sql

pytestmark = pytest.mark.django_db


def full_draft() -> Revision:
    """A draft with a part of each kind."""
    draft = make_draft()
    stage = add_stage(draft, "A stage", introduction="First of all.")
    add_step(stage, ResourceFactory(), note="It is short.")
    add_step(stage, "Ask a colleague")
    RevisionSkillFactory(revision=draft)
    RevisionRoleFactory(revision=draft)
    return draft


@pytest.fixture
def draft() -> Revision:
    return full_draft()


@pytest.fixture(params=["published", "in-review"])
def closed(request: pytest.FixtureRequest) -> Revision:
    """A revision that can't be edited any more, or not now."""
    draft = full_draft()
    act = publication.publish if request.param == "published" else publication.submit
    act(draft, by=None)
    return draft


PARTS = [Stage, Step, RevisionSkill, RevisionRole]
every_part = pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
# A field of each part, and another value for it.
EDITS = {
    Stage: {"title": "Another"},
    Step: {"note": "Another"},
    RevisionSkill: {"proficiency": "expert"},
    RevisionRole: {"role_id": 0},
}
ROUTES: dict[str, Callable[[Model, dict], object]] = {
    "update": lambda row, fields: type(row).objects.filter(pk=row.pk).update(**fields),
    "sql": lambda row, fields: update_by_sql(row, **fields),
}
DELETES: dict[str, Callable[[Model], object]] = {
    "row": lambda row: row.delete(),
    "queryset": lambda row: type(row).objects.filter(pk=row.pk).delete(),
    "sql": delete_by_sql,
}
every_route = pytest.mark.parametrize("route", ROUTES)
every_delete = pytest.mark.parametrize("route", DELETES)


def rule_of(model: type[Model]) -> str:
    return f"{model._meta.db_table}_only_in_draft"


def first(model: type[Model], revision: Revision) -> Model:
    return model.objects.filter(revision=revision).order_by("pk").first()


class TestDraft:
    """In a draft everything can be changed."""

    def test_its_words(self, draft: Revision) -> None:
        draft.title = "Another"
        draft.save()

        assert Revision.objects.get().title == "Another"

    def test_its_parts(self, draft: Revision) -> None:
        Step.objects.update(note="Another")
        Step.objects.filter(n=2).delete()
        Stage.objects.update(title="Another")

        assert [step.note for step in Step.objects.all()] == ["Another"]

    def test_it_can_be_thrown_away_with_all_its_parts(self, draft: Revision) -> None:
        draft.delete()

        assert not any(model.objects.exists() for model in PARTS)


class TestClosed:
    """What was submitted or published stays as it is, by whatever route."""

    @pytest.mark.parametrize(
        "fields", [{"title": "Another"}, {"licence": "CC0-1.0"}, {"number": 9}], ids=str
    )
    @every_route
    def test_its_words(self, closed: Revision, route: str, fields: dict) -> None:
        with refused("pathways_revision_only_in_draft"):
            ROUTES[route](closed, fields)

    def test_its_words_by_saving(self, closed: Revision) -> None:
        closed.introduction = "Another"

        with refused("pathways_revision_only_in_draft"):
            closed.save()

    def test_its_translations(self, closed: Revision) -> None:
        closed.title_cy = "Arall"

        with refused("pathways_revision_only_in_draft"):
            closed.save()

    @every_delete
    def test_itself(self, closed: Revision, route: str) -> None:
        # Django looks at what hangs on it first, so that another rule may be met before its own.
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
        ):
            DELETES[route](closed)

        assert Revision.objects.filter(pk=closed.pk).exists()

    @every_part
    @every_route
    def test_its_parts_are_not_changed(
        self, closed: Revision, model: type[Model], route: str
    ) -> None:
        fields = EDITS[model]
        if model is RevisionRole:
            fields = {"role" if route == "sql" else "role_id": RoleFactory().pk}

        with refused(rule_of(model)):
            ROUTES[route](first(model, closed), fields)

    @every_part
    @every_delete
    def test_its_parts_are_not_taken_away(
        self, closed: Revision, model: type[Model], route: str
    ) -> None:
        part = first(model, closed)
        if model is Stage and route != "sql":
            model = Step  # Which stand in the stage, and are taken first.

        with refused(rule_of(model)):
            DELETES[route](part)

    def test_nothing_is_added(self, closed: Revision) -> None:
        stage = Stage.objects.get()

        with refused("pathways_stage_only_in_draft"):
            add_stage(closed)
        with refused("pathways_step_only_in_draft"):
            add_step(stage, "One more")
        with refused("pathways_revisionskill_only_in_draft"):
            RevisionSkill.objects.bulk_create(
                [RevisionSkill(revision=closed, skill=SkillFactory(), proficiency="basic")]
            )
        with refused("pathways_revisionrole_only_in_draft"):
            RevisionRole.objects.create(revision=closed, role=RoleFactory())

    def test_no_step_moves_out_of_it(self, closed: Revision) -> None:
        stage = add_stage(make_draft("Another"))

        with refused("pathways_step_only_in_draft"):
            Step.objects.filter(revision=closed).update(revision=stage.revision, stage=stage)

    def test_no_step_moves_into_it(self, closed: Revision) -> None:
        step = add_step(add_stage(make_draft("Another")), "A stray")

        with refused("pathways_step_only_in_draft"):
            update_by_sql(step, revision=closed, stage=Stage.objects.get(revision=closed), n=9)

    def test_its_author_s_account_can_still_be_deleted(self, cast: Cast) -> None:
        draft = make_draft(by=cast.guest)
        add_step(add_stage(draft), "Ask a colleague")
        publication.publish(draft, by=cast.editor)

        cast.guest.delete()
        cast.editor.delete()

        revision = Revision.objects.get()
        assert (revision.created_by, revision.published_by) == (None, None)


class TestForGood:
    @pytest.mark.parametrize("status", ["draft", "in-review"])
    @every_route
    def test_what_readers_saw_is_never_a_draft_again(self, route: str, status: str) -> None:
        revision = make_pathway().published_revision

        with refused("pathways_revision_only_in_draft"):
            ROUTES[route](revision, {"status": status})

    @every_route
    def test_nor_was_it_never_public(self, route: str) -> None:
        revision = make_pathway().published_revision

        with refused("pathways_revision_only_in_draft"):
            ROUTES[route](revision, {"status": "withdrawn", "published_at": None})


class TestDraftAnew:
    def test_it_copies_words_and_parts_and_says_from_what(self, cast: Cast) -> None:
        draft = full_draft()
        draft.title_cy, draft.audience, draft.proficiency_from = "Llwybr", "Everyone", "basic"
        draft.change_summary = "The first."
        draft.save()
        publication.publish(draft, by=None)

        copy = publication.draft_from(draft, by=cast.guest)

        copy = Revision.objects.get(pk=copy.pk)
        assert (copy.number, copy.status, copy.based_on) == (2, "draft", draft)
        assert copy.created_by == cast.guest
        for name in publication.WORDS:
            assert getattr(copy, name) == getattr(draft, name), name
        assert (copy.change_summary, copy.published_at, copy.published_by) == ("", None, None)
        assert [link.skill for link in copy.skill_links.all()] == [
            link.skill for link in draft.skill_links.all()
        ]
        assert [link.role for link in copy.role_links.all()] == [
            link.role for link in draft.role_links.all()
        ]

    def test_steps_and_stages_keep_uid_and_number(self) -> None:
        draft = full_draft()
        publication.publish(draft, by=None)

        copy = publication.draft_from(draft, by=None)

        for model, names in ((Stage, ["uid"]), (Step, ["uid", "n", "note", "title"])):
            rows = model.objects.order_by("pk").values_list(*names)
            assert list(rows.filter(revision=draft)) == list(rows.filter(revision=copy))
        assert {step.stage.revision for step in copy.steps.all()} == {copy}

    def test_the_original_is_untouched_by_what_becomes_of_it(self) -> None:
        pathway = make_pathway(steps=["As it was"])
        copy = publication.draft_from(pathway.published_revision, by=None)

        copy.steps.update(title="As it will be")

        pathway = Pathway.objects.get()
        assert pathway.published_revision.steps.get().title == "As it was"
        assert pathway.draft() == copy

    def test_a_new_step_gets_a_number_that_none_ever_had(self) -> None:
        pathway = make_pathway(steps=["One", "Two"])
        second = publication.draft_from(pathway.published_revision, by=None)
        second.steps.get(n=2).delete()
        publication.publish(second, by=None)

        third = publication.draft_from(second, by=None)

        assert add_step(third.stages.get(), "Three").n == 3

    def test_an_old_revision_is_restored_into_a_draft(self) -> None:
        pathway = make_pathway(steps=["One", "Two"])
        old = pathway.published_revision
        second = publication.draft_from(old, by=None)
        second.steps.get(n=2).delete()
        publication.publish(second, by=None)

        third = publication.draft_from(old, by=None)

        assert (third.number, third.based_on) == (3, old)
        assert [(step.title, step.n) for step in third.steps.all()] == [("One", 1), ("Two", 2)]
        assert Pathway.objects.get().published_revision == second
        publication.publish(third, by=None)
        assert Pathway.objects.get().published_revision == third

    def test_it_is_written_down(self, cast: Cast) -> None:
        pathway = make_pathway()

        publication.draft_from(pathway.published_revision, by=cast.guest)

        decision = Decision.objects.get(verb="drafted")
        assert (decision.by, decision.note) == (cast.guest, "From revision 1.")


class TestWords:
    @pytest.mark.parametrize(
        ("outcomes", "listed"),
        [
            ("", []),
            ("Find data\nClean it", ["Find data", "Clean it"]),
            ("- Find data\n\n* Clean it\n • Keep it \n-\n", ["Find data", "Clean it", "Keep it"]),
        ],
    )
    def test_outcomes_are_a_list(self, outcomes: str, listed: list[str]) -> None:
        assert make_draft_with(outcomes=outcomes).outcome_list == listed

    def test_a_revision_is_known_by_title_and_number(self) -> None:
        assert str(make_draft("My way")) == "My way (1)"


def make_draft_with(**fields: object) -> Revision:
    draft = make_draft()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


CLIMBS = [
    ("", "", True),
    ("basic", "", True),
    ("basic", "expert", True),
    ("advanced", "expert", True),
    ("", "expert", False),
    ("basic", "basic", False),
    ("expert", "basic", False),
]


@pytest.mark.parametrize(("start", "end", "is_climb"), CLIMBS)
def test_a_pathway_leads_upwards(start: str, end: str, is_climb: bool) -> None:
    draft = make_draft_with(proficiency_from=start, proficiency_to=end)

    if is_climb:
        draft.save()
    else:
        with refused("pathways_revision_proficiency_climbs"):
            draft.save()
