"""Two resources that are one: merged, and parted again."""

import io
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from catalogue import merging
from catalogue.exchange import Report, import_resources
from catalogue.models import Decision, Merge, Resource
from catalogue.vocabularies import Status
from pathways.models import Pathway, Step
from tests.cast import Cast
from tests.factories import (
    CompetenceFactory,
    OrganisationFactory,
    QuestionFactory,
    ResourceCompetenceFactory,
    ResourceFactory,
    SkillFactory,
    add_stage,
    add_step,
    make_draft,
    make_pathway,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Resource:
    return ResourceFactory(title="Reading old maps", duration_minutes=20)


@pytest.fixture
def duplicate() -> Resource:
    return ResourceFactory(title="Reading old maps, again", duration_minutes=45)


def merge(duplicate: Resource, kept: Resource) -> Merge:
    done = merging.merge(duplicate, into=kept, by=None)
    duplicate.refresh_from_db()
    kept.refresh_from_db()
    return done


def part(done: Merge) -> None:
    merging.undo(done, by=None)


class TestAddresses:
    def test_its_page_leads_to_the_one_that_is_kept(
        self, client: Client, duplicate: Resource, kept: Resource
    ):
        merge(duplicate, kept)

        answer = client.get(duplicate.get_absolute_url())
        assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())

    def test_so_does_its_permanent_identifier(
        self, client: Client, duplicate: Resource, kept: Resource
    ):
        merge(duplicate, kept)

        assert client.get(f"/id/{duplicate.uid}/")["Location"] == kept.get_absolute_url()

    def test_so_does_an_address_that_it_had_before(
        self, client: Client, duplicate: Resource, kept: Resource
    ):
        former = duplicate.get_absolute_url()
        duplicate.slug = "another"
        duplicate.save()
        merge(duplicate, kept)

        onward = client.get(former)["Location"]
        assert client.get(onward)["Location"] == kept.get_absolute_url()

    def test_they_lead_on_when_the_kept_one_is_merged_too(
        self, client: Client, duplicate: Resource, kept: Resource
    ):
        last = ResourceFactory()
        merge(duplicate, kept)
        merge(kept, last)

        assert client.get(duplicate.get_absolute_url())["Location"] == last.get_absolute_url()

    def test_where_the_kept_one_was_withdrawn_it_says_why(
        self, client: Client, duplicate: Resource, kept: Resource
    ):
        merge(duplicate, kept)
        kept.withdraw(by=None, reason="It is out of date.")

        assert client.get(duplicate.get_absolute_url()).status_code == 410

    def test_an_import_that_names_its_address_adds_nothing(
        self, duplicate: Resource, kept: Resource
    ):
        merge(duplicate, kept)
        report = Report()

        file = io.BytesIO(f"url,title\n{duplicate.url},Another title\n".encode())
        import_resources(file, "a.csv", update=True, report=report)

        assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
        kept.refresh_from_db()
        assert kept.title == "Reading old maps"


class TestWhatHangsOnIt:
    def test_skills_and_their_notes_go_along_each_once(self, duplicate: Resource, kept: Resource):
        both, only = SkillFactory(title="Both"), SkillFactory(title="Only")
        kept.skill_links.create(skill=both, proficiency="basic", note="Mine")
        duplicate.skill_links.create(skill=both, proficiency="basic", note="Yours")
        duplicate.skill_links.create(skill=both, proficiency="expert")
        duplicate.skill_links.create(skill=only, proficiency="basic", note="Yours")
        merge(duplicate, kept)

        links = kept.skill_links.order_by("skill__title", "proficiency")
        assert [(link.skill.title, link.proficiency, link.note) for link in links] == [
            ("Both", "basic", "Mine"),
            ("Both", "expert", ""),
            ("Only", "basic", "Yours"),
        ]

    def test_tags_competences_and_questions_go_along(self, duplicate: Resource, kept: Resource):
        kept.tags.add("maps")
        duplicate.tags.add("maps", "archives")
        competence = CompetenceFactory()
        ResourceCompetenceFactory(resource=duplicate, competence=competence)
        question = QuestionFactory()
        question.resources.add(duplicate)
        merge(duplicate, kept)

        assert {tag.name for tag in kept.tags.all()} == {"maps", "archives"}
        assert [link.competence for link in kept.competence_links.all()] == [competence]
        assert [*question.resources.all()] == [kept]

    def test_what_the_kept_one_does_not_say_is_filled_in(self, kept: Resource):
        body = OrganisationFactory()
        Resource.objects.filter(pk=kept.pk).update(licence="", provider=None)
        merge(ResourceFactory(licence="CC-BY-4.0", provider=body, duration_minutes=99), kept)

        assert (kept.licence, kept.provider, kept.duration_minutes) == ("CC-BY-4.0", body, 20)

    def test_a_description_that_was_not_rewritten_fills_nothing_public(self, kept: Resource):
        Resource.objects.filter(pk=kept.pk).update(description="")
        merge(
            ResourceFactory(published=False, description="Buy now!", description_source="scraped"),
            kept,
        )

        assert (kept.description, kept.description_source) == ("", "editor")


