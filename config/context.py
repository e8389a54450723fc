"""What every template may read of the site itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """`site_name`, `site_url`, `operator_name`, `operator_contact`, `welsh_is_ready`.

    `operator_contact` is an address to link to, as config.environment.contact() makes it.
    """
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "operator_name": settings.OPERATOR_NAME,
        "operator_contact": settings.OPERATOR_CONTACT,
        "welsh_is_ready": settings.WELSH_IS_READY,
    }
