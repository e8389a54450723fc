"""Waymark's own JSON comes in, goes out, and comes in unchanged."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pghistory
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalogue.exchange import export_framework
from catalogue.models import Competence, Crosswalk, Framework, Level, Statement
from tests.catalogue.framework_files import bring, own
from tests.factories import CompetenceFactory, UserFactory

pytestmark = pytest.mark.django_db


def with_text(text: str) -> dict:
    """The file with another text of its one statement."""
    said = own()
    said["competences"][0]["competences"][0]["statements"][0]["text"] = text
    return said


class TestIn:
    def test_it_comes_with_all_its_parts(self) -> None:
        outcome = bring(own())

        assert outcome.counts == (7, 0, 0, 0)
        statement = Statement.objects.get()
        assert (statement.competence.key, statement.level.code) == ("skills-1.0:1.1", "low")
        assert Framework.objects.get().title_cy == "Sgiliau 1.0"
        assert Competence.objects.get(code="1").title_cy == "Data Cymraeg"
        assert Level.objects.get(code="1").proficiency == "basic"

    def test_a_crosswalk_relates_it_to_what_is_here(self) -> None:
        other = CompetenceFactory(framework__slug="old-1.0", code="7")
        row = {"source": "1.1", "relation": "close", "target": "old-1.0:7", "note": "Alike."}

        bring(own(crosswalk=[row]))

        found = Crosswalk.objects.get()
        assert (found.target, found.relation, found.note) == (other, "close", "Alike.")

    def test_a_dry_run_counts_and_leaves_nothing(self) -> None:
        assert bring(own(), dry_run=True).report.added == 7
        assert not Framework.objects.exists()

    def test_the_history_keeps_each_row_and_says_that_an_import_did_it(self) -> None:
        bring(own())

        events = Statement.pgh_event_model.objects.all()
        assert [event.pgh_context.metadata["import"] for event in events] == ["framework"]

    def test_a_hundred_statements_cost_no_more_queries(self, count_queries: Callable) -> None:
        def many(number: int, version: str) -> dict:
            said = own(slug=f"skills-{version}", version=version)
            said["competences"][0]["statements"] = [
                {"code": f"T{one}", "kind": "outcome", "text": "Does."} for one in range(number)
            ]
            return said

        bring(many(1, "0"))
        with count_queries() as few:
            bring(many(1, "1"))
        with count_queries() as lots:
            bring(many(100, "2"))

        assert len(lots) == len(few)


class TestUpdate:
    def test_what_an_import_wrote_follows_the_file(self) -> None:
        bring(own())

        outcome = bring(with_text("Finds two things."), update=True)

        assert outcome.counts == (0, 1, 6, 0)
        assert Statement.objects.get().text == "Finds two things."
        assert bring(with_text("Finds two things."), update=True).report.changes_nothing

    def test_an_address_that_was_mended_is_no_difference(self) -> None:
        bring(own(url="www.example.org/skills"))

        assert bring(own(url="www.example.org/skills"), update=True).report.changes_nothing

    def test_what_an_editor_wrote_stays(self) -> None:
        bring(own())
        with pghistory.context(user=UserFactory().pk):
            row = Statement.objects.get()
            row.text = "Finds it."
            row.save()

        outcome = bring(with_text("Finds two things."), update=True)

        assert Statement.objects.get().text == "Finds it."
        assert outcome.report.changes_nothing
        assert "A text that was written here differs, and stays." in outcome.report.notes

    def test_without_it_nothing_changes(self) -> None:
        bring(own())

        assert bring(with_text("Finds two things.")).counts == (0, 0, 1, 0)
        assert Statement.objects.get().text == "Finds one thing."

    def test_what_is_empty_is_filled_whoever_left_it_so(self) -> None:
        bring(own())
        Framework.objects.update(publisher="")

        bring(own(publisher="A publisher"), update=True)

        assert Framework.objects.get().publisher == "A publisher"

    def test_what_the_file_lacks_stays(self) -> None:
        bring(own(), publish=True)

        bring(own(competences=[{"code": "3", "title": "Things"}]), update=True)

        assert set(Competence.objects.values_list("code", flat=True)) == {"1", "1.1", "2", "3"}

    def test_a_withdrawn_one_is_told_and_not_revived(self) -> None:
        bring(own(), publish=True)
        Framework.objects.get().withdraw(by=None, reason="Out of date.")

        outcome = bring(with_text("Finds two things."), update=True, publish=True)

        assert Framework.objects.get().status == "withdrawn"
        assert outcome.report.notes == {"“Skills 1.0” is withdrawn, and stays so.": 1}

    def test_a_new_version_leaves_the_old_one_alone(self) -> None:
        bring(own(), publish=True)
        before = list(Competence.objects.order_by("pk").values())

        bring(own(slug="skills-2.0", version="2.0"), update=True)

        old = Competence.objects.filter(framework__slug="skills-1.0")
        assert list(old.order_by("pk").values()) == before
        assert Framework.objects.count() == 2


class TestOut:
    def exported(self) -> str:
        return export_framework(Framework.objects.get(slug="skills-1.0"))

    def test_it_comes_in_again_unchanged(self) -> None:
        bring(own())

        outcome = bring(self.exported().encode(), update=True)

        assert outcome.report.changes_nothing and outcome.report.is_clean

    def test_an_empty_site_gets_it_as_it_was(self) -> None:
        CompetenceFactory(framework__slug="old-1.0", code="7")
        row = {"source": "1.1", "relation": "close", "target": "old-1.0:7"}
        bring(own(crosswalk=[row], position=3))
        before = self.exported()
        Statement.objects.all().delete()
        Framework.objects.get(slug="skills-1.0").delete()
        with connection.cursor() as cursor:
            # What was only announced is checked before the rows are made again.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

        bring(before.encode())

        assert self.exported() == before
        assert json.loads(before)["position"] == 3


class TestCommands:
    def test_they_bring_it_in_and_out(self, tmp_path: Path) -> None:
        file, copy, told = tmp_path / "skills.json", tmp_path / "copy.json", StringIO()
        file.write_text(json.dumps(own()), encoding="utf-8")

        call_command("import_framework", str(file), "--publish", stdout=told)
        call_command("export_framework", "skills-1.0", "--output", str(copy))

        assert told.getvalue() == "7 added.\n"
        assert json.loads(copy.read_text(encoding="utf-8"))["slug"] == "skills-1.0"
        assert Framework.objects.get().status == "published"

    def test_what_is_rejected_ends_with_status_1_and_a_file(self, tmp_path: Path) -> None:
        file, rejects = tmp_path / "skills.json", tmp_path / "out.csv"
        file.write_text(json.dumps(own(competences=[{"code": "=1", "title": "x"}])))

        with pytest.raises(SystemExit) as ended:
            call_command(
                "import_framework", str(file), "--rejects", str(rejects), stdout=StringIO()
            )

        assert ended.value.code == 1
        assert "'=1 x" in rejects.read_text(encoding="utf-8-sig")

    def test_a_slug_that_nobody_has_is_told(self) -> None:
        with pytest.raises(CommandError, match=r"There is no framework “nothing”\."):
            call_command("export_framework", "nothing")

    def test_a_file_that_is_not_there_is_told(self) -> None:
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_framework", "nothing.json")
