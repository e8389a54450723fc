"""Whatever a file gets wrong is told in a sentence, and what is good of it is kept."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest

from catalogue.exchange import ExchangeError
from catalogue.models import Competence, Framework, Statement
from tests.catalogue.framework_files import bring, own

pytestmark = pytest.mark.django_db


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("skills.json", json.dumps(own()))
    return file.getvalue()


UNREADABLE = {
    "nothing at all": (b"", "This file is empty."),
    "blanks": (b" \n\t", "This file is empty."),
    "a sentence": (
        b"Skills 1.0",
        "This is no JSON: line 1, column 1 can’t be read (Expecting value).",
    ),
    "half a file": (
        b'{"slug": "skills-1.0",\n',
        "This is no JSON: line 2, column 1 can’t be read "
        "(Expecting property name enclosed in double quotes).",
    ),
    "a ZIP": (zipped(), "This is a ZIP or XLSX file. Save it as text (CSV or JSON) first."),
    "nested ten thousand deep": (b"[" * 10_000 + b"]" * 10_000, "This JSON is nested too deep."),
    "a NUL": (b'{"slug":\n"a\0b"}', "Line 2 holds a NUL character."),
    "Latin-1": (
        '{\n"slug": "é"}'.encode("latin-1"),
        "This file isn’t UTF-8 (line 2): save it so, and bring it again.",
    ),
    "a key twice": (b'{"slug": "a", "slug": "b"}', "The object on line 1 has “slug” twice."),
    "a framework without a title": (
        json.dumps(own(title="")).encode(),
        "The framework has no “title”.",
    ),
    "competences that are no list": (
        json.dumps(own(competences="1.1")).encode(),
        "“competences” takes a list.",
    ),
    "a slug that is no address": (
        json.dumps(own(slug="Skills / 1")).encode(),
        "“Skills 1.0” can’t be stored: An address is small letters a to z, digits, and hyphens or "
        "dots between them.",
    ),
    "a title too long": (
        json.dumps(own(title="x" * 121)).encode(),
        f"“{'x' * 121}” can’t be stored: title: Ensure this value has at most 120 characters "
        "(it has 121).",
    ),
}

NO_FRAMEWORK = (
    "This is no framework: it is neither Waymark’s own JSON (with “slug” and “competences”), "
    "nor DigComp’s (“@graph”), nor a CASE package (“CFDocument” and “CFItems”)."
)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_can_not_be_taken_is_told(name: str) -> None:
    content, sentence = UNREADABLE[name]

    with pytest.raises(ExchangeError) as caught:
        bring(content)

    assert str(caught.value) == sentence
    assert not Framework.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        None,
        1,
        "x",
        [own()],
        {"@graph": []},
        {"@graph": {}},
        {"@graph": [1, None, {"@type": {}}]},
        {"CFItems": []},
        {"slug": "a"},
    ],
    ids=repr,
)
def test_json_that_is_no_framework_is_told(said: Any) -> None:
    with pytest.raises(ExchangeError) as caught:
        bring(said)

    assert str(caught.value) == NO_FRAMEWORK


@pytest.mark.parametrize(
    "said",
    [
        {"CFDocument": [], "CFItems": []},
        {"CFDocument": {}, "CFItems": []},
        {"CFDocument": {"title": "x"}, "CFItems": {}},
        {"CFDocument": {"title": "x"}, "CFItems": [], "CFAssociations": "x"},
        {"CFDocument": {"title": ["x"]}, "CFItems": []},
        own(family=None),
        own(levels=3),
        own(version={}),
        own(crosswalk={}),
    ],
    ids=repr,
)
def test_a_framework_in_the_wrong_shape_is_told(said: Any) -> None:
    with pytest.raises(ExchangeError):
        bring(said)

    assert not Framework.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_mark_and_utf_16_are_understood(encoding: str) -> None:
    assert bring(json.dumps(own()).encode(encoding)).report.is_clean


def reject(**fields: Any) -> dict[str, str]:
    """Why each value of the framework with these `fields` was rejected."""
    outcome = bring(own(**fields))
    assert all(one.line and one.line > 1 for one in outcome.rejected if one.value != "x")
    assert Framework.objects.exists()
    return outcome.reasons


class TestParts:
    def test_a_code_that_is_no_address(self) -> None:
        assert reject(competences=[{"code": "1 1", "title": "x"}, {"code": "2", "title": "y"}]) == {
            "1 1 x": "A code is letters, digits, dots, hyphens and underscores: "
            "it is part of an address."
        }
        assert Competence.objects.get().code == "2"

    def test_a_code_that_is_missing(self) -> None:
        assert reject(competences=[{"title": "x"}]) == {
            " x".strip(): "code: This field cannot be blank."
        }

    def test_a_code_twice_and_what_stands_under_the_second(self) -> None:
        again = {
            "code": "1",
            "title": "Again",
            "competences": [
                {
                    "code": "1.9",
                    "title": "Under it",
                    "statements": [{"code": "S9", "kind": "outcome", "text": "Does."}],
                }
            ],
        }

        assert reject(competences=[{"code": "1", "title": "Data"}, again]) == {
            "1 Again": "This code is another’s in the file already.",
            "1.9 Under it": "What it stands under was rejected.",
            "S9 Does.": "What it stands under was rejected.",
        }

    def test_a_title_too_long(self) -> None:
        long = "x" * 301

        [reason] = reject(competences=[{"code": "1", "title": long}]).values()

        assert reason == "title: Ensure this value has at most 300 characters (it has 301)."

    def test_a_translation_too_long(self) -> None:
        [reason] = reject(competences=[{"code": "1", "title": "x", "title_cy": "x" * 301}]).values()

        assert reason == "title_cy: Ensure this value has at most 300 characters (it has 301)."

    def test_a_cell_of_ten_megabytes(self) -> None:
        huge = {"code": "1", "title": "x", "description": "x" * 10_000_000}

        assert reject(competences=[huge]) == {"1": "“description” has more than 50,000 characters."}

    def test_a_nul_that_is_written_as_a_sign(self) -> None:
        assert reject(competences=[{"code": "1", "title": "a\0b"}]) == {
            "1": "“title” holds a character that can’t be stored."
        }

    def test_what_is_no_object(self) -> None:
        assert reject(competences=["x", {"code": "1", "title": "Data"}]) == {
            "x": "This is no object."
        }

    def test_a_proficiency_that_is_none(self) -> None:
        [reason] = reject(
            levels=[{"code": "low", "title": "Low", "proficiency": "guru"}],
            competences=[],
        ).values()

        assert reason == "proficiency: Value 'guru' is not a valid choice."

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"level": "odd"}, "There is no level “odd”."),
            ({"kind": "poem"}, "kind: Value 'poem' is not a valid choice."),
            ({"text": ""}, "text: This field cannot be blank."),
            (
                {"facet": "x" * 31},
                "facet: Ensure this value has at most 30 characters (it has 31).",
            ),
        ],
    )
    def test_a_statement_that_can_not_be_stored(self, change: dict, reason: str) -> None:
        said = {"code": "S1", "kind": "statement", "text": "Does.", **change}

        assert list(
            reject(competences=[{"code": "1", "title": "Data", "statements": [said]}]).values()
        ) == [reason]
        assert not Statement.objects.exists()

    def test_a_crosswalk_that_leads_nowhere(self) -> None:
        row = {"source": "1.1", "relation": "close", "target": "old-1.0:7"}

        assert reject(crosswalk=[row]) == {
            "1.1 close old-1.0:7": "There is no competence “old-1.0:7”."
        }

    def test_a_relation_that_is_none(self) -> None:
        row = {"source": "1.1", "relation": "twin", "target": "skills-1.0:2"}

        [reason] = reject(crosswalk=[row]).values()

        assert reason == "relation: Value 'twin' is not a valid choice."

    def test_a_competence_related_to_itself(self) -> None:
        row = {"source": "1.1", "relation": "exact", "target": "skills-1.0:1.1"}

        [reason] = reject(crosswalk=[row]).values()

        assert reason == "A crosswalk relates two different competences."


class TestWhole:
    """A value of the framework itself that can't be stored is left out; the rest comes in."""

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"published": "November"}, "Write the date as in 2025, 2025-11 or 2025-11-03."),
            (
                {"licence": "free for all"},
                "This is no SPDX identifier of a licence, as CC-BY-4.0 is.",
            ),
        ],
    )
    def test_it_comes_in_without(self, change: dict, reason: str) -> None:
        outcome = bring(own(**change))

        assert outcome.report.left_out == 1
        assert [(one.reason, one.is_kept) for one in outcome.rejected] == [(reason, True)]
        assert Framework.objects.exists()

    def test_an_update_does_likewise(self) -> None:
        bring(own(licence=""))

        assert bring(own(licence="free for all"), update=True).report.left_out == 1
        assert Framework.objects.get().licence == ""
