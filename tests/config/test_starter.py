"""The starter catalogue: what a new site begins with is whole, public, and loaded once."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client

from catalogue.coverage import coverage_of
from catalogue.exchange import ExchangeError, load_organisations
from catalogue.models import (
    Competence,
    Crosswalk,
    FormerAddress,
    Framework,
    Organisation,
    PublicRow,
    Question,
    Resource,
    ResourceSkill,
    Role,
    Skill,
    StarterItem,
)
from catalogue.vocabularies import Proficiency, Status
from config import starter
from curators.models import Curator
from pathways import publication
from pathways.models import Pathway, QuestionPathway, Step
from pathways.outline import outline_of
from tests.config import starter_files
from tests.together import Somebody

KINDS = [Organisation, Framework, Skill, Role, Question, Resource, Curator, Pathway]
# Skills without resources at two proficiencies: taken off as soon as they have them.
THIN_SKILLS: set[str] = set()


@pytest.fixture(scope="class")
def loaded(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, int]]:
    """The starter catalogue, loaded once for all tests of the class; answers what it added.

    Each of these tests is marked as one that needs the database, and so takes back what it changes.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield starter.load()
        transaction.set_rollback(True)
    connection.close()


def state() -> dict[str, set]:
    """All rows of every kind, each with when it was changed."""
    return {model.noun: set(model.objects.values_list("pk", "modified")) for model in KINDS}


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
class TestWhole:
    @pytest.mark.parametrize("model", KINDS, ids=lambda model: model.noun)
    def test_all_of_it_is_public(self, model: type[PublicRow]) -> None:
        assert model.objects.published().exists()
        if model is not Resource:
            assert not model.objects.exclude(status=Status.PUBLISHED).exists()

    @pytest.mark.parametrize("model", KINDS, ids=lambda model: model.noun)
    def test_all_of_it_would_pass_at_the_desk(self, model: type[PublicRow]) -> None:
        for row in model.objects.all():
            row.full_clean()

    @pytest.mark.parametrize(
        "model", [Organisation, Framework, Skill, Role, Question, Curator, Pathway]
    )
    def test_it_is_what_the_files_say_and_no_more(self, model: type[PublicRow]) -> None:
        here = set(model.objects.values_list("slug", flat=True))

        # An organisation that a resource alone names would have no words and no address.
        assert here == {one["slug"] for one in starter_files.read(f"{model.noun}s")}

    def test_only_the_resources_of_files_of_drafts_are_drafts(self) -> None:
        by_status = {status: set() for status in (Status.PUBLISHED, Status.DRAFT)}
        for url, status in Resource.objects.values_list("url", "status"):
            by_status[status].add(url)

        assert by_status[Status.PUBLISHED] == {row["url"] for row in starter_files.resources()}
        assert by_status[Status.DRAFT] == {row["url"] for row in starter_files.drafts()}

    def test_every_pathway_is_ready_and_has_minutes_and_credits(self) -> None:
        for pathway in Pathway.objects.for_detail():
            assert publication.problems(pathway.published_revision) == [], pathway
            assert pathway.duration_minutes == outline_of(pathway.published_revision).minutes
            assert pathway.duration_minutes > 0
            assert pathway.credits.exists()

    def test_every_step_s_resource_is_public_and_counts_its_pathways(self) -> None:
        steps = Step.objects.current().filter(resource__isnull=False)

        assert steps.exists()
        for step in steps.select_related("resource"):
            assert step.resource.status == Status.PUBLISHED, step
            assert step.resource.pathway_count >= 1, step

    def test_every_resource_can_be_found_by_a_skill_at_a_proficiency(self) -> None:
        assert not Resource.objects.filter(skill_links__isnull=True).exists()
        assert not ResourceSkill.objects.filter(proficiency="").exists()

    def test_every_skill_can_be_learnt_at_two_proficiencies_or_more(self) -> None:
        links = ResourceSkill.objects.filter(resource__status=Status.PUBLISHED)
        found = {skill.slug: set() for skill in Skill.objects.all()}
        for slug, proficiency in links.values_list("skill__slug", "proficiency"):
            found[slug].add(proficiency)

        assert {slug for slug, at in found.items() if len(at) < 2} == THIN_SKILLS

    def test_every_competence_of_the_main_framework_has_two_resources_or_more(self) -> None:
        main = Framework.objects.main()

        for row in coverage_of(main).lines:
            assert row.whole.count >= 2, row.competence

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

    def test_pages_of_every_kind_answer(self) -> None:
        client = Client()
        rows = [row for model in KINDS for row in some_of(model)]
        for row in [*rows, *Step.objects.current()[::5]]:
            assert client.get(row.get_absolute_url()).status_code == 200, row

    def test_a_second_time_adds_and_changes_nothing(self, loaded: dict[str, int]) -> None:
        before = state()
        assert all(loaded.values())

        assert not any(starter.load().values())

        assert state() == before

    def test_nor_takes_back_what_an_editor_changed(self) -> None:
        Skill.objects.filter(slug="protecting-readers-privacy").update(title="Privacy")

        starter.load()

        assert Skill.objects.get(slug="protecting-readers-privacy").title == "Privacy"

    def test_an_address_that_an_editor_changed_stays_changed(self) -> None:
        question = Question.objects.first()
        question.slug = "asked-in-another-way"
        question.save()
        resource = Resource.objects.first()
        resource.url = "https://example.org/moved-there"
        resource.save()

        assert set(starter.load().values()) == {0}

        assert Resource.objects.filter(url="https://example.org/moved-there").count() == 1

    def test_what_an_editor_took_away_stays_away(self) -> None:
        Crosswalk.objects.first().delete()
        before = Crosswalk.objects.count()

        assert set(starter.load().values()) == {0}

        assert Crosswalk.objects.count() == before

    def test_its_history_says_that_setup_did_it(self) -> None:
        contexts = Organisation.pgh_event_model.objects.values_list("pgh_context", flat=True)

        assert contexts.distinct().count() == 1
        event = Organisation.pgh_event_model.objects.first()
        assert event.pgh_context.metadata["command"] == "setup"


