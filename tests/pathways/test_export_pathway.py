"""A pathway as a file: the same text each time, and it comes in again unchanged."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from catalogue.models import Organisation, Resource
from config import starter
from pathways import publication
from pathways.exchange import as_json, export_pathway
from pathways.models import Pathway, Revision, Stage, Step
from tests.factories import ResourceFactory, add_stage, add_step, make_draft, make_pathway
from tests.pathways.rich import GUIDE, Bringing, make_rich_pathway, make_surroundings

pytestmark = pytest.mark.django_db


def exported(slug: str = "everything") -> str:
    pathway = Pathway.objects.get(slug=slug)
    return as_json(export_pathway(pathway.published_revision or pathway.draft()))


def exported_elsewhere() -> str:
    """The rich pathway's file, from a site of which nothing is here."""
    with transaction.atomic():
        make_surroundings()
        make_rich_pathway()
        text = exported()
        transaction.set_rollback(True)
    return text


class TestWhatItSays:
    def test_everything_of_the_pathway_stands_in_it(self) -> None:
        make_surroundings()
        make_rich_pathway()

        said = json.loads(exported())

        steps = [step for stage in said["stages"] for step in stage["steps"]]
        assert said["title_cy"] == "Ffordd sydd â phopeth"
        assert said["outcomes_cy"] == ["Canfod data", "Ei lanhau"]
        assert said["credits"] == [
            {"curator": "a-team", "kind": "author"},
            {"curator": "a-curator", "kind": "author"},
            {"curator": "a-curator", "kind": "reviewer"},
        ]
        assert [step["n"] for step in steps] == [1, 3, 4, 5, 9]
        assert steps[0]["note_cy"] == "Byr."
        assert steps[4]["pathway"] == "before-it"

    def test_what_a_resource_is_stands_with_it(self) -> None:
        make_surroundings()
        make_rich_pathway()

        said = json.loads(exported())

        assert said["stages"][0]["steps"][0]["resource"] == {
            "url": GUIDE,
            "title": "Canllaw",
            "description": "What one can do afterwards.",
            "description_language": "en",
            "description_source": "editor",
            "provider": "A body",
            "authors": ["A Writer", "Another; with a semicolon"],
            "resource_type": "guide",
            "proficiency": "basic",
            "languages": ["cy", "en"],
            "licence": "CC-BY-SA-4.0",
            "cost": "free-sign-up",
            "duration_minutes": 20,
            "duration_source": "provider",
            "published": "2025-11",
            "access": ["captions", "phone"],
            "skills": ["a-skill@advanced", "another-skill@basic"],
            "competences": ["a-framework-1.0:1.2@expert"],
            "tags": ["Open data", "gdpr"],
        }

    def test_it_is_the_same_text_each_time(self) -> None:
        make_surroundings()
        make_rich_pathway()

        assert exported() == exported()

    def test_it_asks_as_many_queries_whatever_the_length(self, count_queries: Callable) -> None:
        short = make_pathway(steps=[None] * 2).published_revision
        long = make_pathway("Another", steps=[None] * 12).published_revision

        with count_queries() as few:
            export_pathway(short)
        with count_queries() as many:
            export_pathway(long)

        assert len(many) == len(few)


