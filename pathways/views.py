"""Pages of pathways. Each view names what its template gets."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.identity import find_public
from pathways.finding import PathwayQuery, find
from pathways.models import Pathway, Step
from pathways.reading import after_removed, changes, going_on, outline_for_readers, practised

# How many pathways the end of one leads on to.
ONWARDS = 2


def pathway_list(request: HttpRequest) -> HttpResponse:
    """`results`: pathways.finding.PathwayResults, which holds the query; `pathways` of the page, ready
    for cards."""
    results = find(PathwayQuery.parse(request.GET))
    context = {"results": results, "pathways": results.pathways}
    return render(request, "pathways/pathway_list.html", context)


def pathway_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`pathway`; `revision`; `outline`: pathways.outline.Outline; `onwards`: pathways to go on with;
    `changes`: published revisions, the newest first."""
    pathway = find_public(Pathway.objects.for_detail(), slug)
    pathway.published_revision.look_up_purpose()
    context = {
        "pathway": pathway,
        "revision": pathway.published_revision,
        "outline": outline_for_readers(pathway),
        "onwards": going_on(pathway)[:ONWARDS],
        "changes": changes(pathway),
    }
    return render(request, "pathways/pathway_detail.html", context)


def step_detail(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """One step with where it stands: `pathway`, `revision`, `outline`, `step`, `stretch`, `entry`,
    `before`, `after` (entries or None); `practised`: links to the skills that its resource teaches.

    A step that a later revision left out answers 410 with `step`, `pathway`, and `onward`, the entry
    that stands nearest to where it was, or None.
    """
    pathway = find_public(Pathway.objects.with_outline().with_credits(), slug)
    revision = pathway.published_revision
    outline = outline_for_readers(pathway)
    step = next((one for one in outline.steps if one.n == n), None)
    if step is None:
        removed = Step.objects.last_seen(pathway, n)
        if removed is None:
            raise Http404(f"{slug} never had a step {n}")
        onward = after_removed(removed, outline)
        context = {"pathway": pathway, "step": removed, "onward": onward}
        return render(request, "pathways/step_removed.html", context, status=410)
    step.revision = revision
    entry = outline.entry_of(step)
    context = {
        "pathway": pathway,
        "revision": revision,
        "outline": outline,
        "step": step,
        "stretch": outline.stretch_of(step),
        "entry": entry,
        "before": outline.before(entry),
        "after": outline.after(entry),
        "practised": practised(step),
    }
    return render(request, "pathways/step_detail.html", context)
