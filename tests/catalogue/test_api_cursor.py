"""Reading a whole list of the API on and on, while it changes."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from django.test import Client

from catalogue.models import LinkHealth, Resource
from tests.api import LIST, messages, read, titles
from tests.factories import ResourceFactory, SkillFactory

pytestmark = pytest.mark.django_db


def walk(
    client: Client, query: str, meanwhile: Callable[[int], None] = lambda page: None
) -> Iterator[list[str]]:
    """The titles of each page; `meanwhile(number)` happens after each."""
    onward, number = LIST + query, 0
    while onward:
        answer = read(client, onward)
        number += 1
        assert number < 100
        yield titles(answer)
        meanwhile(number)
        onward = answer["next"]


def all_of(pages: Iterator[list[str]]) -> list[str]:
    return [title for page in pages for title in page]


def lettered(number: int = 12) -> list[Resource]:
    """“A word” to “L word”."""
    return [ResourceFactory(title=f"{chr(65 + n)} word") for n in range(number)]


ORDERS = ["", "&sort=newest", "&sort=shortest", "&q=word", "&q=word&sort=title"]


class TestWhileNothingChanges:
    @pytest.mark.parametrize("order", ORDERS)
    @pytest.mark.parametrize("limit", [1, 5, 6, 12, 100])
    def test_each_is_read_once_in_the_order_of_the_whole(
        self, client: Client, order: str, limit: int
    ):
        lettered()
        whole = titles(read(client, f"{LIST}?limit=100{order}"))

        pages = list(walk(client, f"?limit={limit}{order}"))

        assert all_of(pages) == whole and len(whole) == 12
        assert all(len(page) == limit for page, _next in pairwise(pages))

    def test_it_goes_on_where_pages_for_people_end(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("catalogue.search.results.DEEPEST", 4)
        lettered()

        assert len(set(all_of(walk(client, "?limit=5")))) == 12

    def test_it_keeps_to_the_question(self, client: Client):
        skill = SkillFactory(title="A skill")
        for title in "abcd":
            ResourceFactory(title=title, skills=[skill])
        ResourceFactory(title="b too")
        query = "?skill=a-skill&match=all&facets=true&limit=3&sort=title"

        assert all_of(walk(client, query)) == list("abcd")

    def test_an_empty_list_ends_at_once(self, client: Client):
        assert read(client) == {"items": [], "count": 0, "next": None}


class TestWhileItChanges:
    @pytest.mark.parametrize("order", ["", "&q=word&sort=title"])
    def test_what_comes_before_pushes_nothing(self, client: Client, order: str):
        lettered()

        def publish(page: int) -> None:
            ResourceFactory(title=f"A earlier word {page}")

        read_ = all_of(walk(client, f"?limit=3{order}", publish))

        assert read_ == [f"{chr(65 + n)} word" for n in range(12)]

    def test_what_came_between_the_last_that_were_read_is_behind_the_reader(self, client: Client):
        lettered()

        def publish(page: int) -> None:
            if page == 1:
                ResourceFactory(title="B word and a half")

        read_ = all_of(walk(client, "?limit=3", publish))

        assert read_ == [f"{chr(65 + n)} word" for n in range(12)]

    def test_what_comes_later_is_read_too(self, client: Client):
        lettered()

        def publish(page: int) -> None:
            if page == 1:
                ResourceFactory(title="Z word")

        assert all_of(walk(client, "?limit=3", publish))[-1] == "Z word"

    def test_what_was_read_last_may_be_withdrawn(self, client: Client):
        rows = lettered()

        def withdraw(page: int) -> None:
            if page == 2:
                rows[4].withdraw(by=None, reason="It is old.")
                rows[5].withdraw(by=None, reason="It is old.")

        assert len(all_of(walk(client, "?limit=3", withdraw))) == 12

    def test_so_may_all_that_are_remembered(self, client: Client):
        rows = lettered()

        def withdraw(page: int) -> None:
            if page == 2:
                for row in rows[3:6]:
                    row.withdraw(by=None, reason="It is old.")

        read_ = all_of(walk(client, "?limit=3", withdraw))

        # By number then, which may leave as many out as were withdrawn, and repeats none.
        assert len(read_) == len(set(read_)) >= 9

    @pytest.mark.parametrize("title", ["Z word", "A changed word", "F word, mended"])
    def test_what_was_read_last_may_get_another_title(self, client: Client, title: str):
        rows = lettered()

        def rename(page: int) -> None:
            if page == 2:
                rows[5].title = title
                rows[5].save()

        read_ = all_of(walk(client, "?limit=3", rename))

        assert [one for one in read_ if one != title] == [f"{chr(65 + n)} word" for n in range(12)]

    def test_its_link_may_die(self, client: Client):
        rows = lettered()

        def die(page: int) -> None:
            if page == 2:
                now = rows[5].modified
                LinkHealth(resource=rows[5], state="gone", checked_at=now).save()

        read_ = all_of(walk(client, "?limit=3", die))

        # At the end of the list, where dead links stand, it is met again.
        assert read_[:12] == [f"{chr(65 + n)} word" for n in range(12)]
        assert read_[12:] in ([], ["F word"])


class TestCursors:
    def test_one_of_another_question_is_refused(self, client: Client):
        lettered()
        cursor = read(client, f"{LIST}?limit=3")["next"].partition("cursor=")[2]

        answer = read(client, f"{LIST}?limit=3&sort=newest&cursor={cursor}", status=422)

        assert messages(answer)["cursor"].startswith("This is no cursor of this question.")

    def test_the_number_of_rows_may_change_on_the_way(self, client: Client):
        lettered()
        cursor = read(client, f"{LIST}?limit=3")["next"].partition("cursor=")[2]

        assert len(read(client, f"{LIST}?limit=100&cursor={cursor}")["items"]) == 9

    @pytest.mark.parametrize(
        "text",
        [
            *("W10=", "e30=", "MQ==", "bnVsbA==", "%F0%9F%A6%8A", "a", "ÿ", "W1tbW1tbW1tbW1tbW1tb"),
            # [1, "", -1, [], [], 0], and one whose numbers are no numbers.
            *("WzEsIiIsLTEsW10sW10sMF0=", "WzEsIiIsIngiLCJ4IiwieCIsIngiXQ=="),
        ],
    )
    def test_what_is_none_is_refused(self, client: Client, text: str):
        answer = read(client, f"{LIST}?cursor={text}", status=422)

        assert set(messages(answer)) == {"cursor"}

    def test_so_is_one_that_the_site_did_not_make(self, client: Client):
        lettered(6)
        cursor = read(client, f"{LIST}?limit=3")["next"].partition("cursor=")[2]
        payload, dot, signature = cursor.partition(".")
        parts = json.loads(urlsafe_b64decode(payload))
        parts[1] = 1_000_000
        forged = urlsafe_b64encode(json.dumps(parts).encode()).decode() + dot + signature

        answer = read(client, f"{LIST}?limit=3&cursor={forged}", status=422)

        assert messages(answer)["cursor"].startswith("This is no cursor of this question.")

    def test_and_one_of_an_earlier_form(self, client: Client, monkeypatch: pytest.MonkeyPatch):
        lettered(6)
        onward = read(client, f"{LIST}?limit=3")["next"]
        monkeypatch.setattr("catalogue.api.cursor.FORMAT", 1_000)

        assert "cursor" in messages(read(client, onward, status=422))

    def test_one_from_beyond_the_end_finds_nothing_more(self, client: Client):
        rows = lettered(6)
        onward = read(client, f"{LIST}?limit=3")["next"]
        for row in rows[3:]:
            row.withdraw(by=None, reason="It is old.")

        answer = read(client, onward)

        assert (answer["items"], answer["next"], answer["count"]) == ([], None, 3)
