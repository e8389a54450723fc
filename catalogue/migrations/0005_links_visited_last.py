from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index that keeps nobody from writing.
    atomic = False

    dependencies = [
        ('catalogue', '0004_write_words'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='linkhealth',
            index=models.Index(fields=['-checked_at', '-resource'], name='catalogue_linkhealth_visited'),
        ),
    ]
