"""Counting anew: one statement, whatever there is to count."""

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from catalogue.languages import Worded
from catalogue.vocabularies import Proficiency

SETS = """
    WITH public AS MATERIALIZED (
        SELECT resource.id, resource_type, cost, proficiency, duration_minutes, languages, access,
            provider_id, pathway_count, published_at, sort_key,
            coalesce(link.state, 'unchecked') AS state
        FROM catalogue_resource resource
        LEFT JOIN catalogue_linkhealth link ON link.resource_id = resource.id
        WHERE resource.status = 'published'
    ),
    taught AS MATERIALIZED (
        SELECT teaches.resource_id, teaches.skill_id, skill.slug, teaches.proficiency,
            public.published_at
        FROM catalogue_resourceskill teaches
        JOIN public ON public.id = teaches.resource_id
        JOIN catalogue_skill skill ON skill.id = teaches.skill_id AND skill.status = 'published'
    )
    SELECT 'type' AS name, resource_type AS value, '' AS level, array_agg(id) AS ids,
        NULL::timestamptz AS newest
    FROM public GROUP BY 2
    UNION ALL SELECT 'cost', cost, '', array_agg(id), NULL FROM public GROUP BY 2
    UNION ALL SELECT 'proficiency', proficiency, '', array_agg(id), NULL FROM public GROUP BY 2
    UNION ALL SELECT 'time',
        CASE WHEN duration_minutes <= 10 THEN '10' WHEN duration_minutes <= 20 THEN '20'
            WHEN duration_minutes <= 60 THEN '60' WHEN duration_minutes <= 240 THEN '240'
            ELSE 'more' END,
        '', array_agg(id), NULL
    FROM public WHERE duration_minutes IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'language', tag, '', array_agg(id), NULL
    FROM public, unnest(languages) tag GROUP BY 2
    UNION ALL SELECT 'access', fact, '', array_agg(id), NULL
    FROM public, unnest(access) fact GROUP BY 2
    UNION ALL SELECT 'link', state, '', array_agg(id), NULL FROM public GROUP BY 2
    UNION ALL SELECT 'curated', CASE WHEN pathway_count > 0 THEN 'yes' ELSE 'no' END, '',
        array_agg(id), NULL
    FROM public GROUP BY 2
    UNION ALL SELECT 'provider', provider.slug, '', array_agg(public.id), NULL
    FROM public JOIN catalogue_organisation provider ON provider.id = public.provider_id GROUP BY 2
    UNION ALL SELECT 'tag', tag.slug, '', array_agg(public.id), NULL
    FROM public JOIN catalogue_resourcetag bears ON bears.content_object_id = public.id
    JOIN catalogue_tag tag ON tag.id = bears.tag_id GROUP BY 2
    UNION ALL SELECT 'skill', slug, proficiency, array_agg(resource_id), max(published_at)
    FROM taught GROUP BY 2, 3
    UNION ALL SELECT 'competence', framework.slug || ':' || competence.code, said.proficiency,
        array_agg(public.id), max(public.published_at)
    FROM public JOIN catalogue_resourcecompetence said ON said.resource_id = public.id
    JOIN catalogue_competence competence ON competence.id = said.competence_id
    JOIN catalogue_framework framework
        ON framework.id = competence.framework_id AND framework.status = 'published'
    GROUP BY 2, 3
    UNION ALL SELECT 'order', 'title', '', array_agg(id ORDER BY sort_key, id), NULL FROM public
    UNION ALL SELECT 'order', 'newest', '',
        array_agg(id ORDER BY published_at DESC, id DESC), NULL FROM public
    UNION ALL SELECT 'order', 'shortest', '',
        array_agg(id ORDER BY duration_minutes, id), NULL FROM public
"""
NAMES = """
    SELECT 'skill' AS name, slug AS value, title, i18n, '' AS above,
        row_number() OVER (ORDER BY sort_key, id) AS place
    FROM catalogue_skill WHERE status = 'published'
    UNION ALL SELECT 'provider', slug, name, NULL, '', row_number() OVER (ORDER BY sort_key, id)
    FROM catalogue_organisation WHERE status = 'published'
    UNION ALL SELECT 'tag', slug, name, NULL, '', row_number() OVER (ORDER BY sort_key, id)
    FROM catalogue_tag WHERE status = 'published'
    UNION ALL SELECT 'competence', framework.slug || ':' || competence.code, competence.title,
        competence.i18n, coalesce(framework.slug || ':' || area.code, ''),
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
    UNION ALL SELECT 'realises', skill.slug, '', NULL, framework.slug || ':' || competence.code, 0
    FROM catalogue_skillcompetence realises
    JOIN catalogue_skill skill ON skill.id = realises.skill_id AND skill.status = 'published'
    JOIN catalogue_competence competence ON competence.id = realises.competence_id
    JOIN catalogue_framework framework
        ON framework.id = competence.framework_id AND framework.status = 'published'
"""
# One statement, so that names and sets are of one moment.
COUNT = f"""
    SELECT name, value, level, ids, newest, NULL AS title, NULL::jsonb AS i18n, NULL AS above,
        0 AS place
    FROM ({SETS}) sets
    UNION ALL SELECT name, value, NULL, NULL, NULL, title, i18n, above, place FROM ({NAMES}) names
    ORDER BY place
"""

