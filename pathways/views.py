"""Pages of pathways. Each view names what its template gets."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.identity import replacement_of
from catalogue.keeping import kept, page_shows
from catalogue.models import Identified
from catalogue.vocabularies import Status
from pathways.finding import PathwayQuery, find
from pathways.known import going_on, pathway_at
from pathways.models import Pathway, Step
from pathways.outline import Outline
from pathways.reading import after_removed, changes, confirmation_of, practised
from pathways.reviewing.keepers import ways_to_desk
from pathways.whereabouts import whereabouts

# How many pathways the end of one leads on to.
ONWARDS = 2


def pathway_list(request: HttpRequest) -> HttpResponse:
    """`results`: pathways.finding.PathwayResults, which holds the query."""
    results = find(PathwayQuery.parse(request.GET))
    return render(request, "pathways/pathway_list.html", {"results": results})


def pathway_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`pathway`; `outline`: pathways.outline.Outline; `changes`: its published revisions, the newest
    first; `confirmed`: the Confirmation that came after them, or None; `onwards`: pathways to go on
    with; `ways_to_desk`: (what, where) for whoever keeps it."""
    pathway, outline = pathway_at(slug)
    page_shows(pathway.uid)
    context = {
        "pathway": pathway,
        "outline": outline,
        "changes": kept(("changes of a pathway", pathway.pk), lambda: changes(pathway)),
        # In a list, since what is kept can't be nothing.
        "confirmed": kept(
            ("confirmation of a pathway", pathway.pk), lambda: [confirmation_of(pathway)]
        )[0],
        "onwards": going_on(pathway)[:ONWARDS],
        "ways_to_desk": ways_to_desk(request.user, pathway),
    }
    return render(request, "pathways/pathway_detail.html", context)


def step_detail(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """`here`: pathways.whereabouts.Whereabouts; `practised`: links to the skills that the step's
    resource teaches; `instead`: what replaces what it leads to where that was withdrawn, or None."""
    pathway, outline = pathway_at(slug)
    here = whereabouts(pathway, outline, n)
    if here is None:
        return _step_removed(request, pathway, outline, n)
    page_shows(here.step.uid)
    context = {
        "here": here,
        "practised": kept(("practised at a step", here.step.pk), lambda: practised(here.step)),
        "instead": _instead(here.step),
    }
    return render(request, "pathways/step_detail.html", context)


def _instead(step: Step) -> Identified | None:
    goal = step.serving or step.pathway
    return replacement_of(goal) if goal and goal.status == Status.WITHDRAWN else None


def _step_removed(request: HttpRequest, pathway: Pathway, outline: Outline, n: int) -> HttpResponse:
    """410 for a step that a later revision left out: `pathway`; `step` as it was; `onward`: the entry
    that stands nearest to where it was, or None."""
    removed = Step.objects.last_seen(pathway, n)
    if removed is None:
        raise Http404(f"{pathway.slug} never had a step {n}")
    onward = after_removed(removed, outline)
    context = {"pathway": pathway, "step": removed, "onward": onward}
    return render(request, "pathways/step_removed.html", context, status=410)