class TestSteps:
    def test_a_published_step_leads_to_the_kept_one_and_the_minutes_follow(
        self, duplicate: Resource, kept: Resource
    ):
        pathway = make_pathway(steps=[duplicate])
        merge(duplicate, kept)

        step = Step.objects.get()
        assert (step.resource, step.n) == (kept, 1)
        pathway.refresh_from_db()
        assert pathway.duration_minutes == 20
        assert (kept.pathway_count, duplicate.pathway_count) == (1, 0)

    def test_a_draft_s_step_and_a_stand_in_do_too(self, duplicate: Resource, kept: Resource):
        stage = add_stage(make_draft())
        leads = add_step(stage, duplicate)
        stands = add_step(stage, ResourceFactory(), stand_in=duplicate)
        merge(duplicate, kept)

        leads.refresh_from_db()
        stands.refresh_from_db()
        assert (leads.resource, stands.stand_in) == (kept, kept)

    def test_nothing_stands_in_for_itself(self, duplicate: Resource, kept: Resource):
        stage = add_stage(make_draft())
        one = add_step(stage, kept, stand_in=duplicate)
        other = add_step(stage, duplicate, stand_in=kept)
        merge(duplicate, kept)

        for step in (one, other):
            step.refresh_from_db()
            assert (step.resource, step.stand_in) == (kept, None)

    def test_the_page_of_the_pathway_shows_the_kept_one_at_once(
        self, client: Client, duplicate: Resource, kept: Resource
    ):
        pathway = make_pathway(steps=[duplicate])
        merge(duplicate, kept)

        page = client.get(pathway.get_absolute_url()).content.decode()
        assert "Reading old maps, again" not in page


class TestUndone:
    def test_everything_is_as_it_was(self, client: Client, duplicate: Resource, kept: Resource):
        skill = SkillFactory()
        duplicate.skill_links.create(skill=skill, proficiency="basic")
        duplicate.tags.add("archives")
        question = QuestionFactory()
        question.resources.add(duplicate)
        pathway = make_pathway(steps=[duplicate])
        stage = add_stage(make_draft())
        one = add_step(stage, kept, stand_in=duplicate)
        other = add_step(stage, duplicate, stand_in=kept)
        part(merge(duplicate, kept))

        duplicate.refresh_from_db()
        assert duplicate.status == Status.PUBLISHED
        assert client.get(duplicate.get_absolute_url()).status_code == 200
        assert [link.skill for link in duplicate.skill_links.all()] == [skill]
        assert not kept.skill_links.exists()
        assert [tag.name for tag in duplicate.tags.all()] == ["archives"]
        assert [*question.resources.all()] == [duplicate]
        assert Step.objects.get(revision=pathway.published_revision_id).resource == duplicate
        assert Pathway.objects.get(pk=pathway.pk).duration_minutes == 45
        for step, resource, stand_in in ((one, kept, duplicate), (other, duplicate, kept)):
            step.refresh_from_db()
            assert (step.resource, step.stand_in) == (resource, stand_in)

    def test_what_was_filled_in_is_empty_again_but_not_what_somebody_wrote_since(
        self, kept: Resource
    ):
        Resource.objects.filter(pk=kept.pk).update(licence="", authors=[])
        done = merge(ResourceFactory(licence="CC-BY-4.0", authors=["Ann"]), kept)
        kept.authors = ["Ann", "Bob"]
        kept.save()
        part(done)

        kept.refresh_from_db()
        assert (kept.licence, kept.authors) == ("", ["Ann", "Bob"])

    def test_what_was_taken_away_since_stays_away(self, duplicate: Resource, kept: Resource):
        duplicate.skill_links.create(skill=SkillFactory(), proficiency="basic")
        done = merge(duplicate, kept)
        kept.skill_links.all().delete()
        part(done)

        assert not duplicate.skill_links.exists()

    def test_a_second_time_is_refused(self, duplicate: Resource, kept: Resource):
        done = merge(duplicate, kept)
        part(done)

        with pytest.raises(ValidationError, match="undone already"):
            part(done)

    def test_they_can_be_merged_again(self, duplicate: Resource, kept: Resource):
        part(merge(duplicate, kept))
        duplicate.refresh_from_db()

        assert merge(duplicate, kept).pk


