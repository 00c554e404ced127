"""Many new rows of a model in one statement, without making model instances.

`bulk_create` builds and compiles every row anew, which costs intake more than the database does (decision 1).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models


def take_keys(model: type[models.Model], count: int) -> list[int]:
    """`count` primary keys that nobody else gets, rising, for rows that `insert_rows` inserts."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [_sequence(model), count])
            return sorted(row[0] for row in cursor.fetchall())
        table = model._meta.db_table
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table])
        row = cursor.fetchone()
        if row is None:  # the first row of this table ever
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
            row = (count,)
    return list(range(row[0] - count + 1, row[0] + 1))


def insert_rows(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Insert `rows`, each with a value for each of the field (or column) `names`.

    Every column without a default in the database must be named: the model's Python defaults are not asked.
    On PostgreSQL inside `pipelined`, what the database objects to is raised by a later statement or at its end.
    """
    if not rows:
        return
    if connection.vendor == "postgresql":
        _by_record_set(model, names, rows)
    else:
        _by_values(model, names, rows)


@contextmanager
def pipelined() -> Iterator[None]:
    """PostgreSQL: statements whose answers nobody reads are sent without waiting for the one before.

    Inside `atomic`, so that what the database objected to is raised before the commit; and without a savepoint that
    is rolled back inside, since after an objection nothing is carried out until the end.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, raw.pipeline():
        yield


def _by_values(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """SQLite: one prepared statement, carried out for each row."""
    statement, converters = _values_plan(model, names)
    if converters:
        converted = [list(row) for row in rows]
        for place, convert in converters:
            for row in converted:
                if row[place] is not None:
                    row[place] = convert(row[place])
        rows = converted
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _by_record_set(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL: one JSON parameter, so that the statement stays the same and is prepared once by the server."""
    import psycopg

    statement, columns = _record_set_plan(model, names)
    given = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=_text)
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, [given], prepare=True)


@lru_cache(maxsize=64)
def _values_plan(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """The statement, and the columns whose values must be converted first."""
    fields = _fields(model, names)
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(names))
    converters = tuple((place, convert) for place, field in enumerate(fields) if (convert := _converter(field)))
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({places})", converters


@lru_cache(maxsize=64)
def _record_set_plan(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    fields = _fields(model, names)
    columns = ", ".join(_quoted(field.column) for field in fields)
    types = ", ".join(f"{_quoted(field.column)} {_type(field)}" for field in fields)
    statement = (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) "
        f"SELECT {columns} FROM json_to_recordset(%s::json) AS given({types})"
    )
    return statement, tuple(field.column for field in fields)


@lru_cache(maxsize=64)
def _sequence(model: type[models.Model]) -> str:
    """The name of the sequence behind the model's key, the same on every database of this schema."""
    key: Any = model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [model._meta.db_table, key.column])
        return str(cursor.fetchone()[0])


def _fields(model: type[models.Model], names: tuple[str, ...]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _converter(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return None


def _type(field: Any) -> str:
    """Texts without their length: too long ones are then an error of the insert, as everywhere, and never cut."""
    return "text" if isinstance(field, models.CharField) else str(field.db_type(connection))


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be inserted")
