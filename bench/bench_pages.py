"""Uncached pages beside an anchor in the same process: how many times the time of *list50*.

*list50* is the plainest list Django can make of this database: fifty rows by two queries of the
ORM in a template of a few lines. Ratios hold where seconds don't: run it on any machine.

    python bench/bench_pages.py [N ...]     catalogues of N resources, 100 and 10,000 by default
"""

import subprocess
import sys

from ground import p50, prepare, table

LIST50 = """<!doctype html><html lang="en"><head><title>list50</title></head><body><ol>
{% for r in rows %}<li><h3><a href="/r/{{ r.pk }}/">{{ r.title }}</a></h3>
<p>{{ r.resource_type }} · {{ r.proficiency }} · {{ r.published_at|date:"j M Y" }}</p>
<p>{{ r.description|truncatechars:160 }}</p>
<ul>{% for s in r.named %}<li><a href="/s/{{ s }}/">skill-{{ s }}</a></li>{% endfor %}</ul></li>
{% endfor %}</ol></body></html>"""


def pages() -> dict[str, str]:
    """Every kind of page that is a list or a detail, with the fullest example of each."""
    from django.db.models import Count

    from catalogue.models import Competence, Resource, Skill
    from pathways.models import Pathway

    skill = Skill.objects.annotate(n=Count("resource_links")).order_by("-n", "pk").first()
    pathway = Pathway.objects.get(slug="privacy-for-library-staff")
    competence = Competence.objects.get(framework__slug="digcomp-3.0", code="4.2")
    resource = Resource.objects.published().order_by("-pathway_count", "pk").first()
    return {
        "home": "/",
        "resources": "/resources/",
        "resources, filtered": "/resources/?proficiency=basic&time=60",
        "resources, typed": "/resources/?q=privacy+data",
        "resource": resource.get_absolute_url(),
        "skills": "/skills/",
        "skill": skill.get_absolute_url(),
        "competence": competence.get_absolute_url(),
        "framework": "/frameworks/digcomp-3.0/",
        "pathways": "/pathways/",
        "pathway": pathway.get_absolute_url(),
        "step": f"{pathway.get_absolute_url()}5/",
        "curator": "/curators/waymark-editors/",
    }


def list50() -> object:
    from django.template import engines

    from catalogue.models import Resource, ResourceSkill

    rows = list(Resource.objects.published().order_by("sort_key", "pk")[:50])
    links = ResourceSkill.objects.filter(resource__in=[row.pk for row in rows])
    named: dict[int, list[int]] = {}
    for resource, skill in links.values_list("resource_id", "skill_id"):
        named.setdefault(resource, []).append(skill)
    for row in rows:
        row.named = named.get(row.pk, ())
    return engines["django"].from_string(LIST50).render({"rows": rows})


def counted(visitor: object, address: str) -> tuple[object, int]:
    """The answer at `address`, and how many queries it took."""
    from django.db import connection

    queries: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *more: queries.append(sql) or run(sql, *more)):
        answer = visitor.get(address)
    return answer, len(queries)


def measure(resources: int) -> None:
    prepare(resources)
    from django.core.cache import cache
    from django.test import Client

    visitor = Client()
    # A cookie of a learner keeps the page cache out of the way.
    visitor.cookies["learner"] = "bench"
    cache.clear()
    anchor = p50(list50)
    rows = []
    for name, address in pages().items():
        answer, queries = counted(visitor, address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        taken = p50(lambda address=address: visitor.get(address))
        rows.append(
            (name, f"{taken / anchor:.2f}", queries, f"{len(answer.content) / 1024:.0f} KB")
        )
    visitor.cookies.clear()
    visitor.get("/")
    rows.append(("home, cached", f"{p50(lambda: visitor.get('/'), times=50) / anchor:.3f}", 0, ""))
    print(f"\n{resources} resources; list50 = 1 ({anchor * 1000:.1f} ms here)")
    table(("page", "x list50", "queries", "bytes"), rows)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        measure(int(sys.argv[1]))
    else:
        # A process for each size: a database is chosen when Django is set up.
        for size in sys.argv[1:] or ["100", "10000"]:
            subprocess.run([sys.executable, __file__, size], check=True)
