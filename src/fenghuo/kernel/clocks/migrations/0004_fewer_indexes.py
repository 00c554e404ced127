"""Intake wrote indexes that another one covers or nobody asks by. By hand: on SQLite Django would copy the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_people_of_regions"),
        ("clocks", "0003_desk"),
        ("journal", "0005_fewer_indexes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS clocks_clock_record_id_fe6269fd",
                    "CREATE INDEX clocks_clock_record_id_fe6269fd ON clocks_clock (record_id)",
                ),
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS clocks_clock_entry_id_02f4839f",
                    "CREATE INDEX clocks_clock_entry_id_02f4839f ON clocks_clock (entry_id)",
                ),
                migrations.RunSQL(
                    "DROP INDEX IF EXISTS clocks_clock_met_by_id_dc5b19e5",
                    "CREATE INDEX clocks_clock_met_by_id_dc5b19e5 ON clocks_clock (met_by_id)",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="clock",
                    name="entry",
                    field=models.ForeignKey(
                        db_index=False,
                        help_text="which started it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journal.entry",
                    ),
                ),
                migrations.AlterField(
                    model_name="clock",
                    name="met_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journal.entry",
                    ),
                ),
                migrations.AlterField(
                    model_name="clock",
                    name="record",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="access.record",
                    ),
                ),
            ],
        ),
    ]
