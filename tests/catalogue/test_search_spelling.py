"""Words that are spelt nearly like what was typed."""

import pytest

from catalogue.search.spelling import Speller
from catalogue.words import Dictionary

KNOWN = {
    "spreadsheet": 90,
    "accessibility": 40,
    "library": 300,
    "libraries": 200,
    "liberty": 2,
    "catalogue": 50,
    "museum": 80,
    "data": 500,
    "date": 60,
    "base": 30,
    "maps": 70,
    "map": 80,
    "cleaning": 20,
    "café": 0,
}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(Dictionary.of(KNOWN))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("spreadhseet", "spreadsheet"),
        ("spredsheet", "spreadsheet"),
        ("spreadsheeet", "spreadsheet"),
        ("spraedshete", "spreadsheet"),
        ("acessibility", "accessibility"),
        ("libary", "library"),
        ("catalouge", "catalogue"),
        ("musuem", "museum"),
        ("dsta", "data"),
    ],
)
def test_a_slip_finds_the_word_that_was_meant(speller: Speller, typed: str, meant: str):
    assert speller.near(typed, 3)[0].word == meant


@pytest.mark.parametrize("typed", ["", "x", "da", "2024", "mp3", "quixotic", "q" * 60, "日本"])
def test_what_is_like_nothing_has_no_neighbour(speller: Speller, typed: str):
    assert speller.near(typed, 3) == []


def test_of_words_that_are_equally_like_it_the_commoner_comes_first(speller: Speller):
    assert [one.word for one in speller.near("dat", 3)] == ["data", "date"]


def test_the_more_letters_are_wrong_the_less_it_is_like(speller: Speller):
    one, two = speller.near("libraru", 1)[0], speller.near("lobraru", 1)[0]

    assert (one.word, two.word) == ("library", "library")
    assert 0 < two.likeness < one.likeness <= 1


def test_a_slip_to_the_key_beside_is_likelier_than_to_one_across():
    speller = Speller(Dictionary.of({"maps": 1, "mops": 1}))

    assert [one.word for one in speller.near("mspa", 2)] == []
    assert [one.word for one in speller.near("msps", 2)] == ["maps", "mops"]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("database", ("data", "base")),
        ("datacleaning", ("data", "cleaning")),
        ("library", None),
        ("base", None),
        ("qqqqbase", None),
    ],
)
def test_two_words_that_were_typed_as_one_are_told_apart(speller: Speller, typed: str, parts):
    assert speller.parts(typed) == parts


def test_who_knows_no_words_has_no_neighbours():
    assert Speller(Dictionary()).near("anything", 3) == []


def test_what_sounds_the_same_is_near_however_it_is_spelt():
    speller = Speller(Dictionary.of({"copyright": 9, "photographs": 3, "writer": 2}))

    assert [one.word for one in speller.near("copywrite", 3)] == ["copyright"]
    assert [one.word for one in speller.near("fotografs", 3)] == []
    assert [one.word for one in speller.near("photografs", 3)] == ["photographs"]


def test_a_word_that_is_near_in_two_ways_is_named_once():
    speller = Speller(Dictionary.of({"civic": 1, "cyvic": 1, "sivic": 1, "colours": 1}))

    words = [one.word for one in speller.near("civicc", 6)]
    assert sorted(words) == sorted({*words}) and words[0] == "civic"
    assert [one.word for one in speller.near("kolours", 3)] == ["colours"]


def test_words_that_begin_so_are_told_from_four_letters_on():
    speller = Speller(Dictionary.of({"regexone": 5, "regular": 4, "regexes": 3}))

    assert [one.word for one in speller.beginning("regex", 6)] == ["regexone", "regexes"]
    assert speller.beginning("reg", 6) == []


@pytest.mark.parametrize(
    ("typed", "known"),
    [("baking", "banking"), ("careers", "carers"), ("passport", "password")],
)
def test_an_everyday_word_is_no_slip_for_what_it_is_like(typed: str, known: str):
    speller = Speller(Dictionary.of({known: 100}))

    assert [(one.word, one.is_sure) for one in speller.near(typed, 3)] == [(known, False)]


@pytest.mark.parametrize(("typed", "known"), [("stops", "steps"), ("tree", "three")])
def test_a_short_one_is_like_many_others_and_none_is_offered(typed: str, known: str):
    assert Speller(Dictionary.of({known: 100})).near(typed, 3) == []
