"""Seals follow each other without a gap, whoever seals, whatever the clock says, by whichever algorithm."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal import proof_check
from fenghuo.kernel.journal.append_only import remove
from fenghuo.kernel.journal.models import Entry, Position, Seal
from fenghuo.kernel.journal.proving import prove
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sealing import Sealer, seal_next, seal_waiting
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from tests.county import County, make_county


def noted(county: County, times: int) -> list[int]:
    made = [record("unit.noted", SYSTEM, about=[county.units["emo"]], private={"n": n}) for n in range(times)]
    while number_waiting():
        pass
    return made


def test_seals_join_without_a_gap_and_hold_at_most_so_many(county: County) -> None:
    noted(county, 10)
    count = Position.objects.count()
    while seal_next(7):
        pass
    seals = list(Seal.objects.order_by("number"))
    assert [seal.number for seal in seals] == list(range(1, len(seals) + 1))
    assert seals[0].first == 1
    assert all(before.last + 1 == after.first for before, after in pairwise(seals))
    assert {seal.count for seal in seals[:-1]} == {7}
    assert seals[-1].last == count
    assert seal_next() == 0
    assert verify().batches == len(seals)
    assert verify().unsealed == 0


def test_a_clock_that_steps_back_changes_no_order(county: County) -> None:
    noted(county, 3)
    now = timezone.now()
    for hours in (0, -1, 5, -1000):
        noted(county, 1)
        assert seal_next(now=now + timedelta(hours=hours))
    assert [seal.first for seal in Seal.objects.order_by("number")] == sorted(
        Seal.objects.values_list("first", flat=True)
    )
    assert verify().ok


def test_another_algorithm_in_mid_life(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    made = noted(county, 3)
    seal_waiting()
    monkeypatch.setattr(settings, "SEAL_HASH", "sm3")
    made += noted(county, 3)
    seal_waiting()
    monkeypatch.setattr(settings, "SEAL_HASH", "sha256")
    made += noted(county, 1)
    seal_waiting()
    assert [seal.algorithm for seal in Seal.objects.order_by("number")] == ["sha256", "sm3", "sha256"]
    assert verify().ok
    for entry in (made[0], made[4], made[6]):
        proof_check.check(prove(entry))
    remove()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET text = REPLACE(text, 'noted', 'moved') WHERE id = %s", [made[4]])
    bad = verify().first_bad
    assert bad is not None
    assert (bad.entry, bad.batch) == (made[4], 2)


def test_what_is_gone_is_not_sealed_over(county: County) -> None:
    made = noted(county, 6)
    remove()
    gone = Position.objects.get(entry=made[3]).pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_position WHERE position = %s", [gone])
    seal_waiting()
    assert Seal.objects.latest("number").last == gone - 1
    bad = verify().first_bad
    assert bad is not None
    assert (bad.entry, bad.position) == (made[3], gone)


def test_sealing_holds_the_write_lock_for_two_statements(county: County) -> None:
    """What is read and hashed for it happens outside the transaction; the number of statements does not grow."""
    noted(county, 3)
    seal_waiting()
    noted(county, 40)
    with CaptureQueriesContext(connection) as queries:
        assert seal_next() == 40
    said = [query["sql"].split()[0] for query in queries.captured_queries]
    begin = next(place for place, word in enumerate(said) if word in {"SAVEPOINT", "BEGIN"})
    assert set(said[:begin]) == {"SELECT"}
    assert said[begin + 1 : -1] == ["UPDATE", "INSERT"]
    assert len(said) < 12


def test_two_sealers_do_no_harm(fresh_database: None) -> None:
    with transaction.atomic():
        county = make_county()
    with transaction.atomic():
        for n in range(150):
            record("unit.noted", SYSTEM, about=[county.units["emo"]], public={"n": n})
    while number_waiting():
        pass
    sealed: list[int] = []
    start = threading.Barrier(3)

    def seal() -> None:
        try:
            start.wait(20)
            for _ in range(400):
                sealed.append(seal_next(3))
                if Seal.objects.filter(last=count).exists():
                    break
        finally:
            connection.close()

    count = Position.objects.count()
    threads = [threading.Thread(target=seal) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    verdict = verify()
    assert verdict.ok, verdict.first_bad
    assert verdict.unsealed == 0
    assert sum(sealed) == count, "each position was sealed once"


def test_the_running_sealer_seals_what_is_there(fresh_database: None) -> None:
    with transaction.atomic():
        make_county()
    while number_waiting():
        pass
    stop = threading.Event()
    thread = threading.Thread(target=Sealer(stop).run)
    thread.start()
    try:
        waited = threading.Event()
        for _ in range(400):
            if Seal.objects.exists():
                break
            waited.wait(0.05)
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert verify().unsealed == 0
    assert Entry.objects.count() == Seal.objects.latest("number").last
