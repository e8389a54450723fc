"""Resources come in from files: new ones as drafts, known ones left alone, each address once."""

from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.apps import apps

from catalogue.exchange.resources import bringing
from catalogue.models import Decision, Organisation, Resource, ResourceCompetence, Tag
from catalogue.vocabularies import Status
from tests.cast import Cast
from tests.catalogue.imports import bring_in, table
from tests.factories import (
    CompetenceFactory,
    FrameworkFactory,
    OrganisationFactory,
    ResourceFactory,
    SkillFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db

ROW = {"url": "https://example.org/one", "title": "One"}
OTHER = {"url": "https://example.org/two", "title": "Two"}
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def history_of(resource: Resource) -> list[tuple[str, str]]:
    events = apps.get_model("catalogue", "ResourceEvent").objects.filter(pgh_obj_id=resource.pk)
    return list(
        events.order_by("pgh_id").values_list("pgh_label", "pgh_context__metadata__command")
    )


class TestNewRows:
    def test_they_come_as_drafts(self) -> None:
        outcome = bring_in(table(ROW))

        resource = Resource.objects.get()
        assert outcome.counts == {"added": 1}
        assert (resource.title, resource.url, resource.status) == (
            "One",
            "https://example.org/one",
            Status.DRAFT,
        )
        assert (resource.slug, resource.sort_key, resource.cost) == ("one", "one", "free")
        assert history_of(resource) == [("insert", "import_resources")]

    def test_every_column_comes_in(self) -> None:
        framework = FrameworkFactory(family="digcomp", version="3.0")
        competence = CompetenceFactory(framework=framework, code="1.2")
        skill = SkillFactory(title="Cleaning data", slug="data-cleaning")
        row = {
            **ROW,
            "description": "Afterwards you can.\nReally.",
            "provider": "Wikimedia UK",
            "authors": "A. Writer; B. Writer",
            "resource_type": "course",
            "proficiency": "intermediate",
            "language": "cy; en-gb",
            "licence": "CC BY-SA 4.0",
            "cost": "free-sign-up",
            "duration_minutes": "1 h 30",
            "duration_source": "estimate",
            "published": "2025-11",
            "access": "captions; transcript",
            "skills": "data-cleaning@basic; digcomp30:1.2",
            "tags": "Open data; Wikidata; open DATA",
        }

        outcome = bring_in(table(row))

        resource = Resource.objects.get()
        assert outcome.told == []
        assert resource.description == "Afterwards you can.\nReally."
        assert resource.provider.name == "Wikimedia UK"
        assert resource.authors == ["A. Writer", "B. Writer"]
        assert (resource.resource_type, resource.proficiency) == ("course", "intermediate")
        assert (resource.languages, resource.licence) == (["cy", "en-GB"], "CC-BY-SA-4.0")
        assert (resource.cost, resource.date_published) == ("free-sign-up", "2025-11")
        assert (resource.duration_minutes, resource.duration_source) == (90, "estimate")
        assert resource.access == ["captions", "transcript"]
        assert [(link.skill, link.proficiency) for link in resource.skill_links.all()] == [
            (skill, "basic")
        ]
        link = ResourceCompetence.objects.get()
        assert (link.competence, link.proficiency, link.source) == (
            competence,
            "intermediate",
            "import",
        )
        assert sorted(tag.name for tag in resource.tags.all()) == ["Open data", "Wikidata"]

    def test_a_skill_is_known_by_title_and_synonym_too(self) -> None:
        skill = SkillFactory(title="Cleaning data", synonyms=["tidying data"])

        bring_in(table({**ROW, "skills": "cleaning DATA"}, {**OTHER, "skills": "Tidying data"}))

        assert [link.resource.title for link in skill.resource_links.order_by("pk")] == [
            "One",
            "Two",
        ]

    def test_a_provider_and_tags_that_are_here_are_taken_in_any_case(self) -> None:
        provider = OrganisationFactory(name="Wikimedia UK")
        tag = TagFactory(name="Open data", synonyms=["OGD"])

        bring_in(table({**ROW, "provider": "WIKIMEDIA uk", "tags": "ogd; OPEN DATA"}))

        resource = Resource.objects.get()
        assert resource.provider == provider and list(resource.tags.all()) == [tag]
        assert Organisation.objects.count() == Tag.objects.count() == 1

    def test_names_that_the_database_holds_for_one_are_no_trouble(self) -> None:
        said = table({**ROW, "tags": "İnternet; STRASSE"}, {**OTHER, "tags": "internet; strasse"})

        assert bring_in(said).counts == {"added": 2}
        assert bring_in(said, update=True).counts == {"unchanged": 2}

    def test_those_of_one_title_get_addresses_of_their_own(self) -> None:
        ResourceFactory(title="HTML")
        rows = [{"url": f"https://example.org/{n}", "title": "HTML"} for n in range(3)]

        bring_in(table(*rows))

        slugs = Resource.objects.order_by("pk").values_list("slug", flat=True)
        assert list(slugs) == ["html", "html-2", "html-3", "html-4"]

    def test_a_title_without_ascii_letters_gets_an_address_too(self) -> None:
        bring_in(table({**ROW, "title": "日本語"}))

        assert Resource.objects.get().slug.startswith("resource-")

    def test_www_gets_its_scheme(self) -> None:
        bring_in(table({**ROW, "url": "www.example.org/course"}))

        assert Resource.objects.get().url == "https://www.example.org/course"

    def test_formulas_stay_text(self) -> None:
        formula = '=HYPERLINK("https://example.org","x")'

        bring_in(table({**ROW, "title": formula}))

        assert Resource.objects.get().title == formula


class TestPublishing:
    def test_complete_rows_are_public_with_a_decision(self, cast: Cast) -> None:
        row = {**ROW, "resource_type": "guide", "language": "en"}

        bring_in(table(row), publish=True, by=cast.editor)

        resource = Resource.objects.published().get()
        decision = Decision.objects.get(uid=resource.uid)
        assert (decision.verb, decision.by, decision.title) == ("published", cast.editor, "One")
        assert resource.published_at is not None

    def test_others_stay_drafts_and_that_is_told(self) -> None:
        outcome = bring_in(table(ROW), publish=True)

        assert Resource.objects.get().status == Status.DRAFT
        assert outcome.report.notes == {
            "A resource stays a draft: a public one needs a type and a language.": 1
        }
        assert not Decision.objects.exists()


class TestTheSameAgain:
    def test_nothing_changes(self) -> None:
        said = table({**ROW, "tags": "web"}, OTHER)
        bring_in(said)
        before = list(Resource.objects.order_by("pk").values())

        outcome = bring_in(said)

        assert outcome.counts == {"unchanged": 2}
        assert outcome.report.changes_nothing
        assert list(Resource.objects.order_by("pk").values()) == before

    def test_nothing_changes_with_update_either(self) -> None:
        said = table({**ROW, "tags": "web; code", "provider": "Wikimedia UK"}, OTHER)
        bring_in(said)
        before = list(Resource.objects.order_by("pk").values())

        outcome = bring_in(said, update=True)

        assert outcome.counts == {"unchanged": 2}
        assert list(Resource.objects.order_by("pk").values()) == before
        assert len(history_of(Resource.objects.first())) == 1

    def test_a_known_address_is_left_as_it_is(self) -> None:
        ResourceFactory(url="http://www.example.org/one/", title="As the editor wrote it")

        outcome = bring_in(table(ROW))

        assert outcome.counts == {"unchanged": 1}
        assert Resource.objects.get().title == "As the editor wrote it"


class TestRepeats:
    def test_the_second_row_of_an_address_is_merged_into_the_first(self) -> None:
        first = {**ROW, "description": "First.", "tags": "web"}
        second = {**ROW, "title": "Again", "description": "Second.", "tags": "code"}

        outcome = bring_in(table(first, {**second, "licence": "CC0"}))

        resource = Resource.objects.get()
        assert outcome.counts == {"added": 1, "merged": 1}
        assert (resource.title, resource.description) == ("One", "First.")
        assert resource.licence == "CC0-1.0"
        assert sorted(tag.name for tag in resource.tags.all()) == ["code", "web"]

    def test_it_is_merged_from_far_below_just_the_same(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bringing, "BATCH", 1)
        first = {**ROW, "tags": "web"}
        second = {**ROW, "url": "http://example.org/one#top", "title": "Again", "licence": "MIT"}

        outcome = bring_in(table(first, OTHER, {**second, "tags": "code"}))

        resource = Resource.objects.get(title="One")
        assert outcome.counts == {"added": 2, "merged": 1}
        assert resource.licence == "MIT"
        assert sorted(tag.name for tag in resource.tags.all()) == ["code", "web"]

    def test_what_was_here_before_gets_nothing_from_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bringing, "BATCH", 1)
        ResourceFactory(url=ROW["url"], licence="")

        outcome = bring_in(table(ROW, {**ROW, "licence": "MIT"}))

        assert outcome.counts == {"unchanged": 1, "merged": 1}
        assert Resource.objects.get().licence == ""


