from django.db import migrations

# How many rows are looked at in a transaction, and so are locked at a time.
BATCH = 5_000
# Each writes its words, and nothing else: what stays as it is leaves no history. Rows that have
# theirs are only read, so that a run that was broken off is begun again at little cost.
COLUMNS = {
    "catalogue_organisation": ("name", "catalogue_name_words(name)"),
    "catalogue_tag": ("name", "catalogue_name_words(name, synonyms)"),
    "catalogue_skill": ("title", "catalogue_name_words(title, synonyms, i18n)"),
    "catalogue_resource": (
        "title",
        """catalogue_resource_words(
            title,
            (SELECT name FROM catalogue_organisation provider WHERE provider.id = provider_id),
            authors, description, languages, description_language
        )""",
    ),
}
LOOK = """
    SELECT max(id), array_agg(id) FILTER (WHERE found_by IS DISTINCT FROM {words})
    FROM (SELECT * FROM {table} WHERE id > %s ORDER BY id LIMIT %s) batch
"""
WRITE = "UPDATE {table} SET {column} = {column} WHERE id = ANY (%s)"


def write_words(apps, schema_editor):
    """Writes the words of what has others, in batches. It may be run again at any time."""
    with schema_editor.connection.cursor() as cursor:
        for table, (column, words) in COLUMNS.items():
            last = 0
            while last is not None:
                cursor.execute(LOOK.format(table=table, words=words), [last, BATCH])
                last, wrong = cursor.fetchone()
                # A statement that writes nothing moves the site's revision all the same.
                if wrong:
                    cursor.execute(WRITE.format(table=table, column=column), [wrong])


class Migration(migrations.Migration):

    # A transaction for each batch.
    atomic = False

    dependencies = [
        ('catalogue', '0012_words_in_every_language'),
    ]

    operations = [
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
