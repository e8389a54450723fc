"""A few pages that show what the page cache does with each kind; a ROOT_URLCONF for its tests."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.messages import info
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from catalogue.models import Resource

# Every page that was made and not answered from the cache, by its address.
made: list[str] = []


def titles(request: HttpRequest) -> HttpResponse:
    """The titles of all resources, long enough to be worth packing."""
    made.append(request.get_full_path())
    listed = ", ".join(Resource.objects.order_by("pk").values_list("title", flat=True))
    said = f"{get_language()} {request.get_host()} {request.GET.urlencode()}: {listed}."
    return HttpResponse(said + " " * 600)


def short(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponse("short")


def with_cookie(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    response = HttpResponse("yours")
    response.set_cookie("learner", "somebody")
    return response


def with_form(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponse(get_token(request))


def with_message(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    info(request, "Done.")
    return HttpResponse("done")


def mine(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponse("mine", headers={"Cache-Control": "private, max-age=60"})


@never_cache
def never(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponse("never")


def missing(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    raise Http404


def moved(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponsePermanentRedirect("/titles/")


def broken(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponse("broken", status=500)


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    made.append(request.get_full_path())
    return StreamingHttpResponse(iter(["one", "two"]))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("bad", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("not there", status=404)


# The site's own error pages lead to pages that aren't here.
handler400 = bad_request
handler404 = not_found

urlpatterns = [
    path("short/", short),
    path("cookie/", with_cookie),
    path("form/", with_form),
    path("message/", with_message),
    path("mine/", mine),
    path("never/", never),
    path("missing/", missing),
    path("moved/", moved),
    path("broken/", broken),
    path("streamed/", streamed),
    path("admin/", short),
    *i18n_patterns(path("titles/", titles), prefix_default_language=False),
]
