"""All tables of an empty database at once: what the migrations would leave one after the other."""

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone


def is_empty() -> bool:
    """Whether there is nothing in the database (or schema) yet, not even a list of migrations."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def make_tables() -> None:
    """Tables, indexes and constraints as the models say, and every migration on record as applied; all or nothing.

    Only for an empty database; what `post_migrate` adds is left to `migrate`. Saves a first start and a restore most
    of their time: at each of their steps migrations render anew all models that are about each other.
    """
    executor = MigrationExecutor(connection)
    applied = executor.recorder.Migration
    with connection.schema_editor() as editor:
        editor.create_model(applied)
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        now = timezone.now()
        rows = [applied(app=app, name=name, applied=now) for app, name in executor.loader.disk_migrations]
        applied.objects.using(connection.alias).bulk_create(rows)
