"""Intake wrote indexes that another one covers or nobody asks by. By hand: on SQLite Django would copy the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_people_of_regions"),
        ("web", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS web_answered_token_id_fb815833",
                    "CREATE INDEX web_answered_token_id_fb815833 ON web_answered (token_id)",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="answered",
                    name="token",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.token"
                    ),
                ),
            ],
        ),
    ]
