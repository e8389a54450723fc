from django.db import migrations

# Each writes its words, and nothing else: what stays as it is leaves no history.
WRITE = """
    UPDATE catalogue_resource SET title = title;
    UPDATE catalogue_skill SET title = title;
    UPDATE catalogue_tag SET name = name;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_words_to_find_by'),
    ]

    operations = [migrations.RunSQL(WRITE, migrations.RunSQL.noop)]
