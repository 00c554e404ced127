"""Many new rows in few statements, without making model instances.

`bulk_create` builds and compiles every row anew, which costs intake more than the database does (decision 1).
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, models
from pydantic_core import to_json

from .pipeline import ask, send


class Rows(NamedTuple):
    """New rows of a model, each with a value for each of the field (or column) `names`.

    Every column without a default in the database must be named: the model's Python defaults are not asked.
    """

    model: type[models.Model]
    names: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def ask_keys(model: type[models.Model], count: int) -> Callable[[], list[int]]:
    """`count` primary keys that nobody else gets, rising, for rows that `insert_rows` inserts; see `ask`."""
    if connection.vendor == "postgresql":
        found = ask("SELECT nextval(%s::regclass) FROM generate_series(1, %s::int)", [_sequence(model), count])
        return lambda: sorted(row[0] for row in found())
    last = _sqlite_sequence(model._meta.db_table, count)
    return lambda: list(range(last - count + 1, last + 1))


def insert_rows(*inserts: Rows) -> None:
    """Insert what is given; on PostgreSQL all in one statement, so that they may be of several models.

    Inside `pipelined`, what the database objects to is raised by a later statement or at its end.
    """
    wanted = tuple(insert for insert in inserts if insert.rows)
    if not wanted:
        return
    if connection.vendor == "postgresql":
        _by_record_sets(wanted)
    else:
        for insert in wanted:
            _by_values(insert)


def insert_made(*groups: Sequence[models.Model]) -> None:
    """As insert_rows, of instances whose keys are set or, all of a group, left to the database (and not told)."""
    inserts = []
    for made in groups:
        if made:
            names = _columns_of(type(made[0]), keyed=made[0].pk is not None)
            inserts.append(Rows(type(made[0]), names, [[getattr(one, name) for name in names] for one in made]))
    insert_rows(*inserts)
    for one in (one for made in groups for one in made):
        one._state.adding, one._state.db = False, connection.alias


def update_rows(update: Rows) -> None:
    """Set the fields of rows that are there; the first name is the key's. Values as for `insert_rows`."""
    if not update.rows:
        return
    if connection.vendor == "postgresql":
        statement, columns = _update_plan(update.model, update.names)
        given = _json([dict(zip(columns, row, strict=True)) for row in update.rows])
        send(statement, [given]).close()
        return
    key, *others = _fields(update.model, update.names)
    sets = ", ".join(f"{_quoted(field.column)} = %s" for field in others)
    statement = f"UPDATE {_quoted(update.model._meta.db_table)} SET {sets} WHERE {_quoted(key.column)} = %s"
    rows = [[*row[1:], row[0]] for row in _converted(update)]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


@lru_cache(maxsize=64)
def _update_plan(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The statement for PostgreSQL, and the columns."""
    fields = _fields(model, names)
    columns = tuple(field.column for field in fields)
    types = ", ".join(f"{_quoted(field.column)} {_type(field)}" for field in fields)
    sets = ", ".join(f"{_quoted(column)} = given.{_quoted(column)}" for column in columns[1:])
    table, key = _quoted(model._meta.db_table), _quoted(columns[0])
    given = f"json_to_recordset(%s::json) AS given({types})"
    statement = f"UPDATE {table} AS kept SET {sets} FROM {given} WHERE kept.{key} = given.{key}"
    return statement, columns


@lru_cache(maxsize=64)
def _columns_of(model: type[models.Model], *, keyed: bool) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if keyed or not field.primary_key)


def _by_values(insert: Rows) -> None:
    """SQLite: one prepared statement, carried out for each row."""
    statement, _converters = _values_plan(insert.model, insert.names)
    with connection.cursor() as cursor:
        cursor.executemany(statement, _converted(insert))


def _converted(given: Rows) -> Sequence[Sequence[Any]]:
    """The values as SQLite takes them."""
    _statement, converters = _values_plan(given.model, given.names)
    if not converters:
        return given.rows
    converted = [list(row) for row in given.rows]
    for place, convert in converters:
        for row in converted:
            if row[place] is not None:
                row[place] = convert(row[place])
    return converted


def _by_record_sets(inserts: tuple[Rows, ...]) -> None:
    """PostgreSQL: one JSON parameter a model, so that the statement stays the same and is prepared once."""
    plan = _record_sets_plan(tuple((insert.model, insert.names) for insert in inserts))
    given = [
        _json([dict(zip(columns, row, strict=True)) for row in insert.rows])
        for insert, columns in zip(inserts, plan.columns, strict=True)
    ]
    send(plan.statement, given).close()


class _RecordSets(NamedTuple):
    statement: str
    columns: tuple[tuple[str, ...], ...]  # of each model


@lru_cache(maxsize=64)
def _record_sets_plan(wanted: tuple[tuple[type[models.Model], tuple[str, ...]], ...]) -> _RecordSets:
    parts, all_columns = [], []
    for model, names in wanted:
        fields = _fields(model, names)
        columns = ", ".join(_quoted(field.column) for field in fields)
        types = ", ".join(f"{_quoted(field.column)} {_type(field)}" for field in fields)
        parts.append(
            f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) "
            f"SELECT {columns} FROM json_to_recordset(%s::json) AS given({types})"
        )
        all_columns.append(tuple(field.column for field in fields))
    before = ", ".join(f"part_{place} AS ({part})" for place, part in enumerate(parts[:-1]))
    return _RecordSets(f"WITH {before} {parts[-1]}" if before else parts[-1], tuple(all_columns))


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


def forget_sequences() -> None:
    """After a restore: the tables have changed places, and their sequences with them."""
    _sequence.cache_clear()


@lru_cache(maxsize=64)
def _sequence(model: type[models.Model]) -> str:
    """The name of the sequence behind the model's key, the same on every database of this schema."""
    key: Any = model._meta.pk
    return str(ask("SELECT pg_get_serial_sequence(%s, %s)", [model._meta.db_table, key.column])()[0][0])


def _sqlite_sequence(table: str, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table])
        row = cursor.fetchone()
        if row is None:  # the first row of this table ever
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
            return count
    return int(row[0])


def _fields(model: type[models.Model], names: tuple[str, ...]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _converter(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.DateTimeField):
        return _in_utc
    if isinstance(field, models.DateField):
        return date.isoformat
    return None


@lru_cache(maxsize=256)
def _in_utc(value: datetime) -> str:
    """As Django writes it. Kept, since the same moment goes into several tables."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _type(field: Any) -> str:
    """Texts without their length: too long ones are then an error of the insert, as everywhere, and never cut."""
    return "text" if isinstance(field, models.CharField) else str(field.db_type(connection))


def _json(value: Any) -> str:
    """NaN is not made null: PostgreSQL objects to it, as to text that is too long."""
    return to_json(value, inf_nan_mode="constants").decode()
