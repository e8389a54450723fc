"""The forms, and the private page of each suggestion. Each view names what its template gets."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from catalogue.registry import Point, gather
from curators.suggestions import limits, stamps
from curators.suggestions.forms import FORMS, SuggestForm, plain
from curators.suggestions.mail import outcome_of
from curators.suggestions.models import Suggestion
from curators.suggestions.pages import page_at
from curators.suggestions.receiving import known_resource, receive

# Ten times what the longest form holds, in bytes.
LARGEST = 50_000
# What browsers say of a form that was sent by another site's page.
ELSEWHERE = ("cross-site", "same-site")


def from_own_pages(view: Callable) -> Callable:
    """Takes forms that pages of this site sent, without a cookie; a form's own stamp does the rest.

    A browser says where a form comes from; who says nothing, as old ones do, is let pass.
    """

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and _is_from_elsewhere(request):
            raise PermissionDenied("a form of another site")
        return view(request, *args, **kwargs)

    return never_cache(csrf_exempt(guarded))


def _is_from_elsewhere(request: HttpRequest) -> bool:
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said in ELSEWHERE
    origin = request.headers.get("Origin")
    return bool(origin) and origin != f"{request.scheme}://{request.get_host()}"


@from_own_pages
def offer(request: HttpRequest, kind: str) -> HttpResponse:
    """`form`, which knows the `page` that it is about; `kind`; `stamp`; `trouble`: sentences about the
    form as a whole."""
    if request.method == "POST":
        return _take(request, kind)
    page = page_at(request.GET.get("about", ""))
    skill = plain(request.GET.get("skill", ""))[:120] or (page.skill if page else "")
    return _form_page(request, FORMS[kind](initial={"skill": skill}, page=page), stamps.new_stamp())


def _take(request: HttpRequest, kind: str) -> HttpResponse:
    if _length_of(request) > LARGEST:
        told = _("That was far longer than we can take. Say it in a few sentences.")
        return _form_page(request, FORMS[kind](), stamps.new_stamp(), told, status=413)
    form = FORMS[kind](request.POST, page=page_at(request.POST.get("about", "")))
    stamp = request.POST.get("stamp", "")
    try:
        nonce = stamps.read_stamp(stamp)
    except stamps.Unstamped as error:
        return _form_page(request, form, error.stamp, str(error))
    if not form.is_valid():
        return _form_page(request, form, stamp)
    known = known_resource(form.facts.get("url", ""))
    if known:
        return render(request, "curators/suggest_known.html", {"resource": known})
    token = stamps.token_of(nonce, repr(sorted(form.facts.items())))
    if not Suggestion.objects.of(token):
        if not limits.may_send(request, nonce):
            told = _(
                "So much came from your network that we have stopped for an hour. What you wrote "
                "still stands here: send it again later."
            )
            return _form_page(request, form, stamp, told, status=429)
        receive(kind, token=token, page=form.page, facts=form.facts)
    return redirect("curators:suggestion", token)


def _length_of(request: HttpRequest) -> int:
    """How many bytes are sent, as the request says; what says no number is not read at all."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0


def _form_page(
    request: HttpRequest, form: SuggestForm, stamp: str, told: str = "", *, status: int = 200
) -> HttpResponse:
    trap = form.errors.get("website", []) if form.is_bound else []
    context = {
        "form": form,
        "kind": form.KIND,
        "stamp": stamp,
        "trouble": [*([told] if told else []), *trap],
    }
    return render(request, "curators/suggest.html", context, status=status)


@from_own_pages
def suggestion(request: HttpRequest, token: str) -> HttpResponse:
    """`suggestion`; `outcome`: what became of it, in a sentence; `page` that it is about; `steps` of
    pathways that lead to the resource it became."""
    found = Suggestion.objects.of(token)
    if found is None:
        raise Http404("nothing was sent under this token")
    if request.method == "POST":
        found.take_back()
        response = redirect("curators:suggestion", token)
    else:
        resource = found.public_resource if found.kind == found.Kind.RESOURCE else None
        context = {
            "suggestion": found,
            "resource": resource,
            "outcome": outcome_of(found) if found.answered_at else "",
            "page": page_at(found.about),
            "steps": gather(Point.PATHWAYS_OF_RESOURCE, resource) if resource else [],
        }
        response = render(request, "curators/suggestion.html", context)
    response["X-Robots-Tag"] = "noindex"
    # The address is a secret: no page that it leads to hears of it.
    response["Referrer-Policy"] = "same-origin"
    return response