def some_of(model: type[PublicRow]) -> list[PublicRow]:
    """Every public row, or one in twenty where there are hundreds."""
    return list(model.objects.published()[:: 20 if model in (Resource, Organisation) else 1])


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

        monkeypatch.setattr(starter, "load", lambda tell: load_little())

        assert setup() == "Added: organisations 1."
        assert setup() == "Everything was here already."


def forget(*keys: str) -> None:
    """Lets the next setup take the items of `keys` for new."""
    assert StarterItem.objects.filter(key__in=keys).delete()[0] == len(keys)


def tried_again() -> tuple[dict[str, int], list[str]]:
    """What a setup adds, and what it tells."""
    told: list[str] = []
    loaded = starter.load(tell=told.append)
    return {noun: number for noun, number in loaded.items() if number}, told


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
class TestNewItemsOnAnOlderSite:
    """Each takes an item away as if it had never come, and changes what it names."""

    def drop_pathway(self, slug: str) -> None:
        """A pathway that was never here, nor its tie to a question."""
        pathway = Pathway.objects.get(slug=slug)
        ties = StarterItem.objects.filter(key__startswith="answers/", key__endswith=f" {slug}")
        forget(f"pathways/{slug}", *ties.values_list("key", flat=True))
        QuestionPathway.objects.filter(pathway=pathway).delete()
        Pathway.objects.filter(pk=pathway.pk).update(slug=f"{slug}-before")
        # Nobody ever followed it there.
        FormerAddress.objects.filter(uid=pathway.uid).delete()

    def drop_question(self, slug: str) -> None:
        forget(f"questions/{slug}")
        Question.objects.filter(slug=slug).update(slug=f"{slug}-before")
        FormerAddress.objects.filter(slug=slug).delete()

    def first_step(self, slug: str) -> Resource:
        steps = Step.objects.current().filter(revision__pathway__slug=slug, resource__isnull=False)
        return steps.first().resource

    def test_what_names_a_withdrawn_resource_waits_until_it_is_restored(self) -> None:
        resource = self.first_step("open-data-first-steps")
        self.drop_pathway("open-data-first-steps")
        self.drop_pathway("privacy-for-library-staff")
        resource.withdraw(by=None, reason="It is gone.")

        added, told = tried_again()

        assert added["pathways"] == 1
        assert len(told) == 1
        assert told[0].startswith("pathways/open-data-first-steps is left out: ")
        assert f"“{resource}” was withdrawn: choose another." in told[0]
        assert Pathway.objects.published().filter(slug="privacy-for-library-staff").exists()
        assert not Pathway.objects.filter(slug="open-data-first-steps").exists()

        assert tried_again() == ({}, told)

        Resource.objects.get(pk=resource.pk).restore(by=None)
        added, told = tried_again()

        assert (added["pathways"], told) == (1, [])
        assert added["answers"] >= 1

    def test_what_names_a_resource_that_moved_is_left_out_alone(self) -> None:
        questions = Question.objects.filter(resources__isnull=False).distinct()
        first, other = questions.order_by("position", "pk")[:2]
        moved = first.resources.exclude(questions=other).first()
        address = moved.url
        for question in (first, other):
            self.drop_question(question.slug)
        moved.url = "https://example.org/moved-there"
        moved.save()

        added, told = tried_again()

        assert added == {"questions": 1}
        assert told == [f"questions/{first.slug} is left out: There is no resource “{address}”."]
        here = Question.objects.get(slug=other.slug)
        assert here.position == other.position

        moved.url = address
        moved.save()

        assert tried_again() == ({"questions": 1}, [])

    def test_a_renamed_skill_is_found_by_its_former_slug(self) -> None:
        skill = Skill.objects.get(slug="using-wikidata")
        skill.slug = "querying-wikidata"
        skill.save()
        self.drop_pathway("wikidata-for-collections")
        said = next(one for one in starter_files.resources() if "using-wikidata" in one["skills"])
        forget(f"resources/{said['url']}")
        Resource.objects.filter(url=said["url"]).update(canonical_url="example.org/before")

        added, told = tried_again()

        assert told == []
        assert (added["pathways"], added["resources"]) == (1, 1)
        pathway = Pathway.objects.get(slug="wikidata-for-collections")
        assert skill in [link.skill for link in pathway.published_revision.skill_links.all()]
        assert skill in Resource.objects.filter(url=said["url"]).latest("pk").skills.all()

    def test_a_skill_whose_address_was_another_s_waits_with_its_relations(self) -> None:
        skill = Skill.objects.get(slug="using-wikidata")
        related = {*skill.related.values_list("slug", flat=True)}
        Skill.related.through.objects.filter(Q(from_skill=skill) | Q(to_skill=skill)).delete()
        skill.slug = "querying-wikidata"
        skill.save()
        forget("skills/using-wikidata")

        added, told = tried_again()

        assert added == {}
        assert len(told) == 1 and told[0].startswith("skills/using-wikidata is left out: ")

        FormerAddress.objects.filter(slug="using-wikidata").delete()
        added, told = tried_again()

        assert (added, told) == ({"skills": 1}, [])
        here = Skill.objects.get(slug="using-wikidata")
        assert {*here.related.values_list("slug", flat=True)} == related

    def test_one_that_names_another_which_comes_after_it_is_loaded(self) -> None:
        ledger = starter._Ledger(lambda sentence: None)
        here: set[str] = set()

        def load(said: list[dict]) -> int:
            if any(one["needs"] not in {"", *here} for one in said):
                raise ExchangeError("not yet")
            here.update(one["slug"] for one in said)
            return len(said)

        needs = {"a": "b", "b": "c", "c": "", "d": "nobody"}
        items = {slug: {"slug": slug, "needs": other} for slug, other in needs.items()}

        assert ledger.load(load, items) == 3
        assert ledger.added == ["c", "b", "a"]


@pytest.mark.django_db(transaction=True)
def test_what_can_not_be_loaded_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(said: list) -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(starter.exchange, "load_skills", fail)

    with pytest.raises(RuntimeError):
        starter.load()

    assert not Organisation.objects.exists()
    assert not Framework.objects.exists()
