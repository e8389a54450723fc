"""The queue's place at the desk."""

from django.utils.translation import gettext_lazy as _

from catalogue.desk.pages import DeskPage
from curators.queue.page import queue
from curators.standing import is_editor
from curators.suggestions.desk import answer


def pages() -> list[DeskPage]:
    answering = "queue/answer/<int:pk>/"
    return [
        DeskPage("queue/", "queue", queue, may=is_editor, label=_("The queue")),
        DeskPage(answering, "answer_suggestion", answer, may=is_editor),
    ]
