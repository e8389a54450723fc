"""A pathway's people and address, as those may change them who look after it without being editors.

What readers see at once is an editor's to change; who shares the work, everybody who does it.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.desk import Inline, all_but
from catalogue.desk.ordering import PartForm, PartFormSet
from catalogue.desk.relations import RowField, RowSelect, offered
from catalogue.standing import is_editor
from curators.models import Curator
from pathways.models import Credit, Maintainer


class UntilPublic:
    """Mixin of parts of a pathway that readers see at once: theirs to change until it is public."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_unseen(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_unseen(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_unseen(request, obj) and super().has_delete_permission(request, obj)


def _is_unseen(request: HttpRequest, pathway: Any) -> bool:
    return pathway is None or not pathway.has_been_public() or is_editor(request.user)


class ShareForm(PartForm):
    """Somebody who shares the work, found by their public page: no account is ever named."""

    class Meta:
        model = Maintainer
        fields = []

    def clean_curator(self) -> Curator:
        curator = self.cleaned_data["curator"]
        account = curator.user
        if account is None or not (account.is_active and account.is_staff):
            told = _("“%(curator)s” can’t sign in here: ask an editor to invite them.")
            raise ValidationError(told % {"curator": curator})
        self.instance.user = account
        return curator

    def _get_validation_exclusions(self) -> set[str]:
        # The account isn't among the fields, but two rows for one are to be told.
        excluded = super()._get_validation_exclusions()
        return excluded - {"user"} if self.instance.user_id else excluded


class ShareFormSet(PartFormSet):
    """Whoever shares the work may leave it to the others; nobody sends another away."""

    user: Any = None  # Who is at the form; set by ShareInline.

    def clean(self) -> None:
        super().clean()
        leaving = [form.instance for form in self.deleted_forms if form.instance.pk]
        if any(one.user_id != self.user.pk for one in leaving):
            raise ValidationError(
                _("You can leave the work to the others. To take another away, ask an editor.")
            )
        staying = self.instance.maintainer_links.exclude(pk__in=[one.pk for one in leaving])
        if leaving and not staying.exists():
            raise ValidationError(
                _("Nobody would look after the pathway: let somebody share the work first.")
            )


class ShareInline(Inline):
    model = Maintainer
    form = ShareForm
    formset = ShareFormSet
    verbose_name = gettext_lazy("curator who shares the work")
    verbose_name_plural = gettext_lazy("who shares the work")
    fields = ["curator"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user__curator").order_by("pk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # There is nothing about it to change.
        return False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_formset(request, obj, **{**kwargs, "fields": []})
        site, field = self.admin_site, Credit._meta.get_field("curator")
        curator = RowField(
            label=_("Curator"),
            help_text=_("Somebody with a public page, who signs in here."),
            queryset=offered(Curator, site, request).select_related("user"),
            widget=RowSelect(field, site),
        )
        form = type("ShareForm", (made.form,), {"curator": curator})
        return type("ShareFormSet", (made,), {"user": request.user, "form": form})

    @admin.display(description=gettext_lazy("curator"))
    def curator(self, link: Maintainer) -> str:
        """Who shares it already."""
        curator = getattr(link.user, "curator", None)
        return curator.credit_name if curator else link.user.get_full_name()


class KeptByMany:
    """Mixin of the pathways' ModelAdmin: what those who look after a pathway find on its form."""

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list:
        inlines = super().get_inlines(request, obj)
        if is_editor(request.user):
            return inlines
        if obj is None:
            # Whoever starts it is credited and looks after it.
            return []
        return [ShareInline if one.model is Maintainer else one for one in inlines]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = super().get_readonly_fields(request, obj)
        return kept if _is_unseen(request, obj) else all_but((), self, request, obj)

    def why_they_may(self, request: HttpRequest, row: Any) -> str:
        if row.has_been_public():
            return _(
                "You look after this pathway: you may start a new draft, and share the work. Its "
                "title, address and credits are public, so they are an editor’s to change."
            )
        return _("You may change this: you look after the pathway, and it was never public.")
