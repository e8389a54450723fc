"""The pages of a review, hung into the desk: review, compare, and all revisions of a pathway.

Whoever keeps a pathway may look at them, and answer; who may publish decides.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from catalogue.errors import CatalogueError
from catalogue.vocabularies import Status
from pathways.building.keeping import door
from pathways.models import Pathway, Revision
from pathways.reviewing import boards
from pathways.reviewing.answering import Answer, WhenForm
from pathways.reviewing.comparing import compare
from pathways.reviewing.sheet import Sheet

# How many revisions stand on a page of them.
A_PAGE = 20


def review_of(revision: Revision) -> str:
    return reverse("admin:pathways_revision_review", args=[revision.pk])


def compare_of(revision: Revision) -> str:
    return reverse("admin:pathways_revision_compare", args=[revision.pk])


def revisions_of(pathway_id: int) -> str:
    return reverse("admin:pathways_pathway_revisions", args=[pathway_id])


def form_of(revision: Revision) -> str:
    """Where a draft is written."""
    return reverse("admin:pathways_revision_build", args=[revision.pk])


class ReviewsRevisions:
    """Mixin of the revisions' ModelAdmin: the pages of review and comparison."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        review = door(self.admin_site, self.review_view)
        return [
            path("<path:pk>/review/", review, name="pathways_revision_review"),
            path("<path:pk>/compare/", view(self.compare_view), name="pathways_revision_compare"),
            *super().get_urls(),
        ]

    def _form_of(self, row: Any) -> HttpResponse:
        """After a verb: what is in review is read, not edited."""
        if isinstance(row, Revision) and row.status == Status.IN_REVIEW:
            return redirect(review_of(row))
        return super()._form_of(row)

    def boards(self, request: HttpRequest) -> list[boards.Board]:
        """For the desk's first page."""
        return boards.boards_of(request.user)

    def ways_on(self, request: HttpRequest, obj: Revision) -> list[tuple[str, str]]:
        """Links beside the buttons of its form."""
        return [
            (_("Review"), review_of(obj)),
            (_("Compare"), compare_of(obj)),
            (_("All revisions"), revisions_of(obj.pathway_id)),
        ]

    def review_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """`sheet`: pathways.reviewing.sheet.Sheet; `when`: the form for a time; `errors`: sentences;
        `may_decide`: whether who looks may publish."""
        revision = self._found(request, pk)
        if revision is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        may_decide = self.has_publish_permission(request)
        when = WhenForm(request.POST if request.POST.get("do") == "schedule" else None)
        answer = Answer(request.POST, revision, request.user, may_decide)
        errors: list[str] = []
        if request.method == "POST":
            try:
                told = answer.take(when)
            except ValidationError as error:
                errors = error.messages
            except CatalogueError as error:
                errors = [str(error)]
            else:
                self.log_change(request, revision, " ".join(told))
                for sentence in told:
                    self.message_user(request, sentence, messages.SUCCESS)
                return redirect(review_of(revision))
            # As it is now, which may be the reason.
            revision = self._found(request, pk) or revision
        sheet = Sheet(revision, typed=answer.typed)
        context = {
            **self._context(request, revision, _("Review")),
            "sheet": sheet,
            "when": when,
            "errors": errors,
            # Kept whatever was sent with it.
            "publish_day": request.POST.get("publish_at_0", ""),
            "publish_time": request.POST.get("publish_at_1", ""),
            "may_decide": may_decide,
            "may_remark": may_decide and sheet.is_open_to_talk,
            "is_own": request.user.pk in (revision.submitted_by_id, revision.created_by_id),
        }
        return TemplateResponse(request, "review/page.html", context)

    def compare_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """`comparison`: of the revision with the one of `?with=<number>`, the older first; `others`:
        all that it may be compared with, the newest first."""
        revision = self._found(request, pk)
        if revision is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        others = revision.pathway.revisions.exclude(pk=revision.pk).order_by("-number")
        other = _chosen(revision, list(others), request.GET.get("with", ""))
        comparison = None
        if other is not None:
            other = Revision.objects.for_reading().get(pk=other.pk)
            pair = sorted([revision, other], key=lambda one: one.number)
            comparison = compare(*pair)
        context = {
            **self._context(request, revision, _("Compare")),
            "comparison": comparison,
            "other": other,
            "others": others,
        }
        return TemplateResponse(request, "review/compare.html", context)

    def _found(self, request: HttpRequest, pk: str) -> Revision | None:
        """The revision, if whoever asks keeps its pathway; else it is as if there were none."""
        found = self.get_object(request, unquote(pk))
        if found is None or not self.has_view_permission(request, found):
            return None
        kept = Pathway.objects.kept_by(request.user).filter(pk=found.pathway_id)
        return Revision.objects.for_reading().filter(pk=found.pk, pathway__in=kept).first()

    def _context(self, request: HttpRequest, revision: Revision, title: str) -> dict[str, Any]:
        is_public = revision.pathway.status == Status.PUBLISHED
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": str(revision),
            "revision": revision,
            "review_url": review_of(revision),
            "compare_url": compare_of(revision),
            "revisions_url": revisions_of(revision.pathway_id),
            "form_url": form_of(revision),
            "page_url": revision.pathway.get_absolute_url() if is_public else "",
        }


def _chosen(revision: Revision, others: list[Revision], number: str) -> Revision | None:
    """The other that was asked for, else what it was based on, else the one before, else any."""
    asked = [one for one in others if str(one.number) == number]
    based = [one for one in others if one.pk == revision.based_on_id]
    earlier = [one for one in others if one.number < revision.number]
    return next(iter([*asked, *based, *earlier, *others]), None)


class ListsRevisions:
    """Mixin of the pathways' ModelAdmin: the page of all revisions of one."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.revisions_view)
        return [
            path("<path:pk>/revisions/", view, name="pathways_pathway_revisions"),
            *super().get_urls(),
        ]

    def ways_on(self, request: HttpRequest, obj: Pathway) -> list[tuple[str, str]]:
        return [(_("All revisions"), revisions_of(obj.pk))]

    def revisions_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """`page`: its revisions, the newest first, each with `changes`: what it changed, a sentence
        each, and `before`: the one that it changed."""
        found = self.get_object(request, unquote(pk))
        may = found is not None and self.has_view_permission(request, found)
        pathway = may and Pathway.objects.kept_by(request.user).filter(pk=found.pk).first()
        if not pathway:
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        rows = Revision.objects.for_reading().filter(pathway=pathway).order_by("-number")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        _tell_changes(pathway, list(page.object_list))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("All revisions"),
            "subtitle": str(pathway),
            "pathway": pathway,
            "page": page,
        }
        return TemplateResponse(request, "review/revisions.html", context)


def _tell_changes(pathway: Pathway, revisions: list[Revision]) -> None:
    """Gives each its `changes`, `before` and links. Five queries more at most."""
    known = {one.pk: one for one in revisions}
    lacking = {one.based_on_id for one in revisions} - known.keys() - {None}
    if lacking:
        known |= Revision.objects.for_reading().in_bulk(lacking)
    for one in revisions:
        one.before = known.get(one.based_on_id)
        one.changes = compare(one.before, one).summary if one.before else []
        one.is_shown = one.pk == pathway.published_revision_id
        one.review_url, one.form_url = review_of(one), form_of(one)
        one.compare_url = compare_of(one)
