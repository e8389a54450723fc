"""Steps: their titles, their minutes, and the public number that is never used again."""

import pytest
from django.utils import translation

from pathways import publication
from pathways.models import Pathway, Step
from tests.factories import ResourceFactory, add_stage, add_step, make_draft, make_pathway
from tests.rules import refused
from tests.together import Somebody


@pytest.mark.django_db
class TestTitle:
    def test_it_is_the_curator_s_own_where_there_is_one(self) -> None:
        step = add_step(add_stage(make_draft()), ResourceFactory(), title="Read this first")

        assert str(step) == step.shown_title == "Read this first"

    def test_else_the_resource_s_in_the_resource_s_language(self) -> None:
        resource = ResourceFactory(title="Données", languages=["fr"])

        title = add_step(add_stage(make_draft()), resource).shown_title

        assert (title, title.lang) == ("Données", ' lang="fr"')

    def test_else_the_pathway_s_as_readers_see_it(self) -> None:
        inner = make_pathway("Inner")
        step = add_step(add_stage(make_draft()), inner)

        draft = publication.draft_from(inner.published_revision, by=None)
        draft.title = "Not yet"
        draft.save()

        assert step.shown_title == "Inner"

    def test_a_draft_pathway_has_its_working_title(self) -> None:
        inner = make_draft("Inner").pathway

        assert add_step(add_stage(make_draft()), inner).shown_title == "Inner"

    def test_it_may_be_in_welsh(self) -> None:
        step = add_step(add_stage(make_draft()), "Ask", title_cy="Gofyn")

        with translation.override("cy"):
            assert step.shown_title == "Gofyn"


@pytest.mark.django_db
class TestMinutes:
    def test_an_activity_has_those_that_the_curator_gives(self) -> None:
        stage = add_stage(make_draft())

        assert add_step(stage, "Ask", duration_minutes=10).minutes == 10
        assert add_step(stage, "Think").minutes is None

    def test_an_estimate_is_the_resource_s(self) -> None:
        stage = add_stage(make_draft())

        estimated = add_step(stage, ResourceFactory(duration_source="estimate"))
        told = add_step(stage, ResourceFactory(duration_source="provider"))

        assert (estimated.is_estimate, told.is_estimate) == (True, False)
        assert add_step(stage, "Think").is_estimate is False


@pytest.mark.django_db
class TestNumber:
    def test_steps_count_from_one_through_all_stages(self) -> None:
        draft = make_draft()
        first, second = add_stage(draft), add_stage(draft)

        numbers = [add_step(stage, "A step").n for stage in (first, second, first)]

        assert numbers == [1, 2, 3]

    def test_a_number_is_never_used_again(self) -> None:
        stage = add_stage(make_draft())
        add_step(stage, "First")
        add_step(stage, "Last").delete()

        assert add_step(stage, "Another").n == 3

    def test_one_that_a_file_brings_is_remembered(self) -> None:
        stage = add_stage(make_draft())

        add_step(stage, "Seventh", n=7)

        assert add_step(stage, "Next").n == 8

    def test_a_lower_one_takes_nothing_back(self) -> None:
        stage = add_stage(make_draft())
        add_step(stage, "Seventh", n=7)

        add_step(stage, "Second", n=2)

        assert Pathway.objects.get().last_n == 7

    def test_saving_the_pathway_takes_nothing_back_either(self) -> None:
        draft = make_draft()
        stale = Pathway.objects.get()
        stage = add_stage(draft)
        add_step(stage, "First")

        stale.title = "Another title"
        stale.save()

        assert add_step(stage, "Second").n == 2

    def test_nor_does_withdrawing_one_that_was_read_earlier(self) -> None:
        stale = make_pathway(steps=["First"])
        draft = publication.draft_from(stale.published_revision, by=None)
        stage = draft.stages.get()
        add_step(stage, "Second").delete()

        stale.withdraw(by=None, reason="It is out of date.")

        assert add_step(stage, "Third").n == 3

    def test_moving_a_step_leaves_its_number(self) -> None:
        stage = add_stage(make_draft())
        first, second = add_step(stage, "First"), add_step(stage, "Second")

        first.position, second.position = 2, 1
        first.save()
        second.save()

        assert list(Step.objects.in_order().values_list("title", "n")) == [
            ("Second", 2),
            ("First", 1),
        ]

    def test_it_is_part_of_its_address(self) -> None:
        step = add_step(add_stage(make_draft("My way")), "First")

        assert step.get_absolute_url() == "/pathways/my-way/1/"
        assert step.stage.get_absolute_url() == "/pathways/my-way/#stage-1"


@pytest.mark.django_db
class TestLastSeen:
    def test_a_step_that_was_taken_away_is_shown_as_it_last_was(self) -> None:
        pathway = make_pathway(steps=["Stay", "Go"])
        draft = publication.draft_from(pathway.published_revision, by=None)
        draft.steps.get(n=2).delete()
        publication.publish(draft, by=None)

        assert Step.objects.last_seen(pathway, 2).title == "Go"
        assert Step.objects.last_seen(pathway, 3) is None

    def test_by_its_uid_the_present_one_is_found_not_a_later_draft_s(self) -> None:
        pathway = make_pathway(steps=["As readers see it"])
        uid = Step.objects.get().uid
        draft = publication.draft_from(pathway.published_revision, by=None)
        draft.steps.update(title="Not yet")

        assert Step.find_by_uid(uid).title == "As readers see it"
        publication.publish(draft, by=None)
        assert Step.find_by_uid(uid).title == "Not yet"


@pytest.mark.django_db
class TestOwners:
    def test_a_step_s_stage_is_of_its_own_revision(self) -> None:
        mine, theirs = add_stage(make_draft()), add_stage(make_draft("Another"))

        with refused("pathways_step_stage_same_revision"):
            Step.objects.create(revision=mine.revision, stage=theirs, kind="activity", title="Lost")

    def test_a_resource_that_a_step_needs_stays(self) -> None:
        resource = ResourceFactory(published=False)
        add_step(add_stage(make_draft()), resource)

        with pytest.raises(Exception, match="protected foreign keys"):
            resource.delete()


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_who_add_a_step_get_two_numbers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_draft()
        mine, theirs = Pathway.objects.get(), Pathway.objects.get()
        other = Somebody(theirs.take_number)
        refresh = mine.refresh_from_db

        def after_they_tried(**kwargs: object) -> None:
            other.starts_and_waits()
            refresh(**kwargs)

        monkeypatch.setattr(mine, "refresh_from_db", after_they_tried)

        with other:
            number = mine.take_number()

        assert (number, other.answer) == (1, 2)


@pytest.mark.django_db
class TestMinutesOfAStandIn:
    @pytest.mark.parametrize(
        ("own", "stand_ins", "shown"),
        [
            (None, 5, (5, False)),
            (30, 5, (5, False)),
            (30, None, (30, True)),
            (None, None, (None, True)),
        ],
    )
    def test_they_count_before_what_was_said_of_the_first(
        self, own: int | None, stand_ins: int | None, shown: tuple
    ) -> None:
        other = ResourceFactory(duration_minutes=stand_ins)
        dead = ResourceFactory(link="gone", duration_minutes=60)
        step = add_step(add_stage(make_draft()), dead, stand_in=other, duration_minutes=own)

        assert (step.minutes, step.is_estimate) == shown

    def test_they_wait_until_it_serves(self) -> None:
        first = ResourceFactory(link="works", duration_minutes=60)
        other = ResourceFactory(duration_minutes=5)
        step = add_step(add_stage(make_draft()), first, stand_in=other, duration_minutes=30)

        assert step.minutes == 30
