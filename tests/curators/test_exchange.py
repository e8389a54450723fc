"""Curators from Waymark's own JSON."""

import pytest

from catalogue.exchange import ExchangeError
from curators.exchange import load_curators
from curators.models import Curator

pytestmark = pytest.mark.django_db

TEAM = {
    "slug": "a-team",
    "name": "A team",
    "headline": "Knows about data",
    "biography": "It is a team.",
    "is_team": True,
    "homepage": "www.example.org/team",
}


def test_they_are_added_and_public() -> None:
    assert load_curators([TEAM]) == 1

    curator = Curator.objects.published().get()
    assert (curator.slug, curator.name, curator.is_team) == ("a-team", "A team", True)
    assert curator.homepage == "https://www.example.org/team"


def test_a_second_time_changes_nothing() -> None:
    load_curators([TEAM])

    assert load_curators([{**TEAM, "name": "Another name"}]) == 0

    assert Curator.objects.get().name == "A team"


def test_one_that_can_not_be_stored_keeps_all_out() -> None:
    with pytest.raises(ExchangeError) as caught:
        load_curators([TEAM, {"slug": "nobody", "name": "Nobody", "orcid": "no ORCID"}])

    assert str(caught.value) == (
        "“Nobody” can’t be stored: An ORCID looks like 0000-0002-1825-0097."
    )
    assert not Curator.objects.exists()
