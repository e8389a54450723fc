"""docs/importing.md tells every name that a file of resources may use, and its example comes in."""

from collections.abc import Mapping

import pytest
from django.core.management.base import BaseCommand

from catalogue.exchange.rejects import COLUMNS as REJECTS
from catalogue.exchange.resources import columns, licences
from catalogue.import_admin import LARGEST, SHOWN
from catalogue.management.commands.import_resources import Command
from catalogue.models import Resource
from tests.catalogue.imports import bring_in
from tests.config.documents import codes, document, first_codes, table
from tests.factories import SkillFactory

IMPORTING = document("docs/importing.md")


def other_names(names: Mapping[str, str]) -> dict[str, set[str]]:
    """By each of our names those that others use for it."""
    found: dict[str, set[str]] = {}
    for other, ours in names.items():
        if other != ours:
            found.setdefault(ours, set()).add(other)
    return found


class TestColumns:
    ROWS = table(IMPORTING.section("Columns"))

    def test_each_is_told_in_its_order(self) -> None:
        assert first_codes(self.ROWS) == columns.COLUMNS

    def test_each_that_takes_several_says_so(self) -> None:
        told = {codes(row[0])[0] for row in self.ROWS if "several" in row[1]}

        assert told == columns.MANY

    def test_those_of_the_rejects_file_are_told(self) -> None:
        assert first_codes(table(IMPORTING.section("The rejects file"))) == REJECTS


class TestOtherNames:
    @pytest.mark.parametrize(
        ("section", "names"),
        [
            ("Headers", columns.HEADERS),
            ("Types", columns.TYPES),
            ("Levels", columns.PROFICIENCIES),
            ("Costs", columns.COSTS),
            ("Access", columns.ACCESS),
            ("Frameworks", columns.FRAMEWORKS),
        ],
    )
    def test_each_that_is_known_is_told_and_no_other(
        self, section: str, names: Mapping[str, str]
    ) -> None:
        rows = table(IMPORTING.section(section))

        told = {codes(ours)[0]: set(codes(others)) for ours, others in rows}

        assert told == other_names(names)


class TestLicences:
    SECTION = IMPORTING.section("Licences")
    ROWS = table(SECTION)
    ALONE = codes(SECTION.partition("identifiers alone")[2])

    def test_every_family_is_told_with_its_versions(self) -> None:
        told = {codes(row[0])[0]: " ".join(codes(row[1])) for row in self.ROWS}

        assert told == licences._VERSIONED

    def test_every_other_name_of_a_family_is_told(self) -> None:
        told = {other: codes(row[0])[0] for row in self.ROWS for other in codes(row[2])}

        assert told == licences._OTHER_NAMES

    def test_every_licence_without_a_family_is_told(self) -> None:
        assert set(self.ALONE) == {*licences._SINGLE, "BSD"}

    def test_each_is_kept_as_it_is_told(self) -> None:
        versioned = [
            f"{codes(family)[0]}-{version}"
            for family, versions, _others in self.ROWS
            for version in codes(versions)
        ]

        for identifier in (*versioned, *self.ALONE):
            assert licences.licence_of(identifier) == identifier

    def test_the_ways_of_writing_one_are_the_same(self) -> None:
        written = codes(self.SECTION.partition("are all kept as")[0])

        assert len(written) > 3
        assert {licences.licence_of(said) for said in written} == {"CC-BY-SA-4.0"}


class TestLimits:
    def test_those_of_the_desk_are_told(self) -> None:
        section = IMPORTING.section("At the desk")

        assert f"of {LARGEST // 1024**2} MB at most" in section
        assert f"the first {SHOWN} things" in section


class TestCommand:
    def test_each_option_of_its_own_is_told(self) -> None:
        parser = Command().create_parser("manage.py", "import_resources")
        own = {
            option
            for action in parser._actions
            for option in action.option_strings
            if option.startswith("--")
        }
        rows = table(IMPORTING.section("On the command line"), head="option")

        told = {code.split()[0] for code in first_codes(rows)}

        assert told == {"FILE"} | (own - of_every_command())


def of_every_command() -> set[str]:
    """The options that Django gives each command."""
    parser = BaseCommand().create_parser("manage.py", "any")
    return {option for action in parser._actions for option in action.option_strings}


@pytest.mark.django_db
class TestExample:
    def test_it_comes_in_whole(self) -> None:
        SkillFactory(title="Cleaning data", slug="data-cleaning")
        [example] = IMPORTING.blocks("csv")

        outcome = bring_in(example)

        assert outcome.counts == {"added": 2}
        assert set(Resource.objects.values_list("title", "url", "proficiency")) == {
            ("Tidy a table", "https://example.org/tidy", "basic"),
            ("Mapiau", "https://www.example.org/maps", ""),
        }
