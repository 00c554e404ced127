"""The channel by which writers wake the worker."""

from django.db import connection

MESSAGES = "fenghuo_messages"  # PostgreSQL; on SQLite the worker sees the commit itself


def wake() -> None:
    """After commit. When it is lost, the worker finds the rows by itself a second later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {MESSAGES}")
