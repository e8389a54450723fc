"""Publication: a draft becomes what readers see, whole or not at all."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from catalogue.errors import WrongState
from catalogue.models import Decision, Resource
from catalogue.vocabularies import Status
from pathways import publication
from pathways.models import Pathway, Revision
from pathways.reading import authors, outline_for_readers
from tests.cast import Cast
from tests.factories import ResourceFactory, add_stage, add_step, make_draft, make_pathway

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 6, 4, 12, tzinfo=UTC)


def ready_draft(title: str = "A pathway") -> Revision:
    draft = make_draft(title)
    add_step(add_stage(draft), "Ask a colleague", duration_minutes=10)
    return draft


def verbs_of(pathway: Pathway) -> list[str]:
    return list(
        Decision.objects.filter(uid=pathway.uid).order_by("pk").values_list("verb", flat=True)
    )


class TestStart:
    def test_a_new_pathway_has_an_empty_first_draft(self, cast: Cast) -> None:
        pathway = publication.start(title="My way", by=cast.guest, ordered=False)

        draft = pathway.draft()
        assert (pathway.slug, pathway.status, pathway.ordered) == ("my-way", Status.DRAFT, False)
        assert (draft.number, draft.title, draft.created_by) == (1, "My way", cast.guest)
        assert (draft.is_editable(), draft.licence) == (True, "CC-BY-4.0")
        assert verbs_of(pathway) == ["started"]

    def test_it_needs_a_title(self) -> None:
        with pytest.raises(ValidationError):
            publication.start(title="", by=None)

        assert not Pathway.objects.exists()


class TestPublish:
    def test_readers_see_it_from_then_on(self, cast: Cast) -> None:
        draft = ready_draft("My way")

        with time_machine.travel(NOON, tick=False):
            publication.publish(draft, by=cast.editor, note="Well done.")

        pathway = Pathway.objects.get()
        assert (pathway.status, pathway.published_at) == (Status.PUBLISHED, NOON)
        assert pathway.published_revision == draft
        revision = Revision.objects.get()
        assert (revision.status, revision.published_at) == (Status.PUBLISHED, NOON)
        assert revision.published_by == cast.editor
        decision = Decision.objects.get(uid=pathway.uid, verb="published")
        assert (decision.by, decision.at, decision.note) == (cast.editor, NOON, "Well done.")

    def test_its_title_becomes_the_pathway_s_but_the_address_stays(self) -> None:
        draft = ready_draft("Working title")
        draft.title = "Public title"
        draft.save()

        publication.publish(draft, by=None)

        pathway = Pathway.objects.get()
        assert (pathway.title, pathway.sort_key) == ("Public title", "public title")
        assert pathway.slug == "working-title"

    def test_the_next_takes_its_place_and_the_first_date_stays(self) -> None:
        draft = ready_draft()
        with time_machine.travel(NOON, tick=False):
            publication.publish(draft, by=None)
        second = publication.draft_from(draft, by=None)
        second.change_summary = "Shorter."
        second.save()

        with time_machine.travel(LATER, tick=False):
            publication.publish(second, by=None)

        pathway = Pathway.objects.get()
        assert pathway.published_revision == second
        assert pathway.published_at == NOON
        assert list(Revision.objects.ever_published()) == [second, draft]
        assert Decision.objects.filter(verb="published").latest("at").note == "Shorter."

    def test_a_withdrawn_pathway_stays_so_until_it_is_restored(self) -> None:
        pathway = make_pathway()
        second = publication.draft_from(pathway.published_revision, by=None)
        pathway.withdraw(by=None, reason="It is being mended.")

        publication.publish(second, by=None)

        pathway.refresh_from_db()
        assert (pathway.status, pathway.published_revision) == (Status.WITHDRAWN, second)
        pathway.restore(by=None)
        assert Pathway.objects.published().get().published_revision == second

    @pytest.mark.parametrize("again", [publication.publish, publication.submit])
    def test_what_is_public_is_not_published_again(self, again: object) -> None:
        revision = make_pathway("My way").published_revision

        with pytest.raises(WrongState) as caught:
            again(revision, by=None)

        verb = "published" if again is publication.publish else "submitted"
        assert str(caught.value) == f"“My way (1)” can’t be {verb}: it is published."

    def test_where_it_fails_nothing_has_changed_in_memory_either(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(ids: object) -> None:
            raise RuntimeError("the disk is full")

        draft = make_draft()
        add_step(add_stage(draft), ResourceFactory(published=False))
        monkeypatch.setattr(publication, "refresh_minutes", fail)

        with pytest.raises(RuntimeError):
            publication.publish(draft, by=None)

        assert (draft.status, draft.published_at, draft.published_by) == ("draft", None, None)
        assert Revision.objects.get().status == Status.DRAFT
        assert Resource.objects.get().status == Status.DRAFT
        assert Pathway.objects.get().published_revision is None
        assert verbs_of(draft.pathway) == ["started"]


class TestReview:
    def test_a_curator_submits_and_an_editor_sends_back(self, cast: Cast) -> None:
        draft = ready_draft()

        with time_machine.travel(NOON, tick=False):
            publication.submit(draft, by=cast.guest, note="Please look.")
        assert Revision.objects.get().status == Status.IN_REVIEW
        assert Revision.objects.get().submitted_at == NOON

        publication.send_back(draft, by=cast.editor, note="Say why step 1.")
        assert Revision.objects.get().is_editable()
        assert verbs_of(draft.pathway) == ["started", "submitted", "sent back"]
        assert Decision.objects.get(verb="sent back").note == "Say why step 1."

    def test_what_was_submitted_can_be_published(self) -> None:
        draft = ready_draft()
        publication.submit(draft, by=None)

        publication.publish(draft, by=None)

        assert Revision.objects.get().status == Status.PUBLISHED

    def test_what_is_not_ready_can_not_be_submitted(self) -> None:
        draft = make_draft()

        with pytest.raises(ValidationError) as caught:
            publication.submit(draft, by=None)

        assert caught.value.messages == ["Add a step."]
        assert Revision.objects.get().status == Status.DRAFT

    def test_only_what_was_submitted_can_be_sent_back(self) -> None:
        draft = ready_draft("My way")

        with pytest.raises(WrongState) as caught:
            publication.send_back(draft, by=None, note="No.")

        assert str(caught.value) == "“My way (1)” can’t be sent back: it is a draft."


class TestProblems:
    """What is missing, a sentence each."""

    def test_a_draft_that_is_ready_has_none(self) -> None:
        assert publication.problems(ready_draft()) == []

    def test_a_summary(self) -> None:
        draft = ready_draft()
        draft.summary = ""

        assert publication.problems(draft) == [
            "Write a summary: a sentence or two for the pathway’s card."
        ]

    def test_a_licence(self) -> None:
        draft = ready_draft()
        draft.licence = ""

        assert publication.problems(draft) == [
            "Name the licence that the pathway is under, as in CC-BY-4.0."
        ]

    def test_a_step(self) -> None:
        assert publication.problems(make_draft()) == ["Add a step."]

    def test_a_step_in_each_stage(self) -> None:
        draft = ready_draft()
        add_stage(draft, "Nothing here")

        assert publication.problems(draft) == [
            "Add a step to the stage “Nothing here”, or take the stage away."
        ]

    def test_another_way_to_choose_from(self) -> None:
        draft = make_draft()
        stage = add_stage(draft)
        add_step(stage, "This way", requirement="choose-one", choice=1)

        assert publication.problems(draft) == [
            "“This way” is one of several to choose from, but the only one: add another way."
        ]
        add_step(stage, "That way", requirement="choose-one", choice=1)
        assert publication.problems(draft) == []

    def test_a_resource_that_is_there(self) -> None:
        resource = ResourceFactory(title="A guide")
        draft = make_draft()
        add_step(add_stage(draft), resource)
        resource.withdraw(by=None, reason="It is out of date.")

        assert publication.problems(draft) == ["“A guide” was withdrawn: choose another resource."]

    def test_a_draft_resource_that_could_be_public(self) -> None:
        resource = ResourceFactory(title="A guide", published=False, languages=[])
        draft = make_draft()
        add_step(add_stage(draft), resource)

        assert publication.problems(draft) == [
            "“A guide” can’t be public yet: "
            "A public resource needs a type, a cost and at least one language."
        ]
        assert Resource.objects.get().status == Status.DRAFT

    def test_a_pathway_that_is_public(self) -> None:
        draft = make_draft()
        add_step(add_stage(draft), make_draft("Inner").pathway)

        assert publication.problems(draft) == [
            "“Inner” is not public: publish it first, or take the step away."
        ]

    def test_all_are_told_at_once(self) -> None:
        draft = make_draft()
        draft.summary = ""
        add_stage(draft, "Nothing here")

        assert len(publication.problems(draft)) == 3


class TestCircles:
    def circle(self, draft: Revision) -> str:
        (problem,) = publication.problems(draft)
        return problem

    def test_a_pathway_does_not_lead_to_itself(self) -> None:
        pathway = make_pathway("A")
        draft = publication.draft_from(pathway.published_revision, by=None)
        add_step(draft.stages.get(), pathway)

        assert (
            self.circle(draft)
            == "“A” leads back to this pathway: a learner would walk in a circle."
        )

    def test_nor_by_way_of_others(self) -> None:
        last = make_pathway("Last")
        middle = make_pathway("Middle", steps=[last])
        first = make_pathway("First", steps=["Begin", middle])
        draft = publication.draft_from(last.published_revision, by=None)
        add_step(draft.stages.get(), first)

        with pytest.raises(ValidationError) as caught:
            publication.publish(draft, by=None)

        assert caught.value.messages == [
            "“First” leads back to this pathway: a learner would walk in a circle."
        ]

    def test_what_another_s_draft_only_means_to_do_is_no_circle(self) -> None:
        a, b = make_pathway("A"), make_pathway("B")
        meant = publication.draft_from(a.published_revision, by=None)
        add_step(meant.stages.get(), b)

        draft = publication.draft_from(b.published_revision, by=None)
        add_step(draft.stages.get(), a)
        publication.publish(draft, by=None)

        assert self.circle(meant).startswith("“B” leads back")

    def test_two_that_lead_to_a_third_are_none(self) -> None:
        inner = make_pathway("Inner")
        left, right = make_pathway("Left", steps=[inner]), make_pathway("Right", steps=[inner])

        assert make_pathway("Both", steps=[left, right]).status == Status.PUBLISHED

    def test_who_looks_for_a_circle_walks_each_pathway_once(self) -> None:
        a = make_pathway("A")
        b = make_pathway("B", steps=[a])

        assert publication.leads_to(b, a) is True
        assert publication.leads_to(a, b) is False
        assert publication.leads_to(a, a) is True


class TestDraftResources:
    def test_they_are_published_with_it_by_whoever_publishes(self, cast: Cast) -> None:
        step, stand_in = (ResourceFactory(published=False) for _ in range(2))
        draft = make_draft()
        add_step(add_stage(draft), step, stand_in=stand_in)

        publication.publish(draft, by=cast.editor)

        assert {one.status for one in Resource.objects.all()} == {Status.PUBLISHED}
        decisions = Decision.objects.filter(uid__in=[step.uid, stand_in.uid])
        assert [(one.verb, one.by) for one in decisions] == [("published", cast.editor)] * 2

    def test_a_public_one_is_left_as_it_is(self) -> None:
        resource = ResourceFactory()

        make_pathway(steps=[resource])

        assert Resource.objects.get().published_at == resource.published_at
        assert not Decision.objects.filter(uid=resource.uid).exists()


class TestPathwayCount:
    """In how many public pathways a resource stands, as a step or a stand-in."""

    def count(self, resource: Resource) -> int:
        return Resource.objects.get(pk=resource.pk).pathway_count

    def test_each_pathway_counts_once(self) -> None:
        resource = ResourceFactory()

        make_pathway("A", steps=[resource, (None, {"stand_in": resource})])
        make_pathway("B", steps=[resource])

        assert self.count(resource) == 2

    def test_a_stand_in_counts_as_well(self) -> None:
        resource = ResourceFactory()

        make_pathway(steps=[(None, {"stand_in": resource})])

        assert self.count(resource) == 1

    def test_a_draft_does_not_count(self) -> None:
        resource = ResourceFactory()

        add_step(add_stage(make_draft()), resource)

        assert self.count(resource) == 0

    def test_a_resource_that_a_later_revision_leaves_out_is_counted_down(self) -> None:
        resource = ResourceFactory()
        pathway = make_pathway(steps=[resource, "Ask a colleague"])
        draft = publication.draft_from(pathway.published_revision, by=None)
        draft.steps.get(resource=resource).delete()

        publication.publish(draft, by=None)

        assert self.count(resource) == 0

    def test_it_follows_when_a_pathway_goes_and_comes_back(self) -> None:
        resource = ResourceFactory()
        pathway = make_pathway(steps=[resource])

        pathway.withdraw(by=None, reason="It is out of date.")
        assert self.count(resource) == 0
        pathway.restore(by=None)
        assert self.count(resource) == 1


class TestMinutes:
    def minutes(self, pathway: Pathway) -> int | None:
        return Pathway.objects.get(pk=pathway.pk).duration_minutes

    def test_a_pathway_keeps_those_of_its_outline(self) -> None:
        assert self.minutes(make_pathway(steps=[("A", {"duration_minutes": 25})])) == 25

    def test_unknown_ones_are_unknown_not_nought(self) -> None:
        assert self.minutes(make_pathway(steps=["A"])) is None

    def test_they_follow_a_resource_s(self) -> None:
        resource = ResourceFactory(duration_minutes=20)
        pathway = make_pathway(steps=[resource, ("A", {"duration_minutes": 5})])

        resource.duration_minutes = 50
        resource.save()

        assert self.minutes(pathway) == 55

    def test_and_up_through_pathways_that_have_it_as_a_step(self) -> None:
        resource = ResourceFactory(duration_minutes=20)
        inner = make_pathway("Inner", steps=[resource])
        middle = make_pathway("Middle", steps=[inner, ("A", {"duration_minutes": 1})])
        outer = make_pathway("Outer", steps=[middle, inner])
        assert self.minutes(outer) == 41

        resource.duration_minutes = 30
        resource.save()

        assert [self.minutes(one) for one in (inner, middle, outer)] == [30, 31, 61]

    def test_another_revision_of_an_inner_one_changes_the_outer(self) -> None:
        inner = make_pathway("Inner", steps=[("A", {"duration_minutes": 10})])
        outer = make_pathway("Outer", steps=[inner])
        draft = publication.draft_from(inner.published_revision, by=None)
        draft.steps.update(duration_minutes=15)

        publication.publish(draft, by=None)

        assert self.minutes(outer) == 15

    def test_a_draft_s_are_not_the_pathway_s(self) -> None:
        pathway = make_pathway(steps=[("A", {"duration_minutes": 10})])
        draft = publication.draft_from(pathway.published_revision, by=None)

        draft.steps.update(duration_minutes=15)
        publication.refresh_minutes([pathway.pk])

        assert self.minutes(pathway) == 10

    def test_saving_one_read_earlier_takes_nothing_back(self) -> None:
        resource = ResourceFactory(duration_minutes=20)
        stale = make_pathway(steps=[resource])
        resource.duration_minutes = 30
        resource.save()

        stale.ordered = False
        stale.save()

        assert self.minutes(stale) == 30


class TestReading:
    def test_readers_see_published_pathways_by_title_in_one_query(
        self, count_queries: object
    ) -> None:
        for title in ("B", "A", "C"):
            make_pathway(title, steps=[ResourceFactory() for _ in range(3)])
        make_draft("A draft")

        with count_queries() as queries:
            listed = list(Pathway.objects.for_listing())
            for pathway in listed:
                assert len(outline_for_readers(pathway).entries) == 3
                assert authors(pathway) == []

        assert [pathway.title for pathway in listed] == ["A", "B", "C"]
        assert len(queries) == 1

    def test_a_page_costs_six_whatever_its_length(self, count_queries: object) -> None:
        make_pathway(steps=[ResourceFactory() for _ in range(6)])

        with count_queries() as queries:
            pathway = Pathway.objects.for_detail().get()
            revision = pathway.published_revision
            assert [str(step) for step in revision.steps.all()]
            assert [stage.title for stage in revision.stages.all()]
            assert list(revision.skill_links.all()) == list(revision.role_links.all()) == []

        assert len(queries) == 6


def test_a_draft_that_lacks_what_was_published_since_is_refused() -> None:
    pathway = make_pathway()
    older = publication.draft_from(pathway.published_revision, by=None)
    newer = publication.draft_from(pathway.published_revision, by=None)
    publication.publish(newer, by=None)

    with pytest.raises(ValidationError) as caught:
        publication.publish(older, by=None)

    assert caught.value.messages == [
        "Revision 3 was published after this draft was started, which lacks what it changed: "
        "start a new draft from it."
    ]
