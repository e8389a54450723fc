"""Fetching many addresses: side by side over the hosts, one at a time to each."""

import threading
import time
from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from catalogue.fetching import Refused, TimedOut, as_done, fetch_all, in_turn
from tests.web import Answer, Names, Web, serving


@pytest.fixture
def web(settings, monkeypatch) -> Iterator[Web]:
    settings.FETCH_ALLOW_NETWORKS = [ip_network("127.0.0.0/8")]
    Names({f"host{n}.example.org": ["127.0.0.1"] for n in range(9)}).install(monkeypatch)
    with serving() as web:
        yield web


def at(web: Web, host: int, path: str) -> str:
    return f"http://host{host}.example.org:{web.root.rpartition(':')[2]}{path}"


def test_each_answers_or_says_why_not(web):
    fine, gone = web.put("/fine", "a page"), f"{web.root}/gone"

    found = dict(fetch_all([fine, gone, "http://10.0.0.1/", fine]))

    assert found[fine].status == 200
    assert found[gone].status == 404
    assert isinstance(found["http://10.0.0.1/"], Refused)
    assert web.paths.count("/fine") == 1


def test_of_none_there_is_nothing():
    assert list(fetch_all([])) == []


def test_how_is_handed_on(web):
    ((_url, found),) = fetch_all([web.put("/x", "a page")], method="HEAD")

    assert found.status == 200 and web.asked[0][0] == "HEAD"


def test_a_host_is_asked_one_page_at_a_time_and_others_meanwhile():
    at_work: dict[str, int] = {}
    most = 0
    counting = threading.Lock()
    # Nobody goes on before all four hosts are being asked.
    together = threading.Barrier(4, timeout=30)

    def look(url: str, left: float) -> None:
        nonlocal most
        host = url.split("/")[2]
        with counting:
            at_work[host] = at_work.get(host, 0) + 1
            most = max(most, at_work[host])
        together.wait()
        with counting:
            at_work[host] -= 1

    urls = [f"https://host{n % 4}.example.org/{n}" for n in range(24)]

    assert {url for url, _done in in_turn(urls, look)} == set(urls)
    assert most == 1


def test_no_more_than_so_many_at_once():
    running: list[int] = []
    most = 0

    def look(url: str, left: float) -> None:
        nonlocal most
        running.append(1)
        most = max(most, len(running))
        time.sleep(0.005)
        running.pop()

    list(in_turn([f"https://host{n}.example.org/" for n in range(30)], look, at_once=3))

    assert most <= 3


def test_between_two_pages_of_a_host_there_is_a_pause():
    asked: list[float] = []

    def look(url: str, left: float) -> None:
        asked.append(time.monotonic())

    list(in_turn([f"https://example.org/{n}" for n in range(3)], look, pause=0.05))

    assert asked[1] - asked[0] >= 0.05 and asked[2] - asked[1] >= 0.05


def test_what_is_not_done_in_time_is_told_and_the_rest_is_kept(web):
    web.put("/slow", Answer(lambda write: time.sleep(10)))
    fast = [at(web, 1, web.put(f"/{n}", "a page").removeprefix(web.root)) for n in range(3)]
    slow = at(web, 2, "/slow")
    behind = at(web, 2, "/0")

    found = dict(fetch_all([slow, behind, *fast], within=3))

    assert all(found[url].is_found for url in fast)
    assert isinstance(found[slow], TimedOut) and isinstance(found[behind], TimedOut)


def test_a_mistake_of_ours_is_not_swallowed():
    def look(url: str, left: float) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_turn(["https://example.org/"], look))


def test_who_stops_listening_stops_the_work():
    done: list[str] = []

    def look(url: str, left: float) -> None:
        done.append(url)
        time.sleep(0.01)

    answers = in_turn([f"https://example.org/{n}" for n in range(100)], look)
    next(answers)
    answers.close()
    begun = len(done)
    time.sleep(0.1)

    assert len(done) <= begun + 1


def test_a_host_with_a_port_of_its_own_is_another_server():
    # Nobody goes on before all three are being asked; one after the other they would wait in vain.
    together = threading.Barrier(3, timeout=30)

    def look(url: str, left: float) -> int:
        return together.wait()

    answers = in_turn([f"http://example.org:{8000 + n}/" for n in range(3)], look)

    assert sorted(answer for _url, answer in answers) == [0, 1, 2]


def test_what_was_done_meanwhile_comes_together():
    urls = [f"https://host{n}.example.org/" for n in range(8)]
    met = []

    for answers in as_done(urls, lambda url, left: url):
        met.append([url for url, _answer in answers])
        time.sleep(0.1)

    assert sorted(url for urls in met for url in urls) == sorted(urls)
    assert len(met) < len(urls)
