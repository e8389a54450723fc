"""Bringing in resources beside plain COPY into the same table, in one run: how many times its time.

*COPY* puts the same rows into catalogue_resource as it stands, indexes and triggers included;
*bare COPY* into a copy of it with its indexes and no triggers, which keeps no history. The import
reads a CSV with ten columns, tags and providers among them. Peak memory is the whole process's.

    python bench/bench_import.py [N] [--json]     rows, 100,000 by default
"""

import csv
import io
import itertools
import json
import random
import resource as process
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator

from ground import prepare, sentence, table

COLUMNS = (
    "url title description provider resource_type proficiency language licence duration_minutes tags"
).split()


def rows(number: int) -> Iterator[list[str]]:
    dice = random.Random(7)
    types, levels = ["guide", "course", "video"], ["basic", "intermediate", "advanced"]
    for at in range(number):
        yield [
            f"https://www.host{dice.randrange(5_000)}.example.org/learn/{at}/?utm_source=list&p=2",
            sentence(dice, 5),
            sentence(dice, 40),
            f"Provider {dice.randrange(500)}",
            dice.choice(types),
            dice.choice(levels),
            dice.choice(["en", "cy", "fr"]),
            "CC BY 4.0",
            str(dice.randrange(5, 300)),
            ";".join(sentence(dice, 1) for _tag in range(2)),
        ]


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(relname), ', ') FROM pg_class WHERE relkind = 'r' AND "
            "relname ~ '^catalogue_(resource|tag|organisation|decision)'"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} CASCADE")


def copy(said: Iterable[list[str]], into: str) -> float:
    """Seconds of COPY of what the import writes into that table, made ready before."""
    from uuid import uuid4

    from django.db import connection, transaction

    from catalogue.addresses import canonical_address
    from catalogue.exchange.resources import staging
    from catalogue.exchange.resources.writing import COLUMNS as NAMES

    text = io.StringIO()
    for at, (url, title, words, _by, kind, level, language, *_rest) in enumerate(said):
        cells = [uuid4(), f"row-{at}", title.lower(), "draft", None, "", "2026-01-01", "2026-01-01"]
        cells += [url, canonical_address(url), title, 0, None]
        cells += [words, "en", "editor", [], kind, level, [language], "CC-BY-4.0", "free"]
        cells += [20, "provider", "", []]
        text.write("\t".join(map(staging._cell, cells)) + "\n")
    text.seek(0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute("CREATE TEMPORARY TABLE bare (LIKE catalogue_resource INCLUDING ALL)")
        taken = seconds(
            lambda: cursor.cursor.copy_expert(f"COPY {into} ({', '.join(NAMES)}) FROM STDIN", text)
        )
        transaction.set_rollback(True)
    return taken


def main(number: int, *, as_json: bool) -> None:
    prepare(0)
    from catalogue.exchange import Report, import_resources

    empty()
    with tempfile.TemporaryFile() as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        csv.writer(text).writerows(itertools.chain([COLUMNS], rows(number)))
        size = file.tell()

        def bring_in(**options: bool) -> Report:
            file.seek(0)
            report = Report()
            import_resources(file, "bench.csv", report=report, **options)
            return report

        reports: list[Report] = []
        found = {
            "first": seconds(lambda: reports.append(bring_in())),
            "again": seconds(lambda: reports.append(bring_in())),
            "again, --update": seconds(lambda: reports.append(bring_in(update=True))),
        }
        text.detach()
    # Before COPY, which holds all of its text.
    peak = process.getrusage(process.RUSAGE_SELF).ru_maxrss / 1024
    empty()
    plain = copy(rows(number), "catalogue_resource")
    bare = copy(rows(number), "bare")
    found |= {"COPY": plain, "bare COPY": bare}
    first, again, updated = reports
    assert first.added == again.unchanged == updated.unchanged == number, reports
    if as_json:
        print(json.dumps(found))
        return
    table(
        ["", "µs a row", "x COPY", "x bare COPY"],
        [
            [name, f"{took / number * 1e6:.0f}", f"{took / plain:.2f}", f"{took / bare:.2f}"]
            for name, took in found.items()
        ],
    )
    print(f"{number:,} rows, {size / 1e6:.0f} MB; peak memory {peak:.0f} MB")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    main(given[0] if given else 100_000, as_json="--json" in sys.argv)
