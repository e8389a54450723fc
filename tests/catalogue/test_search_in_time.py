"""A search that PostgreSQL keeps waiting is given up in time, by all its statements together, and says so."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client

from catalogue import in_time, index, tallies, words
from catalogue.in_time import TookTooLong, without_hurry
from tests.factories import ResourceFactory, SkillFactory
from tests.pages import links, open_page
from tests.pages import words as text

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 0.4


@pytest.fixture(autouse=True)
def little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ResourceFactory(title="Old maps of towns", skills=[SkillFactory()])
    monkeypatch.setattr(in_time, "SECONDS", SECONDS)


@contextmanager
def locked(table: str) -> Iterator[None]:
    """While somebody else holds `table`, so that nobody can read it."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
    finally:
        other.close()


@contextmanager
def soon() -> Iterator[None]:
    """What happens within takes the time that there is, and little more."""
    start = time.monotonic()
    yield
    assert SECONDS / 2 < time.monotonic() - start < SECONDS + 3


# Who holds a word, names, rows, what is new to count, and what else is found beside.
TABLES = (
    *("catalogue_posting", "catalogue_chunkwords", "catalogue_skill", "catalogue_resource"),
    *("catalogue_fresh", "pathways_pathway"),
)
TYPED = "/resources/?q=old+maps&type=guide&type=gui%3Fde&skill=nobody"


class TestALock:
    @pytest.fixture(autouse=True)
    def nothing_is_known(self) -> None:
        index.settle_marked(leave=0)
        tallies.forget()
        words.forget()

    @pytest.mark.parametrize("table", TABLES)
    def test_the_page_says_that_it_took_too_long(self, client: Client, table: str):
        with locked(table), soon():
            page = open_page(client, TYPED, status=503)

        assert text(page.h1) == "Not looked for to the end"
        assert text(page.title).startswith("“old maps”") and "0 resources" not in text(page)
        assert not page.select("#filters, [href='#filters']")
        assert "That took too long to look for" in text(page.select_one(".empty"))
        again = "?q=old+maps&skill=nobody&type=guide&type=gui%3Fde"
        assert links(page, ".empty a") == {"Try again": again}
        assert page.select_one("#q")["value"] == "old maps"
        assert "/skills/" in links(page, ".try-instead a").values()
        assert links(page, ".chips a")["Take away: “old maps”"].startswith("?skill=nobody&type=")

    def test_programs_are_told(self, client: Client):
        with locked("catalogue_posting"), soon():
            answer = client.get("/api/v1/resources?q=old+maps")

        assert answer.status_code == 503
        assert answer.json()["message"] == (
            "The search took too long. Ask for fewer or rarer words."
        )

    @pytest.mark.parametrize("path", ["suggestions/?q=old+maps", "facets/skill/?q=old+maps"])
    def test_pieces_of_pages_are_not_there(self, client: Client, path: str):
        with locked("catalogue_posting"), soon():
            answer = client.get(f"/search/{path}")

        assert (answer.status_code, answer.content) == (503, b"")


def test_the_page_is_there_again_once_the_lock_is_gone(client: Client):
    with locked("catalogue_resource"):
        assert client.get(TYPED).status_code == 503

    assert client.get(TYPED).status_code == 200


def sleep(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def test_all_statements_share_the_time():
    with pytest.raises(TookTooLong), soon(), in_time.in_time():
        for _ in range(20):
            sleep(SECONDS / 4)


def test_what_a_worker_reads_once_may_take_longer_and_takes_nothing_of_it():
    with in_time.in_time():
        with without_hurry():
            sleep(2 * SECONDS)
        sleep(SECONDS / 4)


def test_afterwards_nothing_is_bounded():
    with in_time.in_time():
        sleep(0)
    sleep(2 * SECONDS)


def test_any_other_failure_of_the_database_is_one():
    with pytest.raises(OperationalError), in_time.in_time(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
