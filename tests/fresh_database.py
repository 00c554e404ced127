"""A database of its own for tests that need real commits: a copy of the migrated one, never flushed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """Django's default connection, in every thread, works on a fresh copy while the test runs."""
    made = _sqlite(tmp_path) if connection.vendor == "sqlite" else _postgresql()
    with django_db_blocker.unblock():
        yield from made


def _sqlite(folder: Path) -> Iterator[None]:
    usual = connections["default"]
    path = folder / "fresh.sqlite3"
    usual.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        usual.connection.backup(copy)
    name, kept = usual.settings_dict["NAME"], usual.connection
    usual.settings_dict["NAME"], usual.connection = str(path), None
    try:
        yield
    finally:
        usual.close()
        usual.settings_dict["NAME"], usual.connection = name, kept


def _postgresql() -> Iterator[None]:
    usual = connections["default"]
    name, fresh = usual.settings_dict["NAME"], f"fresh_{uuid4().hex[:12]}"
    usual.close()
    with usual._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE {fresh} TEMPLATE "{name}"')
    usual.settings_dict["NAME"] = fresh
    try:
        yield
    finally:
        usual.close()
        usual.settings_dict["NAME"] = name
        with usual._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {fresh} WITH (FORCE)")
