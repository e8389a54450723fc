"""CASE packages come in as trees of any depth."""

from collections.abc import Callable

import pytest

from catalogue.models import Competence, Crosswalk, Framework
from tests.catalogue.framework_files import bring, child, item, package, uid
from tests.factories import CompetenceFactory

pytestmark = pytest.mark.django_db

TREE = package(
    [item(1, "A"), item(2, "A.1"), item(3, "A.2"), item(4, "A.2.a"), item(5)],
    [child(1, 0, 1), child(3, 1, 1), child(2, 1, 2), child(4, 3), child(5, 0, 2)],
)


class TestDocument:
    def test_it_is_the_framework(self) -> None:
        bring(TREE)

        row = Framework.objects.get()
        assert (row.slug, row.family, row.version) == ("state-skills-2024", "state-skills", "2024")
        assert (row.title, row.publisher) == ("State skills", "A state")
        assert (row.date_published, row.licence) == ("2024-05-01", "CC-BY-4.0")
        assert str(row.uid) == uid(0)

    def test_a_new_version_comes_beside_the_old_one(self) -> None:
        bring(TREE, publish=True)
        newer = package([item(11, "A")], [child(11, 10)], identifier=uid(10), version="2025")

        bring(newer)

        assert set(Framework.objects.values_list("slug", "status")) == {
            ("state-skills-2024", "published"),
            ("state-skills-2025", "draft"),
        }
        assert Competence.objects.filter(code="A").count() == 2

    def test_a_new_version_with_the_old_identifiers_gets_new_ones(self) -> None:
        bring(TREE)

        newer = bring({**TREE, "CFDocument": {**TREE["CFDocument"], "version": "2025"}})

        told = "An identifier is in use here already; a new one was given."
        assert newer.report.notes[told] == 5
        assert Competence.objects.count() == 10

    def test_another_of_the_same_name_and_version_stands_beside(self) -> None:
        bring(TREE)
        theirs = package([item(21, "Z")], [child(21, 20)], identifier=uid(20))

        for _time in range(2):
            bring(theirs, update=True)

        assert set(Framework.objects.values_list("slug", flat=True)) == {
            "state-skills-2024",
            "state-skills-2024-00000014",
        }
        assert Competence.objects.get(code="Z").framework.slug == "state-skills-2024-00000014"

    @pytest.mark.parametrize("version", ["1.-2", "..", "Draft / ü", "1" * 40])
    def test_whatever_a_version_is_called_it_gets_an_address(self, version: str) -> None:
        assert bring(package([item(1, "A")], [], version=version)).report.is_clean

    def test_an_unknown_licence_is_left_empty_and_told(self) -> None:
        outcome = bring(package([item(1, "A")], [], licenseURI={"uri": "https://example.org/x"}))

        assert Framework.objects.get().licence == ""
        assert "The licence is none that is known here and is left empty." in outcome.report.notes


class TestTree:
    def test_it_is_kept_with_its_order(self) -> None:
        assert bring(TREE).report.is_clean

        rows = Competence.objects.in_order().values_list("code", "parent__code", "position")
        assert set(rows) == {
            ("A", None, 1),
            ("A.2", "A", 1),
            ("A.1", "A", 2),
            ("A.2.a", "A.2", 1),
            ("00000005", None, 2),
        }

    def test_identifiers_are_kept(self) -> None:
        bring(TREE)

        assert str(Competence.objects.get(code="A.1").uid) == uid(2)

    def test_a_code_that_is_missing_is_made_of_the_identifier_and_stays(self) -> None:
        bring(TREE)
        more = {**TREE, "CFItems": [item(6), *TREE["CFItems"]]}

        bring(more, update=True)

        assert str(Competence.objects.get(code="00000005").uid) == uid(5)

    def test_an_identifier_that_is_no_uuid_gives_a_code_and_a_new_identifier(self) -> None:
        odd = {"identifier": "half \ud800", "fullStatement": "Odd"}

        assert bring(package([odd], [])).report.is_clean
        assert len(Competence.objects.get().code) == 8

    def test_a_statement_too_long_for_a_title_is_shortened_and_kept_whole(self) -> None:
        long = "word " * 100

        outcome = bring(package([item(1, "A", long)], []))

        row = Competence.objects.get()
        assert len(row.title) <= 300 and row.title.endswith("…")
        assert row.description == long.strip()
        assert outcome.report.is_clean

    def test_a_short_form_is_the_title(self) -> None:
        bring(package([item(1, "A", "The whole of it", abbreviatedStatement="Part")], []))

        row = Competence.objects.get()
        assert (row.title, row.description) == ("Part", "The whole of it")

    def test_a_tree_a_thousand_deep_costs_no_more_queries(self, count_queries: Callable) -> None:
        def deep(levels: int, version: str) -> dict:
            first = 10_000 * int(version)
            items = [item(first + number, f"c{number}") for number in range(levels)]
            links = [child(first + number, first + number - 1) for number in range(1, levels)]
            return package(items, links, identifier=uid(first + 9999), version=version)

        bring(deep(2, "9"))
        with count_queries() as few:
            bring(deep(2, "1"))
        with count_queries() as many:
            outcome = bring(deep(900, "2"))

        assert outcome.report.added == 901
        assert len(many) == len(few)


