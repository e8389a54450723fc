"""What is searched instead of a word that the catalogue hasn't got, what is only offered, and what is
left alone: judged on the words of the starter catalogue."""

import re
from collections import Counter

import pytest

from catalogue.search.spelling import Speller
from catalogue.search.understanding import ALIKE, MOST_NEAR
from catalogue.words.lengths import Dictionary
from tests.config import starter_files

# Slips, and what whoever made them meant.
SLIPS = {
    "accesibility": "accessibility",
    "acessible": "accessible",
    "archving": "archiving",
    "artifical": "artificial",
    "beginers": "beginners",
    "catalouge": "catalogue",
    "collecions": "collections",
    "copyrigth": "copyright",
    "copywright": "copyright",
    "copywrite": "copyright",
    "databse": "database",
    "emial": "email",
    "excibition": "exhibition",
    "exibition": "exhibition",
    "fotograph": "photograph",
    "gdrp": "gdpr",
    "imgaes": "images",
    "inteligence": "intelligence",
    "intervew": "interview",
    "libary": "library",
    "managment": "management",
    "meatdata": "metadata",
    "metdata": "metadata",
    "musuem": "museum",
    "muzeum": "museum",
    "paswords": "passwords",
    "phising": "phishing",
    "photgraphs": "photographs",
    "podcats": "podcast",
    "presrvation": "preservation",
    "privasy": "privacy",
    "privcay": "privacy",
    "privcy": "privacy",
    "pyhton": "python",
    "reserch": "research",
    "spredsheet": "spreadsheet",
    "vidoe": "video",
    "volunteeer": "volunteer",
    "wikpedia": "wikipedia",
    "wordpess": "wordpress",
}
# Words of their own that look like others, which nobody meant.
WORDS = """
    augmented baking bees careers cloud coin convection dams drones fire fishing garden hearing honey
    hospital housing kindle leather loss maternal metal moodle mosque notion orange parenting parking
    passport pensions personnel pirates police quilt reality registrar sewing slack smart steam tax
    trello wood
""".split()
# What may be a slip or a word of its own: offered, and not searched.
OFFERED = {
    "careers": "carers",
    "fishing": "phishing",
    "passport": "password",
    "meseum": "museum",
}
# Everyday words of which nothing is near enough to be offered.
LIKE_NOTHING = ["black", "dementia", "football", "mould", "outlook", "pest", "tree", "trello"]


@pytest.fixture(scope="module")
def speller() -> Speller:
    """Knows the words of the starter catalogue but for WORDS; those of one description alone are none."""
    counts: Counter[str] = Counter()
    for row in starter_files.resources():
        title = words_of(row["title"])
        counts.update({*title, *words_of(row["description"])})
        counts.update({*title})
    for skill in starter_files.read("skills"):
        counts.update(dict.fromkeys(words_of(" ".join([skill["title"], *skill["synonyms"]])), 2))
    known = {word: number for word, number in counts.items() if number > 1 and word not in WORDS}
    return Speller(Dictionary.of(known))


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z]{3,}", text.lower())


@pytest.mark.parametrize(("typed", "meant"), SLIPS.items())
def test_a_slip_is_searched_as_what_was_meant(speller: Speller, typed: str, meant: str) -> None:
    first, *_others = speller.near(typed, MOST_NEAR)

    assert (first.word, first.is_sure) == (meant, True)


@pytest.mark.parametrize("typed", WORDS)
def test_a_word_that_the_catalogue_has_not_got_is_left_alone(speller: Speller, typed: str) -> None:
    assert [one.word for one in speller.near(typed, MOST_NEAR) if one.is_sure] == []


@pytest.mark.parametrize(("typed", "meant"), OFFERED.items())
def test_what_may_be_either_is_offered(speller: Speller, typed: str, meant: str) -> None:
    near = [one for one in speller.near(typed, MOST_NEAR) if one.likeness >= ALIKE]

    assert meant in [one.word for one in near]
    assert not any(one.is_sure for one in near)


@pytest.mark.parametrize("typed", LIKE_NOTHING)
def test_for_an_everyday_word_only_what_is_quite_like_it_is_offered(
    speller: Speller, typed: str
) -> None:
    assert speller.near(typed, MOST_NEAR) == []


def test_one_letter_that_is_wrong_is_likelier_than_two(speller: Speller) -> None:
    words = [one.word for one in speller.near("databse", MOST_NEAR)]

    assert words.index("database") < words.index("dataset")


def test_a_word_that_looks_like_none_needs_fewer_letters_to_be_a_slip() -> None:
    letters = ["video", "vulture", "vudu", "rude"]
    every, few = (
        Speller(Dictionary.of(dict.fromkeys(known, 1))) for known in (letters, letters[:2])
    )

    assert [(one.word, one.is_sure) for one in every.near("vudeo", 1)] == [("video", False)]
    assert [(one.word, one.is_sure) for one in few.near("vudeo", 1)] == [("video", True)]
