"""Reading what there is to count."""

import numpy as np
from django.db import connection

from catalogue.tallies.counting import Columns, Tallies
from catalogue.tallies.names import NAMES, Names
from catalogue.tallies.places import CHUNK
from catalogue.tallies.sets import from_wire, set_of
from catalogue.tallies.sources import reading_sources
from catalogue.tallies.words import FreshWords

# One statement, so that names and sets are of one moment. Members are sent as bytes, of which no
# Python int has to be made for each.
READ = f"""
    SELECT name, value, level, members, NULL::bigint AS key, NULL AS title, NULL::jsonb AS i18n,
        NULL AS above, 0 AS place
    FROM ({reading_sources("TRUE")}) sources
    UNION ALL SELECT 'order', '', '', string_agg(int4send(id::int), ''::bytea ORDER BY sort_key, id),
        NULL, NULL, NULL, NULL, 0
    FROM catalogue_resource WHERE status = 'published'
    UNION ALL SELECT name, value, NULL, NULL, key, title, i18n, above, place FROM ({NAMES}) names
    ORDER BY place
"""
KINDS = {"keys": ">i4", "published": ">i8", "minutes": ">i4", "titles": ">i8"}


def count() -> Tallies:
    """All of it as it is now. One query."""
    members: dict[str, dict] = {}
    names = Names()
    columns = {}
    with connection.cursor() as cursor:
        cursor.execute(READ)
        for name, value, level, packed, key, title, i18n, above, _place in cursor:
            if name == "column":
                columns[value] = from_wire(packed, KINDS[value])
            elif name == "order":
                ordered = from_wire(packed).astype(np.uint32)
            elif level is None:
                names.add((name, value, key, title, i18n, above))
            else:
                own = from_wire(packed).astype(np.uint32)
                members.setdefault(name, {})[value, level] = set_of(own)
    keys = columns.pop("keys").astype(np.uint32)
    own = Columns().including((keys // CHUNK).tolist()).having(keys, **columns)
    own = own.having(ordered, ranks=np.arange(len(ordered), dtype=np.float64))
    every = set_of(keys)
    places = own.places
    words = FreshWords(places, np.zeros((3, places.size), np.float32), pending=every)
    return Tallies(
        every=every, fresh=every, fresh_words=words, columns=own, named=names, members=members
    )
