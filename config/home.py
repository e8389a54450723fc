"""What the first page shows, each part read only when the page has to draw it."""

from functools import cached_property
from itertools import islice

from django.db.models import Count, Q, QuerySet

from catalogue.arrangement import Area, main_areas
from catalogue.chosen import Chosen, chosen_together
from catalogue.keeping import kept
from catalogue.models import Framework, Question, Resource, Role
from catalogue.tallies import Tallies, tallies
from catalogue.vocabularies import Status
from pathways.known import newest as newest_pathways
from pathways.models import Pathway

QUESTIONS, ROLES, PATHWAYS, NEWEST, CHECKED = 6, 8, 3, 6, 4


class Home:
    """The first page's parts; one query for the counts at once."""

    def __init__(self) -> None:
        self.counted: Tallies = tallies()

    @property
    def resource_count(self) -> int:
        return self.counted.total

    @property
    def questions(self) -> QuerySet[Question]:
        """With counts of their answers. One query."""
        rows = Question.objects.published().order_by("position", "sort_key")
        return _with_answers(rows)[:QUESTIONS]

    @cached_property
    def land(self) -> tuple[Framework | None, list[Area]]:
        """The framework that pages arrange by, with its areas. One query."""
        return main_areas(self.counted)

    @property
    def roles(self) -> QuerySet[Role]:
        return Role.objects.for_names()[:ROLES]

    @property
    def pathways(self) -> Chosen[Pathway]:
        return newest_pathways()[:PATHWAYS]

    @cached_property
    def newest_and_checked(self) -> list[Chosen[Resource]]:
        """Those published last, and those whose links were visited last. Two queries, where their
        cards are not kept."""
        newest = islice(self.counted.in_order("newest", self.counted.every), NEWEST)
        visited = Resource.objects.published().last_visited().values_list("pk", flat=True)
        checked = kept("visited last", lambda: tuple(visited[:CHECKED]))
        read = Resource.objects.published().with_facts().in_order_of
        return chosen_together([newest, checked], read)


def _with_answers(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Adds `pathway_count` and `resource_count`: how many public ones answer each."""
    return questions.annotate(
        pathway_count=Count(
            "pathway_links",
            filter=Q(pathway_links__pathway__status=Status.PUBLISHED),
            distinct=True,
        ),
        resource_count=Count(
            "resources", filter=Q(resources__status=Status.PUBLISHED), distinct=True
        ),
    )
