"""Whom upkeep writes to."""

from django.db.models import QuerySet

from curators.models import User


def maintainers() -> QuerySet[User]:
    """Those who look after a pathway, can sign in, and can be written to."""
    return User.objects.filter(is_active=True, maintainer_links__isnull=False).exclude(email="")
