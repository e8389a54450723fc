"""Tags: free words; “GDPR” and “gdpr” are one."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from catalogue.models import Tag
from tests.factories import ResourceFactory, TagFactory
from tests.pages import open_page, texts
from tests.rules import refused

pytestmark = pytest.mark.django_db


def names(resource: object) -> list[str]:
    return sorted(resource.tags.names())


def test_a_new_word_becomes_a_public_tag_with_an_address() -> None:
    resource = ResourceFactory(tags=["Oral history"])

    tag = Tag.objects.get()
    assert names(resource) == ["Oral history"]
    assert (tag.slug, tag.sort_key, tag.status) == ("oral-history", "oral history", "published")
    assert tag.published_at is not None


@pytest.mark.parametrize("again", ["gdpr", "GDPR", "Gdpr"])
def test_a_word_in_other_letters_is_the_same_tag(again: str) -> None:
    first = ResourceFactory(tags=["GDPR"])

    second = ResourceFactory(tags=[again])

    assert Tag.objects.count() == 1
    assert names(first) == names(second) == ["GDPR"]


def test_a_word_twice_is_one_tag_of_the_resource() -> None:
    resource = ResourceFactory(tags=["maps", "Maps", "maps"])

    assert names(resource) == ["maps"]


def test_the_database_refuses_a_second_in_other_letters() -> None:
    TagFactory(name="GDPR")

    with refused("catalogue_tag_name_unique"):
        TagFactory(name="gdpr")


def test_full_clean_tells_of_it() -> None:
    TagFactory(name="GDPR")

    with pytest.raises(ValidationError) as caught:
        Tag(name="gdpr").full_clean()

    assert caught.value.messages == ["There is a tag of this name already."]


def test_words_that_make_one_slug_are_numbered() -> None:
    slugs = [TagFactory(name=name).slug for name in ["C++", "C#", "Data"]]

    assert slugs[:2] == ["c", "c-2"]
    # “data” is kept for a page of its own.
    assert slugs[2] == "data-tag"


def test_a_tag_is_listed_while_a_public_resource_bears_it(client: Client) -> None:
    ResourceFactory(tags=["maps"])
    ResourceFactory(tags=["secret"], published=False)
    TagFactory(name="unused")

    assert texts(open_page(client, "/tags/"), ".index-list a") == ["maps"]


def test_a_tag_taken_off_stays_where_others_bear_it() -> None:
    first, second = ResourceFactory(tags=["maps"]), ResourceFactory(tags=["maps"])

    first.tags.remove("maps")

    assert (names(first), names(second)) == ([], ["maps"])
