"""The people: users and curators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CuratorsConfig(AppConfig):
    name = "curators"
    verbose_name = _("People")

    def ready(self) -> None:
        from catalogue.registry import Point, register
        from curators.models import Curator
        from curators.suggestions.receiving import resources_changed

        register(Point.PUBLIC_MODELS, self.name, lambda: [Curator])
        register(Point.RESOURCES_CHANGED, self.name, resources_changed)
        register(Point.CURATORS_OF_ORGANISATION, self.name, Curator.objects.working_for)
