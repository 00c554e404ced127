"""Whatever is changed, deleted, inserted or swapped in any column of any table of the journal, verify names it.

The columns are read from the schema: a new one that nothing covers makes these tests fail.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.append_only import remove
from fenghuo.kernel.journal.destroyed import CARRIED_OUT, remove_values
from fenghuo.kernel.journal.models import EntryAbout, Position, Seal
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sealing import seal_next
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import Bad, verify
from tests.county import County

# The table, and the column by which its rows of an entry (or a seal) are found.
ENTRIES = {
    "journal_entry": "id",
    "journal_entryabout": "entry_id",
    "journal_position": "entry_id",
    "journal_private": "entry_id",
}
SEALS = {"journal_seal": "number"}
HEAD = "journal_sealhead"
# Says nothing of the past: signs of life of whoever gives positions and seals.
NO_PAST = {"journal_lease"}
DESTROYED = "journal_destroyed"
QUEUE = "journal_unnumbered"  # empties itself; what is put into it is found (below)


@dataclass(frozen=True)
class Sealed:
    """`entry` at `position` in the seal `batch`, `later` in the seal behind it; both with a private value."""

    entry: int
    position: int
    batch: int
    later: int


@pytest.fixture
def sealed(county: County) -> Sealed:
    """A journal of many seals of four positions, and a tail that is not sealed yet."""
    about = [county.units["emo"], county.units["a"]]
    made = [record("unit.noted", SYSTEM, about=about, public={"n": n}, private={"n": str(n)}) for n in range(12)]
    number_waiting()
    while seal_next(4) == 4:
        pass
    record("unit.noted", SYSTEM, about=about, private={"n": "in the tail"})
    number_waiting()
    remove()
    position = Position.objects.get(entry=made[2]).pk
    batch = Seal.objects.get(first__lte=position, last__gte=position)
    assert batch.number < Seal.objects.count()
    assert Seal.objects.count() > 4
    return Sealed(made[2], position, batch.number, made[7])


@contextmanager
def tampered(*statements: tuple[str, tuple[Any, ...]]) -> Iterator[None]:
    """Run the statements, and undo them afterwards; foreign keys would be asked at the commit that never comes."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement, values in statements:
                cursor.execute(statement, values)
        yield
        transaction.set_rollback(True)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def row_of(table: str, key: str, value: Any) -> dict[str, Any]:
    """The first such row as the driver gives it, nothing converted."""
    names = columns_of(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {key} = %s ORDER BY 1", [value])
        found = cursor.fetchone()
    return dict(zip(names, found, strict=True)) if found else {}


def changes(value: Any) -> list[Any]:
    """Other values of the same kind, as close to it as may be."""
    if value is None:
        return [1]
    if isinstance(value, int):
        return [value + 7, value + 1_000_003, -value - 1]
    if isinstance(value, datetime):
        return [value + timedelta(microseconds=1), value - timedelta(days=400)]
    last = "1" if value[-1:] != "1" else "2"
    return [value[:-1] + last, value + " ", value.swapcase() if value.swapcase() != value else value + "x"]


def bad_after(table: str, column: str, other: Any, key: str, value: Any) -> Bad | str | None:
    """What verify names after one column of one row was changed; "refused" where the database does not take it."""
    before = row_of(table, key, value)
    try:
        with tampered((f"UPDATE {table} SET {column} = %s WHERE {key} = %s", (other, value))):
            # PostgreSQL cuts blanks from what is too long.
            return "refused" if row_of(table, key, value) == before else verify().first_bad
    except (IntegrityError, DataError):
        return "refused"


def named() -> Bad:
    verdict = verify()
    assert not verdict.ok, "nothing was found"
    assert verdict.first_bad is not None
    return verdict.first_bad


def is_of_entry(bad: Bad, sealed: Sealed) -> bool:
    return (bad.entry, bad.position, bad.batch) == (sealed.entry, sealed.position, sealed.batch)


def test_the_untouched_journal_is_clean(sealed: Sealed) -> None:
    verdict = verify()
    assert verdict.ok, verdict.first_bad
    assert verdict.batches == Seal.objects.count()
    assert verdict.unsealed == 1


def test_every_table_of_the_journal_is_thought_of(sealed: Sealed) -> None:
    with connection.cursor() as cursor:
        tables = {name for name in connection.introspection.table_names(cursor) if name.startswith("journal_")}
    known = {*ENTRIES, *SEALS, HEAD, QUEUE, DESTROYED, *NO_PAST}
    models = {model._meta.db_table for model in apps.get_app_config("journal").get_models()}
    assert tables == models
    assert models - known == set(), "verify must cover it, and these tests must change it"


@pytest.mark.parametrize("table", ENTRIES)
def test_every_changed_column_of_an_entry_is_found(sealed: Sealed, table: str) -> None:
    row = row_of(table, ENTRIES[table], sealed.entry)
    key = "id" if "id" in row else ENTRIES[table]
    wrong: dict[str, Any] = {}
    for column, value in row.items():
        found = {repr(other): bad_after(table, column, other, key, row[key]) for other in changes(value)}
        assert set(found.values()) != {"refused"}
        wrong |= {
            f"{column} = {other}": bad
            for other, bad in found.items()
            if bad != "refused" and not (isinstance(bad, Bad) and is_of_entry(bad, sealed))
        }
    assert wrong == {}


def test_every_changed_column_of_a_seal_is_found(sealed: Sealed) -> None:
    wrong = {}
    for number in (1, sealed.batch, Seal.objects.count()):
        row = row_of("journal_seal", "number", number)
        holds = range(row["first"], row["last"] + 1)
        for column, value in row.items():
            found = {
                repr(other): bad_after("journal_seal", column, other, "number", number) for other in changes(value)
            }
            assert set(found.values()) != {"refused"}
            for other, bad in found.items():
                at = (bad.batch, bad.position in holds, bad.entry is None) if isinstance(bad, Bad) else ()
                if bad != "refused" and at != (number, True, False):
                    wrong[f"{number}: {column} = {other}"[:90]] = bad
    assert wrong == {}


def test_every_changed_column_of_the_newest_seals_name_is_found(sealed: Sealed) -> None:
    wrong = {}
    for column, value in row_of(HEAD, "name", "newest").items():
        for other in changes(value):
            bad = bad_after(HEAD, column, other, "name", "newest")
            if bad != "refused" and (not isinstance(bad, Bad) or bad.batch is None):
                wrong[f"{column} = {other!r}"] = bad
    assert wrong == {}


@pytest.mark.parametrize("table", ENTRIES)
def test_a_deleted_row_is_found(sealed: Sealed, table: str) -> None:
    with tampered((f"DELETE FROM {table} WHERE {ENTRIES[table]} = %s", (sealed.entry,))):
        assert is_of_entry(named(), sealed)


def everything_of(entry: int) -> list[tuple[str, tuple[Any, ...]]]:
    return [(f"DELETE FROM {table} WHERE {by} = %s", (entry,)) for table, by in reversed(ENTRIES.items())]


def test_an_entry_deleted_with_all_that_belongs_to_it_is_found(sealed: Sealed) -> None:
    with tampered(*everything_of(sealed.entry)):
        assert is_of_entry(named(), sealed)


def test_an_entry_taken_out_and_the_gap_closed_is_found(sealed: Sealed) -> None:
    close = (
        "UPDATE journal_position SET position = -position WHERE position > %s",
        "UPDATE journal_position SET position = -position - 1 WHERE position < %s",
    )
    with tampered(*everything_of(sealed.entry), (close[0], (sealed.position,)), (close[1], (0,))):
        assert is_of_entry(named(), sealed)


def test_the_newest_sealed_entries_deleted_to_the_last_trace_are_found(sealed: Sealed) -> None:
    newest = Seal.objects.order_by("-number").first()
    assert newest is not None
    gone = list(Position.objects.filter(pk__gte=newest.last - 1).order_by("pk").values_list("entry_id", flat=True))
    with tampered(*(statement for entry in gone for statement in everything_of(entry))):
        bad = named()
    assert (bad.entry, bad.position, bad.batch) == (gone[0], newest.last - 1, newest.number)


def test_deleted_seals_are_found(sealed: Sealed) -> None:
    last = Seal.objects.count()
    for number in (1, sealed.batch, last):
        first = Seal.objects.get(number=number).first
        with tampered(("DELETE FROM journal_seal WHERE number = %s", (number,))):
            bad = named()
        assert (bad.batch, bad.position) == (number, first)
        assert bad.entry == Position.objects.get(pk=first).entry_id
    with tampered(("DELETE FROM journal_seal", ())):
        assert named().batch == 1
    with tampered((f"DELETE FROM {HEAD}", ())):
        assert named().batch == last
    with tampered((f"INSERT INTO {HEAD} (name, number, hash) VALUES ('other', 1, 'x')", ())):
        assert named().batch == last


def copied(table: str, row: dict[str, Any], **changed: Any) -> tuple[str, tuple[Any, ...]]:
    row = {name: value for name, value in row.items() if name not in changed} | changed
    overriding = " OVERRIDING SYSTEM VALUE" if connection.vendor == "postgresql" else ""
    places = ", ".join(["%s"] * len(row))
    return f"INSERT INTO {table} ({', '.join(row)}){overriding} VALUES ({places})", tuple(row.values())


def test_inserted_rows_are_found(sealed: Sealed) -> None:
    entry = row_of("journal_entry", "id", sealed.entry)
    about = row_of("journal_entryabout", "entry_id", sealed.entry)
    position = row_of("journal_position", "entry_id", sealed.entry)
    private = row_of("journal_private", "entry_id", sealed.entry)
    new, row = 1_000_003, 1_000_007
    an_entry = copied("journal_entry", entry, id=new)
    with tampered(an_entry):
        assert named().entry == new
    with tampered(an_entry, copied("journal_position", position, position=-4, entry_id=new)):
        assert named().entry == new
    with tampered(copied("journal_position", position, position=-4, entry_id=new)):
        assert named().entry == new
    with tampered(copied("journal_entryabout", about, id=row, place=2)):
        assert is_of_entry(named(), sealed)
    with tampered(copied("journal_entryabout", about, id=row, entry_id=new)):
        assert named().entry == new
    with tampered(copied("journal_private", private, entry_id=new)):
        assert named().entry == new
    with tampered((f"INSERT INTO {QUEUE} (entry_id) VALUES (%s)", (sealed.entry,))):
        assert named().entry == sealed.entry


def test_a_private_value_put_where_none_was_is_found(sealed: Sealed, county: County) -> None:
    private = row_of("journal_private", "entry_id", sealed.entry)
    without = Position.objects.exclude(entry__text__contains='"private":"').latest("pk")
    with tampered(copied("journal_private", private, entry_id=without.entry_id)):
        assert named().entry == without.entry_id


def test_an_entry_pushed_in_between_is_found(sealed: Sealed) -> None:
    entry = row_of("journal_entry", "id", sealed.entry)
    about = row_of("journal_entryabout", "entry_id", sealed.entry)
    position = row_of("journal_position", "entry_id", sealed.entry)
    private = row_of("journal_private", "entry_id", sealed.entry)
    new = 1_000_003
    with tampered(
        ("UPDATE journal_position SET position = -position WHERE position >= %s", (sealed.position,)),
        ("UPDATE journal_position SET position = 1 - position WHERE position < %s", (0,)),
        copied("journal_entry", entry, id=new),
        copied("journal_position", position, entry_id=new),
        copied("journal_private", private, entry_id=new),
        copied("journal_entryabout", about, id=1_000_007, entry_id=new),
        copied("journal_entryabout", row_of("journal_entryabout", "place", 1), id=1_000_008, entry_id=new),
    ):
        assert is_of_entry(named(), sealed)


def test_an_inserted_seal_is_found(sealed: Sealed) -> None:
    newest = row_of("journal_seal", "number", Seal.objects.count())
    shifted = {"number": newest["number"] + 1, "first": newest["last"] + 1, "last": newest["last"] + newest["count"]}
    with tampered(copied("journal_seal", newest, **shifted)):
        assert named().batch == shifted["number"]
    with tampered(copied("journal_seal", newest, **shifted), (f"UPDATE {HEAD} SET number = number + 1", ())):
        assert named().batch == shifted["number"]


def swapped(table: str, by: str, one: Any, other: Any, names: list[str]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    first, second = row_of(table, by, one), row_of(table, by, other)
    sets = ", ".join(f"{name} = %s" for name in names)
    for key, row in ((other, first), (one, second)):
        yield f"UPDATE {table} SET {sets} WHERE {by} = %s", (*(row[name] for name in names), key)


@pytest.mark.parametrize(
    ("table", "by", "kept"),
    [
        ("journal_entry", "id", {"id"}),
        ("journal_private", "entry_id", {"entry_id"}),
        ("journal_position", "entry_id", {"entry_id", "position"}),
    ],
)
def test_swapped_rows_are_found(sealed: Sealed, table: str, by: str, kept: set[str]) -> None:
    names = [name for name in columns_of(table) if name not in kept]
    if table == "journal_position":
        with connection.cursor() as cursor:  # else both were given at the same moment, and there is nothing to swap
            cursor.execute(
                f"SELECT COUNT(DISTINCT at) FROM {table} WHERE entry_id IN (%s, %s)", [sealed.entry, sealed.later]
            )
            if cursor.fetchone()[0] == 1:
                return
    with tampered(*swapped(table, by, sealed.entry, sealed.later, names)):
        assert is_of_entry(named(), sealed)


def test_entries_in_another_order_are_found(sealed: Sealed) -> None:
    other = Position.objects.get(entry=sealed.later).pk
    with tampered(
        ("UPDATE journal_position SET position = -1 WHERE position = %s", (sealed.position,)),
        ("UPDATE journal_position SET position = %s WHERE position = %s", (sealed.position, other)),
        ("UPDATE journal_position SET position = %s WHERE position = -1", (other,)),
    ):
        assert is_of_entry(named(), sealed)


def test_links_to_records_in_another_order_are_found(sealed: Sealed) -> None:
    with tampered(
        ("UPDATE journal_entryabout SET place = 9 WHERE entry_id = %s AND place = 0", (sealed.entry,)),
        ("UPDATE journal_entryabout SET place = 0 WHERE entry_id = %s AND place = 1", (sealed.entry,)),
        ("UPDATE journal_entryabout SET place = 1 WHERE entry_id = %s AND place = 9", (sealed.entry,)),
    ):
        assert is_of_entry(named(), sealed)


def test_swapped_seals_are_found(sealed: Sealed) -> None:
    names = [name for name in columns_of("journal_seal") if name not in {"number", "first", "last", "count"}]
    with tampered(*swapped("journal_seal", "number", sealed.batch, sealed.batch + 1, names)):
        assert named().batch == sealed.batch


def rewritten(entry: int) -> tuple[str, tuple[Any, ...]]:
    """Column and text changed together, so that they agree."""
    statement = "UPDATE journal_entry SET verb = 'unit.moved', text = REPLACE(text, 'unit.noted', 'unit.moved')"
    return f"{statement} WHERE id = %s", (entry,)


def test_an_entry_rewritten_so_that_it_agrees_with_itself_is_found(sealed: Sealed) -> None:
    with tampered(rewritten(sealed.entry)):
        assert is_of_entry(named(), sealed)


def moved_into_the_salt(row: dict[str, Any]) -> dict[str, Any]:
    return {"salt": row["salt"] + row["value"][:1].encode().hex(), "value": row["value"][1:]}


@pytest.mark.parametrize(
    "change", [moved_into_the_salt, lambda row: {"salt": row["salt"].upper(), "value": row["value"]}]
)
def test_a_salt_written_in_another_way_is_found(sealed: Sealed, change: Callable[..., dict[str, Any]]) -> None:
    row = row_of("journal_private", "entry_id", sealed.entry)
    other = change(row)
    if len(other["salt"]) > 64 and connection.vendor == "postgresql":
        return  # the column does not take it
    update = "UPDATE journal_private SET salt = %s, value = %s WHERE entry_id = %s"
    with tampered((update, (other["salt"], other["value"], sealed.entry))):
        assert is_of_entry(named(), sealed)


def test_a_journal_rewritten_as_a_whole_is_found_by_a_hash_that_was_kept(sealed: Sealed) -> None:
    kept = {seal.number: seal.hash for seal in Seal.objects.filter(number__in=[1, sealed.batch, sealed.batch + 1])}
    assert verify(kept=kept).ok
    with tampered(("DELETE FROM journal_seal", ()), (f"DELETE FROM {HEAD}", ()), rewritten(sealed.entry)):
        while seal_next(4):
            pass
        assert verify().ok, "nothing inside can show it"
        verdict = verify(kept=kept)
    assert verdict.first_bad is not None
    assert verdict.first_bad.batch == 1, "sealed_at alone is another"


def test_seals_that_are_gone_are_found_by_a_hash_that_was_kept(sealed: Sealed) -> None:
    verdict = verify(kept={Seal.objects.count() + 1: "ab" * 32})
    assert not verdict.ok
    assert verdict.first_bad is not None
    assert verdict.first_bad.batch == Seal.objects.count() + 1


def test_every_column_of_what_was_destroyed(sealed: Sealed) -> None:
    with transaction.atomic():
        about = EntryAbout.objects.filter(entry=sealed.entry).values_list("record_id", flat=True)[:1]
        public = {"order": 1, "entries": [sealed.entry]}
        order = record(CARRIED_OUT, SYSTEM, about=list(about), public=public)
        remove_values([sealed.entry], order_no=1, by_entry=order)
    number_waiting()
    verdict = verify()
    assert (verdict.ok, verdict.destroyed) == (True, 1)
    row = row_of(DESTROYED, "entry_id", sealed.entry)
    for column in columns_of(DESTROYED):
        for other in changes(row[column]):
            bad = bad_after(DESTROYED, column, other, "entry_id", sealed.entry)
            if column != "id":
                assert bad is not None, (column, other)
    with tampered((f"DELETE FROM {DESTROYED}", ())):
        assert named().entry == sealed.entry


@pytest.mark.skipif(connection.vendor == "postgresql", reason="only SQLite puts values of any kind into any column")
def test_values_of_another_kind_are_found_and_stop_nothing(sealed: Sealed) -> None:
    wrong: dict[str, Any] = {}
    for table, by in {**ENTRIES, **SEALS, HEAD: "name"}.items():
        key: Any = {HEAD: "newest", "journal_seal": sealed.batch}.get(table, sealed.entry)
        for column in columns_of(table):
            for other in (b"\x01", "x", 1.5, "", -1):
                bad = bad_after(table, column, other, by, key)
                if bad is None:
                    wrong[f"{table}.{column} = {other!r}"] = bad
    assert wrong == {}
