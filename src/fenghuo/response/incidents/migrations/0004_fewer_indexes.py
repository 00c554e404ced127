"""Intake wrote indexes that another one covers or nobody asks by. By hand: on SQLite Django would copy the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_people_of_regions"),
        ("incidents", "0003_note_reads_with_its_entry"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS incidents_report_sender_id_6e8dd28d",
                    "CREATE INDEX incidents_report_sender_id_6e8dd28d ON incidents_report (sender_id)",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="report",
                    name="sender",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.unit"
                    ),
                ),
            ],
        ),
    ]
