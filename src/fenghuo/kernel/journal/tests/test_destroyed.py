"""A private value goes by order and in no other way; verify says so, and finds every pretence."""

import pytest
from django.db import DatabaseError, connection, transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Gone
from fenghuo.kernel.journal.append_only import remove
from fenghuo.kernel.journal.destroyed import CARRIED_OUT, destroyed_by, remove_values
from fenghuo.kernel.journal.models import Destroyed, Entry, Private
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.selectors import entries_about
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.services import read_private
from fenghuo.kernel.journal.verifying import verify
from tests.county import County


@pytest.fixture
def entries(county: County) -> list[int]:
    made = [record("unit.noted", SYSTEM, about=[county.units["emo"]], private={"note": str(n)}) for n in range(3)]
    number_waiting()
    return made


def destroy(county: County, *entries: int, number: int = 7) -> int:
    """As an order does it; the key of its entry."""
    with transaction.atomic():
        public = {"order": number, "entries": list(entries)}
        by_entry = record(CARRIED_OUT, SYSTEM, about=[county.units["emo"]], public=public)
        remove_values(entries, order_no=number, by_entry=by_entry)
    number_waiting()
    return by_entry


def run(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_verify_holds_and_counts(county: County, entries: list[int]) -> None:
    destroy(county, *entries[:2])
    verdict = verify()
    assert verdict.ok, verdict.first_bad
    assert verdict.destroyed == 2
    assert destroyed_by(entries) == {entries[0]: 7, entries[1]: 7}
    assert list(Private.objects.filter(entry__in=entries).values_list("pk", flat=True)) == [entries[2]]


def test_reading_it_afterwards_names_the_order(county: County, entries: list[int]) -> None:
    destroy(county, entries[0])
    leader = county.actor("emo", "duty_leader")
    with pytest.raises(Gone, match="7"):
        read_private(Entry.objects.get(pk=entries[0]), by=leader, reason="x")
    lines = {line.entry.pk: line for line in entries_about(county.units["emo"].pk, leader)}
    assert (lines[entries[0]].has_private, lines[entries[0]].destroyed_by) == (False, 7)
    assert (lines[entries[2]].has_private, lines[entries[2]].destroyed_by) == (True, None)


def test_nothing_else_goes(county: County, entries: list[int]) -> None:
    destroy(county, entries[0])
    for statement in ("DELETE FROM journal_private", f"DELETE FROM journal_private WHERE entry_id = {entries[1]}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(statement)
    assert Private.objects.filter(entry__in=entries[1:]).count() == 2


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE journal_destroyed SET order_no = 8 WHERE entry_id = %s", "without order 8"),
        ("UPDATE journal_destroyed SET by_entry_id = entry_id WHERE entry_id = %s", "without order 7"),
        ("UPDATE journal_destroyed SET by_entry_id = by_entry_id - 1 WHERE entry_id = %s", "without order 7"),
        ("DELETE FROM journal_destroyed WHERE entry_id = %s", "missing"),
        ("INSERT INTO journal_private (entry_id, value, salt) VALUES (%s, '{}', '00')", "is there although"),
    ],
)
def test_tampering_with_what_was_destroyed_is_found(
    county: County, entries: list[int], statement: str, what: str
) -> None:
    destroy(county, entries[0])
    remove()
    run(statement, entries[0])
    assert (bad := verify().first_bad) is not None
    assert bad.entry == entries[0]
    assert what in bad.what


def test_a_removal_that_no_order_tells_of_is_found(county: County, entries: list[int]) -> None:
    """Whoever can write into the database can let a value go, but not make the journal say that an order did it."""
    other = destroy(county, entries[0])
    with transaction.atomic():
        Destroyed.objects.create(entry_id=entries[1], order_no=7, by_entry_id=other)
        run("DELETE FROM journal_private WHERE entry_id = %s", entries[1])
    assert (bad := verify().first_bad) is not None
    assert (bad.entry, "without order 7" in bad.what) == (entries[1], True)
