"""Everyday words of English, which nobody takes for slips."""

import re

import pytest

from catalogue.words.everyday import WORDS, is_everyday


@pytest.mark.parametrize(
    "word",
    """
    passport career careers stop stops stopped stopping stoppers beginners bake baker bakers baking
    baked happy happier happiest happily happiness gentle gently basically travelling traveling church
    churches watches potato potatoes study studies studied studying knitting dementia outlook trello
    cymuned
    """.split(),
)
def test_everyday_words_and_their_regular_forms_are_known(word: str) -> None:
    assert is_everyday(word)


@pytest.mark.parametrize(
    "word",
    """
    libary musuem catalouge copywrite databse stoping maping bakeing beginers begining submiting
    happyness telllings churchs studys knittng passport2 quixotical 日本 x
    """.split(),
)
def test_slips_and_forms_that_nobody_writes_are_not(word: str) -> None:
    assert not is_everyday(word)


def test_each_word_is_written_once_and_as_typed_words_are_folded() -> None:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]

    assert len(words) == len(set(words))
    assert [word for word in words if not re.fullmatch("[a-z]{3,}", word)] == []
    assert max(map(len, lines)) <= 105
