"""The starter catalogue: what a new site begins with is whole, public, and loaded once."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from catalogue.exchange import load_organisations
from catalogue.models import (
    Competence,
    Crosswalk,
    Framework,
    Organisation,
    PublicRow,
    Question,
    Resource,
    ResourceSkill,
    Role,
    Skill,
)
from catalogue.vocabularies import Proficiency, Status
from config import starter
from curators.models import Curator
from pathways import publication
from pathways.models import Pathway, Step
from pathways.outline import outline_of
from tests.together import Somebody

KINDS = [Organisation, Framework, Skill, Role, Question, Resource, Curator, Pathway]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, int]]:
    """The starter catalogue, loaded once for all tests of the class; answers what it added."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield starter.load()
        transaction.set_rollback(True)
    connection.close()


@pytest.mark.usefixtures("loaded")
class TestWhole:
    @pytest.mark.parametrize("model", KINDS, ids=lambda model: model.noun)
    def test_all_of_it_is_public(self, model: type[PublicRow]) -> None:
        assert model.objects.published().exists()
        if model is not Resource:
            assert not model.objects.exclude(status=Status.PUBLISHED).exists()

    def test_only_the_resources_of_files_of_drafts_are_drafts(self) -> None:
        files = (settings.BASE_DIR / "catalogue/starter/resources").glob("drafts*.csv")
        said = {row["url"] for path in files for row in csv.DictReader(path.open(encoding="utf-8"))}

        drafts = Resource.objects.exclude(status=Status.PUBLISHED)

        assert {resource.url for resource in drafts} == said
        assert {resource.status for resource in drafts} <= {Status.DRAFT}

    @pytest.mark.parametrize("model", KINDS, ids=lambda model: model.noun)
    def test_all_of_it_would_pass_at_the_desk(self, model: type[PublicRow]) -> None:
        for row in model.objects.all():
            row.full_clean()

    def test_every_pathway_is_ready_and_has_minutes_and_credits(self) -> None:
        for pathway in Pathway.objects.for_detail():
            assert publication.problems(pathway.published_revision) == [], pathway
            assert pathway.duration_minutes == outline_of(pathway.published_revision).minutes
            assert pathway.duration_minutes > 0
            assert pathway.credits.exists()

    def test_every_step_s_resource_is_public_and_counts_its_pathways(self) -> None:
        steps = Step.objects.current().filter(resource__isnull=False)

        assert steps.exists()
        for step in steps:
            assert step.resource.status == Status.PUBLISHED, step
            assert step.resource.pathway_count >= 1, step

    def test_every_resource_can_be_found_by_a_skill_at_a_proficiency(self) -> None:
        assert not Resource.objects.filter(skill_links__isnull=True).exists()
        assert not ResourceSkill.objects.filter(proficiency="").exists()

    def test_every_skill_has_its_four_sentences_and_a_place_in_the_main_framework(self) -> None:
        main = Framework.objects.main()

        assert main.slug == "digcomp-3.0"
        for skill in Skill.objects.all():
            said = set(skill.statements.values_list("proficiency", flat=True))
            assert said == set(Proficiency.values), skill
            assert skill.competences.filter(framework=main).exists(), skill

    def test_both_versions_of_digcomp_are_whole_and_related(self) -> None:
        for framework in Framework.objects.filter(family="digcomp"):
            assert framework.competences.areas().count() == 5, framework
            assert framework.competences.filter(parent__isnull=False).count() == 21, framework
            assert not framework.levels.filter(proficiency="").exists(), framework
        related = Crosswalk.objects.values("source").distinct().count()
        assert (
            related
            >= Competence.objects.filter(
                framework__slug="digcomp-2.2", parent__isnull=False
            ).count()
        )

    def test_every_framework_says_whose_it_is_and_on_what_terms(self) -> None:
        assert Framework.objects.count() == 4
        for framework in Framework.objects.all():
            assert framework.publisher and framework.licence and framework.attribution, framework
            assert framework.url and framework.date_published, framework
            assert not framework.competences.filter(description="").exists(), framework

    def test_the_welsh_framework_has_its_official_welsh_words(self) -> None:
        framework = Framework.objects.get(family="digital-competence-framework")

        assert framework.title_cy == "Fframwaith Cymhwysedd Digidol"
        assert framework.competences.areas().count() == 4
        assert framework.competences.count() == 16
        assert all(competence.title_cy for competence in framework.competences.all())

    def test_every_question_has_an_answer(self) -> None:
        for question in Question.objects.all():
            assert question.skills.exists(), question
            assert question.resources.exists() or question.pathway_links.exists(), question

    def test_every_role_knows_what_it_needs(self) -> None:
        assert not Role.objects.filter(skill_links__isnull=True).exists()

    def test_every_page_of_it_answers(self) -> None:
        client = Client()
        for model in KINDS:
            for row in model.objects.published():
                assert client.get(row.get_absolute_url()).status_code == 200, row
        for step in Step.objects.current():
            assert client.get(step.get_absolute_url()).status_code == 200, step

    def test_a_second_time_adds_nothing(self, loaded: dict[str, int]) -> None:
        assert all(loaded.values())

        assert not any(starter.load().values())

    def test_nor_takes_back_what_an_editor_changed(self) -> None:
        Skill.objects.filter(slug="protecting-readers-privacy").update(title="Privacy")

        starter.load()

        assert Skill.objects.get(slug="protecting-readers-privacy").title == "Privacy"

    def test_its_history_says_that_setup_did_it(self) -> None:
        events = Organisation.pgh_event_model.objects.all()

        assert {event.pgh_context.metadata["command"] for event in events} == {"setup"}


def setup() -> str:
    """What `manage.py setup` says."""
    told = StringIO()
    call_command("setup", stdout=told)
    return told.getvalue().strip()


@pytest.mark.django_db(transaction=True)
class TestSetup:
    def test_two_at_once_load_it_once_and_a_later_one_finds_all_there(self) -> None:
        with Somebody(starter.load) as other:
            other.starts()
            mine = starter.load()

        assert other.error is None
        assert sorted([sum(mine.values()) > 0, sum(other.answer.values()) > 0]) == [False, True]
        assert Skill.objects.count() == max(mine["skills"], other.answer["skills"])
        assert setup() == "Everything was here already."

    def test_it_says_what_it_added(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def load_little() -> dict[str, int]:
            said = [{"slug": "a-body", "name": "A body"}]
            return {"organisations": load_organisations(said), "roles": 0}

        monkeypatch.setattr(starter, "load", load_little)

        assert setup() == "Added: organisations 1."
        assert setup() == "Everything was here already."


@pytest.mark.django_db(transaction=True)
def test_what_can_not_be_loaded_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(said: list) -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(starter.exchange, "load_skills", fail)

    with pytest.raises(RuntimeError):
        starter.load()

    assert not Organisation.objects.exists()
    assert not Framework.objects.exists()


@pytest.mark.django_db
class TestTheEditorsOwn:
    """What was loaded once belongs to the editors."""

    def test_an_address_that_an_editor_changed_stays_changed(self) -> None:
        starter.load()
        question = Question.objects.first()
        question.slug = "asked-in-another-way"
        question.save()
        resource = Resource.objects.first()
        resource.url = "https://example.org/moved-there"
        resource.save()

        assert set(starter.load().values()) == {0}

        assert Resource.objects.filter(url="https://example.org/moved-there").count() == 1

    def test_what_an_editor_took_away_stays_away(self) -> None:
        starter.load()
        Crosswalk.objects.first().delete()
        before = Crosswalk.objects.count()

        assert set(starter.load().values()) == {0}

        assert Crosswalk.objects.count() == before
