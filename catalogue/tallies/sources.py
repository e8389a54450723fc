"""The facts of resources read from themselves, in SQL: what an index of them has to say again.

Each statement reads the resources that a table `public` lists, which FACTS makes of a condition.
"""

from catalogue.vocabularies import Proficiency

# The published resources for which `{condition}` holds of their `id`.
PUBLIC = """
    public AS MATERIALIZED (
        SELECT resource.id, sort_key, resource_type, cost, proficiency, duration_minutes,
            languages, access, provider_id, pathway_count, published_at,
            coalesce(link.state, 'unchecked') AS state
        FROM catalogue_resource resource
        LEFT JOIN catalogue_linkhealth link ON link.resource_id = resource.id
        WHERE resource.status = 'published' AND {condition}
    )
"""
# Who has what: (name, value, level, id). They are put in order before they are put together, which is
# several times quicker than within each of thousands of sets, and nobody relies on it.
# Lengths of time hold the shorter ones, each with those.
# What is called is known by its primary key.
MEMBERS = """
    SELECT 'type' AS name, resource_type::text AS value, ''::text AS level, id FROM public
    UNION ALL SELECT 'cost', cost, '', id FROM public
    UNION ALL SELECT 'proficiency', proficiency, '', id FROM public
    UNION ALL SELECT 'time', time, '', id
    FROM public, unnest(ARRAY['10', '20', '60', '240']) AS time
    WHERE duration_minutes <= time::int
    UNION ALL SELECT 'time', 'more', '', id FROM public WHERE duration_minutes > 240
    UNION ALL SELECT 'language', tag, '', id FROM public, unnest(languages) AS tag
    UNION ALL SELECT 'access', fact, '', id FROM public, unnest(access) AS fact
    UNION ALL SELECT 'link', state, '', id FROM public
    UNION ALL SELECT 'curated', CASE WHEN pathway_count > 0 THEN 'yes' ELSE 'no' END, '', id
    FROM public
    UNION ALL SELECT 'provider', provider_id::text, '', id FROM public WHERE provider_id IS NOT NULL
    UNION ALL SELECT 'tag', tag_id::text, '', public.id
    FROM public JOIN catalogue_resourcetag bears ON bears.content_object_id = public.id
    UNION ALL SELECT 'skill', skill_id::text, teaches.proficiency, public.id
    FROM public JOIN catalogue_resourceskill teaches ON teaches.resource_id = public.id
    UNION ALL SELECT 'competence', competence_id::text, said.proficiency, public.id
    FROM public JOIN catalogue_resourcecompetence said ON said.resource_id = public.id
"""
# The columns of public resources, packed, in the order of primary keys; no row where there are none.
COLUMNS = {
    "keys": "int4send(id::int)",
    "published": "int8send((extract(epoch FROM published_at) * 1000000)::bigint)",
    "minutes": "int4send(coalesce(duration_minutes, -1))",
    "titles": "int8send(hashtextextended(sort_key, 0))",
}
# As numpy reads these.
KINDS = {"keys": ">i4", "published": ">i8", "minutes": ">i4", "titles": ">i8"}
# As they are held: −1 becomes the longest time there is, and half a hash is enough.
HELD = {"keys": "u4", "published": "i8", "minutes": "u2", "titles": "u4"}
# What a word is in for one resource, in a byte: how often in its title (up to 3, the highest two
# bits), in names of provider and authors (up to 3, two bits), in its description (up to 15).
# (lexeme, id, counts, title, names, description)
WORDS = """
    SELECT lexeme, id, (least(title, 3) << 6) | (least(names, 3) << 4) | least(body, 15) AS counts,
        title, names, body
    FROM (
        SELECT word.lexeme, resource.id,
            coalesce(cardinality(array_positions(word.weights, 'A')), 0) AS title,
            coalesce(cardinality(array_positions(word.weights, 'B')), 0) AS names,
            coalesce(cardinality(array_positions(word.weights, 'C')), 0) AS body
        FROM catalogue_resource resource, unnest(resource.found_by) AS word
        WHERE resource.status = 'published' AND {condition}
    ) counted
"""
# How many words it has in each: (id, title, names, body).
LENGTHS = """
    SELECT resource.id, count(*) FILTER (WHERE weight = 'A') AS title,
        count(*) FILTER (WHERE weight = 'B') AS names, count(*) FILTER (WHERE weight = 'C') AS body
    FROM catalogue_resource resource, unnest(found_by) AS word, unnest(word.weights) AS weight
    WHERE resource.status = 'published' AND {condition}
    GROUP BY resource.id
"""
# Words as people type them, small and without accents: how many resources hold each, those twice that
# hold it in the title, of those for which `{condition}` holds. Where words are written without spaces, each sign is one, and too short.
# Each word is looked at once, and not each time it stands somewhere: therefore OFFSET.
SPOKEN = """
    SELECT word, number
    FROM (
        SELECT lexeme AS word,
            (count(*) + count(*) FILTER (WHERE 'A' = ANY (weights)))::int AS number
        FROM catalogue_resource resource,
            unnest(
                setweight(to_tsvector('simple', catalogue_fold(catalogue_apart(title))), 'A')
                || to_tsvector('simple', catalogue_fold(catalogue_apart(left(description, 50000))))
            )
        WHERE status = 'published' AND {condition}
        GROUP BY lexeme OFFSET 0
    ) spoken
    WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]'
"""

# All that a link of a resource may say of the proficiency; "" where it says none.
LEVELS = ("", *Proficiency.values)
# What there is to count of them: (name, value, level, members), where members is bytes. Rows named
# “column” have a packed column of COLUMNS.
FACTS = f"""
    SELECT name, value, level, string_agg(int4send(id::int), ''::bytea) AS members
    FROM (SELECT * FROM ({MEMBERS}) every ORDER BY id) members GROUP BY 1, 2, 3
    UNION ALL {
    " UNION ALL ".join(
        f"SELECT 'column', '{name}', '', string_agg({packed}, ''::bytea ORDER BY id) FROM public"
        for name, packed in COLUMNS.items()
    )
}
"""


def reading_sources(condition: str) -> str:
    """SQL of FACTS of the resources that `condition` holds for."""
    return f"WITH {PUBLIC.format(condition=condition)} {FACTS}"
