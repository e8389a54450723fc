from django.db import migrations

# Each writes its words, and nothing else: what stays as it is leaves no history.
COLUMNS = {"catalogue_resource": "title", "catalogue_skill": "title", "catalogue_tag": "name"}
# How many rows are written in a transaction, and so are locked at a time.
BATCH = 5_000
WRITE = """
    WITH batch AS (
        SELECT id FROM {table} WHERE found_by IS NULL AND id > %s ORDER BY id LIMIT %s
    ), written AS (
        UPDATE {table} SET {column} = {column} FROM batch WHERE {table}.id = batch.id
        RETURNING {table}.id
    )
    SELECT max(id) FROM written
"""


def write_words(apps, schema_editor):
    """Writes the words of what has none, in batches; begun again, it goes on where it was."""
    with schema_editor.connection.cursor() as cursor:
        for table, column in COLUMNS.items():
            # A statement that writes nothing moves the site's revision all the same.
            cursor.execute(f"SELECT 0 WHERE EXISTS (SELECT FROM {table} WHERE found_by IS NULL)")
            last = (cursor.fetchone() or [None])[0]
            while last is not None:
                cursor.execute(WRITE.format(table=table, column=column), [last, BATCH])
                last = cursor.fetchone()[0]


class Migration(migrations.Migration):

    # A transaction for each batch, and an index that keeps nobody from writing.
    atomic = False

    dependencies = [
        ('catalogue', '0003_words_to_find_by'),
    ]

    operations = [
        migrations.RunPython(write_words, migrations.RunPython.noop),
        # After the words, since filling it row by row takes many times as long. One that was
        # broken off before stands there, and is of no use.
        migrations.RunSQL(
            [
                "DROP INDEX CONCURRENTLY IF EXISTS catalogue_resource_found_by",
                "CREATE INDEX CONCURRENTLY catalogue_resource_found_by"
                " ON catalogue_resource USING gin (found_by)",
            ],
            ["DROP INDEX CONCURRENTLY IF EXISTS catalogue_resource_found_by"],
        ),
    ]
