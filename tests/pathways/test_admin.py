"""The desk for pathways: a draft can be edited there, and whatever can't be says so."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalogue.models import Decision
from pathways import publication
from pathways.admin import StepAdmin
from pathways.models import Pathway, Revision, Stage, Step
from tests.cast import Cast
from tests.factories import (
    SkillFactory,
    UserFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.pages import open_page, texts, words

pytestmark = pytest.mark.django_db

REVISIONS = reverse("admin:pathways_revision_changelist")
ADD_STEP = reverse("admin:pathways_step_add")
TOO_LATE = (
    "Nothing was saved: since you opened this, the revision is no draft any more. What you wrote "
    "still stands below. Start a new draft and copy it there."
)


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.client_of("admin")


def change(row: Any) -> str:
    return reverse(f"admin:pathways_{row._meta.model_name}_change", args=[row.pk])


def delete(row: Any) -> str:
    return reverse(f"admin:pathways_{row._meta.model_name}_delete", args=[row.pk])


def answers(stage: Stage, **more: Any) -> dict[str, Any]:
    """What the form of a step sends."""
    return {
        "revision": stage.revision_id,
        "stage": stage.pk,
        "position": 1,
        "kind": "activity",
        "requirement": "core",
        "title": "Ask a colleague",
        **more,
    }


def forms_of(revision: Revision, **more: Any) -> dict[str, Any]:
    """What the form of a revision sends, with the forms of its skills, roles and stages."""
    sent = {"title": revision.title, "summary": "Shorter.", "licence": "CC-BY-4.0"}
    for prefix in ("skill_links", "role_links", "stages", "steps"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return sent | more


def contents(revision: Revision) -> tuple:
    revision.refresh_from_db()
    return (
        revision.summary,
        [stage.title for stage in revision.stages.all()],
        [skill.pk for skill in revision.skills.all()],
    )


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


class TestSteps:
    def test_one_is_added_to_a_draft(self, desk: Client) -> None:
        stage = add_stage(make_draft())

        response = desk.post(ADD_STEP, answers(stage))

        assert response.status_code == 302
        assert str(Step.objects.get()) == "Ask a colleague"

    def test_only_drafts_and_their_stages_can_be_chosen(self, desk: Client) -> None:
        make_pathway("Published")
        add_stage(make_draft("Drafted"), "Alone")

        page = open_page(desk, ADD_STEP)

        chosen = [texts(page, f"[name={name}] option")[1:] for name in ("revision", "stage")]
        assert chosen == [["Drafted (1)"], ["Drafted (1): 1. Alone"]]

    def test_none_is_added_to_a_published_revision(self, desk: Client) -> None:
        stage = make_pathway().published_revision.stages.get()

        response = desk.post(ADD_STEP, answers(stage))

        assert response.status_code == 200
        assert set(errors(response)) == {"revision", "stage"}

    def test_none_is_added_to_a_stage_of_another_revision(self, desk: Client) -> None:
        stage, other = add_stage(make_draft()), add_stage(make_draft())

        response = desk.post(ADD_STEP, answers(stage, revision=other.revision_id))

        assert errors(response)["__all__"] == ["A step’s stage belongs to the same revision."]

    def test_it_stays_in_its_revision(self, desk: Client) -> None:
        step = add_step(add_stage(make_draft()), "An activity")
        other = add_stage(make_draft())

        assert open_page(desk, change(step)).select("[name=revision]") == []
        response = desk.post(change(step), answers(other))

        assert set(errors(response)) == {"stage"}
        desk.post(change(step), answers(step.stage, revision=other.revision_id))
        step.refresh_from_db()
        assert (step.title, step.revision) == ("Ask a colleague", step.stage.revision)

    def test_one_of_a_published_revision_can_only_be_looked_at(self, desk: Client) -> None:
        step = make_pathway().published_revision.steps.first()

        assert open_page(desk, change(step)).select("[name=title]") == []
        assert errors(desk.post(change(step), answers(step.stage)))["__all__"] == [TOO_LATE]
        assert desk.post(delete(step), {"post": "yes"}).status_code == 403
        assert Step.objects.get(pk=step.pk).title == ""


class TestRevisions:
    def test_a_draft_can_be_edited(self, desk: Client) -> None:
        draft, skill = make_draft(), SkillFactory()
        forms = {
            "skill_links-TOTAL_FORMS": 1,
            "skill_links-0-skill": skill.pk,
            "skill_links-0-proficiency": "basic",
            "stages-TOTAL_FORMS": 1,
            "stages-0-place": 1,
            "stages-0-title": "First",
        }

        response = desk.post(change(draft), forms_of(draft, **forms))

        assert response.status_code == 302
        draft.refresh_from_db()
        assert draft.summary == "Shorter."
        assert [draft.stages.get().title, draft.skills.get()] == ["First", skill]

    @pytest.mark.parametrize(
        "forms",
        [
            {},
            {"stages-TOTAL_FORMS": 1, "stages-0-place": 2, "stages-0-title": "More"},
            {"skill_links-TOTAL_FORMS": 1, "skill_links-0-proficiency": "basic"},
        ],
        ids=["words", "a stage", "a skill"],
    )
    def test_nothing_of_a_published_one(self, desk: Client, forms: dict) -> None:
        revision = make_pathway().published_revision
        if "skill_links-TOTAL_FORMS" in forms:
            forms = {**forms, "skill_links-0-skill": SkillFactory().pk}

        before = contents(revision)

        assert open_page(desk, change(revision)).select("[name=title]") == []
        response = desk.post(change(revision), forms_of(revision, **forms))

        assert errors(response)["__all__"] == [TOO_LATE]
        assert desk.post(delete(revision), {"post": "yes"}).status_code == 403
        assert contents(revision) == before

    def test_what_comes_too_late_still_stands_in_the_form(self, desk: Client) -> None:
        draft = make_draft()
        add_step(add_stage(draft), "An activity")
        publication.submit(draft, by=None)

        response = desk.post(change(draft), forms_of(draft, introduction="An hour’s writing."))

        page = BeautifulSoup(response.content, "lxml")
        assert words(page.select_one("[name=introduction]")) == "An hour’s writing."
        assert TOO_LATE in words(page.select_one(".errorlist.nonfield"))

    def test_the_database_has_the_last_word(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The revision is published between the form's answers being judged and kept."""
        stage = add_stage(make_draft())
        add_step(stage, "An activity")
        save = StepAdmin.save_model

        def save_late(*args: Any) -> None:
            publication.publish(Revision.objects.get(), by=None)
            save(*args)

        monkeypatch.setattr(StepAdmin, "save_model", save_late)
        response = desk.post(ADD_STEP, answers(stage))

        assert errors(response)["__all__"] == [
            "Only a draft can be edited: start a new revision of the pathway."
        ]
        assert stage.steps.count() == 1

    def test_the_only_one_of_a_pathway_stays(self, desk: Client) -> None:
        draft = make_draft()

        assert desk.post(delete(draft), {"post": "yes"}).status_code == 403
        assert Revision.objects.get() == draft

    def test_another_draft_may_go(self, desk: Client) -> None:
        pathway = make_pathway()
        draft = publication.draft_from(pathway.published_revision, by=None)

        assert desk.post(delete(draft), {"post": "yes"}).status_code == 302
        assert Revision.objects.get() == pathway.published_revision

    def test_it_goes_with_its_pathway(self, desk: Client) -> None:
        pathway = make_draft().pathway
        add_step(add_stage(pathway.draft()), "An activity")

        assert desk.post(delete(pathway), {"post": "yes"}).status_code == 302
        assert not Pathway.objects.exists()

    def test_a_pathway_in_review_does_not_go(self, desk: Client) -> None:
        draft = make_draft()
        add_step(add_stage(draft), "An activity")
        publication.submit(draft, by=None)

        assert desk.post(delete(draft.pathway), {"post": "yes"}).status_code == 403
        assert Pathway.objects.exists()


class TestPublishing:
    @pytest.mark.parametrize(
        ("verbs", "status"),
        [(["view", "change"], "draft"), (["view", "change", "publish"], "published")],
    )
    def test_it_needs_a_permission_of_its_own(self, verbs: list[str], status: str) -> None:
        user = UserFactory(is_staff=True)
        codes = ["publish_resource", *(f"{verb}_revision" for verb in verbs)]
        user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
        client = Client()
        client.force_login(user)
        draft = make_draft()
        add_step(add_stage(draft), "An activity")

        client.post(REVISIONS, {"action": "publish", "_selected_action": [draft.pk]})

        draft.refresh_from_db()
        assert draft.status == status


def test_a_new_pathway_begins_with_a_draft_and_a_decision(desk: Client, cast: Cast) -> None:
    sent = {"title": "A new way", "ordered": "on"}
    for prefix in ("credits", "maintainer_links", "question_links"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    response = desk.post(reverse("admin:pathways_pathway_add"), sent)

    assert response.status_code == 302
    draft = Pathway.objects.get().draft()
    assert (draft.title, draft.number, draft.created_by) == ("A new way", 1, cast.admin)
    decision = Decision.objects.get()
    assert (decision.verb, decision.by) == ("started", cast.admin)
