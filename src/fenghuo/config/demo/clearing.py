"""Emptying a database that holds nothing but a demonstration."""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from fenghuo.kernel.journal import append_only

KEPT = {"django_migrations", "django_content_type"}


def clear() -> None:
    """Delete every row of every table, the journal's too: the caller has made sure that nothing real is there.

    The journal's rules are lifted inside this one transaction and are in force again when it ends.
    """
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in KEPT
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        append_only.remove()
        if connection.vendor == "postgresql":
            names = ", ".join(connection.ops.quote_name(table) for table in tables)
            cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            cursor.execute("DELETE FROM sqlite_sequence")
        append_only.install()
    # The list of the demonstration's orders: its records' numbers may be given to real ones.
    settings.DESTRUCTION_ORDERS.unlink(missing_ok=True)
