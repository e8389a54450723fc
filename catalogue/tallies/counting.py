"""Counting anew: one statement, whatever there is to count."""

import json
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial, reduce
from itertools import chain

from django.db import connection

from catalogue.languages import Worded
from catalogue.tallies import sets
from catalogue.tallies.sets import Kept
from catalogue.vocabularies import LinkState, Proficiency

SETS = """
    WITH public AS MATERIALIZED (
        SELECT resource.id,
            (row_number() OVER (ORDER BY sort_key, resource.id) - 1)::int AS place, resource_type, cost, proficiency, duration_minutes, languages, access,
            provider_id, pathway_count, published_at,
            coalesce(link.state, 'unchecked') AS state
        FROM catalogue_resource resource
        LEFT JOIN catalogue_linkhealth link ON link.resource_id = resource.id
        WHERE resource.status = 'published'
    ),
    taught AS MATERIALIZED (
        SELECT public.place, skill.slug, teaches.proficiency, public.published_at
        FROM catalogue_resourceskill teaches
        JOIN public ON public.id = teaches.resource_id
        JOIN catalogue_skill skill ON skill.id = teaches.skill_id AND skill.status = 'published'
    )
    SELECT 'keys' AS name, '' AS value, '' AS level,
        string_agg(int8send(id), ''::bytea ORDER BY place) AS places, NULL::timestamptz AS newest
    FROM public
    UNION ALL SELECT 'type', resource_type, '', string_agg(int4send(place), ''::bytea), NULL
    FROM public GROUP BY 2
    UNION ALL SELECT 'cost', cost, '', string_agg(int4send(place), ''::bytea), NULL FROM public GROUP BY 2
    UNION ALL SELECT 'proficiency', proficiency, '', string_agg(int4send(place), ''::bytea), NULL FROM public GROUP BY 2
    UNION ALL SELECT 'time',
        CASE WHEN duration_minutes <= 10 THEN '10' WHEN duration_minutes <= 20 THEN '20'
            WHEN duration_minutes <= 60 THEN '60' WHEN duration_minutes <= 240 THEN '240'
            ELSE 'more' END,
        '', string_agg(int4send(place), ''::bytea), NULL
    FROM public WHERE duration_minutes IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'language', tag, '', string_agg(int4send(place), ''::bytea), NULL
    FROM public, unnest(languages) tag GROUP BY 2
    UNION ALL SELECT 'access', fact, '', string_agg(int4send(place), ''::bytea), NULL
    FROM public, unnest(access) fact GROUP BY 2
    UNION ALL SELECT 'link', state, '', string_agg(int4send(place), ''::bytea), NULL FROM public GROUP BY 2
    UNION ALL SELECT 'curated', CASE WHEN pathway_count > 0 THEN 'yes' ELSE 'no' END, '',
        string_agg(int4send(place), ''::bytea), NULL
    FROM public GROUP BY 2
    UNION ALL SELECT 'provider', provider.slug, '', string_agg(int4send(public.place), ''::bytea), NULL
    FROM public JOIN catalogue_organisation provider ON provider.id = public.provider_id GROUP BY 2
    UNION ALL SELECT 'tag', tag.slug, '', string_agg(int4send(public.place), ''::bytea), NULL
    FROM public JOIN catalogue_resourcetag bears ON bears.content_object_id = public.id
    JOIN catalogue_tag tag ON tag.id = bears.tag_id GROUP BY 2
    UNION ALL SELECT 'skill', slug, proficiency, string_agg(int4send(place), ''::bytea), max(published_at)
    FROM taught GROUP BY 2, 3
    UNION ALL SELECT 'competence', framework.slug || ':' || competence.code, said.proficiency,
        string_agg(int4send(public.place), ''::bytea), max(public.published_at)
    FROM public JOIN catalogue_resourcecompetence said ON said.resource_id = public.id
    JOIN catalogue_competence competence ON competence.id = said.competence_id
    JOIN catalogue_framework framework
        ON framework.id = competence.framework_id AND framework.status = 'published'
    GROUP BY 2, 3
    UNION ALL SELECT 'order', 'key', '', string_agg(int4send(place), ''::bytea ORDER BY id), NULL
    FROM public
    UNION ALL SELECT 'order', 'newest', '',
        string_agg(int4send(place), ''::bytea ORDER BY published_at DESC, id DESC), NULL
    FROM public
    UNION ALL SELECT 'order', 'shortest', '',
        string_agg(int4send(place), ''::bytea ORDER BY duration_minutes, id), NULL
    FROM public
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
# One statement, so that names and sets are of one moment; the primary keys in the order of titles
# come first. Places are sent as bytes, of which no Python int has to be made for each.
COUNT = f"""
    SELECT name, value, level, places, newest, NULL AS title, NULL::jsonb AS i18n, NULL AS above,
        (name <> 'keys')::int AS place
    FROM ({SETS}) sets
    UNION ALL SELECT name, value, NULL, NULL, NULL, title, i18n, above, place FROM ({NAMES}) names
    ORDER BY place
