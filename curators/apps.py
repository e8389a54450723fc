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
        from curators.suggestions.receiving import resources_changed

        groups.keep_groups(self, PERMISSIONS)
        register(Point.PUBLIC_MODELS, self.name, lambda: [Curator])
        register(Point.RESOURCES_CHANGED, self.name, resources_changed)
        register(Point.DESK_PAGES, self.name, desk_pages)
        register(Point.QUEUE, self.name, kinds_of_queue)
        register(Point.CURATORS_OF_ORGANISATION, self.name, Curator.objects.working_for)
        register(Point.ORGANISATIONS_KEPT_BY, self.name, keeping.organisations_kept_by)


def desk_pages() -> list:
    # Pages of the desk know the admin, which is not there yet when apps start.
    from curators.queue.desk import pages

    return pages()


def kinds_of_queue() -> list:
    from curators.queue import catalogue
    from curators.suggestions import desk

    return [*desk.kinds(), *catalogue.kinds()]
