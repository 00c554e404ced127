"""Inserting many rows of a model in one statement, without making model instances.

`bulk_create` builds and compiles every row anew, which costs intake more than the database does (decision 1).
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

MOST_ROWS = 500  # in one statement; 500 x 22 columns stay below SQLite's 32,766 parameters


def insert_rows(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert `rows`, each with a value for each of the field (or column) `names`; the new primary keys, in order.

    Every column without a default in the database must be named: the model's Python defaults are not asked.
    """
    insert = _by_record_set if connection.vendor == "postgresql" else _by_values
    return [
        key for start in range(0, len(rows), MOST_ROWS) for key in insert(model, names, rows[start : start + MOST_ROWS])
    ]


def _by_values(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> list[int]:
    """SQLite: a parameter a value."""
    head, place, tail, converters = _values_plan(model, names)
    values = [
        value if convert is None or value is None else convert(value)
        for row in rows
        for convert, value in zip(converters, row, strict=True)
    ]
    return _run(f"{head}{','.join([place] * len(rows))}{tail}", values)


def _by_record_set(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> list[int]:
    """PostgreSQL: one JSON parameter, so that the statement stays the same and nothing is parsed anew in Python."""
    statement, columns = _record_set_plan(model, names)
    return _run(statement, [json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=_text)])


def _run(statement: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


@lru_cache(maxsize=64)
def _values_plan(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, str, str, tuple[Callable[[Any], Any] | None, ...]]:
    """The statement's parts and each column's conversion; None where the value goes as it is."""
    fields = _fields(model, names)
    columns = ", ".join(_quoted(field.column) for field in fields)
    head = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES "
    return head, f"({', '.join(['%s'] * len(names))})", _returning(model), tuple(_converter(field) for field in fields)


@lru_cache(maxsize=64)
def _record_set_plan(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    fields = _fields(model, names)
    columns = ", ".join(_quoted(field.column) for field in fields)
    types = ", ".join(f"{_quoted(field.column)} {_type(field)}" for field in fields)
    statement = (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) "
        f"SELECT {columns} FROM json_to_recordset(%s::json) AS given({types}){_returning(model)}"
    )
    return statement, tuple(field.column for field in fields)


def _fields(model: type[models.Model], names: tuple[str, ...]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _returning(model: type[models.Model]) -> str:
    key: Any = model._meta.pk
    return f" RETURNING {_quoted(key.column)}"


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
