"""What becomes true when somebody accepts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from catalogue import groups
from curators.invitations.models import Invitation, Standing, State, digest_of
from curators.models import Curator, Membership, User
from curators.standing import let_in

GROUPS = {
    Standing.GUEST: groups.Standing.GUEST_CURATORS,
    Standing.PARTNER: groups.Standing.PARTNERS,
    Standing.EDITOR: groups.Standing.EDITORS,
}


class NotOpen(Exception):
    """The link is none, or answers nothing any more."""


class NotTheirs(Exception):
    """The address has an account, and it isn’t the one that is signed in."""


@transaction.atomic
def accept(
    token: str,
    *,
    user: Any,
    name: str,
    licence: str,
    headline: str = "",
    biography: str = "",
) -> User:
    """The account that the invitation made, or `user`’s own where it joined that.

    `user` may be anonymous. Of two at once the second waits, and finds it used (NotOpen).
    """
    held = Invitation.objects.select_for_update(of=["self"])
    invitation = held.filter(token_digest=digest_of(token)).first()
    if invitation is None or invitation.status != State.WAITING:
        raise NotOpen
    account = _account_for(invitation, user, name)
    account.name = account.name or name
    account.save(update_fields=["name"])
    let_in(account, GROUPS[Standing(invitation.standing)])
    if invitation.organisation:
        Membership.objects.get_or_create(user=account, organisation=invitation.organisation)
    if invitation.standing == Standing.GUEST:
        _page_for(account, name=name, headline=headline, biography=biography)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), account
    invitation.licence = licence
    invitation.save(update_fields=["accepted_at", "accepted_by", "licence"])
    return account


def account_of(invitation: Invitation) -> User | None:
    """The account that has the address already. One query."""
    return User.objects.filter(email=invitation.email).first()


def _account_for(invitation: Invitation, user: Any, name: str) -> User:
    """A new account without a password, or that of `user`, whose address it has to be."""
    known = account_of(invitation)
    if known is None and user.is_anonymous:
        try:
            return User.objects.create_user(invitation.email, name=name)
        except ValidationError as error:
            # Made by somebody else meanwhile.
            raise NotTheirs from error
    if known is None or known != user or not known.is_active:
        raise NotTheirs
    return known


def _page_for(account: User, **said: str) -> None:
    """The public page that credits lead to; one from before stays as it is."""
    if Curator.objects.filter(user=account).exists():
        return
    page = Curator(user=account, **said)
    page.full_clean()
    page.save()
    page.publish(by=account)
