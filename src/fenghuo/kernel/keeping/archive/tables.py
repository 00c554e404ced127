"""Tables as lines of JSON: a first line that names table and columns, then one list of values for each row.

The kind of a column is what it means, not what a database makes of it, so that any database can take it back. The
order of tables does not matter: every foreign key of Django is checked when the transaction ends.
"""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import connection, models

CHUNK = 2000
LONGEST_LINE = 64 * 1024 * 1024  # bytes of one row

# Made anew by every migrate, or worth nothing elsewhere.
LEFT_OUT = {
    "django_migrations": "the manifest names them",
    "django_content_type": "made anew by migrate",
    "auth_permission": "made anew by migrate",
    "auth_group": "not used",
    "auth_group_permissions": "not used",
    "django_session": "people sign in again",
    "journal_lease": "signs of life of the server that ran then",
}
KINDS = {
    "AutoField": "integer",
    "BigAutoField": "integer",
    "BigIntegerField": "integer",
    "BooleanField": "boolean",
    "BinaryField": "bytes",
    "CharField": "text",
    "DateField": "date",
    "DateTimeField": "moment",
    "DecimalField": "decimal",
    "EmailField": "text",
    "FloatField": "number",
    "GenericIPAddressField": "text",
    "IntegerField": "integer",
    "JSONField": "json",
    "PositiveBigIntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "SlugField": "text",
    "SmallAutoField": "integer",
    "SmallIntegerField": "integer",
    "TextField": "text",
    "URLField": "text",
}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """`key`: the column by which its rows are ordered; `counted`: whether the database numbers it by itself."""

    name: str
    key: str
    counted: bool
    columns: tuple[Column, ...]


def tables() -> list[Table]:
    """Every table of the installed rooms that belongs into a backup. Raises: TypeError for a column of unknown kind."""
    found = [
        _table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]
    return sorted(found, key=lambda table: table.name)


def header(table: Table) -> bytes:
    return _line({"table": table.name, "columns": [[column.name, column.kind] for column in table.columns]})


def rows_of(table: Table) -> Iterator[bytes]:
    """Its rows as lines, in chunks of CHUNK, ordered by key; read as a stream."""
    names = ", ".join(map(connection.ops.quote_name, (column.name for column in table.columns)))
    statement = f"SELECT {names} FROM {_quoted(table.name)} ORDER BY {_quoted(table.key)}"
    encoders = [(place, encode) for place, column in enumerate(table.columns) if (encode := _ENCODE.get(column.kind))]
    cursor = connection.chunked_cursor()
    try:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield b"".join(_line(_encoded(row, encoders)) for row in rows)
    finally:
        cursor.close()


def last_key(table: Table) -> int | None:
    """The highest key that its counter has given, also to rows that are gone; None when it has none."""
    if not table.counted:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.key])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def decoded(lines: Iterator[bytes], columns: Sequence[Column]) -> Iterator[list[list[Any]]]:
    """Rows as this database takes them, in chunks. Raises: ValueError naming the line that is no row of this table."""
    decoders = [(place, decode) for place, column in enumerate(columns) if (decode := _decoders().get(column.kind))]
    numbered = enumerate(lines, 2)
    for chunk in batched(numbered, CHUNK):
        yield [_decoded(number, line, len(columns), decoders) for number, line in chunk]


def _table(model: type[models.Model]) -> Table:
    key: Any = model._meta.pk
    columns = tuple(Column(str(field.column), kind_of(field)) for field in model._meta.local_concrete_fields)
    return Table(model._meta.db_table, str(key.column), isinstance(key, models.AutoField), columns)


def kind_of(field: Any) -> str:
    """What a column means. Raises: TypeError for a kind of field that no backup knows yet."""
    while field.remote_field is not None:
        field = field.target_field
    kind = KINDS.get(field.get_internal_type())
    if kind is None:
        raise TypeError(f"{field} has a kind that backups do not know: teach keeping.archive.tables")
    return kind


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _encoded(row: Sequence[Any], encoders: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    made = list(row)
    for place, encode in encoders:
        if made[place] is not None:
            made[place] = encode(made[place])
    return made


def _moment(value: datetime) -> str:
    """SQLite's moments are UTC without saying so."""
    told = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return told.isoformat(timespec="microseconds") + "Z"


def _decimal(value: Any) -> str:
    """Digits as people write them; SQLite keeps them as a float or a whole number."""
    return f"{Decimal(str(value)).normalize():f}"


def _json(value: str) -> str:
    """The same text from both databases, which keep spaces and the order of names differently."""
    try:
        return json.dumps(json.loads(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except ValueError:  # a number that only its own database can hold, or no JSON at all: as it is
        return value


_ENCODE: dict[str, Callable[[Any], Any]] = {
    "moment": _moment,
    "date": date.isoformat,
    "decimal": _decimal,
    "bytes": lambda value: base64.b64encode(value).decode(),
    "boolean": bool,
    "text": str,
    "json": _json,
}


def _decoded(number: int, line: bytes, width: int, decoders: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    try:
        row: list[Any] = json.loads(line)
        if not isinstance(row, list) or len(row) != width:
            raise ValueError(f"not {width} values")
        for place, decode in decoders:
            if row[place] is not None:
                row[place] = decode(row[place])
    except (ValueError, TypeError) as error:
        raise ValueError(f"line {number} is no row of it ({error})") from error
    return row


def _sqlite_moment(value: str) -> str:
    """As Django writes it: comparisons on SQLite are comparisons of text."""
    return str(datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None))


def _digits(value: str) -> str:
    try:
        return str(Decimal(value))
    except ArithmeticError as error:
        raise ValueError(f"{value!r} is no number") from error


@lru_cache(maxsize=1)
def _decoders() -> dict[str, Callable[[Any], Any]]:
    same: dict[str, Callable[[Any], Any]] = {
        "bytes": lambda value: base64.b64decode(value, validate=True),
        "decimal": _digits,
    }
    return same if connection.vendor == "postgresql" else same | {"moment": _sqlite_moment}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