"""

# Lengths that hold the shorter ones, each with those.
NESTED_TIMES = ("10", "20", "60", "240")
# Where looking at each of some costs as much as going through so many of all.
FEW = 16


@dataclass(frozen=True)
class Name(Worded):
    """What a value is called: `words.title` in the page's language; `above`: the key of its area."""

    title: str
    i18n: dict[str, str] | None = None
    above: str = ""


@dataclass
class Tallies:
    """Which published resources have what. A set of resources is an int, see catalogue.tallies.sets:
    bit n is the resource at place n by title.

    `names` has, for each of skill, competence, provider and tag, what the values are called, in the
    order that pages list them in; `newest`, when the newest resource of a skill or competence was
    published, for each (facet, value, proficiency).
    """

    names: dict[str, dict[str, Name]] = field(
        default_factory=lambda: {name: {} for name in ("skill", "competence", "provider", "tag")}
    )
    newest: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    # Primary keys at their places.
    _keys: array = field(default_factory=lambda: array("q"))
    _sets: dict[str, dict[str, Kept]] = field(default_factory=dict)
    _levels: dict[tuple[str, str, str], Kept] = field(default_factory=dict)
    _sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    # All places in another order than that of titles, and for each place where it stands there.
    _orders: dict[str, array] = field(default_factory=dict)
    _ranks: dict[str, array] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many resources are published."""
        return len(self._keys)

    @cached_property
    def every(self) -> int:
        """The set of them all."""
        return (1 << self.total) - 1

    def having(self, name: str, value: str, levels: Iterable[str] = ()) -> int:
        """The set of those with `value` for the facet `name`.

        With `levels`, of a skill or competence, those that teach it at one of them; "" stands for
        links that state none.
        """
        return sets.as_set(self._kept(name, value, levels))

    @cached_property
    def gone(self) -> int:
        """The set of those whose link is gone: still there to be found, but after all others."""
        return self.having("link", LinkState.GONE)

    def sizes(self, name: str) -> dict[str, int]:
        """How many resources each value of the facet `name` has, the most first."""
        return self._sizes.get(name, {})

    def counts(
        self, name: str, among: int, levels: Iterable[str] = ()
    ) -> Iterator[tuple[str, int]]:
        """How many of the set `among` have each value of the facet `name`, in the order of sizes().

        `levels` as in having().
        """
        if among == self.every and not levels:
            yield from self.sizes(name).items()
            return
        has = sets.membership(among)
        for value in self.sizes(name):
            own = self._kept(name, value, levels)
            shared = sum(map(has, own)) if isinstance(own, array) else (among & own).bit_count()
            yield value, shared

    def places(self, keys: Collection[int]) -> list[int]:
        """Where the resources with these primary keys stand, in their order, without those that
        aren't published."""
        if len(keys) * FEW > self.total:
            wanted = set(keys)
            known = {key: place for place, key in enumerate(self._keys) if key in wanted}
        else:
            known = {key: place for key in keys if (place := self._place(key)) is not None}
        return [known[key] for key in keys if key in known]

    def keys(self, places: Iterable[int]) -> Iterator[int]:
        """The primary keys of those at `places`."""
        return map(self._keys.__getitem__, places)

    def in_order(self, order: str, found: int) -> Iterator[int]:
        """The primary keys in the set `found` by title, newest or shortest; those last whose link is
        gone."""
        gone = found & self.gone
        if not gone:
            return self.keys(self._in_order(order, found))
        return self.keys(chain(self._in_order(order, found & ~gone), self._in_order(order, gone)))

    def _in_order(self, order: str, found: int) -> Iterable[int]:
        if order == "title":
            return sets.places_of(found)
        if found == self.every:
            return self._orders[order]
        # Of few, hardly any stand among the first of all.
        if found.bit_count() ** 2 <= FEW * self.total:
            return sorted(sets.places_of(found), key=self._ranks[order].__getitem__)
        return sets.within(found, self._orders[order])

    def _kept(self, name: str, value: str, levels: Iterable[str]) -> Kept:
        if not levels:
            return self._sets.get(name, {}).get(value, 0)
        own = [self._levels.get((name, value, level), 0) for level in levels]
        return reduce(partial(sets.joined, total=self.total), own)

    def _place(self, key: int) -> int | None:
        by_key = self._orders["key"]
        index = bisect_left(by_key, key, key=self._keys.__getitem__)
        if index < len(by_key) and self._keys[by_key[index]] == key:
            return by_key[index]
        return None


