"""When a team was looked at, and how often it was changed, stands in its record as for every register."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    record = apps.get_model("access", "Record")
    for pk, checked_at, version in apps.get_model("teams", "Team").objects.values_list("pk", "checked_at", "version"):
        record.objects.filter(pk=pk).update(checked_at=checked_at, version=version)


class Migration(migrations.Migration):
    dependencies = [("access", "0003_kept_records"), ("teams", "0001_initial")]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("team", "checked_at"),
        migrations.RemoveField("team", "version"),
    ]
