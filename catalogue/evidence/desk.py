"""How a resource is used, for editors."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.evidence.drawing import picture, summary
from catalogue.evidence.months import numbers_of
from catalogue.models import Merge, Resource
from catalogue.standing import is_editor
from catalogue.vocabularies import Use


class TellsUse:
    """Mixin of the resources' ModelAdmin: `use` to show, to editors alone."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        sets = super().get_fieldsets(request, obj)
        if obj is None or not is_editor(request.user):
            return sets
        return [*sets, (gettext_lazy("Use"), {"fields": ["use"]})]

    @admin.display(description=gettext_lazy("in the last twelve months"))
    def use(self, resource: Resource) -> SafeString | str:
        """As a picture and in words, with what was counted of those merged into it. Three queries."""
        merged = Merge.objects.standing().filter(kept=resource)
        uids = [resource.uid, *merged.values_list("duplicate__uid", flat=True)]
        numbers = numbers_of(uids)
        if numbers.since is None:
            return _("Nothing has been counted yet.")
        opened, out = (numbers.of(kind, *uids) for kind in (Use.VIEW, Use.DEPARTURE))
        return format_html(
            '<div class="desk-use">{}<p>{}</p></div>',
            picture(numbers.months, opened, out) if any(opened) or any(out) else "",
            summary(numbers.months, opened, out),
        )