class TestRefused:
    def test_with_itself(self, kept: Resource):
        with pytest.raises(ValidationError, match="into itself"):
            merge(kept, kept)

    def test_with_what_is_none(self, kept: Resource):
        with pytest.raises(ValidationError):
            merge(Resource(pk=kept.pk + 1, uid=uuid4()), kept)

    def test_a_second_time(self, duplicate: Resource, kept: Resource):
        merge(duplicate, kept)

        with pytest.raises(ValidationError, match="is merged into “Reading old maps” already"):
            merge(duplicate, ResourceFactory())

    def test_into_what_is_merged_itself(self, duplicate: Resource, kept: Resource):
        merge(duplicate, kept)

        with pytest.raises(ValidationError, match="already"):
            merge(ResourceFactory(), duplicate)

    def test_into_what_was_withdrawn(self, duplicate: Resource, kept: Resource):
        kept.withdraw(by=None, reason="It is out of date.")

        with pytest.raises(ValidationError, match="was withdrawn"):
            merge(duplicate, kept)

    def test_a_public_one_into_a_draft(self, duplicate: Resource):
        with pytest.raises(ValidationError, match="no public page"):
            merge(duplicate, ResourceFactory(published=False))

    def test_to_show_a_merged_one_by_itself(self, duplicate: Resource, kept: Resource):
        merge(duplicate, kept)

        with pytest.raises(ValidationError, match="undo that first"):
            duplicate.restore(by=None)


def test_a_draft_stays_a_draft_that_cannot_be_published(kept: Resource):
    draft = ResourceFactory(published=False)
    merge(draft, kept)

    assert draft.status == Status.DRAFT
    with pytest.raises(ValidationError, match="undo that first"):
        draft.publish(by=None)


def test_both_remember_the_decision(duplicate: Resource, kept: Resource, cast: Cast):
    merging.merge(duplicate, into=kept, by=cast.editor, note="Same page.")

    said = Decision.objects.filter(uid=duplicate.uid, verb="merged").get()
    assert (said.by, said.note) == (cast.editor, "Same page.")
    assert Decision.objects.filter(uid=kept.uid, verb="merged with").exists()


class TestAtTheDesk:
    @pytest.fixture
    def desk(self, cast: Cast) -> Client:
        return cast.client_of("admin")

    def test_an_editor_is_told_what_goes_along_merges_and_sees_the_kept_one(
        self, desk: Client, duplicate: Resource, kept: Resource
    ):
        make_pathway(steps=[duplicate])
        duplicate.skill_links.create(skill=SkillFactory(), proficiency="basic")
        address = reverse("admin:catalogue_resource_merge", args=[duplicate.pk])

        page = desk.get(address).content.decode()
        assert "1 public pathway leads to it" in page
        assert "1 skill goes along" in page

        answer = desk.post(address, {"into": kept.pk, "note": "Same page."}, follow=True)
        assert "is merged into this one" in answer.content.decode()
        assert answer.redirect_chain[-1][0] == reverse(
            "admin:catalogue_resource_change", args=[kept.pk]
        )

    def test_what_makes_no_sense_is_told_and_nothing_typed_is_lost(
        self, desk: Client, duplicate: Resource
    ):
        draft = ResourceFactory(published=False)
        address = reverse("admin:catalogue_resource_merge", args=[duplicate.pk])

        page = desk.post(address, {"into": draft.pk, "note": "Same page."}).content.decode()

        assert "is no public page yet" in page
        assert "Same page." in page

    def test_and_undoes_it(self, desk: Client, duplicate: Resource, kept: Resource):
        merge(duplicate, kept)

        desk.post(reverse("admin:catalogue_resource_part", args=[duplicate.pk]), {"note": ""})

        assert not Merge.objects.standing().exists()

    def test_the_list_of_merges_tells_what_went_along(
        self, desk: Client, duplicate: Resource, kept: Resource
    ):
        duplicate.tags.add("archives")
        done = merge(duplicate, kept)

        page = desk.get(reverse("admin:catalogue_merge_change", args=[done.pk])).content.decode()
        assert "1 skill, competence or tag" in page