class TestUpdate:
    def test_what_an_import_wrote_is_changed(self) -> None:
        bring_in(table({**ROW, "licence": "MIT", "tags": "web; old"}))

        outcome = bring_in(
            table({**ROW, "title": "New", "licence": "CC0", "tags": "web; new"}), update=True
        )

        resource = Resource.objects.get()
        assert outcome.counts == {"changed": 1}
        assert (resource.title, resource.licence) == ("New", "CC0-1.0")
        assert resource.sort_key == "new"
        assert sorted(tag.name for tag in resource.tags.all()) == ["new", "web"]

    def test_what_an_editor_wrote_stays(self) -> None:
        bring_in(table({**ROW, "licence": "MIT", "tags": "web"}))
        resource = Resource.objects.get()
        with pghistory.context(url="/admin/"):
            resource.title = "By hand"
            resource.save()
            resource.tags.clear()
            resource.tags.add("mine")

        outcome = bring_in(
            table({**ROW, "title": "New", "licence": "CC0", "tags": "web"}), update=True
        )

        resource.refresh_from_db()
        assert outcome.counts == {"changed": 1}
        assert (resource.title, resource.licence) == ("By hand", "CC0-1.0")
        assert [tag.name for tag in resource.tags.all()] == ["mine"]

    def test_a_resource_of_an_editor_s_just_gets_what_it_lacks(self) -> None:
        resource = ResourceFactory(url=ROW["url"], title="By hand", licence="")

        outcome = bring_in(table({**ROW, "licence": "CC0"}), update=True)

        resource.refresh_from_db()
        assert outcome.counts == {"changed": 1}
        assert (resource.title, resource.licence) == ("By hand", "CC0-1.0")

    def test_what_an_import_changed_may_be_changed_again(self) -> None:
        for title in ("First", "Second", "Third"):
            bring_in(table({**ROW, "title": title}), update=True)

        assert Resource.objects.get().title == "Third"

    def test_a_cell_that_is_empty_takes_nothing_away(self) -> None:
        bring_in(table({**ROW, "licence": "MIT", "tags": "web"}))

        outcome = bring_in(table({**ROW, "licence": "", "tags": ""}), update=True)

        resource = Resource.objects.get()
        assert outcome.counts == {"unchanged": 1}
        assert resource.licence == "MIT" and resource.tags.count() == 1

    def test_it_never_publishes_what_is_a_draft(self) -> None:
        row = {**ROW, "resource_type": "guide", "language": "en"}
        bring_in(table(row))

        bring_in(table({**row, "title": "New"}), update=True, publish=True)

        assert Resource.objects.get().status == Status.DRAFT


