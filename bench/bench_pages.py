"""Uncached pages beside an anchor in the same process: how many times the time of *list50*.

*list50* is the plainest list Django can make of this database (see anchors.py). Anchor and page take
turns, and what counts is the middle of their ratios, so that a busy machine slows both alike.

A worker keeps parts of pages until something public changes (catalogue.keeping), as it does for
visitors whose pages are their own. “After an edit” is the first page of a worker once a resource has
another title: it counts what is new, and makes every part.

    python bench/bench_pages.py [N ...]     catalogues of N resources, 100 and 10,000 by default
"""

import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from anchors import list50
from ground import prepare, table

ROUNDS = 25


def pages() -> dict[str, str]:
    """Every kind of page that is a list or a detail, with the fullest example of each."""
    from catalogue.models import Competence, Resource, Role, Tag
    from catalogue.tallies import tallies
    from pathways.models import Pathway

    counted = tallies()
    skill, provider, tag = (next(iter(counted.sizes(n))) for n in ("skill", "provider", "tag"))
    tag = Tag.objects.get(slug=tag)
    pathway = Pathway.objects.get(slug="privacy-for-library-staff")
    competence = Competence.objects.get(framework__slug="digcomp-3.0", code="4.2")
    role = Role.objects.published().order_by("pk").first()
    resource = Resource.objects.published().order_by("-pathway_count", "pk").first()
    narrow = f"skill={skill}&proficiency=basic&language=en&tag={tag.slug}&match=all"
    return {
        "home": "/",
        "resources": "/resources/",
        "resources, filtered": "/resources/?proficiency=basic&time=60",
        "resources, narrowed": f"/resources/?{narrow}",
        "resources, typed": "/resources/?q=privacy+data",
        "resources, typed, filtered": "/resources/?q=data&type=video&type=book&cost=free",
        "resources, last page": "/resources/?page=999999",
        "resource": resource.get_absolute_url(),
        "skills": "/skills/",
        "skill": f"/skills/{skill}/",
        "frameworks": "/frameworks/",
        "framework": "/frameworks/digcomp-3.0/",
        "competence": competence.get_absolute_url(),
        "roles": "/roles/",
        "role": role.get_absolute_url(),
        "questions": "/questions/",
        "organisations": "/organisations/",
        "organisation": f"/organisations/{provider}/",
        "tags": "/tags/",
        "tag": tag.get_absolute_url(),
        "pathways": "/pathways/",
        "pathways, filtered": "/pathways/?time=240&proficiency=basic",
        "pathway": pathway.get_absolute_url(),
        "step": f"{pathway.get_absolute_url()}5/",
        "curators": "/curators/",
        "curator": "/curators/waymark-editors/",
    }


def seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def ratio(run: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """How many times the anchor beside it `run` takes, in the middle; `before` each, untimed."""
    found = []
    for turn in range(ROUNDS + 2):
        before()
        taken, anchor = seconds(run), seconds(list50)
        # The first two warm up.
        if turn > 1:
            found.append(taken / anchor)
    return median(found)


def counted(visitor: object, address: str) -> tuple[object, int]:
    """The answer at `address`, and how many queries it took."""
    from django.db import connection

    queries: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *more: queries.append(sql) or run(sql, *more)):
        answer = visitor.get(address)
    return answer, len(queries)


def measure(resources: int) -> None:
    prepare(resources)
    from django.test import Client

    from catalogue import index
    from catalogue.models import Resource
    from config.page_cache import cache as kept

    edited = Resource.objects.published().order_by("pk").first()
    title = edited.title

    def edit() -> None:
        edited.title = f"{title} anew" if edited.title == title else title
        edited.save()

    visitor = Client()
    # A cookie of a learner keeps the page cache out of the way.
    visitor.cookies["learner"] = "bench"
    kept.clear()
    rows = []
    for name, address in pages().items():
        visitor.get(address)
        answer, queries = counted(visitor, address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        edit()
        _answer, cold = counted(visitor, address)

        def page(address: str = address) -> object:
            return visitor.get(address)

        after = f"{ratio(page, edit):.2f}" if cold > queries else ""
        size = f"{len(answer.content) / 1024:.0f} KB"
        most = f"{queries} to {cold}" if cold > queries else queries
        rows.append((name, f"{ratio(page):.2f}", most, size, after))
    if edited.title != title:
        edit()
    index.settle_marked(leave=0)
    index.put_together()
    visitor.cookies.clear()
    visitor.get("/")
    rows.append(("home, cached", f"{ratio(lambda: visitor.get('/')):.3f}", 0, "", ""))
    anchor = median(seconds(list50) for _ in range(ROUNDS))
    print(f"\n{resources} resources; list50 = 1 ({anchor * 1000:.1f} ms here)")
    table(("page", "x list50", "queries", "bytes", "after an edit"), rows)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        measure(int(sys.argv[1]))
    else:
        # A process for each size: a database is chosen when Django is set up.
        for size in sys.argv[1:] or ["100", "10000"]:
            subprocess.run([sys.executable, __file__, size], check=True)
