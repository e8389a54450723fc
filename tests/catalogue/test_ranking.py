"""Ranking what typed words find: of so many at most, and not for long."""

from collections.abc import Callable

import pytest

from catalogue.search import ResourceQuery, search, words
from tests.factories import ResourceFactory

# Matches that begin later in the alphabet fit better.
TITLES = ["A guide", "Maps", "Maps for maps"]


def titles(**asked: str) -> list[str]:
    return [one.title for one in search(ResourceQuery(q="maps", **asked)).resources]


def three() -> None:
    ResourceFactory(title="A guide", description="Maps.")
    ResourceFactory(title="Maps", description="")
    ResourceFactory(title="Maps for maps", description="Maps and maps.")


@pytest.mark.django_db
def test_the_best_match_comes_first() -> None:
    three()

    assert titles() == ["Maps for maps", "Maps", "A guide"]


@pytest.mark.django_db
def test_beyond_the_limit_they_come_by_title(monkeypatch: pytest.MonkeyPatch) -> None:
    three()
    monkeypatch.setattr(words, "MOST_RANKED", 2)

    assert titles() == ["Maps", "A guide", "Maps for maps"]


@pytest.mark.django_db
def test_in_another_order_nothing_is_ranked(count_queries: Callable) -> None:
    three()
    with count_queries() as queries:
        assert titles(sort="title") == TITLES

    assert not [query for query in queries.captured_queries if "ts_rank" in query["sql"]]


@pytest.mark.django_db(transaction=True)
def test_where_ranking_takes_too_long_all_are_found_by_title(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    three()
    monkeypatch.setattr(words, "RANKING_MS", 20)
    monkeypatch.setattr(words, "RANK", words.RANK.replace("WHERE", ", pg_sleep(60) WHERE"))

    assert titles() == TITLES
    # Nor does it limit what the connection does next.
    assert titles(sort="title") == TITLES
