"""Intake wrote indexes that another one covers or nobody asks by. By hand: on SQLite Django would copy the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_destroyed"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS journal_entryabout_entry_id_802f07c3",
                    "CREATE INDEX journal_entryabout_entry_id_802f07c3 ON journal_entryabout (entry_id)",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="entryabout",
                    name="entry",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="about",
                        to="journal.entry",
                    ),
                ),
            ],
        ),
    ]
