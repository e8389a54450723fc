"""Whatever is wrong in a file is told with line, value and reason, and the good rows come in."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalogue.exchange import ExchangeError, Report
from catalogue.exchange.rejects import RejectsFile, harmless
from catalogue.exchange.report import Rejected
from catalogue.models import Resource
from tests.catalogue.imports import bring_in, lines_of, table
from tests.factories import CompetenceFactory, FrameworkFactory, SkillFactory

pytestmark = pytest.mark.django_db

GOOD = {"url": "https://example.org/good", "title": "Good"}
ROW = {"url": "https://example.org/one", "title": "One"}


class TestRowsThatStayOut:
    @pytest.mark.parametrize(
        ("url", "reason"),
        [
            ("", "Enter a web address."),
            (
                "javascript:alert(1)",
                "“javascript:alert(1)” is not a web page: its address must start with https:// or "
                "http://.",
            ),
            (
                "file:///etc/passwd",
                "“file:///etc/passwd” is not a web page: its address must start with https:// or "
                "http://.",
            ),
            (
                "ftp://example.org/a",
                "“ftp://example.org/a” is not a web page: its address must start with https:// or "
                "http://.",
            ),
            (
                "books.md",
                "“books.md” is the name of a file. Enter its whole address, from https:// on.",
            ),
            (
                "nothing here",
                "“nothing here” is not a web address: it names no website, such as example.org.",
            ),
        ],
    )
    def test_without_a_usable_address(self, url: str, reason: str) -> None:
        outcome = bring_in(table({**ROW, "url": url}, GOOD))

        assert outcome.told == [(2, url, reason)]
        assert outcome.counts == {"added": 1, "rejected": 1}
        assert Resource.objects.get().title == "Good"

    @pytest.mark.parametrize("title", ["", "   ", "\t"])
    def test_without_a_title(self, title: str) -> None:
        outcome = bring_in(table(GOOD, {**ROW, "title": title}))

        assert outcome.told == [(3, "https://example.org/one", "This row has no title.")]
        assert Resource.objects.count() == 1

    def test_without_a_title_also_where_the_address_is_known(self) -> None:
        bring_in(table(ROW))

        outcome = bring_in(table({**ROW, "title": ""}))

        assert outcome.told == [(2, "https://example.org/one", "This row has no title.")]


class TestValuesThatStayOut:
    """The row comes in without them."""

    @pytest.mark.parametrize(
        ("column", "value", "reason"),
        [
            ("skills", "juggling", "There is no skill of this name."),
            (
                "skills",
                "digcomp-3.0:9.9",
                "There is no such competence; write it as in digcomp-3.0:1.2.",
            ),
            (
                "competences",
                "nowhere:1.1",
                "There is no such competence; write it as in digcomp-3.0:1.2.",
            ),
            (
                "licence",
                "All rights reserved",
                "This licence is unknown here; write its SPDX identifier, as in CC-BY-4.0.",
            ),
            (
                "language",
                "klingon",
                "“klingon” is no language tag; write it as in en, cy or pt-BR.",
            ),
            ("language", "xx", "“xx” is no language tag; write it as in en, cy or pt-BR."),
            (
                "published",
                "yesterday",
                "“yesterday” is no date; write it as in 2025, 2025-11 or 2025-11-03.",
            ),
            (
                "published",
                "2025-02-30",
                "“2025-02-30” is no date; write it as in 2025, 2025-11 or 2025-11-03.",
            ),
            ("duration_minutes", "-5", "Minutes are a number from 1 to 60,000."),
            ("duration_minutes", "1000000000", "Minutes are a number from 1 to 60,000."),
            ("duration_minutes", "0", "Minutes are a number from 1 to 60,000."),
            ("duration_minutes", "a while", "“a while” is no number of minutes."),
            (
                "proficiency",
                "wizard",
                "“wizard” is unknown here; this takes one of: basic, intermediate, advanced, expert.",
            ),
            (
                "cost",
                "cheap",
                "“cheap” is unknown here; this takes one of: free, free-sign-up, free-limited, paid.",
            ),
            (
                "access",
                "smell",
                "“smell” is unknown here; this takes one of: captions, transcript, "
                "no-sound-needed, phone, pdf-only.",
            ),
        ],
    )
    def test_a_value_that_is_none(self, column: str, value: str, reason: str) -> None:
        outcome = bring_in(table({**ROW, column: value}, GOOD))

        assert outcome.told == [(2, value, reason)]
        assert outcome.counts == {"added": 2, "left_out": 1}
        assert outcome.rejected[0].is_kept

    def test_an_unknown_type_is_told_with_those_there_are(self) -> None:
        outcome = bring_in(table({**ROW, "resource_type": "opera"}))

        assert outcome.told[0][2].startswith(
            "“opera” is unknown here; this takes one of: course, tutorial, article,"
        )

    def test_the_known_ones_beside_them_are_kept(self) -> None:
        skill = SkillFactory(slug="data-cleaning")

        outcome = bring_in(table({**ROW, "skills": "juggling; data-cleaning@wizard"}))

        assert len(outcome.told) == 2
        assert [link.skill for link in Resource.objects.get().skill_links.all()] == [skill]

    def test_a_description_of_ten_megabytes(self) -> None:
        outcome = bring_in(table({**ROW, "description": "x" * 10_000_000}, GOOD))

        line, value, reason = outcome.told[0]
        assert (line, reason) == (2, "This is longer than 20,000 characters.")
        assert len(value) == 200
        assert outcome.counts == {"added": 2, "left_out": 1}

    def test_a_title_that_is_too_long_is_cut(self) -> None:
        bring_in(table({**ROW, "title": "long " * 100}))

        title = Resource.objects.get().title
        assert len(title) <= 300 and title.endswith("…")

    def test_nul_bytes_are_cut(self) -> None:
        outcome = bring_in(table({**ROW, "title": "On\0e", "description": "a\0b"}, GOOD))

        resource = Resource.objects.get(url=ROW["url"])
        assert (resource.title, resource.description) == ("One", "ab")
        assert outcome.counts == {"added": 2, "left_out": 2}

    def test_a_nul_byte_in_an_address_makes_it_none(self) -> None:
        outcome = bring_in(table({**ROW, "url": "https://example.org/a\0b"}, GOOD))

        assert outcome.counts == {"added": 1, "rejected": 1}

    def test_half_a_character_of_json_is_shown_as_unreadable(self) -> None:
        outcome = bring_in(lines_of({**ROW, "title": "a\ud800b"}, GOOD), name="resources.jsonl")

        assert Resource.objects.get(url=ROW["url"]).title == "a\N{REPLACEMENT CHARACTER}b"
        assert outcome.counts == {"added": 2, "left_out": 1}


class TestOtherNames:
    def test_a_framework_is_known_by_other_names(self) -> None:
        competence = CompetenceFactory(
            framework=FrameworkFactory(family="digcomp", version="2.2"), code="1.3"
        )

        bring_in(table({**ROW, "level": "foundation", "skills": "digcomp22:1.3"}))

        link = Resource.objects.get().competence_links.get()
        assert (link.competence, link.proficiency) == (competence, "basic")


class TestCommand:
    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def bring_in(self, said: str | bytes, **options: Any) -> int:
        """The exit status."""
        Path("list.csv").write_bytes(said.encode() if isinstance(said, str) else said)
        try:
            call_command("import_resources", "list.csv", verbosity=0, **options)
        except SystemExit as end:
            return end.code
        return 0

    def test_it_ends_well_when_all_came_in(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.bring_in(table(ROW, GOOD)) == 0

        assert capsys.readouterr().out == "2 added.\n"
        assert not Path("list.csv.rejects.csv").exists()

    def test_it_ends_with_one_and_a_rejects_file_when_something_stayed_out(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status = self.bring_in(table({**ROW, "url": "=1+1"}, {**GOOD, "licence": "none"}))

        said = capsys.readouterr()
        assert status == 1
        assert said.out == (
            "1 added.\n1 rejected.\n1 value left out; its row came in without it.\n"
        )
        assert said.err == (
            "See list.csv.rejects.csv for what was left out, with line, value and reason.\n"
        )
        written = Path("list.csv.rejects.csv").read_text("utf-8-sig").splitlines()
        assert written[0] == "line,value,reason,row"
        assert written[1].startswith("2,'=1+1,") and written[1].endswith(",left out")
        assert written[2] == (
            '3,none,"This licence is unknown here; write its SPDX identifier, as in CC-BY-4.0.",kept'
        )

    def test_nothing_new_is_said(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.bring_in(table(ROW))
        capsys.readouterr()

        assert self.bring_in(table(ROW)) == 0

        assert capsys.readouterr().out == (
            "1 was here already and is left as it is.\nNothing is new in this file.\n"
        )

    def test_a_mended_file_leaves_no_rejects_of_before(self) -> None:
        self.bring_in(table({**ROW, "url": "books.md"}))

        self.bring_in(table(ROW))

        assert not Path("list.csv.rejects.csv").exists()

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            (b"", "This file is empty."),
            (
                b"PK\x03\x04rest",
                "This is a ZIP or XLSX file. Save it as text (CSV or JSON) first.",
            ),
        ],
    )
    def test_what_is_no_such_file_is_a_sentence(self, said: bytes, sentence: str) -> None:
        with pytest.raises(CommandError) as caught:
            self.bring_in(said)

        assert str(caught.value) == sentence

    def test_a_file_that_is_not_there_is_a_sentence(self) -> None:
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_resources", "nowhere.csv")

    def test_a_dry_run_writes_nothing_and_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.bring_in(table(ROW), dry_run=True)

        assert capsys.readouterr().out == (
            "Nothing was written: this is what would be done.\n1 added.\n"
        )
        assert not Resource.objects.exists()


class TestHarmless:
    @pytest.mark.parametrize(
        "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"]
    )
    def test_what_a_spreadsheet_would_run_is_marked_as_text(self, cell: str) -> None:
        assert harmless(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "One", "1-2", "https://example.org/?a=b", "a@b"])
    def test_other_text_stays_as_it_is(self, cell: str) -> None:
        assert harmless(cell) == cell

    def test_every_cell_of_the_rejects_file_is(self, tmp_path: Path) -> None:
        path = tmp_path / "rejects.csv"

        with RejectsFile(path) as file:
            file.write(Rejected(2, "=cmd|' /C calc'!A0", "=no"))

        assert path.read_text("utf-8-sig").splitlines()[1] == "2,'=cmd|' /C calc'!A0,'=no,left out"


def test_a_file_that_cannot_be_read_at_all_leaves_nothing() -> None:
    with pytest.raises(ExchangeError):
        bring_in("\ufeffone,two\n1,2\n")

    assert not Resource.objects.exists()


def test_a_report_tells_each_note_once_with_its_number() -> None:
    report = Report()
    report.note("A thing.")
    report.note("A thing.")

    assert list(report.sentences()) == ["Nothing is new in this file.", "A thing. (×2)"]
