"""The page to build on, at the desk: hung onto the ModelAdmin of revisions by one word."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils.translation import gettext as _

from catalogue.asking import storable_form
from catalogue.desk.careful import sentence_of
from catalogue.desk.relations import label_of
from catalogue.errors import WrongState
from catalogue.locks import one_decision_at_a_time
from catalogue.vocabularies import Status
from pathways import previewing, publication
from pathways.building import checklist
from pathways.building.keeping import door
from pathways.building.page import BuildPage
from pathways.models import Pathway, Remark, Revision
from pathways.preview_views import kept_private
from pathways.preview_views import page as preview_page
from pathways.previewing import addresses_by

# What buttons say that show the page again with a new empty part, and save nothing.
ADDING = ("stage", "add", "way")
LONGEST_NOTE = 2_000


class Builds:
    """Mixin of the ModelAdmin of revisions."""

    def get_urls(self) -> list:
        build = door(self.admin_site, self.build_view)
        find = self.admin_site.admin_view(self.build_find_view)
        preview = self.admin_site.admin_view(self.preview_view)
        link = self.admin_site.admin_view(self.preview_link_view)
        name = "pathways_revision_preview"
        return [
            path("<int:pk>/build/", build, name="pathways_revision_build"),
            path("<int:pk>/build/find/", find, name="pathways_revision_build_find"),
            path("<int:pk>/preview/", preview, name=name),
            path("<int:pk>/preview/<int:n>/", preview, name=f"{name}_step"),
            path("<int:pk>/preview/resource/<uuid:uid>/", preview, name=f"{name}_resource"),
            path("<int:pk>/preview-link/", link, name=f"{name}_link"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            context["build_address"] = reverse("admin:pathways_revision_build", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Who may

    def _kept(self, request: HttpRequest, pk: int) -> Revision:
        """A revision of a pathway that is theirs to keep; 404 for all others, told apart by nothing."""
        if not (self.has_view_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        rows = self.get_queryset(request).filter(pathway__in=Pathway.objects.kept_by(request.user))
        revision = rows.select_related("pathway__published_revision").filter(pk=pk).first()
        if revision is None:
            raise Http404("no such revision among theirs")
        return revision

    def _may_build(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    # The page

    def build_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        revision = self._kept(request, pk)
        if request.method == "POST":
            if not self._may_build(request):
                raise PermissionDenied
            request.POST = storable_form(request.POST)
            return self._sent(request, revision)
        if not (revision.is_editable() and self._may_build(request)):
            return self._look(request, revision)
        return self._build(request, BuildPage(revision, by=request.user))

    def _sent(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        try:
            with transaction.atomic():
                one_decision_at_a_time()
                revision = Revision.objects.select_related("pathway__published_revision").get(
                    pk=revision.pk
                )
                page = BuildPage(revision, by=request.user, data=request.POST)
                if not revision.is_editable():
                    return self._build(request, page, is_late=True)
                verb = request.POST.get("do", "")
                at = page.act(verb)
                if verb.split(" ")[0] in ADDING:
                    return self._build(request, page, begin=at)
                if not page.is_valid():
                    return self._build(request, page)
                page.save()
        except IntegrityError as error:
            page = BuildPage(revision, by=request.user, data=request.POST)
            page.is_valid()
            return self._build(request, page, refused=sentence_of(error))
        self.log_change(request, revision, _("Built"))
        if page.taken_over:
            told = _("%(who)s changed this meanwhile, and both are kept: %(what)s")
            said = {"who": page.told_of_others(), "what": " ".join(page.taken_over[:12])}
            messages.info(request, told % said)
        if verb == "submit":
            return self._submit(request, revision)
        if verb.startswith("paste "):
            return self._paste(request, page, verb.removeprefix("paste "))
        messages.success(request, _("Saved."))
        return self._onward(request, page, at)

    def _onward(self, request: HttpRequest, page: BuildPage, at: str) -> HttpResponse:
        if request.POST.get("do") == "preview":
            return redirect("admin:pathways_revision_preview", page.revision.pk)
        here = reverse("admin:pathways_revision_build", args=[page.revision.pk])
        return redirect(f"{here}#{page.saved_name(at)}" if at else here)

    def _paste(self, request: HttpRequest, page: BuildPage, at: str) -> HttpResponse:
        """Hands the links of a stage to the page that reads them, as if they had been sent there."""
        there = reverse("admin:pathways_revision_paste", args=[page.revision.pk])
        stage = page.saved_stage(at)
        links = request.POST.get(f"{at}-paste", "")
        if not (stage and links.strip()):
            messages.warning(request, _("Saved. There were no links to add."))
            return redirect("admin:pathways_revision_build", page.revision.pk)
        sent = QueryDict(mutable=True)
        sent.update({"stage": str(stage.pk), "links": links})
        request.POST = sent
        match = resolve(there)
        request.path = request.path_info = there
        return match.func(request, *match.args, **match.kwargs)

    def _submit(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        note = request.POST.get("review_note", "").strip()[:LONGEST_NOTE]
        try:
            publication.submit(revision, by=request.user, note=note)
        except ValidationError:
            told = _("Your draft is saved, but not submitted yet: the list says what is missing.")
            messages.warning(request, told)
            page = BuildPage(Revision.objects.get(pk=revision.pk), by=request.user)
            return self._build(request, page, note=note)
        except WrongState:
            pass
        else:
            told = _(
                "Submitted. An editor reads it, then publishes it or sends it back with what to "
                "change; until then nobody can edit it."
            )
            messages.success(request, told)
        return redirect("admin:pathways_revision_build", revision.pk)

    def _build(
        self,
        request: HttpRequest,
        page: BuildPage,
        *,
        begin: str = "",
        refused: str = "",
        is_late: bool = False,
        note: str = "",
    ) -> HttpResponse:
        """The page with its forms. `begin`: the part where somebody goes on typing."""
        if not page.order:
            page.add_stage()
        is_shown_again = request.method == "POST" and not note
        context = {
            **self._about(request, page.revision),
            "page": page,
            "begin": begin,
            "refused": refused,
            "is_late": is_late,
            "is_unsaved": page.data is not None,
            "problems": page.problems() if is_shown_again and not begin else [],
            "who": page.told_of_others() if page.conflicts else "",
            "needed": checklist.needed(page),
            "advised": checklist.advised(page),
            "note": note or request.POST.get("review_note", ""),
            "remarks": Remark.objects.on(page.revision).open().order_by("pk"),
            "paste_address": reverse("admin:pathways_revision_paste", args=[page.revision.pk]),
        }
        return TemplateResponse(request, "admin/build.html", context)

    def _look(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        """The page of a revision that can't be edited, with why."""
        page = BuildPage(revision, by=request.user)
        context = {
            **self._about(request, revision),
            "page": page,
            "is_review": revision.status == Status.IN_REVIEW,
            "may_start": self._may_build(request),
            "draft": revision.pathway.draft(),
        }
        return TemplateResponse(request, "admin/build_look.html", context)

    def _about(self, request: HttpRequest, revision: Revision) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Build a pathway"),
            "subtitle": revision.title,
            "revision": revision,
            "state": revision.get_status_display(),
            "review_address": reverse("admin:pathways_revision_review", args=[revision.pk]),
        }

    # The preview

    def preview_view(self, request: HttpRequest, pk: int, **part: Any) -> HttpResponse:
        revision = self._kept(request, pk)
        address_of = addresses_by("admin:pathways_revision_preview", pk)
        return kept_private(preview_page)(request, revision, address_of, **part)

    def preview_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The link for a colleague: shown, made anew, or taken back."""
        revision = self._kept(request, pk)
        if request.method == "POST":
            self._change_link(request, revision)
            return redirect("admin:pathways_revision_preview_link", pk)
        link = previewing.link_of(revision) if revision.status in previewing.OPEN else None
        context = {
            **self._about(request, revision),
            "title": _("Show the draft to a colleague"),
            "link": link,
            "address": link and _whole("pathways:preview", previewing.token_of(link)),
            "ends": link and link.made_at + previewing.VALID,
            "days": previewing.VALID.days,
            "is_open": revision.status in previewing.OPEN,
        }
        return TemplateResponse(request, "admin/preview_link.html", context)

    def _change_link(self, request: HttpRequest, revision: Revision) -> None:
        if revision.status not in previewing.OPEN:
            messages.error(request, _("It is published: everyone can see it."))
        elif request.POST.get("do") == "revoke":
            previewing.revoke_link(revision)
            messages.success(request, _("The link leads nowhere any more."))
        else:
            previewing.make_link(revision, by=request.user)
            messages.success(request, _("Here is the link. One that you made before is void."))

    # Finding

    def build_find_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """What may be chosen: `?kind=resource|pathway&q=…` answers {"results": [{"id", "text",
        "what", "minutes"}]}."""
        revision = self._kept(request, pk)
        finder = BuildPage.finders_for(revision, request.user).get(request.GET.get("kind", ""))
        found = finder.search(request.GET.get("q", "")[:200].replace("\x00", "")) if finder else []
        results = [
            {
                "id": row.pk,
                "text": label_of(row),
                "what": _what(row),
                "minutes": row.duration_minutes,
            }
            for row in found
        ]
        return JsonResponse({"results": results})


def _what(row: Any) -> str:
    """Type and provider of a resource, to tell two of one title apart."""
    provider = getattr(row, "provider", None)
    kind = row.get_resource_type_display() if hasattr(row, "resource_type") else ""
    return ", ".join(str(one) for one in (kind, provider) if one)


def _whole(name: str, *args: Any) -> str:
    """The address with the site in front, for a letter."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
