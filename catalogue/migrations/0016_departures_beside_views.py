"""What was counted by `/go/<uid>/` so far stands with all else that is counted."""

from django.db import migrations

THERE = """
    INSERT INTO catalogue_monthlycount (uid, kind, month, number)
    SELECT resource.uid, 'departure', counted.month, counted.number
    FROM catalogue_departurecount counted
    JOIN catalogue_resource resource ON resource.id = counted.resource_id
"""
BACK = """
    INSERT INTO catalogue_departurecount (resource_id, month, number)
    SELECT resource.id, counted.month, counted.number
    FROM catalogue_monthlycount counted
    JOIN catalogue_resource resource ON resource.uid = counted.uid
    WHERE counted.kind = 'departure'
    ON CONFLICT (resource_id, month) DO UPDATE SET number = excluded.number
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0015_numbers_of_months'),
    ]

    operations = [migrations.RunSQL(THERE, BACK)]