class TestRelations:
    def test_a_match_with_a_competence_here_is_a_crosswalk(self) -> None:
        other = CompetenceFactory(uid=uid(77))
        links = [child(1, 77, kind="exactMatchOf"), child(2, 77, kind="isRelatedTo")]

        bring(package([item(1, "A"), item(2, "B")], links))

        rows = Crosswalk.objects.values_list("source__code", "relation", "target")
        assert set(rows) == {("A", "exact", other.pk), ("B", "related", other.pk)}

    def test_others_are_told(self) -> None:
        links = [child(1, 78, kind="isRelatedTo"), child(1, 2, kind="hasSkillLevel")]
        said = {**package([item(1, "A"), item(2, "B")], links), "CFRubrics": [{}]}

        notes = bring(said).report.notes

        assert {
            "Associations “hasSkillLevel” are left out.",
            "Associations within the framework, or to what is not here, are left out.",
            "“CFRubrics” are left out: there is no place for them here.",
        } <= set(notes)


def test_what_is_wrong_is_rejected_and_the_rest_kept() -> None:
    outcome = bring(
        package(
            [
                item(1, "A"),
                item(2, "A"),
                item(3, "B/1"),
                item(4, "coverage"),
                item(5, "C", fullStatement=""),
                item(1, "D"),
                {"fullStatement": "Nameless"},
                item(6, "E"),
                item(7, "F"),
                item(8, "G"),
                item(9, "H"),
                item(10, "I", fullStatement=["x"]),
                item(12, "K"),
                item(13, "L"),
                item(11, "J", text="half \ud800"),
                "text",
            ],
            [child(6, 7), child(7, 6), child(8, 99), child(9, 3), child(12, 8), child(13, 7)],
        )
    )

    assert list(Competence.objects.values_list("code", flat=True)) == ["A"]
    loop = "It stands under itself, by way of others or directly."
    assert outcome.reasons == {
        "A Statement 2": "This code is another’s in the file already.",
        "B/1 Statement 3": "A code is letters, digits, dots, hyphens and underscores: "
        "it is part of an address.",
        "coverage Statement 4": "This code is kept for another page’s address.",
        "C": "This item has no “fullStatement”.",
        uid(1): "This identifier is another item’s already.",
        "Nameless": "This item has no identifier.",
        "E Statement 6": loop,
        "F Statement 7": loop,
        "G Statement 8": f"It stands under “{uid(99)}”, which is nothing that came in.",
        "H Statement 9": "What it stands under was rejected.",
        "K Statement 12": "What it stands under was rejected.",
        "L Statement 13": "What it stands under was rejected.",
        "I": "“fullStatement” takes a text.",
        "J": "“fullStatement” holds a character that can’t be stored.",
        "text": "This is no object.",
    }
    lines = [one.line for one in outcome.rejected if one.value != "text"]
    assert all(isinstance(line, int) and line > 1 for line in lines)
