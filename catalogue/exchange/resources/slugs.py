"""Free slugs for many rows at once, by the same rule as one row's (PublicRow.free_slug)."""

from uuid import UUID

from django.db import connection

from catalogue.models import PublicRow
from catalogue.slugs import make_slug, numbered

# Longer ones may be cut when they are numbered.
_STEM = 50


class FreeSlugs:
    """Gives out slugs of `model` that no row has or had. It remembers how far each was numbered."""

    def __init__(self, model: type[PublicRow]) -> None:
        self.model = model
        self._numbers: dict[str, int] = {}

    def take(self, titles: list[tuple[str, UUID]]) -> list[str]:
        """A slug for each title and uid, in their order. Two queries at most."""
        bases = [make_slug(title, noun=self.model.noun, uid=uid) for title, uid in titles]
        taken = self._taken(bases)
        given = []
        for base in bases:
            number = self._numbers.get(base, 1)
            while (slug := numbered(base, number)) in taken:
                number += 1
            taken.add(slug)
            if number > 1:
                self._numbers[base] = number + 1
            given.append(slug)
        return given

    def _taken(self, bases: list[str]) -> set[str]:
        new = sorted({base for base in bases if base not in self._numbers})
        taken = set(self._rows("slug = base", new))
        crowded = sorted(base for base in new if base in taken)
        if crowded:
            # In the index's own order, whatever the database sorts by.
            taken |= set(
                self._rows(
                    f"slug ~>=~ (left(base, {_STEM}) || '-') AND slug ~<~ (left(base, {_STEM}) || '.')"
                    f" OR length(base) > {_STEM} AND starts_with(slug, left(base, {_STEM}))",
                    crowded,
                )
            )
        return taken

    def _rows(self, condition: str, bases: list[str]) -> list[str]:
        if not bases:
            return []
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT slug FROM unnest(%s::text[]) AS base JOIN {table} ON {condition} "
                "UNION SELECT slug FROM unnest(%s::text[]) AS base "
                f"JOIN catalogue_formeraddress ON kind = %s AND ({condition})",
                [bases, bases, table],
            )
            return [slug for (slug,) in cursor.fetchall()]
