"""The official data of DigComp 3.0 comes in whole."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from catalogue.exchange import load_framework
from catalogue.models import Competence, Framework, Level, Statement
from tests.catalogue.framework_files import bring, competence, digcomp, sentence

pytestmark = pytest.mark.django_db

OFFICIAL = settings.BASE_DIR.parent / "shared/data/digcomp3-official.jsonld"
STARTER = settings.BASE_DIR / "catalogue/starter/frameworks/digcomp-3.0.json"


def starter() -> dict[str, Any]:
    return json.loads(STARTER.read_text(encoding="utf-8"))


def counts() -> list[int]:
    """Areas, competences, levels, competence statements, learning outcomes."""
    return [
        Competence.objects.areas().count(),
        Competence.objects.filter(parent__isnull=False).count(),
        Level.objects.count(),
        Statement.objects.filter(kind="statement").count(),
        Statement.objects.filter(kind="outcome").count(),
    ]


class TestNew:
    def test_it_is_a_draft_with_its_trees_and_sentences(self) -> None:
        outcome = bring(digcomp())

        assert counts() == [1, 2, 12, 1, 2]
        assert outcome.counts == (1 + 3 + 12 + 3, 0, 0, 0)
        framework = Framework.objects.get()
        assert (framework.slug, framework.status) == ("digcomp-3.0", "draft")

    def test_bands_that_are_no_nodes_of_it_are_made(self) -> None:
        bring(digcomp())

        bands = Level.objects.filter(parent=None).values_list("code", "proficiency", "title")
        assert list(bands) == [
            ("basic", "basic", "Basic"),
            ("intermediate", "intermediate", "Intermediate"),
            ("advanced", "advanced", "Advanced"),
            ("highly-advanced", "expert", "Highly advanced"),
        ]
        level = Level.objects.get(code="8")
        assert (level.parent.code, level.title) == ("highly-advanced", "Highly advanced 8")

    def test_a_sentence_keeps_kind_band_code_facet_and_label(self) -> None:
        bring(digcomp())

        row = Statement.objects.get(code="LO1.1.01")
        assert (row.kind, row.facet, row.ai_label) == ("outcome", "Skill", "AI-Explicit")
        assert (row.competence.code, row.level.code) == ("1.1", "highly-advanced")
        assert row.text == "Looks."

    def test_the_glossary_is_left_out_and_that_is_said(self) -> None:
        told = "The glossary (1 term) is left out: frameworks here have none."
        assert bring(digcomp()).report.notes == {told: 1}

    def test_its_context_is_never_fetched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = socket.socket.connect

        def refuse(self: socket.socket, address: Any) -> None:
            assert self.family == socket.AF_UNIX, f"asked for {address}"
            real(self, address)

        def refuse_name(*args: Any, **kwargs: Any) -> None:
            raise AssertionError(f"asked for {args}")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse_name)

        assert bring(digcomp()).report.is_clean

    def test_it_can_be_published_at_once(self) -> None:
        bring(digcomp(), publish=True)

        assert Framework.objects.get().status == "published"


class TestAgain:
    def test_the_same_file_changes_nothing(self) -> None:
        bring(digcomp())

        for update in (False, True):
            outcome = bring(digcomp(), update=update)
            assert outcome.report.changes_nothing
            assert counts() == [1, 2, 12, 1, 2]


class TestBesideTheStarter:
    """DigComp 3.0 is here already: official titles, descriptions of our own, no sentences."""

    @pytest.fixture(autouse=True)
    def here(self) -> None:
        load_framework(starter())
        self.before = dict(Competence.objects.values_list("code", "uid"))
        self.words = dict(Competence.objects.values_list("code", "description"))

    def test_without_update_it_is_left_alone(self) -> None:
        outcome = bring(digcomp())

        assert outcome.counts == (0, 0, 1, 0)
        assert list(outcome.report.notes)[-1] == (
            "“DigComp 3.0” is here already and is left alone: ask to update it."
        )
        assert not Statement.objects.exists()

    def test_update_adds_sentences_and_harms_nothing(self) -> None:
        outcome = bring(digcomp(), update=True)

        assert outcome.report.added == 3
        assert dict(Competence.objects.values_list("code", "uid")) == self.before
        assert dict(Competence.objects.values_list("code", "description")) == self.words
        assert Level.objects.count() == 12
        assert Statement.objects.get(code="CS1.1.01").level.code == "highly-advanced"

    def test_it_tells_what_it_left(self) -> None:
        notes = bring(digcomp(), update=True).report.notes

        assert "A text that was written here differs, and stays." in notes
        assert "Something here is not in the file, and stays." in notes


class TestRejected:
    def outcome(self, *nodes: dict) -> dict[str, str]:
        said = digcomp()
        said["@graph"] += nodes
        return bring(said).reasons

    def test_a_sentence_of_a_competence_that_is_not_there(self) -> None:
        node = sentence("LearningOutcome", "LO9", "x", competence_id="Competence/9.9")

        assert self.outcome(node) == {"LO9 x": "There is no competence “9.9” for it."}
        assert counts() == [1, 2, 12, 1, 2]

    def test_a_sentence_of_a_level_that_is_not_there(self) -> None:
        node = sentence("LearningOutcome", "LO9", "x", four_levels_proficiency_name="P/Odd")

        assert self.outcome(node) == {"LO9 x": "There is no level “odd”."}

    def test_two_areas_of_the_same_code(self) -> None:
        node = {"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Again"}

        assert self.outcome(node) == {"1 Again": "This code is another’s in the file already."}
        assert Competence.objects.get(code="1").title == "Looking"

    def test_a_competence_of_an_area_that_is_not_there(self) -> None:
        assert self.outcome(competence("7.1", "Far", area="7")) == {
            "7.1 Far": "It stands under “7”, which is nothing that came in."
        }

    def test_competences_that_stand_under_each_other(self) -> None:
        nodes = competence("8.1", "One", area="8.2"), competence("8.2", "Other", area="8.1")

        told = "It stands under itself, by way of others or directly."
        assert self.outcome(*nodes) == {"8.1 One": told, "8.2 Other": told}

    def test_what_is_none_of_its_kinds(self) -> None:
        node = {"@type": "Recipe", "@id": "Recipe/1"}

        assert self.outcome(node) == {"Recipe": "This kind of node is none of DigComp’s."}


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="the official file is not beside the project")
class TestOfficial:
    """The file that the Joint Research Centre publishes."""

    @pytest.fixture
    def official(self) -> bytes:
        return Path(OFFICIAL).read_bytes()

    def test_all_of_it_comes_in(self, official: bytes) -> None:
        outcome = bring(official)

        assert counts() == [5, 21, 12, 362, 523]
        assert outcome.report.is_clean
        assert "The glossary (126 terms) is left out: frameworks here have none." in (
            outcome.report.notes
        )

    def test_beside_the_starter_only_sentences_are_added(self, official: bytes) -> None:
        load_framework(starter())

        outcome = bring(official, update=True)

        assert counts() == [5, 21, 12, 362, 523]
        assert (outcome.report.added, outcome.report.changed) == (885, 0)
        assert bring(official, update=True).report.changes_nothing
