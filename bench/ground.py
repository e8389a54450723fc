"""The ground that benchmarks stand on: a database of their own, filled alike every time.

Nothing here touches the site's own database: the name gets `_bench` and the number of resources.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

# Counts up when make_catalogue.py makes other rows, so that nobody measures on the old ones.
CATALOGUE = 3
# The comment of a database that is filled; one without it was broken off, and is made anew.
WHOLE = "whole"
ROOT = Path(__file__).resolve().parent.parent
WORDS = (
    "archive audience audio backup catalogue chart clean collection community consent copyright "
    "data describe digital edit encrypt event exhibition file format guide history image index "
    "interview label learn letter library licence map member metadata museum name object open "
    "password phone photo plan podcast policy preserve print privacy project publish reader record "
    "repair repository research reuse safe scan script search share sheet sound source story survey "
    "table teach team text tool track train transcript video visit volunteer web workshop write"
).split()


def prepare(resources: int) -> None:
    """Sets Django up on the benchmark database of this size; makes and fills it where needed."""

    def fill() -> None:
        if resources:
            import make_catalogue

            make_catalogue.fill(resources)

    stand_on(str(resources), fill)


def stand_on(name: str, fill: Callable[[], object]) -> None:
    """Sets Django up on the benchmark database of this name; one that is new is filled by `fill`."""
    whole_name = choose(name)
    import django

    django.setup()
    is_new = _create(whole_name)
    _migrate(is_new)
    if is_new:
        fill()
        _say_whole(whole_name)


def choose(name: str) -> str:
    """Has the settings name this benchmark database, before Django is set up; answers its whole name."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    own = settings.DATABASES["default"]
    own["NAME"] = f"{own['NAME']}_bench{CATALOGUE}_{name}"
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    return own["NAME"]


def _create(name: str) -> bool:
    """Makes the database; False where it stands there whole."""
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        if cursor.fetchone() == (WHOLE,):
            return False
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    return True


def _say_whole(name: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{WHOLE}'")


def _migrate(is_new: bool) -> None:
    """Takes a database that an older Waymark made to this one's tables, and to what search holds."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from make_catalogue import rebuild

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
        if not is_new:
            rebuild()


def sentence(dice: random.Random, words: int) -> str:
    """`words` words, the early ones of the list more often, as in real texts."""
    chosen = [WORDS[min(int(dice.expovariate(0.05)), len(WORDS) - 1)] for _ in range(words)]
    return " ".join(chosen).capitalize()


def p50(run: Callable[[], object], *, times: int = 15) -> float:
    """Median seconds of a call after two that don't count."""
    run(), run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return median(taken)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Prints aligned columns."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
