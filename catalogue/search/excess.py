"""What of an address is too much to be read, so that a page can tell."""

from dataclasses import dataclass
from typing import ClassVar

from django.http import QueryDict

from catalogue.asking import VALUES
from catalogue.search.facets import LABELS
from catalogue.search.query import QUERY_LENGTH, typed_in


@dataclass(frozen=True)
class Excess:
    """`words`: whether more was typed than is looked for; `labels`: filters of which more was chosen."""

    MOST_LETTERS: ClassVar[int] = QUERY_LENGTH
    MOST_VALUES: ClassVar[int] = VALUES

    words: bool
    labels: tuple[str, ...]

    @classmethod
    def of(cls, data: QueryDict) -> "Excess":
        return cls(
            words=len(typed_in(data)) > QUERY_LENGTH,
            labels=tuple(
                str(label)
                for name, label in LABELS.items()
                if len(set(data.getlist(name))) > VALUES
            ),
        )

    def __bool__(self) -> bool:
        return self.words or bool(self.labels)
