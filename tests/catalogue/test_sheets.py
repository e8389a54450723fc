"""Resources go out as a spreadsheet, are changed in it, and come back."""

from typing import Any

import pytest

from catalogue.exchange import ExchangeError, sheet_of
from catalogue.exchange.resources import history
from catalogue.exchange.sheets import COLUMNS
from catalogue.models import Decision, Organisation, Resource, ResourceCompetence, Tag
from tests.cast import Cast
from tests.catalogue.imports import bring_in
from tests.catalogue.sheets import bring_back, changed, download, rows_of, written
from tests.factories import (
    CompetenceFactory,
    OrganisationFactory,
    ResourceFactory,
    SkillFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


class TestGoingOut:
    def test_a_row_has_the_importer_s_columns_and_its_keys(self) -> None:
        skill = SkillFactory(slug="cleaning")
        resource = ResourceFactory(
            title="Tidy", skills=[(skill, "basic")], tags=["maps", "data"], languages=["cy", "en"]
        )

        [row] = rows_of(download())

        assert tuple(row) == COLUMNS
        assert row["uid"] == str(resource.uid)
        assert (row["title"], row["language"], row["status"]) == ("Tidy", "cy;en", "published")
        assert (row["skills"], row["tags"]) == ("cleaning@basic", "data;maps")

    def test_spreadsheets_know_it_for_utf_8(self) -> None:
        ResourceFactory(title="Dŵr")

        assert download().encode().startswith(b"\xef\xbb\xbf")

    @pytest.mark.parametrize(
        "title", ["=1+1", "+44", "-1", "@x", "2025-11", "007", "1-2", "May 2019", "TRUE", "'=1"]
    )
    def test_what_they_would_run_or_rewrite_is_guarded_and_comes_back(self, title: str) -> None:
        ResourceFactory(title=title)
        sheet = download()

        [row] = rows_of(sheet)
        outcome = bring_back(sheet.replace("seen", "was"))

        assert row["title"] == f"'{title}"
        assert outcome.cells == []

    @pytest.mark.parametrize("title", ["'Tis the season", "Catch-22", "1984", "A – B"])
    def test_what_they_leave_alone_is_not_guarded(self, title: str) -> None:
        ResourceFactory(title=title)

        assert rows_of(download())[0]["title"] == title

    def test_it_comes_back_as_it_went_and_changes_nothing(self) -> None:
        ResourceFactory(description="One\nTwo, “three”", date_published="2025-11")
        ResourceFactory(provider=None, duration_minutes=None, authors=["A; B"], skills=[])

        outcome = bring_back(download())

        assert outcome.report.unchanged == 2
        assert outcome.cells == [] and outcome.rejected == []

    def test_queries_grow_with_chunks_and_not_with_rows(
        self, django_assert_max_num_queries: Any
    ) -> None:
        skill = SkillFactory()
        for _number in range(20):
            ResourceFactory(skills=[skill], tags=["one"])

        with django_assert_max_num_queries(10):
            list(sheet_of(Resource.objects.all()))


class TestComingBack:
    def test_a_changed_cell_is_written_over_what_was_changed_by_hand(self, cast: Cast) -> None:
        resource = ResourceFactory(title="Old", cost="free")

        outcome = bring_back(changed(download(), title="New", cost="paid"), by=cast.editor)

        resource.refresh_from_db()
        assert (resource.title, resource.cost) == ("New", "paid")
        assert outcome.cells == [("title", "Old", "New"), ("cost", "free", "paid")]
        assert outcome.report.changed == 1

    def test_every_column_can_be_changed(self) -> None:
        resource = ResourceFactory()
        SkillFactory(slug="one")
        CompetenceFactory(code="1.2", framework__slug="digcomp-3.0")
        said = {
            "url": "https://example.org/elsewhere",
            "title": "T",
            "description": "D",
            "description_language": "cy",
            "description_source": "provider",
            "provider": "A new provider",
            "authors": "A;B",
            "resource_type": "video",
            "proficiency": "expert",
            "language": "cy;en",
            "licence": "CC-BY-4.0",
            "cost": "paid",
            "duration_minutes": "45",
            "duration_source": "estimate",
            "published": "2025-11",
            "access": "captions",
            "skills": "one@advanced",
            "competences": "digcomp-3.0:1.2@basic",
            "tags": "x;y",
        }

        outcome = bring_back(changed(download(), **said))

        [row] = rows_of(download())
        assert outcome.why_not == []
        assert {name: row[name].removeprefix("'") for name in said} == said
        resource.refresh_from_db()
        assert resource.provider.name == "A new provider"

    def test_the_history_says_who_and_why(self, cast: Cast) -> None:
        resource = ResourceFactory()

        bring_back(changed(download(), title="New"), by=cast.editor, why="Plainer titles.")

        decision = Decision.objects.get(uid=resource.uid, verb="changed")
        assert decision.by == cast.editor
        assert decision.note == "By the spreadsheet “mended.csv”. Plainer titles."
        event = history.event_of(Resource).objects.latest("pgh_id")
        assert event.pgh_context.metadata["user"] == cast.editor.pk
        assert event.pgh_context.metadata["why"] == "Plainer titles."

    def test_what_it_wrote_counts_as_written_by_hand(self) -> None:
        bring_in("url,title\nhttps://example.org/a,Old\n")
        bring_back(changed(download(), title="Mine"))

        bring_in("url,title\nhttps://example.org/a,Theirs\n", update=True)

        assert Resource.objects.get().title == "Mine"

    def test_a_dry_run_tells_the_same_and_changes_nothing(self) -> None:
        ResourceFactory(title="Old", provider=None)

        outcome = bring_back(changed(download(), title="New", provider="Somebody"), dry_run=True)

        assert outcome.cells == [("title", "Old", "New"), ("provider", "", "Somebody")]
        assert Resource.objects.get().title == "Old"
        assert not Organisation.objects.exists() and not Decision.objects.exists()

    def test_a_spreadsheet_may_save_it_with_semicolons_and_windows_lines(self) -> None:
        ResourceFactory(description="One\nTwo")
        rows = rows_of(download())
        rows[0]["title"] = "New"
        sheet = written(rows, delimiter=";").replace("\n", "\r\n").replace("\r\r", "\r")

        outcome = bring_back(sheet)

        assert [column for column, *_rest in outcome.cells] == ["title"]

    def test_letters_that_a_spreadsheet_lost_are_not_taken_for_a_change(self) -> None:
        ResourceFactory(title="Dŵr")

        outcome = bring_back(changed(download(), title="D?r"))

        assert outcome.cells == []
        assert "CSV UTF-8" in outcome.why_not[0]

    def test_columns_may_be_missing(self) -> None:
        resource = ResourceFactory(title="Old", description="Stays.")

        bring_back(written([{"uid": str(resource.uid), "title": "New"}]), clear=True)

        resource.refresh_from_db()
        assert (resource.title, resource.description) == ("New", "Stays.")

    def test_a_file_without_uids_is_refused(self) -> None:
        with pytest.raises(ExchangeError, match="no column “uid”"):
            bring_back("url,title\nhttps://example.org/,One\n")

    def test_what_is_no_resource_is_told(self) -> None:
        outcome = bring_back("uid,title\n,One\nx,Two\n7e57ab1e-0000-4000-8000-000000000000,Three\n")

        assert [one.line for one in outcome.rejected] == [2, 3, 4]

    def test_a_row_that_stands_twice_counts_once(self) -> None:
        resource = ResourceFactory(title="Old")
        sheet = written([{"uid": str(resource.uid), "title": title} for title in ("One", "Two")])

        outcome = bring_back(sheet)

        assert Resource.objects.get().title == "One"
        assert "twice" in outcome.why_not[0]

    def test_what_can_t_be_is_told_and_leaves_the_row_as_it_was(self) -> None:
        ResourceFactory(title="Old")

        outcome = bring_back(changed(download(), title="New", language=""), clear=True)

        assert Resource.objects.get().title == "Old"
        assert outcome.report.rejected == 1 and outcome.cells == []

    def test_an_unknown_value_is_left_out_and_the_rest_is_written(self) -> None:
        ResourceFactory(title="Old", resource_type="guide")

        outcome = bring_back(changed(download(), title="New", resource_type="hat", url="nowhere"))

        assert [column for column, *_rest in outcome.cells] == ["title"]
        assert outcome.report.left_out == 2


class TestSomebodyElseMeanwhile:
    def test_their_cell_stays_and_that_is_told(self) -> None:
        resource = ResourceFactory(title="Old", cost="free")
        sheet = changed(download(), title="Mine", cost="paid")
        resource.title = "Theirs"
        resource.save()

        outcome = bring_back(sheet)

        resource.refresh_from_db()
        assert (resource.title, resource.cost) == ("Theirs", "paid")
        assert outcome.rejected[0].value == "title: Mine"
        assert "“Theirs”" in outcome.why_not[0]

    def test_cells_that_nobody_touched_in_the_sheet_take_nothing_back(self) -> None:
        resource = ResourceFactory(title="Old")
        sheet = changed(download(), cost="paid")
        resource.title = "Theirs"
        resource.save()

        outcome = bring_back(sheet)

        resource.refresh_from_db()
        assert resource.title == "Theirs" and outcome.why_not == []

    def test_links_are_looked_after_as_texts_are(self) -> None:
        first, _second, third = (SkillFactory(slug=slug) for slug in ("a", "b", "c"))
        resource = ResourceFactory(skills=[(first, "basic")])
        sheet = changed(download(), skills="a@basic;b@basic")
        resource.skill_links.create(skill=third, proficiency="basic")

        outcome = bring_back(sheet)

        assert {link.skill for link in resource.skill_links.all()} == {first, third}
        assert "c@basic" in outcome.why_not[0]

    def test_without_its_last_column_a_row_is_judged_by_its_date(self) -> None:
        resource = ResourceFactory(title="Old")
        rows = rows_of(changed(download(), title="Mine"))
        sheet = written([{name: row[name] for name in row if name != "seen"} for row in rows])
        resource.cost = "paid"
        resource.save()

        outcome = bring_back(sheet)

        resource.refresh_from_db()
        assert (resource.title, resource.cost) == ("Old", "paid")
        assert len(outcome.rejected) == 2


class TestEmptyCells:
    def test_they_leave_what_is_there(self) -> None:
        resource = ResourceFactory(description="Stays.")

        outcome = bring_back(changed(download(), description="", skills=""))

        resource.refresh_from_db()
        assert resource.description == "Stays."
        assert "empty in the sheet" in next(iter(outcome.report.notes))

    def test_they_empty_it_where_that_is_asked_for(self) -> None:
        skill = SkillFactory()
        resource = ResourceFactory(description="Goes.", skills=[skill], tags=["goes"])
        gone = dict.fromkeys("description provider duration_minutes skills tags".split(), "")

        bring_back(changed(download(), **gone), clear=True)

        resource.refresh_from_db()
        assert (resource.description, resource.provider) == ("", None)
        assert (resource.duration_minutes, resource.duration_source) == (None, "")
        assert not resource.skill_links.exists() and not resource.tags.exists()

    def test_a_title_can_t_be_emptied(self) -> None:
        ResourceFactory(title="Old")

        outcome = bring_back(changed(download(), title=""), clear=True)

        assert outcome.why_not == ["This can’t be empty."]


class TestLinks:
    def test_they_are_set_exactly_as_the_cell_says(self) -> None:
        one, two, three = (SkillFactory(slug=slug) for slug in ("one", "two", "three"))
        resource = ResourceFactory(skills=[(one, "basic"), (two, "basic")], tags=["a", "b"])

        bring_back(changed(download(), skills="two@expert;three@basic", tags="b;c"))

        assert set(resource.skill_links.values_list("skill", "proficiency")) == {
            (two.pk, "expert"),
            (three.pk, "basic"),
        }
        assert set(resource.tags.names()) == {"b", "c"}
        assert one.resource_links.count() == 0

    def test_another_level_keeps_the_note_and_who_said_so(self) -> None:
        skill = SkillFactory(slug="one")
        competence = CompetenceFactory(code="1", framework__slug="fw")
        resource = ResourceFactory()
        resource.skill_links.create(skill=skill, proficiency="basic", note="Chapter 2")
        resource.competence_links.create(
            competence=competence,
            proficiency="basic",
            source=ResourceCompetence.Source.PROVIDER,
        )

        bring_back(changed(download(), skills="one@expert", competences="fw:1@expert"))

        assert resource.skill_links.get().note == "Chapter 2"
        link = resource.competence_links.get()
        assert (link.proficiency, link.source) == ("expert", "provider")

    def test_a_name_that_is_unknown_leaves_the_whole_cell(self) -> None:
        skill = SkillFactory(slug="one")
        SkillFactory(slug="two")
        resource = ResourceFactory(skills=[(skill, "basic")])

        outcome = bring_back(changed(download(), skills="two@basic;twoo@basic"))

        assert resource.skill_links.get().skill == skill
        assert "twoo" in outcome.why_not[0]

    def test_tags_and_providers_are_known_by_every_name(self) -> None:
        TagFactory(name="Maps", synonyms=["Mapiau"])
        tate = OrganisationFactory(name="Tate")
        ResourceFactory(provider=tate, tags=["Maps"])

        outcome = bring_back(changed(download(), tags="mapiau", provider="TATE"))

        assert outcome.cells == [] and Tag.objects.count() == 1


class TestStatus:
    def test_it_stays_what_it_is_whatever_else_changes(self) -> None:
        resource = ResourceFactory(published=False)
        sheet = changed(download(), title="New")
        resource.publish(by=None)

        bring_back(sheet)

        resource.refresh_from_db()
        assert (resource.status, resource.title) == ("published", "New")

    def test_an_editor_s_sheet_publishes_where_it_says_so(self, cast: Cast) -> None:
        resource = ResourceFactory(published=False)

        bring_back(changed(download(), status="published"), by=cast.editor)

        resource.refresh_from_db()
        assert resource.status == "published"

    def test_what_it_lacks_is_told(self, cast: Cast) -> None:
        resource = ResourceFactory(published=False, resource_type="")

        outcome = bring_back(changed(download(), status="published"), by=cast.editor)

        resource.refresh_from_db()
        assert resource.status == "draft" and outcome.report.rejected == 1

    @pytest.mark.parametrize("status", ["withdrawn", "draft", "gone"])
    def test_anything_else_is_decided_at_the_resource(self, status: str) -> None:
        resource = ResourceFactory()

        outcome = bring_back(changed(download(), status=status))

        resource.refresh_from_db()
        assert resource.status == "published" and outcome.report.left_out == 1


class TestSomebodyWhoIsNoEditor:
    def test_changes_their_own_drafts_alone(self, cast: Cast) -> None:
        own = ResourceFactory(published=False, added_by=cast.guest)
        others = ResourceFactory(published=False, added_by=cast.other_guest)
        public = ResourceFactory()

        outcome = bring_back(changed(download(), title="Mine"), by=cast.guest)

        for row in (own, others, public):
            row.refresh_from_db()
        assert own.title == "Mine"
        assert "Mine" not in (others.title, public.title)
        assert outcome.report.rejected == 2

    def test_publishes_nothing_and_names_only_what_they_may_choose(self, cast: Cast) -> None:
        own = ResourceFactory(published=False, added_by=cast.guest, provider=None)
        SkillFactory(slug="hidden", published=False)

        outcome = bring_back(
            changed(
                download(), status="published", skills="hidden@basic", provider="New", tags="new"
            ),
            by=cast.guest,
        )

        own.refresh_from_db()
        assert own.status == "draft" and own.provider is None
        assert outcome.cells == [] and outcome.report.left_out == 4
