import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# Functions of SQL alone have standard bodies, which PostgreSQL reads when they are made: whatever
# the search path is later, and in whatever order a dump restores them. The others keep the path that
# they were made under, where they need it.

# Signs and the characters of Chinese, Japanese and Korean stand apart, and “e-mail” is “email” as
# well. Signs are told one by one: what a letter is, PostgreSQL says differently in each locale.
APART = r"""
CREATE FUNCTION catalogue_apart(said text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(
        CASE
            WHEN said ~ '[\u0300-\u036f\u1100-\u11ff\u3099\u309a]' THEN normalize(said, NFC)
            ELSE said
        END,
        '(?<!-)\m([a-z]+)-([a-z0-9]+)\M(?!-)', '\1\2 \1 \2', 'gi'
    ),
    '([\u2e80-\u2fdf\u3005-\u3007\u3031-\u318f\u31a0-\u31bf\u31f0-\u4dbf\u4e00-\ua4cf'
    '\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003ffff])'
    '|[\u0001-\u001f\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4'
    '\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02c2-\u02df\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3'
    '\u05f3\u05f4\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u20cf'
    '\u2116\u2117\u2120-\u2122\u2190-\u2e7f\u2ff0-\u3004\u3008-\u3030\ufd3e\ufd3f\ufdf0-\ufe1f'
    '\ufe30-\ufe6f\ufeff-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff'
    '\U0001f000-\U0001faff]',
    ' \1 ', 'g'
)
"""
# In small letters, without accents; what other letters there are, as people type them without the
# keyboard for it. й keeps its sign: to Russian stems it is a letter.
FOLD = r"""
CREATE FUNCTION catalogue_fold(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
BEGIN
    IF said ~ '[^\u0001-\u007f]' THEN
        said := regexp_replace(
            normalize(said, NFKD),
            '[\u0300-\u0305\u0307-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640'
            '\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff]|(?<=[a-zA-Z])\u0306',
            '', 'g'
        );
        IF said ~ '[^\u0001-\u007f]' THEN
            said := lower(normalize(said, NFC));
            IF said ~ '[øłđðıςёßæœþ]' THEN
                said := translate(said, 'øłđðıςё', 'olddiσе');
                said := replace(replace(said, 'ß', 'ss'), 'þ', 'th');
                said := replace(replace(said, 'æ', 'ae'), 'œ', 'oe');
            END IF;
        END IF;
    END IF;
    RETURN lower(said);
END
$body$
"""
# Of a language, by its BCP 47 tag, where PostgreSQL has one.
CONFIGURATION = """
CREATE FUNCTION catalogue_configuration(tag text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE split_part(lower(tag), '-', 1)
    WHEN 'en' THEN 'pg_catalog.english'::regconfig
    WHEN 'ar' THEN 'pg_catalog.arabic'::regconfig
    WHEN 'ca' THEN 'pg_catalog.catalan'::regconfig
    WHEN 'da' THEN 'pg_catalog.danish'::regconfig
    WHEN 'de' THEN 'pg_catalog.german'::regconfig
    WHEN 'el' THEN 'pg_catalog.greek'::regconfig
    WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
    WHEN 'eu' THEN 'pg_catalog.basque'::regconfig
    WHEN 'fi' THEN 'pg_catalog.finnish'::regconfig
    WHEN 'fr' THEN 'pg_catalog.french'::regconfig
    WHEN 'ga' THEN 'pg_catalog.irish'::regconfig
    WHEN 'hi' THEN 'pg_catalog.hindi'::regconfig
    WHEN 'hu' THEN 'pg_catalog.hungarian'::regconfig
    WHEN 'hy' THEN 'pg_catalog.armenian'::regconfig
    WHEN 'id' THEN 'pg_catalog.indonesian'::regconfig
    WHEN 'it' THEN 'pg_catalog.italian'::regconfig
    WHEN 'lt' THEN 'pg_catalog.lithuanian'::regconfig
    WHEN 'nb' THEN 'pg_catalog.norwegian'::regconfig
    WHEN 'ne' THEN 'pg_catalog.nepali'::regconfig
    WHEN 'nl' THEN 'pg_catalog.dutch'::regconfig
    WHEN 'nn' THEN 'pg_catalog.norwegian'::regconfig
    WHEN 'no' THEN 'pg_catalog.norwegian'::regconfig
    WHEN 'pt' THEN 'pg_catalog.portuguese'::regconfig
    WHEN 'ro' THEN 'pg_catalog.romanian'::regconfig
    WHEN 'ru' THEN 'pg_catalog.russian'::regconfig
    WHEN 'sr' THEN 'pg_catalog.serbian'::regconfig
    WHEN 'sv' THEN 'pg_catalog.swedish'::regconfig
    WHEN 'ta' THEN 'pg_catalog.tamil'::regconfig
    WHEN 'tr' THEN 'pg_catalog.turkish'::regconfig
    WHEN 'yi' THEN 'pg_catalog.yiddish'::regconfig
    ELSE 'pg_catalog.simple'::regconfig
END
"""
# Welsh words begin anew after many others: Cymru, Gymru, Nghymru, Chymru. What they begin with is
# folded, and a mark keeps them from meeting words of other languages. It holds a stop, which
# stands in no other word.
WELSH = r"""
CREATE FUNCTION catalogue_welsh(words tsvector) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(regexp_replace(replace(replace(regexp_replace(
    replace(' ' || words::text, ' ''', ' ''cy.'),
    'cy\.(?:(?:ngh?|ch?|g)(?=[^''])|h(?=[aeiouwy]))', 'cy.', 'g'),
    'cy.ll', 'cy.l'), 'cy.rh', 'cy.r'),
    'cy\.(?:ph|p|b|mh|m|f(?!f))', 'cy.b', 'g'),
    'cy\.(?:th|t|dd|d|nh|n)', 'cy.d', 'g')::tsvector
"""
# The words of two, each where it stands in either.
JOINED = """
CREATE FUNCTION catalogue_joined(one tsvector, other tsvector) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN one IS NULL THEN other ELSE (one::text || ' ' || other::text)::tsvector END
"""
# The words of a text in each of the languages that it may be in. Stems of other languages than
# English come twice where accents matter to them: of the text as it is, and of how people type it.
# What is longer than any word is left out, since no tsvector takes it once it is folded or marked.
WORDS = r"""
CREATE FUNCTION catalogue_words(said text, VARIADIC tags text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT
AS $body$
DECLARE
    apart CONSTANT text := regexp_replace(catalogue_apart(said), '\S{100,}', ' ', 'g');
    folded CONSTANT text := catalogue_fold(apart);
    configuration regconfig;
    stems tsvector;
    words tsvector;
    tag text;
BEGIN
    FOREACH tag IN ARRAY tags LOOP
        configuration := catalogue_configuration(tag);
        stems := to_tsvector(configuration, folded);
        IF tag ~* '^cy\M' THEN
            stems := catalogue_welsh(stems);
        ELSIF configuration NOT IN ('pg_catalog.english', 'pg_catalog.simple')
            AND apart ~ '[^\u0001-\u007f]'
        THEN
            stems := catalogue_joined(
                stems, catalogue_fold(to_tsvector(configuration, apart)::text)::tsvector
            );
        END IF;
        words := catalogue_joined(words, stems);
    END LOOP;
    RETURN words;
END
$body$
"""
RESOURCE_WORDS = r"""
CREATE FUNCTION catalogue_resource_words(
    title text, provider text, authors text[],
    description text, languages text[], description_language text
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT
AS $body$
DECLARE
    own text[] := ARRAY[coalesce(languages[1], 'en')];
    described text[] := ARRAY[description_language];
    names CONSTANT text := left(concat_ws(' ', provider, array_to_string(authors, ' ')), 10000);
BEGIN
    -- Whoever learns in Welsh types Welsh, whichever language comes first.
    IF array_to_string(languages, ' ') ~* '\mcy\M' THEN
        own := own || CASE WHEN own[1] ~* '^cy\M' THEN '{}' ELSE '{cy}'::text[] END;
        described := described || CASE WHEN described[1] ~* '^cy\M' THEN '{}' ELSE '{cy}'::text[] END;
    END IF;
    RETURN setweight(catalogue_words(title, VARIADIC own), 'A')
        || setweight(catalogue_words(names, VARIADIC own), 'B')
        || setweight(catalogue_words(left(description, 50000), VARIADIC described), 'C');
END
$body$
"""
# Of what has a name, other names, and translations of its title.
NAME_WORDS = r"""
CREATE FUNCTION catalogue_name_words(
    name text, synonyms text[] DEFAULT '{}', i18n jsonb DEFAULT NULL
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT
AS $body$
DECLARE
    words tsvector := setweight(catalogue_words(name, 'en'), 'A')
        || setweight(catalogue_words(left(array_to_string(synonyms, ' '), 10000), 'en'), 'B');
    tag text;
    said text;
BEGIN
    FOR tag, said IN
        SELECT substr(key, 7), value FROM jsonb_each_text(i18n) WHERE key LIKE 'title\_%' AND value <> ''
    LOOP
        words := words || setweight(catalogue_words(said, tag), 'A');
    END LOOP;
    RETURN words;
END
$body$
"""
FUNCTIONS = {
    "catalogue_apart(text)": APART,
    "catalogue_fold(text)": FOLD,
    "catalogue_configuration(text)": CONFIGURATION,
    "catalogue_welsh(tsvector)": WELSH,
    "catalogue_joined(tsvector, tsvector)": JOINED,
    "catalogue_words(text, text[])": WORDS,
    "catalogue_resource_words(text, text, text[], text, text[], text)": RESOURCE_WORDS,
    "catalogue_name_words(text, text[], jsonb)": NAME_WORDS,
}


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0011_index_of_chunks'),
    ]

    operations = [
        *(
            migrations.RunSQL(made, f"DROP FUNCTION {function}")
            for function, made in FUNCTIONS.items()
        ),
        # Out of Django's sight: see catalogue.triggers.WritesWords.
        migrations.RunSQL(
            "ALTER TABLE catalogue_organisation ADD COLUMN found_by tsvector",
            "ALTER TABLE catalogue_organisation DROP COLUMN found_by",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='resource',
            name='writes_words',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='skill',
            name='writes_words',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='tag',
            name='writes_words',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='writes_words', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.found_by := catalogue_name_words(NEW.name); RETURN NEW;', hash='6cc538974f1f753c0c80aa2c48f178b01bb797c9', operation='INSERT OR UPDATE OF "name"', pgid='pgtrigger_writes_words_0e49d', table='catalogue_organisation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resource',
            trigger=pgtrigger.compiler.Trigger(name='writes_words', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.found_by := \n                    catalogue_resource_words(\n                        NEW.title,\n                        (SELECT name FROM catalogue_organisation WHERE id = NEW.provider_id FOR SHARE),\n                        NEW.authors, NEW.description, NEW.languages, NEW.description_language\n                    )\n                ; RETURN NEW;', hash='08e0f52f1b35c4bcca7d0bb7ea94f658d86f6bb9', operation='INSERT OR UPDATE OF "title", "provider_id", "authors", "description", "languages", "description_language"', pgid='pgtrigger_writes_words_5d502', table='catalogue_resource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='writes_words', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.found_by := catalogue_name_words(NEW.title, NEW.synonyms, NEW.i18n); RETURN NEW;', hash='46abf1dc66ab338f19452da44b95ef7289b07ab9', operation='INSERT OR UPDATE OF "title", "synonyms", "i18n"', pgid='pgtrigger_writes_words_b3e6c', table='catalogue_skill', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tag',
            trigger=pgtrigger.compiler.Trigger(name='writes_words', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.found_by := catalogue_name_words(NEW.name, NEW.synonyms); RETURN NEW;', hash='4e98673976ae771a061e10c1b24e40980c26b16d', operation='INSERT OR UPDATE OF "name", "synonyms"', pgid='pgtrigger_writes_words_fd010', table='catalogue_tag', when='BEFORE')),
        ),
    ]
