"""The groups that come with Waymark, and what each may have to do with."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate


class Standing(StrEnum):
    """A group by its name. Administrators are superusers, and in none."""

    GUEST_CURATORS = "Guest curators"
    EDITORS = "Editors"
    PARTNERS = "Partners"


# For each standing, (actions, models) as words: ("view change", "resource tag").
Permissions = Mapping[Standing, Iterable[tuple[str, str]]]


def keep_groups(config: AppConfig, permissions: Permissions) -> None:
    """Lets the groups have, after each migration, those `permissions` of the app and no others."""
    receiver = partial(_write, permissions=permissions)
    post_migrate.connect(
        receiver, sender=config, weak=False, dispatch_uid=f"standing of {config.label}"
    )


def codes(said: Iterable[tuple[str, str]]) -> set[str]:
    """Codenames of permissions, as in `change_resource`."""
    return {
        f"{action}_{model}"
        for actions, models in said
        for action in actions.split()
        for model in models.split()
    }


def _write(
    sender: AppConfig, *, permissions: Permissions, using: str, apps: Any = all_apps, **kwargs: Any
) -> None:
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return  # A migration of something else, before there are any groups.
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    every = permission.objects.using(using).filter(content_type__app_label=sender.label)
    for standing in Standing:
        one, _is_new = group.objects.using(using).get_or_create(name=standing.value)
        wanted = {*every.filter(codename__in=codes(permissions.get(standing, ())))}
        there = {*one.permissions.filter(content_type__app_label=sender.label)}
        one.permissions.add(*wanted - there)
        one.permissions.remove(*there - wanted)