# Lengths that hold the shorter ones, each with those.
NESTED_TIMES = ("10", "20", "60", "240")


@dataclass(frozen=True)
class Name(Worded):
    """What a value is called: `words.title` in the page's language; `above`: the key of its area."""

    title: str
    i18n: dict[str, str] | None = None
    above: str = ""


@dataclass
class Tallies:
    """Which published resources have what. A set of resources is an int: bit n is the row n.

    `names` has, for each of skill, competence, provider and tag, what the values are called, in the
    order that pages list them in; `newest`, when the newest resource of a skill or competence was
    published, for each (facet, value, proficiency).
    """

    every: int = 0
    names: dict[str, dict[str, Name]] = field(
        default_factory=lambda: {name: {} for name in ("skill", "competence", "provider", "tag")}
    )
    newest: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    # Whether nothing has changed since they were counted, as far as is known.
    is_current: bool = True
    _sets: dict[str, dict[str, int]] = field(default_factory=dict)
    _levels: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    _orders: dict[str, array] = field(default_factory=dict)

    def having(self, name: str, value: str, levels: Iterable[str] = ()) -> int:
        """The set of those with `value` for the facet `name`.

        With `levels`, of a skill or competence, those that teach it at one of them; "" stands for
        links that state none.
        """
        if not levels:
            return self._sets.get(name, {}).get(value, 0)
        found = 0
        for level in levels:
            found |= self._levels.get((name, value, level), 0)
        return found

    def sizes(self, name: str) -> dict[str, int]:
        """How many resources each value of the facet `name` has, the most first."""
        return self._sizes.get(name, {})

    @property
    def total(self) -> int:
        """How many resources are published."""
        return self.every.bit_count()

    def in_order(self, order: str, found: int) -> Iterable[int]:
        """The primary keys in the set `found` by title, newest or shortest."""
        return self._orders[order] if found == self.every else within(found, self._orders[order])


def count() -> Tallies:
    """All of it as it is now. One query."""
    found, realises = Tallies(), []
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        for name, value, level, ids, newest, title, i18n, above, _place in cursor.fetchall():
            if name == "order":
                found._orders[value] = array("q", ids or [])
            elif ids is not None:
                _add(found, name, value, level, set_of(ids), newest)
            elif name == "realises":
                realises.append((value, above))
            else:
                words = json.loads(i18n) if isinstance(i18n, str) else i18n
                found.names[name][value] = Name(title, words, above)
    _add_competences(found, realises)
    _nest_times(found._sets.setdefault("time", {}))
    found.every = set_of(found._orders["title"])
    found._sizes = {name: _sizes(sets) for name, sets in found._sets.items()}
    return found


def _add(
    found: Tallies, name: str, value: str, level: str, own: int, newest: datetime | None
) -> None:
    """Adds the resources `own` to those that have `value`, at `level`."""
    sets = found._sets.setdefault(name, {})
    sets[value] = sets.get(value, 0) | own
    if newest is None:
        return
    key = (name, value, level)
    found._levels[key] = found._levels.get(key, 0) | own
    found.newest[key] = max(newest, found.newest.get(key, newest))


def _add_competences(found: Tallies, realises: Iterable[tuple[str, str]]) -> None:
    """Adds what competences have through skills, then what areas have through their competences.

    A resource counts once for each, whether a direct statement, one skill or several say so.
    """
    for skill, competence in realises:
        _inherit(found, ("skill", skill), competence)
    names = found.names["competence"]
    for key, name in names.items():
        while name.above:
            _inherit(found, ("competence", key), name.above)
            name = names[name.above]


def _inherit(found: Tallies, source: tuple[str, str], competence: str) -> None:
    for level in ("", *Proficiency.values):
        key = (*source, level)
        if key in found._levels:
            _add(found, "competence", competence, level, found._levels[key], found.newest[key])


def _nest_times(times: dict[str, int]) -> None:
    shorter = 0
    for time in NESTED_TIMES:
        times[time] = shorter = shorter | times.get(time, 0)


def _sizes(sets: dict[str, int]) -> dict[str, int]:
    counts = ((value, own.bit_count()) for value, own in sets.items())
    return dict(sorted(counts, key=lambda one: -one[1]))


def set_of(ids: Iterable[int]) -> int:
    """The set of the rows with these primary keys."""
    ids = list(ids)
    bits = bytearray((max(ids, default=0) >> 3) + 1)
    for pk in ids:
        bits[pk >> 3] |= 1 << (pk & 7)
    return int.from_bytes(bits, "little")


def within(found: int, pks: Iterable[int]) -> Iterator[int]:
    """Those of `pks` that are in the set `found`, in their order."""
    bits = found.to_bytes(found.bit_length() // 8 + 1, "little")
    end = len(bits) << 3
    return (pk for pk in pks if pk < end and bits[pk >> 3] >> (pk & 7) & 1)
