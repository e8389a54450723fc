"""Pathways: the way through."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    name = "pathways"
    verbose_name = _("Pathways")

    def ready(self) -> None:
        from catalogue import groups
        from catalogue.registry import Point, register
        from pathways import (
            credited,
            evidence,
            findable,
            keeping,
            known,
            merging,
            models,
            publication,
            queue,
            reading,
            whereabouts,
        )
        from pathways.pasting import desk
        from pathways.permissions import PERMISSIONS

        groups.keep_groups(self, PERMISSIONS)
        register(Point.PUBLIC_MODELS, self.name, models.public_models)
        register(Point.PATHWAYS_OF_RESOURCE, self.name, reading.steps_on)
        register(Point.PATHWAYS_OF_RESOURCES, self.name, reading.pathways_on)
        register(Point.LEADS_OUT, self.name, reading.leads_out)
        register(Point.ON_THE_WAY, self.name, whereabouts.on_the_way)
        register(Point.PATHWAYS_OF_SKILL, self.name, known.practising)
        register(Point.PATHWAYS_OF_QUESTION, self.name, known.answering)
        register(Point.PATHWAYS_OF_ROLE, self.name, known.made_for)
        register(Point.PATHWAYS_OF_ORGANISATION, self.name, known.answered_for_by)
        register(Point.PATHWAYS_OF_CURATOR, self.name, known.credited_to)
        register(Point.WORK_OF_CURATORS, self.name, known.work_of_curators)
        register(Point.SKILLS_OF_CURATOR, self.name, credited.skills_of)
        register(Point.FINDABLE, self.name, findable.kinds)
        register(Point.USE_OF_CURATOR, self.name, evidence.told_by)
        register(Point.DESK_PAGES, self.name, desk_pages)
        register(Point.QUEUE, self.name, queue.kinds)
        register(Point.DONE_WITH_RESOURCE, self.name, desk.on_resource)
        register(Point.RESOURCES_MERGED, self.name, merging.take_over)
        register(Point.MERGE_UNDONE, self.name, merging.give_back)
        register(Point.RESOURCES_CHANGED, self.name, publication.resources_changed)
        register(Point.RESOURCES_USED_BY, self.name, keeping.resources_used_by)
        register(Point.RESOURCES_USED_ELSEWHERE, self.name, keeping.resources_used_elsewhere)


def desk_pages() -> list:
    # Pages of the desk know the admin, which is not there yet when apps start.
    from pathways.evidence import desk

    return desk.pages()
