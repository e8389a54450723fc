from importlib import import_module

from django.db import migrations

before = import_module("catalogue.migrations.0021_words_of_their_language")
writing = import_module("catalogue.migrations.0013_write_words_anew")

# A programme of events is no programming. What America spells “program” may be either, and is found
# by both; “programmer” goes with programming, though its stem is that of “programme”.
SPELT = before.SPELT.replace(
    r"'\mprogramme(s?)\M', 'program\1'", r"'\mprogrammer(s?)\M', 'programer\1'"
)
WORDS = before.WORDS.replace(
    """
            stems := to_tsvector(configuration, catalogue_spelt(folded));
""",
    r"""
            spelt := catalogue_spelt(folded);
            stems := to_tsvector(configuration, spelt);
            IF strpos(spelt, 'program') > 0 AND spelt ~ '\mprograms?\M' THEN
                stems := catalogue_joined(stems, to_tsvector(
                    configuration, regexp_replace(spelt, '\mprogram(s?)\M', 'programme\1', 'g')
                ));
            END IF;
""",
).replace("    tag text;\n", "    tag text;\n    spelt text;\n")
# Nobody else has other words now.
HERE = "found_by @@ 'program | programm'"


def write_words(apps, schema_editor):
    """Writes the words of what has others, in batches. It may be run again at any time."""
    with schema_editor.connection.cursor() as cursor:
        for table, (column, words) in writing.COLUMNS.items():
            look = writing.LOOK.format(table=table, words=words)
            look = look.replace("WHERE id > %s", f"WHERE {HERE} AND id > %s")
            last = 0
            while last is not None:
                cursor.execute(look, [last, writing.BATCH])
                last, wrong = cursor.fetchone()
                if wrong:
                    cursor.execute(writing.WRITE.format(table=table, column=column), [wrong])


class Migration(migrations.Migration):

    # A transaction for each batch that is written.
    atomic = False

    dependencies = [
        ('catalogue', '0021_words_of_their_language'),
    ]

    operations = [
        migrations.RunSQL(before.again(SPELT), before.SPELT),
        migrations.RunSQL(before.again(WORDS), before.WORDS),
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
