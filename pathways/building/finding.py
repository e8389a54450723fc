"""What somebody may put on a pathway, found by its title, its provider or its address.

Public rows, and of what is still a draft only what stands in drafts of theirs: nobody learns from
the page what others are at.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from catalogue.addresses import canonical_address, clean_address, is_address
from catalogue.desk.relations import label_of
from catalogue.models import Resource
from catalogue.vocabularies import Status
from curators.standing import is_editor
from pathways.models import Pathway, Step

# How many rows are offered at once.
OFFERED = 12
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)


def steps_with(resource: str = "pk") -> QuerySet[Step]:
    """Steps that have the resource of the query outside as theirs or as a stand-in."""
    return Step.objects.filter(Q(resource=OuterRef(resource)) | Q(stand_in=OuterRef(resource)))


def resources_for(user: Any) -> QuerySet[Resource]:
    """Resources that `user` may put on a pathway."""
    rows = Resource.objects.exclude(status=Status.WITHDRAWN).select_related("link", "provider")
    if is_editor(user):
        return rows
    own = steps_with().filter(revision__pathway__in=Pathway.objects.kept_by(user))
    return rows.filter(Q(status=Status.PUBLISHED) | Exists(own))


def drafts_to_mend(user: Any) -> QuerySet[Resource]:
    """Draft resources whose words `user` may write: an editor all, others what only drafts of theirs
    use, and nothing that an editor is reading."""
    return Resource.objects.filter(status__in=UNPUBLISHED).kept_by(user)


class NotFound(Exception):
    """Nothing, or several things, are meant by what somebody typed: `offered`, the likeliest first."""

    def __init__(self, sentence: str, offered: Iterable[Model] = ()) -> None:
        super().__init__(sentence)
        self.offered = list(offered)


class Finder:
    """Finds rows of one kind: `rows` that may be chosen, whose titles stand in `title`."""

    def __init__(self, rows: QuerySet, *, title: str, also: tuple[str, ...] = ()) -> None:
        self.rows, self.title, self.fields = rows, title, (title, *also)
        self.known: dict[int, Model] = {}

    def know(self, rows: Iterable[Model | None]) -> None:
        """Rows that are loaded already, and may stay chosen whatever became of them."""
        self.known |= {row.pk: row for row in rows if row is not None}

    def load(self, pks: Iterable[int]) -> None:
        """Loads those of `pks` that may be chosen. A query at most."""
        if wanted := {*pks} - {*self.known}:
            self.know(self.rows.filter(pk__in=wanted))

    def search(self, text: str) -> list[Model]:
        """What fits every word of `text`, those first that begin with it. One query or two."""
        rows = self.rows
        if found := self._by_address(text):
            return [found]
        for word in text.split()[:8]:
            said = Q()
            for field in self.fields:
                said |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(said)
        found = list(rows.order_by("sort_key", "pk")[:200]) if text.strip() else []
        small = text.casefold()
        found.sort(key=lambda row: not str(getattr(row, self.title)).casefold().startswith(small))
        return found[:OFFERED]

    def _by_address(self, text: str) -> Model | None:
        if self.rows.model is not Resource or "." not in text or not is_address(text):
            return None
        key = canonical_address(clean_address(text))
        return self.rows.by_address([key]).get(key)

    def choose(self, pk: int | None, text: str) -> Model | None:
        """The row that is meant by `text`, which a page may have found to be row `pk` already.

        None for an empty text. Raises NotFound. No query where the page found it.
        """
        if not text:
            return None
        row = self.known.get(pk)
        if row is not None and text in (label_of(row), str(row)):
            return row
        found = self.search(text)
        same = [
            row
            for row in found
            if text.casefold() in (label_of(row).casefold(), str(row).casefold())
        ]
        if len(same) == 1 or len(found) == 1:
            return (same or found)[0]
        if not found:
            told = _("Nothing here is called “%(text)s”. Try a word of its title, or its address.")
            raise NotFound(told % {"text": text[:100]})
        told = _("Several are meant by “%(text)s”: choose one, then save again.")
        raise NotFound(told % {"text": text[:100]}, same or found)
