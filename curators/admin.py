"""The desk for the people."""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.desk import (
    STATE,
    CarefulForm,
    DeskAdmin,
    Inline,
    PublicAdmin,
    Verb,
    VerbForm,
    all_but,
    welsh,
)
from catalogue.vocabularies import Status
from curators.accounts.second_factor import take_away
from curators.invitations.desk import InvitationAdmin
from curators.models import Curator, Membership, User
from curators.standing import Standing, is_editor
from curators.suggestions import desk as suggestions  # noqa: F401

__all__ = ["InvitationAdmin"]

# Who signs in with what is theirs; the verb below takes it away as a whole.
admin.site.unregister([EmailAddress, Authenticator])


class UserForm(CarefulForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class NewUserForm(CarefulForm, AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("email",)
        field_classes = {}


class MembershipInline(Inline):
    model = Membership
    autocomplete_fields = ["organisation"]


TAKE_FACTORS = Verb(
    name="take-factors",
    label=_("Take the second factor away"),
    action=_("Take the second factors of the chosen users away…"),
    explains=_(
        "For somebody who has lost their phone, their key and their recovery codes. All of them "
        "stop working, and all their sessions end; they sign in by a code in a mail and set up new "
        "ones. Make sure first that it is they who ask."
    ),
    one=_("%(row)s has no second factor any more, and is signed out everywhere."),
    many=ngettext_lazy(
        "%(number)d user has no second factor any more.",
        "%(number)d users have no second factor any more.",
        "number",
    ),
    starts=frozenset({""}),
    do=lambda user, *, by: take_away(user),
    permission="take_factors",
    form=VerbForm,
    asks=True,
)


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):
    verbs = [TAKE_FACTORS]
    form = UserForm
    add_form = NewUserForm
    change_form_template = "admin/desk_change_form.html"
    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["email", "name"]
    readonly_fields = ["last_login", "date_joined"]
    autocomplete_fields = ["groups"]
    filter_horizontal = []
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("What they may do"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "usable_password", "password1", "password2"]})]

    def has_take_factors_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(DeskAdmin, DjangoGroupAdmin):
    """What its members may do: only of what the desk keeps. Waymark's own stay as they come."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_own(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_own(obj) and super().has_delete_permission(request, obj)

    def why_not(self, request: HttpRequest, row: Group) -> str:
        return gettext(
            "This group comes with Waymark, and each upgrade brings its permissions: make another "
            "for what it doesn’t allow."
        )

    def formfield_for_manytomany(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name == "permissions":
            kept = ContentType.objects.get_for_models(*self.admin_site._registry).values()
            kwargs["queryset"] = Permission.objects.filter(content_type__in=kept)
        return super().formfield_for_manytomany(field, request, **kwargs)


def _is_own(group: Group | None) -> bool:
    return group is not None and group.name in {*Standing}


def _may_choose(user: User, curator: Curator | None) -> bool:
    """Whether `user` says what is told of the curator's use: they do, or whoever acts for somebody
    without an account."""
    return curator is None or curator.user_id in (None, user.pk)


class EraseForm(VerbForm):
    sure = forms.BooleanField(label=_("I know that this can’t be undone."))

    def answers(self) -> dict[str, Any]:
        return {}


ERASE = Verb(
    name="erase",
    label=_("Erase the person"),
    action=_("Erase the chosen people…"),
    explains=_(
        "For somebody who asks to be forgotten: name, texts, links, former addresses and history "
        "go for ever. Pathways credit “a former curator”. The account they sign in with stays: "
        "take that away under “Users”."
    ),
    one=_("The person is erased: pathways credit “a former curator”."),
    many=ngettext_lazy("%(number)d person is erased.", "%(number)d people are erased.", "number"),
    starts=frozenset(Status.values),
    fits=lambda curator: curator.erased_at is None,
    do=lambda curator, *, by: curator.erase(by=by),
    permission="erase",
    form=EraseForm,
    asks=True,
)


@admin.register(Curator)
class CuratorAdmin(PublicAdmin):
    verbs = [*PublicAdmin.verbs, ERASE]
    list_display = ["shown_name", "headline", "organisation", "status", "modified"]
    list_filter = ["status", "is_team"]
    list_select_related = ["organisation"]
    search_fields = ["name", "headline", "slug"]
    autocomplete_fields = ["organisation", "user"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "is_team", "headline", "biography", "organisation"]}),
        (_("Elsewhere"), {"fields": ["homepage", "orcid"]}),
        (_("Numbers"), {"fields": ["shows_use"]}),
        (_("Account"), {"fields": ["user"]}),
        welsh("headline", "biography"),
        STATE,
    ]

    # What others than editors may write: what the page says.
    TEXTS = ("name", "headline", "biography", "homepage", "orcid", "headline_cy", "biography_cy")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = super().get_readonly_fields(request, obj)
        if is_editor(request.user):
            return kept if _may_choose(request.user, obj) else [*kept, "shows_use"]
        return all_but((*self.TEXTS, "shows_use"), self, request, obj)

    def why_they_may(self, request: HttpRequest, row: Curator) -> str:
        return gettext(
            "You may change what your page says. Its address, your organisation and your account are "
            "an editor’s to change."
        )

    @admin.display(description=_("name"), ordering="sort_key")
    def shown_name(self, curator: Curator) -> str:
        return curator.credit_name

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Of an erased person there is nothing to change.
        is_erased = obj is not None and obj.erased_at is not None
        return not is_erased and super().has_change_permission(request, obj)

    def why_not(self, request: HttpRequest, row: Curator) -> str:
        if row.erased_at is not None:
            return gettext("The person is erased: there is nothing to change.")
        return super().why_not(request, row)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        """Whoever may both publish and delete: it is more than either."""
        return self.has_publish_permission(request) and self.has_delete_permission(request)
