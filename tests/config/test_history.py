"""History: who changed what and when, by whatever route into the database."""

from datetime import UTC, datetime
from typing import Any

import pghistory
import pghistory.models
import pytest
from django.db import InternalError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from catalogue.models import Resource, Skill
from pathways.models import Step
from tests.cast import Cast
from tests.factories import (
    InvitationFactory,
    OrganisationFactory,
    QuestionFactory,
    ResourceFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)
from tests.rules import update_by_sql

pytestmark = pytest.mark.django_db


def events_of(row: Model, **filters: Any) -> list[Any]:
    """What was written down of `row`, the oldest first."""
    events = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk, **filters)
    return list(events.select_related("pgh_context").order_by("pgh_id"))


def last_of(row: Model) -> Any:
    return events_of(row)[-1]


class TestWhat:
    def test_an_edit_is_kept_as_it_was_made(self) -> None:
        resource = ResourceFactory(title="A gide")

        resource.title = "A guide"
        resource.save()

        said = [(event.pgh_label, event.title) for event in events_of(resource)]
        assert said == [("insert", "A gide"), ("update", "A guide")]

    def test_a_deletion_is_kept_with_what_was_deleted(self) -> None:
        draft = ResourceFactory(title="A guide", published=False)
        pk = draft.pk

        draft.delete()

        event = Resource.pgh_event_model.objects.get(pgh_obj_id=pk, pgh_label="delete")
        assert event.title == "A guide"

    def test_its_time_is_the_database_s(self) -> None:
        before = datetime.now(UTC)

        event = last_of(ResourceFactory())

        # The transaction of the test began before it.
        assert abs((event.pgh_created_at - before).total_seconds()) < 60

    def test_an_edit_by_a_queryset_is_kept(self) -> None:
        resource = ResourceFactory()

        Resource.objects.filter(pk=resource.pk).update(title="A guide")

        assert last_of(resource).title == "A guide"

    def test_an_edit_by_raw_sql_is_kept(self) -> None:
        resource = ResourceFactory()

        update_by_sql(resource, title="A guide")

        event = last_of(resource)
        assert (event.title, event.pgh_context) == ("A guide", None)

    def test_translations_are_kept(self) -> None:
        skill = SkillFactory()

        skill.title_cy = "Sgìl"
        skill.save()

        assert last_of(skill).i18n == {"title_cy": "Sgìl"}

    def test_ties_are_kept(self) -> None:
        question, skill = QuestionFactory(), SkillFactory()

        question.skills.add(skill)

        link = question.skills.through.objects.get()
        event_model = type(question).skills.through.__subclasses__()[0].pgh_event_model
        event = event_model.objects.get()
        assert (event.pgh_label, event.pgh_obj_id, event.skill) == ("insert", link.pk, skill)

    def test_steps_are_kept(self) -> None:
        step = add_step(add_stage(make_draft()), "Ask a colleague")

        Step.objects.filter(pk=step.pk).update(note="Two heads are better.")

        assert last_of(step).note == "Two heads are better."


class TestNoEdit:
    """What follows from other rows is no edit of this one."""

    def test_a_save_that_changes_nothing(self) -> None:
        resource = ResourceFactory()

        resource.save()

        assert len(events_of(resource)) == 1

    def test_the_number_of_pathways_that_a_resource_stands_in(self) -> None:
        resource = ResourceFactory()

        make_pathway(steps=[resource])

        resource.refresh_from_db()
        assert resource.pathway_count == 1
        assert len(events_of(resource)) == 1

    def test_the_minutes_of_a_pathway(self) -> None:
        resource = ResourceFactory()
        pathway = make_pathway(steps=[resource])
        before = len(events_of(pathway))

        resource.duration_minutes = 55
        resource.save()

        pathway.refresh_from_db()
        assert pathway.duration_minutes == 55
        assert len(events_of(pathway)) == before


class TestWho:
    def test_an_edit_at_the_desk_names_the_person_and_the_page(self, cast: Cast) -> None:
        organisation = OrganisationFactory(name="A libary")
        page = reverse("admin:catalogue_organisation_change", args=[organisation.pk])

        response = cast.client_of("admin").post(
            page, {"name": "A library", "slug": organisation.slug, "summary": "", "url": ""}
        )

        assert response.status_code == 302
        event = last_of(organisation)
        assert event.name == "A library"
        assert event.pgh_context.metadata == {"user": cast.admin.pk, "url": page}

    def test_a_private_link_is_not_kept(self, client: Client) -> None:
        invitation = InvitationFactory.build(name="Somebody New")
        token = invitation.new_token()
        invitation.save()
        link = reverse("invitation", args=[token])

        client.post(link, {"name": "Somebody New", "licence": "CC-BY-4.0"})

        urls = [row.metadata["url"] for row in pghistory.models.Context.objects.all()]
        assert urls
        assert set(urls) == {"/invitation/…/"}

    def test_all_that_one_request_changed_stands_together(self, cast: Cast) -> None:
        first, second = (SkillFactory(published=False) for _ in range(2))

        cast.client_of("admin").post(
            reverse("admin:catalogue_skill_changelist"),
            {"action": "publish", "_selected_action": [first.pk, second.pk]},
        )

        assert {row.status for row in Skill.objects.all()} == {"published"}
        assert last_of(first).pgh_context == last_of(second).pgh_context

    def test_reading_leaves_no_trace(self, cast: Cast) -> None:
        resource = ResourceFactory()

        cast.client_of("editor").get(resource.get_absolute_url())

        assert pghistory.models.Context.objects.count() == 0

    def test_a_command_names_itself_and_whatever_else_it_says(self) -> None:
        with pghistory.context(command="tidy", reason="spelling"):
            resource = ResourceFactory()

        assert last_of(resource).pgh_context.metadata == {"command": "tidy", "reason": "spelling"}


class TestForGood:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE catalogue_resourceevent SET title = 'never said'",
            "DELETE FROM catalogue_resourceevent",
        ],
    )
    def test_nobody_changes_what_was_written_down(self, sql: str) -> None:
        ResourceFactory(title="As it was")

        with (
            pytest.raises(InternalError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

        assert Resource.pgh_event_model.objects.get().title == "As it was"

    def test_it_outlives_the_row(self) -> None:
        draft = ResourceFactory(published=False)

        draft.delete()

        assert [event.pgh_label for event in Resource.pgh_event_model.objects.all()] == [
            "insert",
            "delete",
        ]
