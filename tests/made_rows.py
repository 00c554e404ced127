"""What services wrote, as the rows that it left: made once, then put into the database of each test that wants it.

Making the small county takes longer than most tests that use it.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

type Row = tuple[Any, ...]
type Tables = dict[str, tuple[list[str], list[Row]]]  # columns and rows of each


@dataclass(frozen=True)
class MadeRows[T]:
    """`database`: where the numbers of these rows were drawn, so that nothing else there gets them."""

    database: str
    made: bytes
    tables: Tables

    def put(self) -> T:
        """Write the rows; what was made, as a copy of the test's own."""
        with connection.cursor() as cursor:
            for table, (columns, rows) in self.tables.items():
                names = ", ".join(f'"{name}"' for name in columns)
                row = f"({', '.join(['%s'] * len(columns))})"
                statement = f'INSERT INTO "{table}" ({names}) VALUES {", ".join([row] * len(rows))}'
                cursor.execute(statement, [value for one in rows for value in one])
        made: T = pickle.loads(self.made)
        return made

    @property
    def fits(self) -> bool:
        return database_name() == self.database


def made_rows[T](make: Callable[[], T]) -> MadeRows[T]:
    """Let it be made, and take it back again. It may only add rows."""
    with transaction.atomic():
        before = all_rows()
        made = make()
        tables = _added(before, all_rows())
        transaction.set_rollback(True)
    return MadeRows(database_name(), pickle.dumps(made), tables)


def database_name() -> str:
    return str(connection.settings_dict["NAME"])


def all_rows() -> Tables:
    found: Tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = [one[0] for one in cursor.description], list(cursor.fetchall())
    return found


def _added(before: Tables, after: Tables) -> Tables:
    found: Tables = {}
    for table, (columns, rows) in after.items():
        old = before[table][1]
        assert all(row in rows for row in old), f"rows of {table} were changed"
        if new := [row for row in rows if row not in old]:
            found[table] = columns, new
    return found
