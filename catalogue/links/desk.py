"""Links at the desk: what visits found, a visit now, and the new address of one that moved."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from catalogue.links.drawing import answer_of, picture, told
from catalogue.links.moving import accept_move
from catalogue.links.rounds import visit
from catalogue.models import LinkHealth, Resource
from catalogue.models.links import VISITS_KEPT
from catalogue.vocabularies import LinkState, Status


class VisitsLinks:
    """Mixin of the resources' ModelAdmin: `link_history` to show, and two buttons above the form."""

    def get_urls(self) -> list:
        site = self.admin_site
        return [
            path(
                "<path:pk>/link/visit/",
                site.admin_view(require_POST(self.visit_view)),
                name="catalogue_resource_link_visit",
            ),
            path(
                "<path:pk>/link/move/",
                site.admin_view(require_POST(self.move_view)),
                name="catalogue_resource_link_move",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None and self.has_change_permission(request, obj):
            context["deeds"] = self._deeds(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _deeds(self, resource: Resource) -> list[dict[str, Any]]:
        """Buttons that act at once: `id`, `label`, `url`, and the `fields` that they send."""
        if resource.status == Status.WITHDRAWN:
            return []
        link = getattr(resource, "link", None)
        deeds = [("visit", _("Visit the link now"), {})]
        if link and link.moved_to:
            deeds.append(("move", _("Take the new address"), {"to": link.moved_to}))
        return [
            {
                "id": f"link-{name}",
                "label": label,
                "url": self._there(resource, name),
                "fields": fields,
            }
            for name, label, fields in deeds
        ]

    @staticmethod
    def _there(resource: Resource, deed: str) -> str:
        return reverse(f"admin:catalogue_resource_link_{deed}", args=[quote(resource.pk)])

    def _resource(self, request: HttpRequest, pk: str) -> Resource | None:
        """Raises PermissionDenied for who may not change it."""
        resource = self.get_object(request, unquote(pk))
        if not self.has_change_permission(request, resource):
            raise PermissionDenied
        return resource

    def visit_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """POST: visits the link, and back to the form, which tells what was found."""
        resource = self._resource(request, pk)
        if resource is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        if resource.status != Status.WITHDRAWN and (link := visit(resource)):
            said = answer_of(link)
            state = link.get_state_display().lower()
            found = f"{state} ({said})" if said else state
            level = messages.SUCCESS if link.works else messages.WARNING
            self.message_user(request, _("The link was visited: %s.") % found, level)
        return redirect("admin:catalogue_resource_change", resource.pk)

    def move_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """POST `to`: the resource has that address from now on, if its link still leads there."""
        resource = self._resource(request, pk)
        if resource is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        try:
            accept_move(resource, by=request.user, to=request.POST.get("to", ""))
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.log_change(request, resource, "Take the new address")
            told_ = _("The resource has its new address, and is still found by the old one.")
            self.message_user(request, told_, messages.SUCCESS)
        return redirect("admin:catalogue_resource_change", resource.pk)

    @admin.display(description=gettext_lazy("link"))
    def link_history(self, resource: Resource) -> SafeString | str:
        """State and dates of the link, its visits as a picture and in words. Three queries."""
        link = LinkHealth.objects.filter(pk=resource.pk).first()
        if link is None:
            return LinkState.UNCHECKED.label
        visits = list(resource.visits.order_by("-at", "-pk")[:VISITS_KEPT])[::-1]
        lines = [*_facts(link), *_former(resource)]
        return format_html(
            '<div class="desk-link">{}<dl>{}</dl>{}</div>',
            picture(visits) if visits else "",
            format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", lines),
            _in_words(visits) if visits else "",
        )


def _facts(link: LinkHealth) -> list[tuple[str, Any]]:
    said = answer_of(link)
    state = link.get_state_display()
    facts = [
        (_("State"), f"{state}: {said}" if said else state),
        (_("Since"), _day(link.since)),
        (_("Last visited"), _moment(link.checked_at)),
        (_("Last worked"), _moment(link.worked_at)),
        (_("Not there since"), _day(link.missing_since)),
        (_("Moved to"), _linked(link.moved_to)),
        (_("Next visit"), _moment(link.due_at) or _("with the next round")),
    ]
    return [(name, value) for name, value in facts if value]


def _former(resource: Resource) -> list[tuple[str, Any]]:
    urls = resource.former_links.order_by("-until").values_list("url", flat=True)
    return [(_("Had before"), _linked(url)) for url in urls]


def _linked(url: str) -> SafeString | str:
    if not url:
        return ""
    return format_html('<a href="{0}" rel="external noopener noreferrer">{0}</a>', url)


def _day(moment: Any, shape: str = "DATE_FORMAT") -> str:
    return formats.date_format(timezone.localtime(moment), shape) if moment else ""


def _moment(moment: Any) -> str:
    return _day(moment, "DATETIME_FORMAT")


def _in_words(visits: list) -> SafeString:
    return format_html(
        "<details><summary>{}</summary><ol>{}</ol></details>",
        _("The visits in words"),
        format_html_join("", "<li>{}</li>", ((told(visit),) for visit in reversed(visits))),
    )


class FollowsMoves:
    """Mixin of the ModelAdmin of link health: the new addresses of many at once."""

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if request.user.has_perm("catalogue.change_resource"):
            actions["take_new_addresses"] = (
                type(self).take_new_addresses,
                "take_new_addresses",
                _("Take the new addresses of the chosen"),
            )
        return actions

    def take_new_addresses(self, request: HttpRequest, links: QuerySet[LinkHealth]) -> None:
        resources = self.admin_site.get_model_admin(Resource)
        done = 0
        for link in links.select_related("resource"):
            if not resources.has_change_permission(request, link.resource):
                continue
            try:
                accept_move(link.resource, by=request.user, to=link.moved_to)
                done += 1
            except ValidationError as error:
                told_ = f"“{link.resource}”: {' '.join(error.messages)}"
                self.message_user(request, told_, messages.ERROR)
        told_ = ngettext(
            "%(n)d resource has its new address, and is still found by the old one.",
            "%(n)d resources have their new addresses, and are still found by the old ones.",
            done,
        )
        self.message_user(request, told_ % {"n": done}, messages.SUCCESS if done else messages.INFO)

    @admin.display(description=gettext_lazy("since"), ordering="since")
    def since_day(self, link: LinkHealth) -> str:
        return _day(link.since, "SHORT_DATE_FORMAT") or "–"

    @admin.display(description=gettext_lazy("last worked"), ordering="worked_at")
    def worked_day(self, link: LinkHealth) -> str:
        return _day(link.worked_at, "SHORT_DATE_FORMAT") or "–"

    @admin.display(description=gettext_lazy("what it met"))
    def met(self, link: LinkHealth) -> str:
        return answer_of(link) or "–"