def count() -> Tallies:
    """All of it as it is now. One query."""
    found, realises = Tallies(), []
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        for name, value, level, places, newest, title, i18n, above, _place in cursor:
            if name == "keys":
                found._keys = sets.keys_from_wire(places)
            elif name == "order":
                found._orders[value] = sets.from_wire(places)
            elif places is not None:
                own = sets.kept(sets.from_wire(places), found.total)
                _add(found, name, value, level, own, newest)
            elif name == "realises":
                realises.append((value, above))
            else:
                words = json.loads(i18n) if isinstance(i18n, str) else i18n
                found.names[name][value] = Name(title, words, above)
    _add_competences(found, realises)
    _nest_times(found)
    found._ranks = {order: _ranks(found._orders[order]) for order in ("newest", "shortest")}
    found._sizes = {name: _sizes(values) for name, values in found._sets.items()}
    return found


def _add(
    found: Tallies, name: str, value: str, level: str, own: Kept, newest: datetime | None
) -> None:
    """Adds the resources `own` to those that have `value`, at `level`."""
    values = found._sets.setdefault(name, {})
    values[value] = sets.joined(values[value], own, found.total) if value in values else own
    if newest is None:
        return
    key = (name, value, level)
    before = found._levels.get(key)
    found._levels[key] = own if before is None else sets.joined(before, own, found.total)
    found.newest[key] = max(newest, found.newest.get(key, newest))


def _add_competences(found: Tallies, realises: Iterable[tuple[str, str]]) -> None:
    """Adds what competences have through skills, then what areas have through their competences.

    A resource counts once for each, whether a direct statement, one skill or several say so.
    """
    for skill, competence in realises:
        _inherit(found, ("skill", skill), competence)
    names = found.names["competence"]
    for key in names:
        for area in _areas_above(key, names):
            _inherit(found, ("competence", key), area)


def _areas_above(key: str, names: dict[str, Name]) -> Iterator[str]:
    """Keys of the areas that the competence `key` stands in. Areas that go round in a circle, which
    the database refuses, end it all the same: no page may wait for ever."""
    seen = {key}
    while (key := names[key].above) in names and key not in seen:
        seen.add(key)
        yield key


def _inherit(found: Tallies, source: tuple[str, str], competence: str) -> None:
    for level in ("", *Proficiency.values):
        key = (*source, level)
        if key in found._levels:
            _add(found, "competence", competence, level, found._levels[key], found.newest[key])


def _nest_times(found: Tallies) -> None:
    times = found._sets.setdefault("time", {})
    shorter: Kept = 0
    for time in NESTED_TIMES:
        times[time] = shorter = sets.joined(shorter, times.get(time, 0), found.total)


def _sizes(values: dict[str, Kept]) -> dict[str, int]:
    counts = ((value, sets.size(own)) for value, own in values.items())
    return dict(sorted(counts, key=lambda one: -one[1]))


def _ranks(order: array) -> array:
    """For each place, how many come before it in `order`."""
    ranks = array("i", bytes(order.itemsize * len(order)))
    for rank, place in enumerate(order):
        ranks[place] = rank
    return ranks
