"""Pages of the people. Each view names what its template gets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.identity import find_public
from catalogue.keeping import kept
from catalogue.registry import Point, gather
from curators.models import Curator


def curator_list(request: HttpRequest) -> HttpResponse:
    """`curators`, each with its `work`, where it put pathways together (see Point.WORK_OF_CURATORS)."""
    curators = list(Curator.objects.for_listing())
    for work in gather(Point.WORK_OF_CURATORS):
        for curator in curators:
            curator.work = work.get(curator.pk)
    return render(request, "curators/curator_list.html", {"curators": curators})


def curator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`curator`; `pathways`: (kind of credit, pathways) that credit them; `skills` that they know about;
    `use`: (pathway, how often it was opened) where they let it be told."""
    curator = find_public(Curator.objects.select_related("organisation"), slug)
    context = {
        "curator": curator,
        "pathways": gather(Point.PATHWAYS_OF_CURATOR, curator),
        "use": gather(Point.USE_OF_CURATOR, curator),
        "skills": kept(
            ("skills of a curator", curator.pk), lambda: gather(Point.SKILLS_OF_CURATOR, curator)
        ),
    }
    return render(request, "curators/curator_detail.html", context)
