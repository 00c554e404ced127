"""Where a value still stands: every column of every table, the files of the database, folders."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection


def traces(values: Iterable[str]) -> list[str]:
    """table.column: value, for each of these that any row of any table holds, in clear or as JSON writes it."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert cursor.description is not None
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, held in zip(names, row, strict=True):
                    found |= {f"{table}.{name}: {value}" for value in values if _holds(held, value)}
    return sorted(found)


def _holds(held: Any, value: str) -> bool:
    if isinstance(held, bytes | memoryview):
        return any(form in bytes(held) for form in _forms(value))
    if isinstance(held, float):
        return repr(held) == value
    if isinstance(held, dict | list):
        held = json.dumps(held, ensure_ascii=False)
    return isinstance(held, str) and any(form.decode() in held for form in _forms(value))


def _forms(value: str) -> tuple[bytes, bytes]:
    """As UTF-8, and as JSON that knows only ASCII."""
    return value.encode(), json.dumps(value)[1:-1].encode()


def file_traces(folder: Path, values: Iterable[str]) -> list[str]:
    """file: value, for each of these that the bytes of any file below hold."""
    wanted = list(values)
    return sorted(f"{path.name}: {value}" for path, value in _in_files(folder, wanted))


def _in_files(folder: Path, values: list[str]) -> Iterator[tuple[Path, str]]:
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for value in values:
                if any(form in content for form in _forms(value)):
                    yield path, value
