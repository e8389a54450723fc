"""How the first places of a widened search are ordered again by what their texts say."""

from collections.abc import Callable
from itertools import chain

import numpy as np
import pytest
from django.http import QueryDict

from catalogue.search import PAGE_SIZE, ResourceQuery, feedback, search
from catalogue.search.feedback import Rarities, Said, Text
from catalogue.search.ranking import K1, Ground, Occurrences, Spelling, Word
from catalogue.tallies import tallies
from tests.factories import ResourceFactory

pytestmark = pytest.mark.django_db


def titles(words: str, **asked: str) -> list[str]:
    data = QueryDict(mutable=True)
    data.update({"q": words, **asked})
    return [one.title for one in search(ResourceQuery.parse(data)).resources]


def test_words_that_stand_side_by_side_as_they_were_typed_come_first():
    ResourceFactory(title="Alpha", description="Data that are open to the public")
    ResourceFactory(title="Beta", description="To the public that are open data")
    ResourceFactory(title="Gamma", description="Charts")

    def order(words: str) -> list[str]:
        return [one for one in titles(words) if one != "Gamma"]

    assert order("open data charts") == ["Beta", "Alpha"]
    assert order("data open charts") == ["Alpha", "Beta"]


def test_they_may_stand_so_in_other_forms_and_spellings():
    ResourceFactory(title="A", description="The picture as an edit")
    ResourceFactory(title="B", description="An edit as the picture edits pictures")
    ResourceFactory(title="C", description="The pictures edited as such")
    ResourceFactory(title="D", description="Charts charts")

    assert titles("pitcure editing charts").index("C") < titles("pitcure editing charts").index("A")


def test_what_says_what_the_best_have_in_common_comes_before_what_does_not():
    for number in range(3):
        ResourceFactory(title=f"Old quilts {number}", description="Needle and thread by hand")
    ResourceFactory(title="A quilts", description="Songs of birds at dawn")
    ResourceFactory(title="B quilts", description="Needle of birds and thread")
    for number in range(9):
        ResourceFactory(title=f"Chairs {number}", description="Wood")
    ResourceFactory(title="Patterns", description="Wood")

    shown = titles("old quilts patterns")

    assert shown.index("B quilts") < shown.index("A quilts")


def test_what_holds_every_word_stays_first_and_in_its_order():
    for number in range(4):
        ResourceFactory(title=f"Old maps {number}", description="Needle and thread. " * number)
    for _ in range(30):
        ResourceFactory(title="Maps maps", description="Needle and thread by hand.")

    shown = titles("old maps")

    assert shown[:4] == [f"Old maps {number}" for number in range(4)]


def test_what_has_lost_its_link_stays_last():
    ResourceFactory(title="Old data", description="Open data", link="gone")
    ResourceFactory(title="A", description="Open")
    ResourceFactory(title="B", description="Charts")

    assert titles("open data charts")[-1] == "Old data"


