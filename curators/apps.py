"""The people: users and curators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CuratorsConfig(AppConfig):
    name = "curators"
    verbose_name = _("People")

    def ready(self) -> None:
        from catalogue import groups
        from catalogue.registry import Point, register
        from curators import keeping
        from curators.accounts import addresses, second_factor  # noqa: F401, they listen
        from curators.models import Curator
        from curators.permissions import PERMISSIONS

        groups.keep_groups(self, PERMISSIONS)
        register(Point.PUBLIC_MODELS, self.name, lambda: [Curator])
        register(Point.CURATORS_OF_ORGANISATION, self.name, Curator.objects.working_for)
        register(Point.ORGANISATIONS_KEPT_BY, self.name, keeping.organisations_kept_by)
