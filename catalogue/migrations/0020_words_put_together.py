import django.contrib.postgres.fields
from django.db import migrations, models

# What stood in four bytes each.
UNPACK = """
    CREATE FUNCTION pg_temp.unpacked(packed bytea) RETURNS int[] LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(array_agg(('x' || number[1])::bit(32)::int ORDER BY place), '{}')
        FROM regexp_matches(encode(packed, 'hex'), '.{8}', 'g') WITH ORDINALITY AS told (number, place)
    $$
"""
PACK = """
    CREATE FUNCTION pg_temp.packed(numbers int[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(string_agg(int4send(number), ''::bytea ORDER BY place), '')
        FROM unnest(numbers) WITH ORDINALITY AS told (number, place)
    $$
"""
ALTER = "ALTER TABLE catalogue_chunkwords ALTER COLUMN numbers TYPE {} USING pg_temp.{}(numbers)"
# As catalogue.words.settling puts them together after chunks were made.
PUT_TOGETHER = """
    INSERT INTO catalogue_vocabulary (id, versions, words, numbers)
    SELECT 1, (SELECT array_agg(version ORDER BY version) FROM catalogue_chunkwords),
        string_agg(word, ' ' ORDER BY length(word), word COLLATE "C"),
        array_agg(number ORDER BY length(word), word COLLATE "C")
    FROM (
        SELECT word, sum(held)::int AS number
        FROM catalogue_chunkwords,
            unnest(string_to_array(words, ' '), numbers) AS told (word, held)
        GROUP BY word ORDER BY 2 DESC, word COLLATE "C" LIMIT 100000
    ) most HAVING count(*) > 0
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0019_proposals_in_part'),
    ]

    operations = [
        migrations.CreateModel(
            name='Vocabulary',
            fields=[
                ('id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('versions', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('words', models.TextField()),
                ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
        ),
        migrations.RunSQL(
            [UNPACK, ALTER.format('int[]', 'unpacked')],
            [PACK, ALTER.format('bytea', 'packed')],
            state_operations=[
                migrations.AlterField(
                    model_name='chunkwords',
                    name='numbers',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
            ],
        ),
        migrations.RunSQL(PUT_TOGETHER, migrations.RunSQL.noop),
    ]
