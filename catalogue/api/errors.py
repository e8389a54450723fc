"""What an answer may not be: told by config.api, each with its status."""

from collections.abc import Iterable

from catalogue.api.shapes import Mistake
from catalogue.models import Resource


class AskedWrongly(Exception):
    """Parameters that make no sense, with a sentence for each (422)."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = list(mistakes)
        super().__init__(" ".join(one.message for one in self.mistakes))


class Withdrawn(Exception):
    """The resource was public once and is no longer (410)."""

    def __init__(self, resource: Resource) -> None:
        super().__init__(str(resource))
        self.resource = resource
