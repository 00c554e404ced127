"""Tables as they were when the archive was made, filled from it, and brought up to date: beside what stands here."""

from itertools import batched
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from fenghuo.kernel.access.tables import is_empty, make_tables
from fenghuo.kernel.documents.models import Content, Scan
from fenghuo.kernel.journal import append_only
from fenghuo.kernel.journal.verifying import Verdict, verify

from ..archive.manifest import Manifest
from ..archive.reading import Archive, Damaged
from ..archive.tables import Column, decoded
from .refusing import CannotRestore, made_by_newer

MOST_PARAMETERS = 30_000  # SQLite takes 32,766


def build(archive: Archive) -> Verdict:
    """Fill the empty database (or schema) that the connection works on. What verify says of it.

    Older tables are migrated after loading, as an update would. Raises: CannotRestore, Damaged, DatabaseError.
    """
    manifest = archive.manifest
    _make_tables(manifest)
    with transaction.atomic():
        if connection.vendor == "postgresql":  # migrations may have left them immediate
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        _empty(manifest)
        for name in manifest.tables:
            _load(archive, name)
        _set_counters(manifest)
        connection.check_constraints()
    call_command("migrate", interactive=False, verbosity=0)
    _check_attachments(archive)
    return _checked(manifest)


def _make_tables(manifest: Manifest) -> None:
    executor = MigrationExecutor(connection)
    wanted = goals(executor.loader, manifest)
    if set(wanted) == set(executor.loader.graph.leaf_nodes()) and is_empty():
        make_tables()
    else:
        executor.migrate(wanted)


def goals(loader: MigrationLoader, manifest: Manifest) -> list[tuple[str, str]]:
    """The newest migrations that the archive's tables had. Raises: CannotRestore when this program lacks some."""
    applied = {(app, name) for app, name in manifest.migrations}
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= set(migration.replaces)
        if migration.replaces and set(migration.replaces) <= applied:
            applied.add((migration.app_label, migration.name))
    if unknown := sorted(applied - known):
        raise made_by_newer(manifest, unknown)
    nodes = applied & set(loader.graph.nodes)
    covered = {
        parent.key for node in nodes for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]
    }
    return sorted(nodes - covered)


def _empty(manifest: Manifest) -> None:
    """What the migrations themselves have put in gives way to what the archive holds."""
    with connection.cursor() as cursor:
        for name in sorted(set(connection.introspection.table_names(cursor)) & set(manifest.tables)):
            cursor.execute(f"SELECT 1 FROM {_quoted(name)} LIMIT 1")
            if cursor.fetchone():
                cursor.execute(f"DELETE FROM {_quoted(name)}")


def _load(archive: Archive, name: str) -> None:
    lines = archive.table(name)
    with connection.cursor() as cursor:
        if name not in connection.introspection.table_names(cursor):
            raise Damaged(f"tables/{name}.jsonl belongs to no table of the version that made it")
        there = {column.name for column in connection.introspection.get_table_description(cursor, name)}
    if odd := [column.name for column in lines.columns if column.name not in there]:
        raise Damaged(f"tables/{name}.jsonl has the column {odd[0]}, which its table has not")
    try:
        rows = _copy(name, lines.columns, decoded(iter(lines), lines.columns))
    except ValueError as error:
        raise Damaged(f"tables/{name}.jsonl: {error}") from error
    except DatabaseError as error:
        said = " ".join(str(error).split())[:500]
        raise CannotRestore(f"The rows of {name} cannot be stored here: {said}") from error
    if rows != archive.manifest.tables[name].rows:
        raise Damaged(f"tables/{name}.jsonl has {rows} rows, not {archive.manifest.tables[name].rows}")


def _copy(name: str, columns: list[Column], chunks: Any) -> int:
    names = ", ".join(_quoted(column.name) for column in columns)
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {_quoted(name)} ({names}) FROM STDIN") as copy:
                for rows in chunks:
                    count += len(rows)
                    for row in rows:
                        copy.write_row(row)
            return count
        one = f"({', '.join(['%s'] * len(columns))})"
        for rows in chunks:
            count += len(rows)
            for some in batched(rows, max(1, MOST_PARAMETERS // len(columns))):
                cursor.executemany(f"INSERT INTO {_quoted(name)} ({names}) VALUES {one}", some)
    return count


def _set_counters(manifest: Manifest) -> None:
    """Keys that were given once are not given again, also those of rows that are gone."""
    with connection.cursor() as cursor:
        for name, facts in manifest.tables.items():
            if facts.last_key is None:
                continue
            key = connection.introspection.get_primary_key_column(cursor, name)
            cursor.execute(f"SELECT COALESCE(MAX({_quoted(str(key))}), 0) FROM {_quoted(name)}")
            last = max(facts.last_key, int(cursor.fetchone()[0]))
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [name, key, max(last, 1), last > 0]
                )
                continue
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, name])
            if cursor.rowcount == 0 and last:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last])


def _check_attachments(archive: Archive) -> None:
    """Every content that a row names is in the archive, or its manifest says that it is not."""
    excused = {*archive.manifest.attachments.missing, *archive.manifest.attachments.damaged}
    wanted = set(Content.objects.exclude(scan=Scan.INFECTED).values_list("pk", flat=True))
    if lost := sorted(wanted - set(archive.attachments) - excused):
        raise Damaged(f"attachments/{lost[0][:2]}/{lost[0]} is missing")


def _checked(manifest: Manifest) -> Verdict:
    if rules := append_only.missing():
        raise CannotRestore(f"The journal's rules could not be put in force: {', '.join(rules)}")
    verdict = verify()
    if manifest.journal.ok and (not verdict.ok or verdict.entries != manifest.journal.verify.get("entries")):
        what = verdict.first_bad.what if verdict.first_bad else f"{verdict.entries} entries"
        raise Damaged(f"the journal in it does not verify, though it did when it was made: {what}")
    return verdict


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
