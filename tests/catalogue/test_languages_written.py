"""Typed words are read in the languages that texts are in, and in no others."""

import pytest
from django.db import connection

from catalogue.index import settle
from catalogue.models import Resource
from catalogue.tallies import tallies
from catalogue.words import written
from catalogue.words.tongues import MARKS
from tests.factories import ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[False, True], ids=["fresh", "in chunks"])
def settled(request: pytest.FixtureRequest) -> bool:
    return request.param


def written_now(settled: bool) -> set[str]:
    if settled:
        settle(0)
    return {*written(tallies())}


def test_those_of_titles_and_descriptions_are_known(settled: bool) -> None:
    ResourceFactory(title="Kort", languages=["da"], description="")
    ResourceFactory(title="Maps", description="Des cartes", description_language="fr")

    assert {"da", "fr"} <= written_now(settled)


def test_those_that_something_can_only_be_taken_in_are_not(settled: bool) -> None:
    ResourceFactory(title="The maps", languages=["en", "da", "fr"], description="")

    assert not {"da", "fr"} & written_now(settled)


def test_one_that_comes_in_is_known_at_once(settled: bool) -> None:
    row = ResourceFactory(title="Maps", provider=None, description="")
    assert not written_now(settled)

    Resource.objects.filter(pk=row.pk).update(languages=["da"], description_language="da")

    assert written(tallies()) == {"da"}


def test_drafts_are_written_in_nothing(settled: bool) -> None:
    ResourceFactory(title="Kort", languages=["da"], published=False)

    assert "da" not in written_now(settled)


def test_chunks_are_asked_once_however_many_search(count_queries) -> None:
    ResourceFactory()
    settle(0)
    counted = tallies()
    written(counted)

    with count_queries() as asked:
        written(tallies())

    assert not [one for one in asked if "catalogue_posting" in one["sql"]]


def test_every_mark_is_that_of_a_language_with_stems_of_its_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(DISTINCT catalogue_mark(chr(one) || chr(other)))"
            " FROM generate_series(97, 122) one, generate_series(97, 122) other"
        )
        (marks,) = cursor.fetchone()

    assert {*marks} == {*MARKS, "cy", ""}
