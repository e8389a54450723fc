"""Where higher apps put things on the catalogue's pages without the catalogue knowing them.

An app registers a provider under a named point in its AppConfig.ready(); a page asks for all that
are registered there. Points are listed here, so that a misspelt one fails at start.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import chain
from typing import Any


class Point(StrEnum):
    """A place where a higher app may add something; each says what its providers answer."""

    # () -> list of model classes whose rows have a `uid` and answer at /id/<uid>/.
    PUBLIC_MODELS = "public models"
    # (resource) -> queryset of steps that lead to it, of published pathways as readers see them,
    # ready for their line on the resource's page.
    PATHWAYS_OF_RESOURCE = "pathways of a resource"
    # (resource ids) -> list of (resource id, uid, title, path) of published pathways that have one of
    # them as a step or stand-in, each pair once, by title.
    PATHWAYS_OF_RESOURCES = "pathways of resources"
    # (resource, what the address says of the step it was reached from, as it came) -> where the
    # reader stands on its pathway, ready for the components `where` and `turns`: one or none.
    ON_THE_WAY = "on the way"
    # (uid of something that is no resource) -> the resource that it sends readers to, in a list of one
    # or none; raises Gone where it was withdrawn.
    LEADS_OUT = "leads out"
    # (skill) -> Chosen published pathways that practise it, ready for cards.
    PATHWAYS_OF_SKILL = "pathways of a skill"
    # (question) -> Chosen published pathways that answer it, in order, ready for cards.
    PATHWAYS_OF_QUESTION = "pathways of a question"
    # (role) -> Chosen published pathways made for it, ready for cards.
    PATHWAYS_OF_ROLE = "pathways of a role"
    # (organisation) -> Chosen published pathways it answers for, ready for cards.
    PATHWAYS_OF_ORGANISATION = "pathways of an organisation"
    # (organisation) -> queryset of published curators who work there, by name.
    CURATORS_OF_ORGANISATION = "curators of an organisation"
    # (curator) -> (kind of credit, Chosen published pathways that credit them so, ready for cards):
    # each pathway once, and kinds alone that have any.
    PATHWAYS_OF_CURATOR = "pathways of a curator"
    # () -> one dict, for each key of a curator who put pathways together: `pathway_count`, and
    # `subjects`, (slug, name) of the skills that most of them practise.
    WORK_OF_CURATORS = "work of curators"
    # (curator) -> queryset of published skills that pathways practise which they put together,
    # those first that most of their steps teach.
    SKILLS_OF_CURATOR = "skills of a curator"
    # (curator) -> (published pathway, a sentence: how often it was opened lately) of those they put
    # together; nothing where they don't let it be told.
    USE_OF_CURATOR = "use of a curator's pathways"
    # (duplicate, kept) -> (name, what was moved, as JSON has it): called in the transaction that
    # merges the first resource into the second, to move what hangs on it.
    RESOURCES_MERGED = "resources merged"
    # (duplicate, kept, {name: what was moved}) -> empty list; called when the merge is undone.
    MERGE_UNDONE = "merge undone"
    # (resource ids) -> empty list; called in the transaction that changed minutes or state of them.
    RESOURCES_CHANGED = "resources changed"
    # (resource, user) -> list of (words, address): what somebody at the desk may do with a public
    # resource, as links on its page.
    DONE_WITH_RESOURCE = "done with a resource"
    # (user, who is no editor) -> list of a Q over organisations: those that they look after.
    ORGANISATIONS_KEPT_BY = "organisations kept by"
    # (user, who is no editor) -> list of a Q over resources: those that they use somewhere.
    RESOURCES_USED_BY = "resources used by"
    # (user, who is no editor) -> list of a Q over resources: those that are used anywhere but in
    # what they may change now.
    RESOURCES_USED_ELSEWHERE = "resources used elsewhere"
    # () -> list of catalogue.findable.Findable: kinds of things that words find beside resources.
    FINDABLE = "findable"
    # () -> list of catalogue.desk.pages.DeskPage.
    DESK_PAGES = "pages of the desk"
    # () -> list of curators.queue.Kind: rows that need an editor.
    QUEUE = "queue"


Provider = Callable[..., Any]
_providers: dict[Point, dict[str, Provider]] = {point: {} for point in Point}


def register(point: Point, name: str, provider: Provider) -> None:
    """Adds `provider` under `name`; the same name again replaces it, so ready() may run twice."""
    _providers[point][name] = provider


def gather(point: Point, *args: Any) -> Sequence[Any]:
    """What all providers of `point` answer, joined, in the order they were registered.

    A sequence that an only provider answers comes as it is, so that a Chosen stays one; anything else
    is evaluated.
    """
    answers = [provider(*args) for provider in _providers[point].values()]
    if len(answers) == 1 and isinstance(answers[0], Sequence):
        return answers[0]
    return list(chain.from_iterable(answers))