class TestWithdrawn:
    @pytest.mark.parametrize("update", [False, True])
    def test_it_is_told_and_not_brought_back(self, cast: Cast, update: bool) -> None:
        resource = ResourceFactory(url=ROW["url"])
        resource.withdraw(by=cast.editor, reason="It closed.")

        outcome = bring_in(table(ROW), update=update)

        resource.refresh_from_db()
        assert resource.status == Status.WITHDRAWN
        assert outcome.told == [
            (
                2,
                "https://example.org/one",
                "The resource at this address was withdrawn; it is not brought back.",
            )
        ]


class TestDryRun:
    def test_it_tells_and_leaves_nothing(self) -> None:
        outcome = bring_in(table({**ROW, "provider": "New", "tags": "new"}, OTHER), dry_run=True)

        assert outcome.counts == {"added": 2}
        assert not Resource.objects.exists()
        assert not Organisation.objects.exists() and not Tag.objects.exists()


class TestBatches:
    def test_each_is_told_when_it_is_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bringing, "BATCH", 2)
        told: list[tuple[int, int, int]] = []
        rows = [{"url": f"https://example.org/{n}", "title": f"Title {n}"} for n in range(5)]

        bring_in(
            table(*rows),
            progress=lambda at, whole: told.append((at, whole, Resource.objects.count())),
        )

        assert told == [(3, 6, 2), (5, 6, 4), (6, 6, 5)]

    def test_one_costs_as_many_queries_however_many_rows_it_has(
        self, django_assert_max_num_queries: Any
    ) -> None:
        rows = [
            {
                "url": f"https://example.org/{n}",
                "title": f"T {n}",
                "tags": f"t{n}",
                "provider": f"P{n}",
            }
            for n in range(60)
        ]
        with django_assert_max_num_queries(40):
            bring_in(table(*rows))

    def test_what_was_told_stays_when_it_is_interrupted_and_again_ends_right(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bringing, "BATCH", 2)
        rows = [{"url": f"https://example.org/{n}", "title": f"Title {n}"} for n in range(4)]
        said = table(*rows, {**rows[0], "licence": "MIT"})

        def stop(line: int, whole: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bring_in(said, progress=stop)
        assert Resource.objects.count() == 2

        outcome = bring_in(said)

        assert outcome.counts == {"added": 2, "unchanged": 2, "merged": 1}
        assert Resource.objects.get(title="Title 0").licence == "MIT"

    def test_a_slug_that_somebody_takes_meanwhile_is_no_trouble(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken = iter(["taken"])
        give = bringing.Writer.add

        def add(writer: Any, rows: Any, known: Any) -> None:
            # Somebody saves a resource of this title after the slugs were chosen.
            if next(taken, None):
                slugs = writer._slugs[Resource]
                chosen = slugs.take
                slugs.take = lambda titles: [chosen(titles), ResourceFactory(title="One")][0]
            give(writer, rows, known)

        monkeypatch.setattr(bringing.Writer, "add", add)

        outcome = bring_in(table(ROW))

        assert outcome.counts == {"added": 1}
        assert Resource.objects.get(url=ROW["url"]).slug in ("one", "one-2")


@pytest.mark.skipif(not DATA.exists(), reason="the real files lie beside the project or nowhere")
class TestRealFiles:
    def test_the_starter_resources_come_in_whole(self) -> None:
        FrameworkFactory(family="digcomp", version="2.2")
        said = (DATA / "starter_resources.csv").read_bytes()

        outcome = bring_in(said)

        assert outcome.counts["added"] == Resource.objects.count() == 237
        assert outcome.report.rejected == 0

    def test_the_programming_books_come_in_but_for_three_names_of_files(self) -> None:
        said = (DATA / "fpb_sample.csv").read_bytes()

        outcome = bring_in(said)
        again = bring_in(said)

        assert outcome.counts == {"added": 486, "merged": 11, "rejected": 3, "left_out": 2}
        assert [one.value for one in outcome.rejected if not one.is_kept] == [
            "free-programming-books-langs.md",
            "free-programming-books-subjects.md",
            "free-programming-books-subjects.md",
        ]
        assert again.counts == {"unchanged": 486, "merged": 11, "rejected": 3}
