"""The search and the lists, measured as a server answers them: whether each promise holds.

All pages are ratios to two anchors that the same workers answer in the same run: *hello*, a bare
view, and *list50*, fifty rows by two queries and a Django template (see anchors.py). Page and anchor
take turns on one connection, and what counts is the middle of their ratios.

    python bench/bench_search.py [N ...] [--only PART …] [--datasette PROGRAM] [--quick]

A catalogue of 100,000 resources by default (make_catalogue.py makes it); `100000 1000000` measures two,
and the growth. Datasette is asked for the same rows where the program is found; it is no part of what
Waymark is tested with: `pip install datasette` into a virtual environment of its own.

*Uncached*: an address that nobody asked before, as an anonymous visitor and as somebody with a
cookie; the slower of both. *Cold*: the first time that a worker is asked for these words,
which has answered others.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

import made
from bench_pages import counted
from ground import prepare, table
from server import Client, Server, answers_a_second, free_port

LIST50, HELLO = "/anchor/list50", "/anchor/hello"
ROUNDS = 15
COLD_STARTS = 3
# The word of the mix that most rows hold.
COMMON = f"{max(made.SHARES.values()):.2%} of rows"
# Of how many resources imports and datasette are measured.
MIDDLE = 100_000


@dataclass(frozen=True)
class Promise:
    """What must be: `most` or `least`; at which sizes (all where empty)."""

    what: str
    unit: str
    most: float | None = None
    least: float | None = None
    sizes: tuple[int, ...] = ()

    def holds(self, value: float) -> bool:
        return (self.most is None or value <= self.most) and (
            self.least is None or value >= self.least
        )

    @property
    def bound(self) -> str:
        return f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"


PROMISES = {
    "cached": Promise("cached page, 8 connections", "× hello, answers a second", least=0.5),
    "browse": Promise("list, uncached", "× list50", most=1),
    "skill": Promise("skill page, uncached", "× list50", most=1),
    "pathway": Promise("pathway page, uncached", "× list50", most=1),
    "search": Promise("search, worst of the mix", "× list50", most=2, sizes=(MIDDLE,)),
    "search 1M": Promise("search, worst of the mix", "× list50", most=4, sizes=(1_000_000,)),
    "cold": Promise("search, worst of the mix, cold", "× list50", most=2, sizes=(MIDDLE,)),
    "cold 1M": Promise("search, worst of the mix, cold", "× list50", most=4, sizes=(1_000_000,)),
    "last": Promise("last page of the list", "× page 1", most=1.5),
    "last typed": Promise("last page of a search", "× page 1", most=1.5),
    "queries": Promise("queries to the database, most of a page", "", most=8),
    "edit": Promise("an edit, found by the next search", "× a plain save", most=3),
    "import": Promise("first import of 100,000", "× COPY", most=5, sizes=(MIDDLE,)),
    "again": Promise("the same again", "× COPY", most=1, sizes=(MIDDLE,)),
    "memory": Promise("memory of a worker", "MB", most=250),
    "datasette": Promise(
        "datasette with three facets, common word", "× the page", least=10, sizes=(MIDDLE,)
    ),
}
GROWTH = Promise("growth of the worst query, 100,000 to 1,000,000", "×", most=8)


# What is asked


def mix() -> dict[str, str]:
    """The addresses of searches by what they are: words of every rarity, each with up to three
    filters that many resources meet."""
    filters = {
        "": [],
        "1 filter": [("type", "tutorial")],
        "2 filters": [("type", "tutorial"), ("skill", _most("skill"))],
        "3 filters": [
            ("proficiency", "basic"),
            ("language", "en"),
            ("provider", _most("provider")),
        ],
    }
    asked = {
        f"{name}{', ' if on else ''}{on}": _address([("q", words)] * bool(words) + chosen)
        for name, words in words_of_the_mix().items()
        for on, chosen in filters.items()
    }
    skills = [("skill", value) for value in _values("skill")[:2]]
    asked["two skills, all of them"] = _address(
        [("q", "workshop"), *skills, ("match", "all"), ("sort", "newest")]
    )
    return asked


def words_of_the_mix() -> dict[str, str]:
    vocabulary = made.vocabulary()
    # Every second word is common, as in a sentence that somebody pastes.
    sentence = [vocabulary[at // 2 if at % 2 else 60 + at * 37] for at in range(30)]
    return {
        "no words": "",
        **{f"{share:.2%} of rows": word for word, share in made.SHARES.items()},
        "two words": "gallery workshop",
        "no row": "zzyzxquerty",
        "a typo": "photografy",
        "30 words": " ".join(sentence),
    }


def _address(pairs: list[tuple[str, str]]) -> str:
    return f"/resources/?{urlencode(pairs)}"


def _values(name: str) -> list[str]:
    """The values of a facet, those of most resources first."""
    from catalogue.tallies import tallies

    sizes = tallies().sizes(name)
    return sorted(sizes, key=lambda value: (-sizes[value], value))


def _most(name: str) -> str:
    return _values(name)[0]


# Pages


_unasked = count()


def unasked(address: str) -> str:
    """The same page by an address that nobody asked before."""
    return f"{address}{'&' if '?' in address else '?'}unasked={next(_unasked)}"


def seconds(client: Client, address: str, cookie: str = "") -> float:
    taken, status, _answer = client.get(address, cookie=cookie)
    if status != 200:
        raise SystemExit(f"{address} answered {status}")
    return taken


def ratios(
    client: Client,
    addresses: dict[str, str],
    *,
    anchor: str = LIST50,
    rounds: int,
    cookie: str = "",
) -> dict[str, float]:
    """How many times the anchor beside it each page takes, in the middle of the rounds."""
    found: dict[str, list[float]] = {name: [] for name in addresses}
    for turn in range(rounds + 1):
        for name, address in addresses.items():
            beside = seconds(client, anchor if anchor == LIST50 else unasked(anchor))
            taken = seconds(client, unasked(address), cookie)
            # The first warms up.
            if turn or not rounds:
                found[name].append(taken / beside)
    return {name: median(all_) for name, all_ in found.items()}


def worst(found: dict[str, float]) -> tuple[float, str]:
    name = max(found, key=found.__getitem__)
    return found[name], name


def pages(ground: str, rounds: int) -> dict[str, object]:
    """Everything that one server is asked, by promise; `mix` holds all ratios of searches."""
    from pathways.models import Pathway

    pathway = Pathway.objects.get(slug="privacy-for-library-staff").get_absolute_url()
    lists = {"browse": "/resources/", "skill": f"/skills/{_most('skill')}/", "pathway": pathway}
    searches, found = mix(), {}
    with Server.of(ground) as server:
        client = Client(server.port)
        _warm(server)
        anonymous = ratios(client, lists, rounds=rounds)
        own = ratios(client, lists, rounds=rounds, cookie="learner=bench")
        found |= {name: max(anonymous[name], own[name]) for name in lists}
        found["mix"] = ratios(client, searches, rounds=rounds)
        found["search"], found["search is"] = worst(found["mix"])
        found["list50 ms"] = 1000 * median(seconds(client, LIST50) for _ in range(rounds))
        for name, first in (("last", "/resources/"), ("last typed", "/resources/?q=workshop")):
            last = {name: f"{first}{'&' if '?' in first else '?'}page=500"}
            found |= ratios(client, last, anchor=first, rounds=rounds)
        found["cached"] = _cached(server)
        # Both workers have answered all of it by now.
        for _turn in range(4):
            other = Client(server.port)
            for address in searches.values():
                seconds(other, unasked(address))
        found["memory"] = max(server.megabytes())
    return found


def _warm(server: Server) -> None:
    """Has all workers count, and make what they keep."""
    for address in (LIST50, "/resources/", "/resources/?q=heritage"):
        for _turn in range(2):
            # All at once, so that one worker can't take them all.
            with ThreadPoolExecutor(16) as pool:
                clients = [Client(server.port) for _ in range(16)]
                list(pool.map(seconds, clients, [address] * len(clients)))


def _cached(server: Server) -> float:
    found = []
    answers_a_second(server.port, "/resources/")
    for _turn in range(3):
        hello = answers_a_second(server.port, HELLO)
        found.append(answers_a_second(server.port, "/resources/") / hello)
    return median(found)


def cold(ground: str) -> tuple[float, str]:
    """The worst of the mix, each address asked for the first time, in the middle of some starts."""
    searches = mix()
    found: dict[str, list[float]] = {name: [] for name in searches}
    for _start in range(COLD_STARTS):
        with Server.of(ground, workers=1) as server:
            client = Client(server.port)
            for _turn in range(3):
                # The first search of a worker reads what all need, as the words to spell by.
                seconds(client, unasked("/resources/?q=heritage"))
                beside = [seconds(client, LIST50) for _ in range(3)]
            for name, address in searches.items():
                beside = [*beside[-4:], seconds(client, LIST50)]
                found[name].append(seconds(client, unasked(address)) / median(beside))
    return worst({name: median(all_) for name, all_ in found.items()})


def most_queries() -> int:
    """How many queries the page takes that takes most, of searches and lists."""
    from django.test import Client as Visitor

    visitor = Visitor()
    visitor.cookies["learner"] = "bench"
    most = 0
    for address in [*mix().values(), "/resources/"]:
        visitor.get(address)
        _answer, queries = counted(visitor, address)
        most = max(most, queries)
    return most


# Edits


def edit(rounds: int) -> float:
    """How many times the save of a plain row that of a resource takes, which the next search finds.

    The plain row stands in a copy of the table with its indexes, and without triggers or anything
    else that depends on it.
    """
    from catalogue.models import Resource
    from catalogue.search import ResourceQuery, search

    with _plain_copy() as plain:
        row = Resource.objects.filter(slug__startswith="made-").order_by("pk")[500]
        twin = plain.objects.order_by("pk")[500]
        title, found = row.title, []
        search(ResourceQuery(q="warm"))
        for turn in range(rounds + 2):
            word = f"{made.provider_names()[turn].split()[0]}ium"
            twin.title = row.title = f"{title} {word}"
            beside = _seconds(twin.save)
            taken = _seconds(row.save)
            if row.pk not in {one.pk for one in search(ResourceQuery(q=word)).resources}:
                raise SystemExit("An edit was not found by the next search.")
            if turn > 1:
                found.append(taken / beside)
        row.title = title
        row.save()
    return median(found)


def _seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


@contextmanager
def _plain_copy() -> Iterator[type]:
    from django.db import connection, models

    from catalogue.models import Resource

    fields = {
        field.name: models.BigIntegerField(db_column=field.column, null=True)
        if field.is_relation
        else field.clone()
        for field in Resource._meta.concrete_fields
    }
    meta = type("Meta", (), {"app_label": "bench", "db_table": "bench_plain", "managed": False})
    plain = type("Plain", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_plain")
        cursor.execute("CREATE TABLE bench_plain (LIKE catalogue_resource INCLUDING ALL)")
        cursor.execute(
            "INSERT INTO bench_plain SELECT * FROM catalogue_resource ORDER BY id LIMIT 20000"
        )
        cursor.execute("ANALYZE bench_plain")
    yield plain
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_plain")


# Beside other programs


def imports() -> dict[str, float]:
    """First import and the same again, as bench_import.py measures them in a database of its own."""
    script = Path(__file__).with_name("bench_import.py")
    told = subprocess.run(
        [sys.executable, script, str(MIDDLE), "--json"], check=True, capture_output=True, text=True
    )
    taken = json.loads(told.stdout.splitlines()[-1])
    return {"import": taken["first"] / taken["COPY"], "again": taken["again"] / taken["COPY"]}


def beside_datasette(program: str, ground: str, rounds: int) -> tuple[float, dict[str, float]]:
    """How many times the page datasette takes for the same rows with three facets: for a word that
    many rows hold, and for all words of the mix."""
    port = free_port()
    facets = [("_facet", name) for name in ("type", "level", "language")] + [("_size", "20")]
    ours: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for name, words in words_of_the_mix().items():
        # Datasette asks for all words, and knows no typos.
        if name not in ("a typo", "30 words"):
            ours[name] = _address([("q", words)] * bool(words))
            theirs[name] = (
                f"/made/resource?{urlencode([('_search', words)] * bool(words) + facets)}"
            )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "made.db")
        _to_sqlite(file)
        settings = {
            "suggest_facets": "off",
            "facet_time_limit_ms": "10000",
            "sql_time_limit_ms": "20000",
        }
        command = [program, "serve", str(file), "-h", "127.0.0.1", "-p", str(port)]
        for setting in settings.items():
            command += ["--setting", *setting]
        with Server.of(ground) as server, Server(command, port):
            _warm(server)
            client, another = Client(server.port), HTTPConnection("127.0.0.1", port)
            found: dict[str, list[float]] = {name: [] for name in ours}
            for turn in range(rounds + 1):
                for name in ours:
                    taken = seconds(client, unasked(ours[name]))
                    beside = _seconds(partial(_read, another, theirs[name]))
                    if turn:
                        found[name].append(beside / taken)
    all_ = {name: median(one) for name, one in found.items()}
    return all_[COMMON], all_


def _read(connection: HTTPConnection, address: str) -> None:
    """Reads an answer whose length nobody tells beforehand."""
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}")


def _to_sqlite(file: Path) -> None:
    import sqlite3

    from catalogue.models import Resource

    database = sqlite3.connect(file)
    database.execute(
        "CREATE TABLE resource (id INTEGER PRIMARY KEY, title TEXT, description TEXT, url TEXT, "
        "provider TEXT, type TEXT, level TEXT, language TEXT, cost TEXT, minutes INTEGER)"
    )
    facts = (
        *("pk", "title", "description", "url", "provider__name", "resource_type", "proficiency"),
        *("languages__0", "cost", "duration_minutes"),
    )
    rows = Resource.objects.published().values_list(*facts).iterator(chunk_size=5_000)
    database.executemany(f"INSERT INTO resource VALUES ({', '.join('?' * len(facts))})", rows)
    for name in ("type", "level", "language"):
        database.execute(f"CREATE INDEX by_{name} ON resource ({name})")
    # The double quotes matter: by them datasette knows whose words these are.
    database.execute(
        "CREATE VIRTUAL TABLE resource_fts USING fts5 "
        '(title, description, provider, tokenize="porter", content="resource", content_rowid="id")'
    )
    database.execute("INSERT INTO resource_fts (resource_fts) VALUES ('rebuild')")
    database.commit()
    database.execute("VACUUM")
    database.close()


# All of it


PARTS = ("pages", "cold", "queries", "edit", "imports", "datasette")


def measure(size: int, only: list[str], *, rounds: int, datasette: str) -> dict[str, object]:
    """Values by the names of promises, at this size."""
    prepare(size)
    ground, found = str(size), {}
    for part in only:
        if size != MIDDLE and part in ("imports", "datasette"):
            continue
        _say(f"{size:,} resources: {part}")
        if part == "pages":
            found |= pages(ground, rounds)
        elif part == "cold":
            found["cold"], found["cold is"] = cold(ground)
        elif part == "queries":
            found["queries"] = most_queries()
        elif part == "edit":
            found["edit"] = edit(rounds)
        elif part == "imports":
            found |= imports()
        elif datasette:
            found["datasette"], all_ = beside_datasette(datasette, ground, rounds)
            found["datasette mix"] = all_
    if size >= 1_000_000:
        found |= {f"{name} 1M": found[name] for name in ("search", "cold") if name in found}
    return found


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def tell(found: dict[int, dict[str, object]], *, datasette: str) -> None:
    rows = []
    for name, promise in PROMISES.items():
        for size, values in found.items():
            if name in values and (not promise.sizes or size in promise.sizes):
                value = values[name]
                note = values.get(f"{name.removesuffix(' 1M')} is", "")
                rows.append(_row(promise, f"{size:,}", value, str(note)))
    if len(found) > 1 and all("mix" in values for values in found.values()):
        sizes = sorted(found)
        grown = {
            name: found[sizes[-1]]["mix"][name]
            * found[sizes[-1]]["list50 ms"]
            / (found[sizes[0]]["mix"][name] * found[sizes[0]]["list50 ms"])
            for name in found[sizes[0]]["mix"]
        }
        _value, slowest = worst(found[sizes[-1]]["mix"])
        rows.append(_row(GROWTH, "", grown[slowest], slowest))
    table(["", "resources", "measured", "must be", "", "holds", "where"], rows)
    if not datasette and MIDDLE in found:
        print("Datasette was left out: it is not installed here.")
    for size, values in found.items():
        if "mix" in values:
            anchor = f"list50 ({values['list50 ms']:.1f} ms here)"
            print(f"\n{size:,} resources, every search, × {anchor}")
            slowest = sorted(values["mix"].items(), key=lambda one: -one[1])
            table(["", "× list50"], [[name, f"{value:.2f}"] for name, value in slowest])
        if all_ := values.get("datasette mix"):
            print("\nDatasette with three facets, × the page")
            table(["", "× page"], [[name, f"{value:.1f}"] for name, value in all_.items()])


def _row(promise: Promise, size: str, value: float, note: str) -> list[str]:
    verdict = "yes" if promise.holds(value) else "NO"
    return [promise.what, size, f"{value:.2f}", promise.bound, promise.unit, verdict, note]


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("sizes", nargs="*", type=int, default=[MIDDLE])
    said.add_argument("--datasette", default=shutil.which("datasette") or "")
    said.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="of all parts")
    said.add_argument("--quick", action="store_true", help="a third of the rounds")
    said.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    options = said.parse_args()
    rounds = ROUNDS // 3 if options.quick else ROUNDS
    if options.into:
        found = measure(options.sizes[0], options.only, rounds=rounds, datasette=options.datasette)
        options.into.write_text(json.dumps(found))
        return
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            # A process for each size: a database is chosen when Django is set up.
            into = Path(folder, f"{size}.json")
            more = [*(["--quick"] if options.quick else []), "--only", *options.only]
            command = [sys.executable, __file__, str(size), "--into", str(into), *more]
            subprocess.run([*command, "--datasette", options.datasette], check=True)
            results[size] = json.loads(into.read_text())
    tell(results, datasette=options.datasette)


if __name__ == "__main__":
    main()
