"""How answers are judged, what is asked for a known item, and what judgements of our own must be."""

import random
from math import log2
from pathlib import Path

import judging
import pytest
from bench_search import PROMISES
from judging import Document, Judged

from tests.config import starter_files

JUDGEMENTS = Path(judging.__file__).with_name("judgements.txt")
GRADES = {"best": 3, "good": 2, "some": 1}


class TestNdcg:
    def test_the_best_order_is_1(self) -> None:
        assert judging.ndcg(["best", "good", "some"], GRADES) == pytest.approx(1)

    def test_nothing_found_is_0(self) -> None:
        assert judging.ndcg([], GRADES) == 0
        assert judging.ndcg(["other", "another"], GRADES) == 0

    def test_gains_are_discounted_by_the_logarithm_of_their_place(self) -> None:
        best = 3 + 2 / log2(3) + 1 / log2(4)
        assert judging.ndcg(["other", "best"], GRADES) == pytest.approx(3 / log2(3) / best)

    def test_what_comes_after_the_tenth_counts_nothing(self) -> None:
        others = [f"other-{n}" for n in range(10)]
        assert judging.ndcg([*others, "best"], GRADES) == 0

    def test_more_answers_than_ten_don_t_make_1_unreachable(self) -> None:
        grades = {f"answer-{n}": 1 for n in range(30)}
        assert judging.ndcg(list(grades), grades) == pytest.approx(1)

    def test_what_is_found_twice_counts_once(self) -> None:
        assert judging.ndcg(["best", "best"], GRADES) == judging.ndcg(["best"], GRADES)


@pytest.mark.parametrize(
    ("found", "grades", "expected"),
    [
        (["other", "good"], GRADES, True),
        (["some"], GRADES, False),
        (["some"], {"some": 1}, True),
        ([*(f"other-{n}" for n in range(10)), "best"], GRADES, False),
        ([], {}, False),
    ],
)
def test_success_is_a_good_help_among_the_first_ten(
    found: list[str], grades: dict[str, int], expected: bool
) -> None:
    assert judging.succeeds(found, grades) is expected


class TestJudgements:
    """Those of our own, over the starter catalogue."""

    judged = judging.read_judgements(JUDGEMENTS)

    def test_there_are_enough_of_every_kind(self) -> None:
        kinds = [one.kind for one in self.judged]
        assert len(kinds) >= 90
        assert all(kinds.count(kind) >= 5 for kind in ("typo", "synonym", "question", "Welsh"))
        remarks = JUDGEMENTS.read_text().split("\n\n")[0]
        assert all(kind in remarks for kind in set(kinds))

    def test_no_query_is_judged_twice(self) -> None:
        queries = [one.query for one in self.judged]
        assert len(set(queries)) == len(queries)

    def test_each_has_an_answer_that_helps_and_grades_from_1_to_3(self) -> None:
        for one in self.judged:
            assert set(one.grades.values()) <= {1, 2, 3}, one.query
            assert max(one.grades.values()) >= 2, one.query

    def test_all_answers_are_public_resources_of_the_starter_catalogue(self) -> None:
        here = {row["url"] for row in starter_files.resources()}
        named = {url for one in self.judged for url in one.grades}
        assert not named - here

    def test_no_answer_is_named_twice_for_a_query(self) -> None:
        lines = [line for line in JUDGEMENTS.read_text().splitlines() if line[:1].isdigit()]
        assert len(lines) == sum(len(one.grades) for one in self.judged)


def test_a_collection_is_read_with_the_queries_that_have_an_answer(tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text(
        '{"_id": "1", "title": "Scans", "text": "How."}\n{"id": 2, "text": "Why."}\n'
    )
    (tmp_path / "queries.jsonl").write_text(
        '{"id": "a", "text": "scanning"}\n{"id": "b", "text": "nothing"}\n'
    )
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\na\t1\t2\na\t2\t0\n")
    documents, judged = judging.read_collection(tmp_path)
    assert documents == [Document("1", "Scans", "How."), Document("2", "", "Why.")]
    assert judged == [Judged("scanning", "", {"1": 2})]


def test_links_are_read_once_each(tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text("title,url\nOne,https://a.example\nTwo,https://a.example\n,https://b.example\n")
    assert judging.read_links(file) == [Document("https://a.example", "Two")]


class TestKnownItems:
    documents = [
        Document(
            "a",
            "Scanning Photographs at Home",
            "Choose a scanner, its resolution and colours for prints and slides.",
        ),
        Document("b", "Twins", "Alike."),
        Document("c", "Local Maps", "Short."),
        Document("d", "Maps, local"),
    ]

    def test_they_are_the_same_every_time(self) -> None:
        assert judging.known_items(self.documents, 5) == judging.known_items(self.documents, 5)

    def test_only_what_its_title_tells_from_all_others_is_asked_for(self) -> None:
        assert {key for one in judging.known_items(self.documents, 5) for key in one.grades} == {
            "a"
        }

    def test_each_is_asked_for_in_four_ways(self) -> None:
        made = {one.kind: one.query for one in judging.known_items(self.documents, 5)}
        assert list(made) == ["title words", "one typo", "inflected", "description"]
        assert made["title words"] == "scanning photographs home"
        words = made["title words"].split()
        for kind in "one typo", "inflected":
            changed = made[kind].split()
            assert sum(a != b for a, b in zip(words, changed, strict=True)) == 1
        described = "choose scanner resolution colours prints slides".split()
        asked = made["description"].split()
        assert [word for word in described if word in asked] == asked
        assert len(asked) == judging.DESCRIPTION_WORDS


def test_a_slip_changes_a_word_by_one_stroke() -> None:
    dice = random.Random(1)
    for word in "archive", "little", "aaaaaa", "photographs":
        for _turn in range(40):
            slipped = judging.slip(word, dice)
            assert slipped != word
            assert abs(len(slipped) - len(word)) <= 1
            assert slipped[0] == word[0]


@pytest.mark.parametrize(
    ("word", "inflected"),
    [
        ("guide", "guides"),
        ("guides", "guide"),
        ("library", "libraries"),
        ("libraries", "library"),
        ("search", "searches"),
        ("scanning", "scanned"),
        ("access", "accesses"),
    ],
)
def test_a_word_is_inflected(word: str, inflected: str) -> None:
    assert judging.inflect(word, random.Random(1)) == inflected


def test_a_promise_holds_up_to_its_bound() -> None:
    assert PROMISES["search"].holds(2)
    assert not PROMISES["search"].holds(2.01)
    assert PROMISES["cached"].holds(0.5)
    assert not PROMISES["cached"].holds(0.49)