def test_pages_of_any_size_follow_each_other_without_doubles():
    for number in range(45):
        ResourceFactory(
            title=f"{'Old' if number % 2 else 'Open'} maps {number % 7}",
            description=["Needle", "Open maps", "Maps open to all", "Thread"][number % 4],
        )
    ResourceFactory(title="Charts")
    query = ResourceQuery(q="old open maps charts")
    every = search(query, size=100).resources.keys

    for size in (7, 20):
        pages = [
            search(query.but(page=number), size=size).resources.keys
            for number in range(1, -(-46 // size) + 1)
        ]
        assert [*chain(*pages)] == every
    assert len({*every}) == len(every) == 46
    assert search(query, span=range(5, 30)).resources.keys == every[5:30]


def test_only_a_search_that_widened_reads_texts_and_by_one_query(count_queries: Callable):
    for number in range(PAGE_SIZE):
        ResourceFactory(title=f"Maps {number}", description="Towns")
    ResourceFactory(title="Charts")

    def reading(words: str) -> int:
        titles(words)
        with count_queries() as queries:
            titles(words)
        return sum("found_by::text" in query["sql"] for query in queries)

    assert (reading("maps towns"), reading("maps")) == (0, 0)
    assert reading("maps charts") == 1
    assert reading('"maps" charts') == 0


def test_a_resource_that_is_gone_meanwhile_has_no_text():
    one = ResourceFactory(title="Maps")

    texts, _rarities = feedback._read([one.pk, one.pk + 1000], tallies())

    assert texts.keys() == {one.pk}


def test_how_rare_a_lexeme_is_tell_resources_spread_over_the_catalogue(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(feedback, "SAMPLE", 4)
    for number in range(20):
        ResourceFactory(title=f"Maps {number}")
    every = [*tallies().every]

    before = feedback._spread(tallies())
    ResourceFactory(title="Charts")
    ResourceFactory(title="Charts")

    assert before == tuple(every[::8])
    assert feedback._spread(tallies()) == before


def a_word(lexeme: str, number: int = 1) -> Word:
    ground = Ground(100, np.ones((3, 100), np.float32), (1, 1, 1), 100)
    text = Occurrences(np.arange(number, dtype=np.int32), np.ones(number, np.uint8))
    return Word((Spelling.of(ground, (text,), np.zeros(0, np.int32), lexemes=frozenset({lexeme})),))


def test_two_words_side_by_side_add_by_the_commoner_and_once():
    words = [a_word("old"), a_word("map", 50), a_word("town")]

    texts = [
        {"old": "1A,8C", "map": "2A,9C", "town": "5C"},
        {"old": "2A", "map": "1A"},
        {"old": "1A", "town": "2A"},
        {"map": "1A", "town": "2A", "old": "7C"},
        {},
    ]
    adds = feedback.beside(words, [*map(Text, texts)])

    one = feedback.BESIDE * words[1].weight
    assert adds.tolist() == pytest.approx([one, 0, 0, one, 0])


def what_say(*texts: dict[str, str], having: dict[str, int] | None = None) -> Said:
    """What `texts` say, each of ten words in its title, names and description, in a catalogue of a
    hundred of which so many are `having` a lexeme."""
    ground = Ground(100, np.full((3, 100), 10, np.float32), (10, 10, 10), 100)
    places = np.arange(len(texts), dtype=np.int32)
    return Said.by([*map(Text, texts)], places, ground, Rarities(having or {}, 100))


def test_what_is_shared_is_rare_elsewhere_and_none_of_the_words():
    said = what_say(
        {"map": "1A", "sea": "2A", "book": "3A"},
        {"sea": "1A", "book": "2A"},
        {"isle": "1A"},
        having={"sea": 1, "book": 90},
    )

    shared, worth = said.in_common(np.array([2.0, 1.0, 9.0]), np.array([0, 1]), {"map", "atlas"})

    told = dict(zip([[*said.lexemes][at] for at in shared], worth, strict=True))
    assert [*told][:2] == ["sea", "book"]
    assert told["sea"] > 10 * told["book"]
    assert (told["map"], told["isle"], sum(told.values())) == pytest.approx((0, 0, 1))


def test_what_is_shared_adds_as_a_word_would_where_it_stands_and_as_often():
    words = [a_word("map")]
    said = what_say({"sea": "1A"}, {"sea": "1C"}, {"sea": "1C,4C,9C"}, {"map": "1A"})

    adds = feedback.alike(said, np.ones(4, np.float32), np.array([0]), words)

    tells = np.array([3 / (3 + K1), 1 / (1 + K1), 3 / (3 + K1), 0])
    assert adds.tolist() == pytest.approx(feedback.ADDS * (K1 + 1) * words[0].weight * tells)


def test_neighbours_are_those_whose_texts_are_most_alike(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feedback, "NEIGHBOURS", 1)
    said = what_say(
        {"sea": "1A", "salt": "2A"},
        {"sea": "1A", "salt": "2A", "ship": "3A"},
        {"ship": "1A", "wood": "2A", "book": "3A"},
        {"book": "1A", "the": "2A"},
        {"the": "1A", "wool": "2A"},
        having={"the": 99},
    )

    scores = said.of_neighbours(np.array([1.0, 2.0, 4.0, 8.0, 16.0], np.float32))

    assert scores.tolist() == pytest.approx([2, 1, 8, 4, 8])


def test_what_is_like_nothing_has_no_neighbours():
    said = what_say({"sea": "1A"}, {}, {"salt": "1C"})

    assert said.of_neighbours(np.ones(3, np.float32)).tolist() == [0, 0, 0]
    assert what_say({}, {}).of_neighbours(np.ones(2, np.float32)).tolist() == [0, 0]


def test_what_speaks_of_the_same_as_what_fits_well_comes_before_what_does_not(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(feedback, "ADDS", 0)
    for number in range(3):
        ResourceFactory(title=f"Old patterns {number}", description="Needle and thread by hand")
    ResourceFactory(title="A patterns", description="Songs of birds")
    ResourceFactory(title="B patterns", description="Needle and birds")
    ResourceFactory(title="Chairs")

    def b_is_first() -> bool:
        shown = titles("old patterns chairs")
        return shown.index("B patterns") < shown.index("A patterns")

    assert b_is_first()
    monkeypatch.setattr(feedback, "NEAR", 0)
    assert not b_is_first()
