"""What values are called, and which stand under which."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from catalogue.languages import Worded

# (name, value, key, title, i18n, above, place)
NAMES = """
    SELECT 'skill' AS name, slug AS value, id AS key, title, i18n, '' AS above,
        row_number() OVER (ORDER BY sort_key, id) AS place
    FROM catalogue_skill WHERE status = 'published'
    UNION ALL SELECT 'provider', slug, id, name, NULL, '', row_number() OVER (ORDER BY sort_key, id)
    FROM catalogue_organisation WHERE status = 'published'
    UNION ALL SELECT 'tag', slug, id, name, NULL, '', row_number() OVER (ORDER BY sort_key, id)
    FROM catalogue_tag WHERE status = 'published'
    UNION ALL SELECT 'competence', framework.slug || ':' || competence.code, competence.id,
        competence.title, competence.i18n, coalesce(framework.slug || ':' || area.code, ''),
        row_number() OVER (
            ORDER BY framework.position, framework.sort_key, framework.id,
                coalesce(area.position, competence.position), coalesce(area.code, competence.code),
                coalesce(area.id, competence.id), area.id IS NOT NULL,
                competence.position, competence.code, competence.id
        )
    FROM catalogue_competence competence
    JOIN catalogue_framework framework
        ON framework.id = competence.framework_id AND framework.status = 'published'
    LEFT JOIN catalogue_competence area ON area.id = competence.parent_id
    UNION ALL SELECT 'framework', slug, id, title, i18n, '',
        row_number() OVER (ORDER BY position, sort_key, id)
    FROM catalogue_framework WHERE status = 'published'
    UNION ALL SELECT 'realises', '', skill.id, '', NULL, framework.slug || ':' || competence.code, 0
    FROM catalogue_skillcompetence realises
    JOIN catalogue_skill skill ON skill.id = realises.skill_id AND skill.status = 'published'
    JOIN catalogue_competence competence ON competence.id = realises.competence_id
    JOIN catalogue_framework framework
        ON framework.id = competence.framework_id AND framework.status = 'published'
"""
# What changes whenever a row that names are made of does: PostgreSQL writes a row anew for each change,
# elsewhere and with the number of the transaction.
DIGEST = " || ' ' || ".join(
    "(SELECT count(*) || ' ' || coalesce(sum(hashtextextended(ctid::text, xmin::text::bigint)), 0)"
    f" FROM catalogue_{table})"
    for table in ("skill", "organisation", "tag", "framework", "competence", "skillcompetence")
)
# Facets whose values are rows, known in sets by their primary keys.
NAMED = ("skill", "competence", "provider", "tag")

Row = tuple[str, str, int, str, "str | dict | None", str]


@dataclass(frozen=True)
class Name(Worded):
    """What a value is called: `words.title` in the page's language; `above`: the key of its area;
    `key`: its primary key."""

    title: str
    i18n: dict[str, str] | None = None
    above: str = ""
    key: int = 0


@dataclass
class Names:
    """`values`: for each of NAMED, what the values are called, in the order that pages list them in;
    `frameworks`: likewise, by their slugs; `realising`: primary keys of the skills that realise a
    competence; `digest`: DIGEST of them."""

    digest: str = ""
    values: dict[str, dict[str, Name]] = field(default_factory=lambda: {name: {} for name in NAMED})
    frameworks: dict[str, Name] = field(default_factory=dict)
    realising: dict[str, list[int]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Adds a row of NAMES; they come in order."""
        name, value, key, title, i18n, above = row
        if name == "realises":
            self.realising.setdefault(above, []).append(key)
        else:
            words = json.loads(i18n) if isinstance(i18n, str) else i18n
            values = self.frameworks if name == "framework" else self.values[name]
            values[value] = Name(title, words, above, key)

    @cached_property
    def by_key(self) -> dict[str, dict[str, str]]:
        """For each of NAMED, the values by their primary keys as texts, in the same order."""
        return {
            name: {str(own.key): value for value, own in values.items()}
            for name, values in self.values.items()
        }

    @cached_property
    def inside(self) -> dict[str, list[str]]:
        """For each competence itself and those that stand in it, however deep."""
        found: dict[str, list[str]] = {key: [key] for key in self.values["competence"]}
        for key in self.values["competence"]:
            for area in self._areas_above(key):
                found[area].append(key)
        return found

    def _areas_above(self, key: str) -> Iterator[str]:
        """Keys of the areas that the competence `key` stands in. Areas that go round in a circle, which
        the database refuses, end it all the same: no page may wait for ever."""
        names = self.values["competence"]
        seen = {key}
        while (key := names[key].above) in names and key not in seen:
            seen.add(key)
            yield key
