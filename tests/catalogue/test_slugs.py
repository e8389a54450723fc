"""Slugs: the readable part of an address."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Resource
from catalogue.slugs import RESERVED, SLUG_LENGTH, make_slug, numbered
from tests.factories import FrameworkFactory, ResourceFactory, SkillFactory

UID = UUID("0123abcd-0000-4000-8000-000000000000")

TITLES = {
    "plain words": ("Cleaning data", "cleaning-data"),
    "signs between and around": ("  “Who’s who?” – & why! ", "who-s-who-why"),
    "Welsh letters": ("Tŷ a gŵyl", "ty-a-gwyl"),
    "letters of two": ("Straße, Œuvre, Þing", "strasse-oeuvre-thing"),
    "letters that Unicode writes as one": ("ﬁnding №3", "finding-no3"),
    "a number among words": ("Web 2.0", "web-2-0"),
    "Cyrillic": ("Открытые данные", "resource-0123abcd"),
    "Chinese": ("数据", "resource-0123abcd"),
    "Chinese with a Latin word": ("数据 FAIR", "fair"),
    "an emoji": ("🎓", "resource-0123abcd"),
    "nothing": ("", "resource-0123abcd"),
    "a number alone": ("2025", "2025-resource"),
    "a long number alone": ("1" * 70, "1" * 51 + "-resource"),
    "a reserved word": ("Embed", "embed-resource"),
    "a reserved word among others": ("Embed a map", "embed-a-map"),
    "sixty letters": ("a" * 60, "a" * 60),
    "one word that is too long": ("a" * 70, "a" * 60),
    "many words, cut between two": (
        "How people who work in libraries look after the privacy of readers",
        "how-people-who-work-in-libraries-look-after-the-privacy-of",
    ),
    "a word that ends just there": ("ab " * 19 + "abc defg", "ab-" * 19 + "abc"),
}


@pytest.mark.parametrize(("title", "slug"), TITLES.values(), ids=TITLES)
def test_a_title_makes_a_slug(title: str, slug: str) -> None:
    assert make_slug(title, noun="resource", uid=UID) == slug


@given(st.text())
def test_any_title_makes_a_slug_that_an_address_can_have(title: str) -> None:
    slug = make_slug(title, noun="resource", uid=UID)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= SLUG_LENGTH
    assert slug not in RESERVED


def test_a_numbered_slug_stays_within_sixty() -> None:
    assert numbered("data", 1) == "data"
    assert numbered("data", 2) == "data-2"
    assert numbered("a" * 60, 12) == "a" * 57 + "-12"
    assert numbered("a" * 57 + "-bc", 2) == "a" * 57 + "-2"


@pytest.mark.django_db
class TestFreeSlug:
    def test_the_first_takes_it_and_the_next_are_numbered(self) -> None:
        slugs = [ResourceFactory(title="Cleaning data").slug for _ in range(3)]

        assert slugs == ["cleaning-data", "cleaning-data-2", "cleaning-data-3"]

    def test_drafts_hold_theirs_too(self) -> None:
        ResourceFactory(title="Cleaning data", published=False)

        assert ResourceFactory(title="Cleaning data").slug == "cleaning-data-2"

    def test_a_number_that_a_title_brought_is_passed_over(self) -> None:
        ResourceFactory(title="Cleaning data 2")
        ResourceFactory(title="Cleaning data")

        assert ResourceFactory(title="Cleaning data").slug == "cleaning-data-3"

    def test_long_titles_that_begin_alike_differ_within_sixty(self) -> None:
        slugs = {ResourceFactory(title="word " * 20).slug for _ in range(11)}

        assert len(slugs) == 11
        assert max(map(len, slugs)) <= SLUG_LENGTH

    def test_kinds_do_not_share_slugs(self) -> None:
        ResourceFactory(title="Cleaning data")

        assert SkillFactory(title="Cleaning data").slug == "cleaning-data"

    def test_a_former_address_of_another_is_taken(self) -> None:
        moved = ResourceFactory(title="Cleaning data")
        moved.slug = "tidying-data"
        moved.save()

        assert ResourceFactory(title="Cleaning data").slug == "cleaning-data-2"

    def test_its_own_former_address_is_not(self) -> None:
        moved = ResourceFactory(title="Cleaning data")
        moved.slug = "tidying-data"
        moved.save()

        assert moved.free_slug("Cleaning data") == "cleaning-data"


@pytest.mark.django_db
class TestGivenSlug:
    def test_a_slug_that_was_given_is_kept(self) -> None:
        assert ResourceFactory(title="Cleaning data", slug="tidy").slug == "tidy"

    def test_a_new_title_leaves_it(self) -> None:
        resource = ResourceFactory(title="Cleaning data")

        resource.title = "Tidying data"
        resource.save()

        assert Resource.objects.get().slug == "cleaning-data"

    def test_the_slug_of_a_framework_may_have_dots(self) -> None:
        framework = FrameworkFactory(slug="digcomp-3.0")

        framework.full_clean()

        assert framework.slug == "digcomp-3.0"
