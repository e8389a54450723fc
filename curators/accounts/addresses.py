"""One address for each account: what stands on the user is what allauth knows them by.

Allauth keeps addresses in a table of its own, with whether each is proved. Here an editor vouches for
it, or its owner typed a code from it, before it ever stands on a user; so it needs no other proof,
and one that was replaced no longer signs in.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.signals import post_save
from django.dispatch import receiver

from curators.models import User


def vouch_for(user: User) -> None:
    """Makes the address of `user` the only proved one that allauth knows them by."""
    EmailAddress.objects.filter(user=user, verified=True).exclude(email=user.email).delete()
    proved = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=proved)


@receiver(post_save, sender=User, dispatch_uid="curators.vouch_for")
def _vouch(instance: User, update_fields: Any, raw: bool, **more: Any) -> None:
    if not raw and (update_fields is None or "email" in update_fields):
        vouch_for(instance)
