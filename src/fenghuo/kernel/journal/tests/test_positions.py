"""Positions: without gaps, in order of commit, however late a lower number commits."""

import threading

import pytest
from django.db import connection, transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.follow import FEW, events_after, head
from fenghuo.kernel.journal.models import Position, Unnumbered
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sequencer import Sequencer, number_waiting
from fenghuo.kernel.journal.verifying import verify
from tests.county import County, make_county


def test_positions_follow_each_other(county: County) -> None:
    number_waiting()
    first = head()
    assert first == Position.objects.count()
    record("unit.noted", SYSTEM, about=[county.units["emo"]])
    number_waiting()
    assert head() == first + 1
    assert not Unnumbered.objects.exists()
    assert number_waiting() == 0


def test_a_follower_sees_each_event_once_with_its_scope(county: County) -> None:
    number_waiting()
    start = head()
    report = county.report()
    number_waiting()
    (event,) = [event for event in events_after(start) if event.verb == "report.received"]
    (scope,) = event.scopes
    assert (scope.record_id, scope.kind) == (report.pk, "report")
    assert scope.block == county.regions["village"].path
    assert "transport" in scope.subjects
    assert events_after(event.position) == []


def test_following_costs_the_same_for_many(county: County, django_assert_max_num_queries: object) -> None:
    for _ in range(20):
        record("unit.noted", SYSTEM, about=[county.units["emo"], county.units["a"]])
    number_waiting()
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        found = [event.position for event in events_after(0)]
    assert found == list(range(1, head() + 1))
    assert [event.position for event in events_after(0, limit=FEW + 2)] == found[: FEW + 2]
    assert [event.position for event in events_after(0, limit=3)] == found[:3]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="positions are given after commit there")
def test_with_one_writer_at_a_time_a_rolled_back_entry_leaves_no_gap(county: County) -> None:
    before = head()
    with transaction.atomic():
        record("unit.noted", SYSTEM, about=[county.units["emo"]])
        transaction.set_rollback(True)
    entry = record("unit.noted", SYSTEM, about=[county.units["emo"]])
    assert Position.objects.get(entry=entry).pk == head() == before + 1
    assert not Unnumbered.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time: numbers cannot overtake")
def test_a_lower_number_that_commits_later_is_not_missed(fresh_database: None) -> None:
    with transaction.atomic():
        unit = make_county().units["emo"]
    number_waiting()
    start = head()
    written, may_commit = threading.Event(), threading.Event()
    low: list[int] = []

    def slow() -> None:
        try:
            with transaction.atomic():
                low.append(record("unit.noted", SYSTEM, about=[unit.pk]))
                written.set()
                assert may_commit.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    with transaction.atomic():
        high = record("unit.noted", SYSTEM, about=[unit])
    assert low[0] < high
    assert number_waiting() == 1
    may_commit.set()
    thread.join(20)
    assert number_waiting() == 1
    assert [event.entry_id for event in events_after(start)] == [high, low[0]]
    assert verify().ok


def test_the_running_sequencer_numbers_what_others_commit(fresh_database: None) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=Sequencer(stop).run)
    thread.start()
    try:
        with transaction.atomic():
            unit = make_county().units["emo"]
        for _ in range(5):
            with transaction.atomic():
                record("unit.noted", SYSTEM, about=[unit])
        waited = threading.Event()
        for _ in range(400):
            if not Unnumbered.objects.exists():
                break
            waited.wait(0.05)
        assert not Unnumbered.objects.exists()
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert verify().ok


def test_two_sequencers_do_no_harm(fresh_database: None) -> None:
    with transaction.atomic():
        unit = make_county().units["emo"]
        for _ in range(60):
            record("unit.noted", SYSTEM, about=[unit])

    def number() -> None:
        try:
            while number_waiting(7):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=number) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    positions = list(Position.objects.order_by("pk").values_list("pk", flat=True))
    assert positions == list(range(1, len(positions) + 1))
    assert not Unnumbered.objects.exists()
    assert verify().ok
