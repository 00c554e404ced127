"""Inserting many rows of a model in one statement, without making model instances.

`bulk_create` builds and compiles every row anew, which costs intake more than the database does (decision 1). The
fields' own conversions are used, so both databases get what they would get from a model.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

MOST_PARAMETERS = 20_000  # in one statement; SQLite takes 32,766, PostgreSQL 65,535


def insert_rows(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert `rows`, each with a value for each of the field (or column) `names`; the new primary keys, in order.

    Every column without a default in the database must be named: the model's Python defaults are not asked.
    """
    keys: list[int] = []
    size = max(1, MOST_PARAMETERS // len(names))
    for start in range(0, len(rows), size):
        keys += _insert(model, names, rows[start : start + size])
    return keys


def _insert(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> list[int]:
    head, place, tail, converters = _plan(model, names, connection.vendor)
    statement = f"{head}{','.join([place] * len(rows))}{tail}"
    values = [
        value if convert is None or value is None else convert(value, connection)
        for row in rows
        for convert, value in zip(converters, row, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


type Converter = Callable[[Any, Any], Any]


@lru_cache(maxsize=64)
def _plan(
    model: type[models.Model], names: tuple[str, ...], _vendor: str
) -> tuple[str, str, str, tuple[Converter | None, ...]]:
    """The statement's parts and each column's conversion; None where the value goes as it is."""
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(quote(field.column) for field in fields)  # type: ignore[union-attr]
    assert model._meta.pk is not None
    head = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "
    tail = f" RETURNING {quote(model._meta.pk.column)}"
    return head, f"({', '.join(['%s'] * len(names))})", tail, tuple(_converter(field) for field in fields)


def _converter(field: Any) -> Converter | None:
    plain = models.CharField | models.TextField | models.IntegerField | models.FloatField | models.ForeignKey
    return None if isinstance(field, plain) else field.get_db_prep_save
