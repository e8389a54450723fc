"""Whose rows somebody meets at the desk: catalogue.standing says it, every ModelAdmin asks it here."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalogue import standing
from catalogue.standing import is_editor


class Whose:
    """Mixin of a ModelAdmin: who isn't an editor finds, chooses and changes what querysets let them.

    Rows that aren't visible to somebody don't exist for them: neither in a list, a search or a
    choice, nor by address. What they see and don't keep, they look at.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return standing.visible(super().get_queryset(request), request.user)

    def offered(self, request: HttpRequest) -> QuerySet:
        """The rows that a relation may be set to."""
        rows = standing.offered(self.model._default_manager.all(), request.user)
        if ordering := self.get_ordering(request):
            rows = rows.order_by(*ordering)
        related = self.list_select_related
        return rows.select_related(*related) if related else rows

    def keeps(self, request: HttpRequest, row: Model) -> bool:
        """Whether the row is among those that somebody may change. One query a request."""
        known = request.__dict__.setdefault("_rows_kept", {})
        key = (type(row), row.pk)
        if key not in known:
            known[key] = standing.keeps(request.user, row)
        return known[key]

    # What Django asks

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may = super().has_view_permission(request, obj)
        return may and (obj is None or self._sees(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or self.keeps(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or self.keeps(request, obj))

    def _sees(self, request: HttpRequest, row: Model) -> bool:
        if is_editor(request.user) or self.keeps(request, row):
            return True
        return standing.visible(type(row)._default_manager.filter(pk=row.pk), request.user).exists()

    def get_list_filter(self, request: HttpRequest) -> list:
        """What another row is called stands in no filter: its choices would name all there are."""
        filters = super().get_list_filter(request)
        return filters if is_editor(request.user) else [one for one in filters if self._is_own(one)]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """By an address, too, a list can be asked for nothing but its filters."""
        allowed = super().lookup_allowed(lookup, value, request)
        if request is None or is_editor(request.user):
            return allowed
        return allowed and lookup.partition("__")[0] in self.get_list_filter(request)

    def _is_own(self, name: Any) -> bool:
        try:
            return isinstance(name, str) and not self.opts.get_field(name).is_relation
        except FieldDoesNotExist:
            return False

    def history_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is not None and not self.keeps(request, row):
            raise PermissionDenied
        return super().history_view(request, object_id, *args)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """Names what goes with a row, and what holds it, to editors only."""
        going, counts, needed, held = super().get_deleted_objects(objs, request)
        if not is_editor(request.user):
            going = [str(row) for row in objs]
            held = [_("something that leads to it")] if held else []
        return going, counts, needed, held

    # What the form says of it

    def standing_of(self, request: HttpRequest, row: Model) -> str:
        """Why somebody may change `row` or not, in a sentence; empty where nobody need be told."""
        if self.has_change_permission(request, row):
            return "" if is_editor(request.user) else self.why_they_may(request, row)
        return self.why_not(request, row)

    def why_they_may(self, request: HttpRequest, row: Model) -> str:
        return _("You may change this: it is yours to look after.")

    def why_not(self, request: HttpRequest, row: Model) -> str:
        return _("You can look at this; editors change it.")

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            context["standing"] = self.standing_of(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
