"""The people of the tests. Names say the role; nobody here stands for a real person."""

from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.test import Client

from curators.models import Curator, Membership, User
from curators.standing import Standing, let_in
from tests.factories import CuratorFactory, OrganisationFactory, UserFactory

PASSWORD = "a long sentence nobody guesses"


@dataclass(frozen=True)
class Cast:
    """Everybody who comes to the site, from least to most trusted.

    `visitor` and `learner` have no account; `guest` and `other_guest` are invited curators, each
    with a page; `partner` looks after a sector body; `editor` reviews; `admin` runs the site.
    """

    guest: User
    other_guest: User
    partner: User
    editor: User
    admin: User

    @property
    def guest_curator(self) -> Curator:
        return self.guest.curator

    @property
    def signed_in(self) -> dict[str, User]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def client_of(self, name: str) -> Client:
        """A browser of `name`, who may also be “visitor” or “learner”."""
        client = Client()
        if name == "learner":
            client.cookies["learner"] = "somebody who follows a pathway"
        elif name != "visitor":
            client.force_login(getattr(self, name))
        return client

    @property
    def everybody(self) -> list[str]:
        return ["visitor", "learner", *self.signed_in]


def assemble() -> Cast:
    guest = UserFactory(email="guest@example.org", name="A guest curator", is_staff=True)
    other = UserFactory(email="other@example.org", name="Another guest curator", is_staff=True)
    CuratorFactory(name="A guest curator", user=guest)
    CuratorFactory(name="Another guest curator", user=other)
    partner = UserFactory(email="partner@example.org", name="A partner", is_staff=True)
    body = OrganisationFactory(name="A sector body", is_sector_body=True)
    Membership.objects.create(user=partner, organisation=body)
    editor = UserFactory(email="editor@example.org", name="An editor", is_staff=True)
    admin = UserFactory(
        email="admin@example.org", name="An administrator", is_staff=True, is_superuser=True
    )
    for standing, members in {
        Standing.GUEST_CURATORS: [guest, other],
        Standing.PARTNERS: [partner],
        Standing.EDITORS: [editor],
    }.items():
        for member in members:
            let_in(member, standing)
    return Cast(guest=guest, other_guest=other, partner=partner, editor=editor, admin=admin)


def give_second_factor(user: User) -> None:
    """An app of codes, where they have none."""
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, generate_totp_secret())


@receiver(user_logged_in)
def _force_login_is_whole(request: HttpRequest, user: User, **more: object) -> None:
    """Whoever a test brings to the desk by `Client.force_login` gave a second factor as well."""
    # Such a request goes nowhere; those of pages that sign in have an address.
    if not request.path and user.is_staff:
        give_second_factor(user)
        record_authentication(request, user, "mfa")
