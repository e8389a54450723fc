"""The desk as a whole: its name, its first page, and what is found by typing."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.desk.relations import label_of
from catalogue.registry import Point, gather
from catalogue.standing import is_editor

APPS = ("catalogue", "pathways", "curators")


class FoundByTyping(AutocompleteJsonView):
    def process_request(self, request: HttpRequest) -> tuple:
        """Refuses an address made up by hand that names no relation which a form could have."""
        found = super().process_request(request)
        if not hasattr(found[2], "get_limit_choices_to"):
            raise PermissionDenied
        return found

    def get_queryset(self) -> QuerySet:
        """What somebody may choose, as far as it matches what they typed."""
        rows = self.model_admin.offered(self.request)
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        found, has_twins = self.model_admin.get_search_results(self.request, rows, self.term)
        return found.distinct() if has_twins else found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": label_of(obj)}


class Desk(AdminSite):
    site_title = settings.SITE_NAME
    site_header = format_lazy(_("{site}: the desk"), site=settings.SITE_NAME)
    index_title = _("Your desk")

    def get_urls(self) -> list:
        shown = self.admin_view(self.on_site_view)
        own = [page.pattern(self.admin_view) for page in gather(Point.DESK_PAGES)]
        on_site = path("r/<path:kind>/<path:pk>/", shown, name="view_on_site")
        return [*own, on_site, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """`desk_pages`: (what the link says, where) of pages that stand at the top of every other."""
        pages = [page for page in gather(Point.DESK_PAGES) if page.label and page.may(request.user)]
        return {**super().each_context(request), "desk_pages": [page.link() for page in pages]}

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """On to where people sign in; whoever is signed in and sent here may not use the desk."""
        there = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise PermissionDenied
            return redirect("admin:index")
        return redirect_to_login(there)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A password is a part of the account, which has pages of its own."""
        return redirect("account")

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """`boards`: what the apps show somebody of what is theirs (see DeskAdmin.boards); `waiting`:
        (what, where) of drafts and the like that somebody may see to; `is_whole`: whether the boards
        are all that they need."""
        boards = self._gather("boards", request)
        is_whole = any(board.is_whole for board in boards)
        context = {
            "boards": boards,
            "is_whole": is_whole,
            "waiting": [] if is_whole else self._gather("waiting", request),
        }
        return super().index(request, {**context, **(extra_context or {})})

    def _gather(self, name: str, request: HttpRequest) -> list:
        """What all who keep something at the desk answer under `name`."""
        kept = (one for one in self._registry.values() if hasattr(one, name))
        return [found for one in kept for found in getattr(one, name)(request)]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """Catalogue, pathways, people, groups among them; each in the order of `rank`."""
        found = {one["app_label"]: one for one in super().get_app_list(request, app_label)}
        if "auth" in found and "curators" in found:
            found["curators"]["models"] += found.pop("auth")["models"]
        for one in found.values():
            if not is_editor(request.user):
                # What one gets to by the whole that it is a part of.
                one["models"] = [said for said in one["models"] if not self._is_part(said["model"])]
            one["models"].sort(key=lambda said: getattr(self._registry[said["model"]], "rank", 0))
        known = [label for label in APPS if label in found]
        return [found[label] for label in [*known, *(found.keys() - {*known})]]

    def _is_part(self, model: type[Model]) -> bool:
        return getattr(self._registry[model], "is_part", False)

    def autocomplete_view(self, request: HttpRequest) -> JsonResponse:
        return FoundByTyping.as_view(admin_site=self)(request)

    def on_site_view(self, request: HttpRequest, kind: str, pk: str) -> HttpResponse:
        """To the public page of a row, for whoever may look at it here; 404 where it has none."""
        model = _model_of(kind)
        model_admin = self._registry.get(model)
        row = model_admin and model_admin.get_object(request, pk)
        if row is None:
            raise Http404("no such row at the desk")
        if not model_admin.has_view_permission(request, row):
            raise PermissionDenied
        there = model_admin.get_view_on_site_url(row)
        if there is None:
            raise Http404("it has no public page")
        return redirect(there)


def _model_of(kind: str) -> type[Model] | None:
    """The model of a content type's number."""
    if not kind.isdecimal() or len(kind) > 9:
        return None
    found = ContentType.objects.filter(pk=kind).first()
    return found.model_class() if found else None