class TestBack:
    def test_into_its_own_site_it_changes_nothing(self) -> None:
        make_surroundings()
        make_rich_pathway()

        brought = Bringing(exported().encode(), publish=True)

        assert brought.counts == {"unchanged": 1}
        assert brought.notes == []
        assert Revision.objects.filter(pathway__slug="everything").count() == 1

    def test_the_starter_files_change_nothing_where_they_were_loaded(self) -> None:
        starter.load()
        paths = sorted((settings.BASE_DIR / "pathways/starter").glob("*.json"))

        brought = Bringing([json.loads(path.read_text(encoding="utf-8")) for path in paths])

        assert brought.counts == {"unchanged": len(paths)}
        assert brought.notes == []

    def test_a_draft_that_could_not_be_public_changes_nothing_either(self) -> None:
        draft = make_draft(slug="half")
        add_step(add_stage(draft), "Alone", requirement="choose-one", choice=1)
        add_stage(draft, "Empty")

        assert Bringing(exported("half").encode()).counts == {"unchanged": 1}

    def test_a_step_whose_resource_was_withdrawn_since_changes_nothing(self) -> None:
        old = ResourceFactory()
        make_pathway(slug="a-way", steps=[(old, {"stand_in": ResourceFactory()})])
        old.withdraw(by=None, reason="It closed.")

        assert Bringing(exported("a-way").encode()).counts == {"unchanged": 1}

    def test_into_another_site_it_comes_as_the_same_draft(self) -> None:
        text = exported_elsewhere()
        make_surroundings()

        brought = Bringing(text.encode())

        pathway = Pathway.objects.get(slug="everything")
        assert brought.counts == {"added": 1}
        assert brought.rejected == []
        assert (pathway.status, pathway.last_n) == ("draft", 9)
        assert exported() == text

    def test_the_resources_that_it_lacks_come_as_drafts(self) -> None:
        text = exported_elsewhere()
        make_surroundings()

        brought = Bringing(text.encode())

        guide = Resource.objects.get(url=GUIDE)
        assert (guide.status, guide.title, guide.provider.slug) == ("draft", "Canllaw", "a-body")
        assert guide.authors == ["A Writer", "Another; with a semicolon"]
        assert sorted(tag.name for tag in guide.tags.all()) == ["Open data", "gdpr"]
        assert Organisation.objects.filter(name="A body").count() == 1
        assert brought.notes == ["What was not here yet of its resources is a draft now."]

    def test_there_it_can_be_published_at_once(self) -> None:
        text = exported_elsewhere()
        make_surroundings()

        brought = Bringing(text.encode(), publish=True)

        assert brought.counts == {"added": 1}
        assert Pathway.objects.get(slug="everything").status == "published"
        assert Resource.objects.get(url=GUIDE).status == "published"
        assert exported() == text

    def test_there_its_parts_have_the_same_permanent_identifiers(self) -> None:
        text = exported_elsewhere()
        said = json.loads(text)
        make_surroundings()

        Bringing(text.encode(), publish=True)

        stage = said["stages"][1]
        assert str(Pathway.objects.get(slug="everything").uid) == said["uid"]
        assert str(Stage.objects.get(uid=stage["uid"]).title) == stage["title"]
        assert Step.objects.get(uid=stage["steps"][0]["uid"]).n == 4

    def test_a_pathway_that_is_its_own_there_is_known_by_its_address_and_numbers(self) -> None:
        text = exported_elsewhere()
        make_surroundings()
        own = make_rich_pathway()

        brought = Bringing(text.encode())

        own.refresh_from_db()
        assert brought.counts == {"unchanged": 1}
        assert str(own.uid) != json.loads(text)["uid"]


class TestCommand:
    def run(self, *args: str) -> str:
        out = StringIO()
        call_command("export_pathway", *args, stdout=out)
        return out.getvalue()

    def test_it_prints_what_readers_see(self) -> None:
        pathway = make_pathway("As readers see it", slug="a-way")
        draft = publication.draft_from(pathway.published_revision, by=None)
        draft.title = "As it may become"
        draft.save()

        assert json.loads(self.run("a-way"))["title"] == "As readers see it"
        assert json.loads(self.run("a-way", "--revision", "2"))["title"] == "As it may become"

    def test_of_a_pathway_that_nobody_sees_it_prints_the_draft(self) -> None:
        make_draft("Not yet", slug="not-yet")

        assert json.loads(self.run("not-yet"))["title"] == "Not yet"

    @pytest.mark.parametrize(
        ("args", "sentence"),
        [
            (["nowhere"], "There is no pathway “nowhere”."),
            (["a-way", "--revision", "7"], "The pathway “a-way” has no revision 7."),
        ],
    )
    def test_what_is_not_there_is_told(self, args: list[str], sentence: str) -> None:
        make_pathway(slug="a-way")

        with pytest.raises(CommandError) as caught:
            self.run(*args)

        assert str(caught.value) == sentence
