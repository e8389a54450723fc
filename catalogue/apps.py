"""The catalogue: what there is to learn."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from catalogue import findable, groups, models
        from catalogue.permissions import PERMISSIONS
        from catalogue.registry import Point, register

        groups.keep_groups(self, PERMISSIONS)
        register(
            Point.PUBLIC_MODELS,
            self.name,
            lambda: [
                models.Resource,
                models.Skill,
                models.SkillStatement,
                models.Framework,
                models.Competence,
                models.Level,
                models.Statement,
                models.Role,
                models.Question,
                models.Organisation,
                models.Tag,
            ],
        )
        register(Point.FINDABLE, self.name, findable.own_kinds)
