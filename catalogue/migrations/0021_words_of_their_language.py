from importlib import import_module

from django.db import migrations

before = import_module("catalogue.migrations.0012_words_in_every_language")
writing = import_module("catalogue.migrations.0013_write_words_anew")

# What marks the words of a language, so that they meet no word of another: “da.tabl” is none of
# English “tabl”. English ones have no mark, nor those of languages that PostgreSQL has no stems of.
MARK = """
CREATE OR REPLACE FUNCTION catalogue_mark(tag text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN lower(tag) ~ '^cy\\M' THEN 'cy'
    WHEN catalogue_configuration(tag) = 'pg_catalog.norwegian'::regconfig THEN 'no'
    WHEN catalogue_configuration(tag) IN (
        'pg_catalog.english'::regconfig, 'pg_catalog.simple'::regconfig
    ) THEN ''
    ELSE split_part(lower(tag), '-', 1)
END
"""
MARKED = """
CREATE OR REPLACE FUNCTION catalogue_marked(words tsvector, mark text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(' ' || words::text, ' ''', ' ''' || mark || '.')::tsvector
"""
# English in one spelling. It has to be the same on both sides, and no word of its own; so most are
# as in Britain, which keeps “digitize” from “digit”, and some as in America, where that is shorter.
SPELT = r"""
CREATE OR REPLACE FUNCTION catalogue_spelt(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
BEGIN
    -- Looking for letters first takes a tenth of the time.
    IF strpos(said, 'z') > 0 THEN
        said := regexp_replace(
            said, '\m([a-z]{3,}i|[a-z]+ly)z(e|es|ed|ers?|ing|ations?|ational|able)\M', '\1s\2', 'g'
        );
    END IF;
    IF strpos(said, 'our') > 0 AND said ~ '[bdgilmnpv]our' THEN
        said := regexp_replace(
            said,
            '(behavi|endeav|fav|flav|sav|arm|col|harb|hon|hum|lab|neighb|rum|vap|\mod|rig|vig)our',
            '\1or', 'g'
        );
    END IF;
    IF strpos(said, 'tre') > 0 OR strpos(said, 'bre') > 0 OR strpos(said, 'alog') > 0
        OR strpos(said, 'programme') > 0
    THEN
        said := regexp_replace(said, '(cent|theat|fib|lit|met)re(s?)\M', '\1er\2', 'g');
        said := regexp_replace(said, '\m(catalog|dialog|analog)(s?)\M', '\1ue\2', 'g');
        said := regexp_replace(said, '\mcatalog(ed|ers?|ing)\M', 'catalogu\1', 'g');
        said := regexp_replace(said, '\mprogramme(s?)\M', 'program\1', 'g');
    END IF;
    IF strpos(said, 'cens') > 0 OR strpos(said, 'fens') > 0 OR strpos(said, 'practis') > 0 THEN
        said := regexp_replace(
            said, '\m(licen|defen|offen|practi)s(e|es|ed|ing)\M', '\1c\2', 'g'
        );
    END IF;
    said := replace(replace(said, 'artifact', 'artefact'), 'archeolog', 'archaeolog');
    said := replace(replace(said, 'cyclopedi', 'cyclopaedi'), 'grayscale', 'greyscale');
    said := replace(said, 'jewelry', 'jewellery');
    IF strpos(said, 'mold') > 0 THEN
        said := regexp_replace(said, '\mmold(s|y)?\M', 'mould\1', 'g');
    END IF;
    RETURN said;
END
$body$
"""
# What no English word looks like, and many a Welsh one: some beginnings, letters between, endings.
WELSH = (
    r"\m(?:ll[aeiouwy]|ff|gw|chw|ng[hw]|[mn]h[aeiouwy]|sg[aeiouwry]|(?:ch?|g)ym[rduo])"
    r"|[bcdfghlmnprst]w[bcdfghlmnst]|ddf|ysg|yf[irn]"
    r"|(?:aeth|aeg|[ey]dd|wyd|iwn|[^e]au)\M"
)
# Welsh words that say nothing.
SAYING = r"\m(?:y|yr|yn|ac|ar|eich|gyda|mewn)\M"
# The words in each of the languages that a text may be in; see 0012. A Welsh word may stand in any
# text, as in an English one about “Llyfrgell Genedlaethol Cymru”.
WORDS = rf"""
CREATE OR REPLACE FUNCTION catalogue_words(said text, VARIADIC tags text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT
AS $body$
DECLARE
    apart CONSTANT text := regexp_replace(catalogue_apart(said), '\S{{100,}}', ' ', 'g');
    folded CONSTANT text := catalogue_fold(apart);
    configuration regconfig;
    mark text;
    stems tsvector;
    words tsvector;
    tag text;
    is_welsh boolean := false;
BEGIN
    FOREACH tag IN ARRAY tags LOOP
        configuration := catalogue_configuration(tag);
        mark := catalogue_mark(tag);
        IF mark = 'cy' THEN
            is_welsh := true;
            stems := catalogue_welsh(to_tsvector(configuration, folded));
        ELSIF configuration = 'pg_catalog.english'::regconfig THEN
            stems := to_tsvector(configuration, catalogue_spelt(folded));
        ELSE
            stems := to_tsvector(configuration, folded);
        END IF;
        IF mark NOT IN ('', 'cy') THEN
            IF apart ~ '[^\u0001-\u007f]' THEN
                -- What is an accent and nothing else is no word once accents are left away.
                stems := catalogue_joined(stems, regexp_replace(
                    catalogue_fold(to_tsvector(configuration, apart)::text),
                    '(^| )'''':[0-9,]+', '', 'g'
                )::tsvector);
            END IF;
            stems := catalogue_marked(stems, mark);
        END IF;
        words := catalogue_joined(words, stems);
    END LOOP;
    IF NOT is_welsh AND folded ~ '{WELSH}' THEN
        stems := to_tsvector('pg_catalog.simple'::regconfig, folded);
        stems := ts_delete(
            stems, ARRAY(SELECT lexeme FROM unnest(stems) WHERE lexeme !~ '{WELSH}')
        );
        words := catalogue_joined(words, catalogue_welsh(stems));
    END IF;
    RETURN words;
END
$body$
"""
# Which of two languages a text is in: that of which it has more words that say nothing, else the
# first.
LIKELIER = """
CREATE OR REPLACE FUNCTION catalogue_likelier(said text, one text, other text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT
AS $body$
DECLARE
    apart text;
    of_one integer;
    of_other integer;
BEGIN
    IF catalogue_mark(one) = catalogue_mark(other) THEN
        RETURN one;
    END IF;
    -- The fewer are left, the more say nothing.
    apart := catalogue_apart(said);
    SELECT sum(cardinality(positions)) INTO of_one
    FROM unnest(to_tsvector(catalogue_configuration(one), apart));
    SELECT sum(cardinality(positions)) INTO of_other
    FROM unnest(to_tsvector(catalogue_configuration(other), apart));
    RETURN CASE WHEN coalesce(of_other, 0) < coalesce(of_one, 0) THEN other ELSE one END;
END
$body$
"""
# The languages of a resource are those that it can be taken in: somebody wrote its title and its
# description in one. Names are the same in all, and read as people type them anywhere.
RESOURCE_WORDS = rf"""
CREATE OR REPLACE FUNCTION catalogue_resource_words(
    title text, provider text, authors text[],
    description text, languages text[], description_language text
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT
AS $body$
DECLARE
    first CONSTANT text := coalesce(languages[1], 'en');
    own text[];
    described text[] := ARRAY[description_language];
    names CONSTANT text := left(concat_ws(' ', provider, array_to_string(authors, ' ')), 10000);
BEGIN
    own := ARRAY[
        CASE WHEN description_language = ANY (languages)
            THEN catalogue_likelier(title, description_language, first)
            ELSE catalogue_likelier(title, first, description_language)
        END
    ];
    -- What is said to be in English may be in Welsh as well, or instead.
    IF array_to_string(languages, ' ') ~* '\mcy\M' THEN
        IF own[1] !~* '^cy\M' AND catalogue_fold(title) ~ '{SAYING}|{WELSH}' THEN
            own := own || '{{cy}}'::text[];
        END IF;
        IF description_language !~* '^cy\M'
            AND lower(left(description, 1000)) ~ '{SAYING}.*{SAYING}.*{SAYING}'
        THEN
            described := described || '{{cy}}'::text[];
        END IF;
    END IF;
    RETURN setweight(catalogue_words(title, VARIADIC own), 'A')
        || setweight(catalogue_words(names, 'en'), 'B')
        || setweight(catalogue_words(left(description, 50000), VARIADIC described), 'C');
END
$body$
"""
NEW = {
    "catalogue_mark(text)": MARK,
    "catalogue_marked(tsvector, text)": MARKED,
    "catalogue_spelt(text)": SPELT,
    "catalogue_likelier(text, text, text)": LIKELIER,
}


def again(made: str) -> str:
    return made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):

    # A transaction for each batch that is written.
    atomic = False

    dependencies = [
        ('catalogue', '0020_words_put_together'),
    ]

    operations = [
        *(
            migrations.RunSQL(made, f"DROP FUNCTION {function}")
            for function, made in NEW.items()
        ),
        migrations.RunSQL(WORDS, again(before.WORDS)),
        migrations.RunSQL(RESOURCE_WORDS, again(before.RESOURCE_WORDS)),
        # What has other words now is marked as fresh by this, so that the index follows.
        migrations.RunPython(writing.write_words, migrations.RunPython.noop),
    ]
