"""The pages of the desk that tell how pathways are used: one pathway’s, and those of whoever looks."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from catalogue.desk.pages import DeskPage
from catalogue.exchange.rejects import harmless
from catalogue.standing import is_editor
from catalogue.vocabularies import Use
from pathways.evidence.figures import PathwayUse, together, use_of, use_of_steps
from pathways.models import Pathway

COLUMNS = ["month", "pathway", "step", "title", "opened", "went_out"]


def page_of(pathway: Pathway) -> str:
    return reverse("admin:pathways_pathway_evidence", args=[pathway.pk])


class TellsUse:
    """Mixin of the pathways' ModelAdmin: how often one was used, as a page and as a file."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        name = "pathways_pathway_evidence"
        return [
            path("<path:pk>/evidence/", view(self.evidence_view), name=name),
            path("<path:pk>/evidence.csv", view(self.evidence_csv_view), name=f"{name}_csv"),
            *super().get_urls(),
        ]

    def ways_on(self, request: HttpRequest, obj: Pathway) -> list[tuple[str, str]]:
        ways = super().ways_on(request, obj)
        return [*ways, (_("How it is used"), page_of(obj))] if obj.has_been_public() else ways

    def evidence_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """`pathway`; `use`: PathwayUse; `steps`: StepUse of each."""
        pathway = self._kept_one(request, pk)
        if pathway is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        [use] = use_of([pathway])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("How it is used"),
            "subtitle": str(pathway),
            "pathway": pathway,
            "use": use,
            "steps": use_of_steps(use),
        }
        return TemplateResponse(request, "evidence/pathway.html", context)

    def evidence_csv_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        pathway = self._kept_one(request, pk)
        if pathway is None:
            raise Http404("no such pathway")
        return _file(use_of([pathway]), f"{pathway.slug}-use.csv")

    def _kept_one(self, request: HttpRequest, pk: str) -> Pathway | None:
        """The pathway, if whoever asks keeps it; else it is as if there were none."""
        found = self.get_object(request, unquote(pk))
        if found is None or not self.has_view_permission(request, found):
            return None
        return Pathway.objects.kept_by(request.user).filter(pk=found.pk).first()


def pages() -> list[DeskPage]:
    return [
        DeskPage("evidence/", "evidence", evidence, may=_may),
        DeskPage("evidence.csv", "evidence_csv", evidence_csv, may=_may),
    ]


def _may(user: Any) -> bool:
    return user.is_active and user.is_staff and user.has_perm("pathways.view_pathway")


def evidence(request: HttpRequest) -> HttpResponse:
    """`uses`: PathwayUse of each pathway that whoever looks keeps and readers saw, what was opened most
    first; `together`: UseOf all of them; `is_editor`."""
    uses = use_of(_kept_by(request.user))
    uses.sort(key=lambda one: -(one.opened + one.steps_opened))
    editor = is_editor(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("How pathways are used") if editor else _("How your pathways are used"),
        "uses": uses,
        "together": together(uses),
        "is_editor": editor,
    }
    return TemplateResponse(request, "evidence/overview.html", context)


def evidence_csv(request: HttpRequest) -> HttpResponse:
    return _file(use_of(_kept_by(request.user)), "use.csv")


def _kept_by(user: Any) -> Iterable[Pathway]:
    kept = Pathway.objects.kept_by(user).filter(published_at__isnull=False)
    return kept.order_by("sort_key", "pk")


# As a file


def _file(uses: list[PathwayUse], name: str) -> HttpResponse:
    """A row for each page and month in which anything was counted. A query for each pathway."""
    # The mark at its beginning tells spreadsheets that it is UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for use in uses:
        writer.writerows(_rows(use))
    return response


def _rows(use: PathwayUse) -> Iterator[list[Any]]:
    pages = [("", str(use.pathway), use.pathway.uid)]
    pages += [(one.step.n, str(one.step.shown_title), one.step.uid) for one in use_of_steps(use)]
    for step, title, uid in pages:
        numbers = use.numbers
        opened, out = numbers.of(Use.VIEW, uid), numbers.of(Use.DEPARTURE, uid)
        for month, seen, went in zip(numbers.months, opened, out, strict=True):
            if seen is not None:
                went = "" if step == "" else went
                yield [f"{month:%Y-%m}", use.pathway.slug, step, harmless(title), seen, went]
