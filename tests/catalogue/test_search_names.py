"""What resources are found by the names of their skills and tags, and what that is worth."""

import pytest
from django.http import QueryDict

from catalogue.search import PAGE_SIZE, ResourceQuery, Results, search
from tests.factories import ResourceFactory, SkillFactory, TagFactory

pytestmark = pytest.mark.django_db


def found(words: str) -> Results:
    data = QueryDict(mutable=True)
    data["q"] = words
    return search(ResourceQuery.parse(data))


def titles(words: str) -> list[str]:
    return [one.title for one in found(words).resources]


def test_words_that_only_meet_by_chance_in_different_names_make_no_whole():
    making, green = SkillFactory(title="Community archiving"), SkillFactory(title="Light websites")
    ResourceFactory(title="A repair café", description="", skills=[making, green])
    ResourceFactory(title="Old pages", description="Archiving what was on websites.")

    results = found("archiving websites")

    assert [one.title for one in results.resources] == ["Old pages", "A repair café"]
    assert (results.whole, results.widened > 0) == (1, True)


def test_they_count_for_less_than_one_word_of_a_title():
    making, green = SkillFactory(title="Community archiving"), SkillFactory(title="Light websites")
    ResourceFactory(title="A repair café", description="", skills=[making, green])
    for number in range(9):
        ResourceFactory(title=f"Chairs {number}", description="")
    ResourceFactory(title="Websites", description="")
    ResourceFactory(title="Archiving", description="")

    assert titles("archiving websites") == ["Archiving", "Websites", "A repair café"]


@pytest.mark.parametrize("named", [{"skills": "Editing images"}, {"tags": "image editing"}])
def test_what_one_name_says_as_a_whole_is_whole(named: dict[str, str]):
    made = {
        "skills": lambda name: SkillFactory(title=name),
        "tags": lambda name: TagFactory(name=name),
    }
    own = {kind: [made[kind](name)] for kind, name in named.items()}
    ResourceFactory(title="Paint", description="", **own)
    ResourceFactory(title="Images", description="")

    results = found("image editing")

    assert [one.title for one in results.resources] == ["Paint", "Images"]
    assert results.whole == 1


def test_one_word_of_its_own_is_enough_beside_a_name():
    ResourceFactory(title="Paint images", description="", skills=[SkillFactory(title="Editing")])
    ResourceFactory(title="Images", description="")

    assert found("image editing").whole == 1


def test_where_a_page_is_whole_chance_adds_nothing_to_it():
    one, other = TagFactory(name="old"), TagFactory(name="maps")
    ResourceFactory(title="Chairs", description="", tags=[one, other])
    for number in range(PAGE_SIZE):
        ResourceFactory(title=f"Old maps {number}")

    results = found("old maps")

    assert (results.total, results.widened) == (PAGE_SIZE, 0)


def test_a_single_word_in_a_name_is_as_good_as_ever():
    ResourceFactory(title="Paint", description="", tags=[TagFactory(name="Editing")])

    assert (titles("editing"), found("editing").whole) == (["Paint"], 1)
