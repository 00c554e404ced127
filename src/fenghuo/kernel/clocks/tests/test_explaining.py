"""Who was late says why: once asked, kept apart from the sealed text, counted by kind."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.clocks.explaining import give_reason
from fenghuo.kernel.clocks.models import Clock, LateReason
from fenghuo.kernel.clocks.services import meet
from fenghuo.kernel.clocks.ticking import do_due
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.web.today import items_for
from tests.clocks import entry_of_all, matter, run_clock
from tests.county import County


@pytest.fixture
def desk(county: County) -> Actor:
    return county.actor("emo")


@pytest.fixture
def late(county: County, desk: Actor) -> Clock:
    clock = run_clock(matter(county), started=timezone.now() - timedelta(hours=2))
    do_due()
    return clock


def asked_on_today(actor: Actor) -> bool:
    return any("view=unexplained" in item.url for item in items_for(actor))


def test_what_is_late_asks_for_a_reason_until_it_is_given(late: Clock, desk: Actor) -> None:
    assert asked_on_today(desk)
    reason = give_reason(late, by=desk, why="hands", text=" 值班员王某在现场 ")
    assert (reason.why, reason.text) == ("hands", "值班员王某在现场")
    assert not asked_on_today(desk)
    entry = Entry.objects.get(verb="clock.reason_given")
    assert "王某" not in entry.text
    assert "王某" in entry.private.value
    number_waiting()
    assert verify().ok


def test_done_late_it_still_asks_and_done_in_time_it_does_not(county: County, desk: Actor) -> None:
    start = timezone.now() - timedelta(hours=2)
    in_time, too_late = (run_clock(matter(county), started=start) for _number in range(2))
    meet(in_time.record_id, ["R8"], start + timedelta(minutes=29), entry_of_all().pk)
    meet(too_late.record_id, ["R8"], start + timedelta(minutes=31), entry_of_all().pk)
    assert asked_on_today(desk)
    with pytest.raises(WrongState):
        give_reason(in_time, by=desk, why="hands", text="并不迟")
    give_reason(too_late, by=desk, why="verifying", text="核实用时")
    assert not asked_on_today(desk)


def test_said_again_it_replaces_and_the_journal_keeps_both(late: Clock, desk: Actor) -> None:
    for text in ("先说的", "后说的"):
        give_reason(late, by=desk, why="other", text=text)
    assert LateReason.objects.get().text == "后说的"
    assert Entry.objects.filter(verb="clock.reason_given").count() == 2


@pytest.mark.parametrize(
    ("why", "text", "field"),
    [
        ("hands", "", "text"),
        ("hands", "  \n", "text"),
        ("hands", "字" * 10_000, "text"),
        ("hands", "零\x00", "text"),
        ("laziness", "懒", "why"),
    ],
)
def test_a_reason_that_cannot_be_kept_names_its_field(
    late: Clock, desk: Actor, why: str, text: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        give_reason(late, by=desk, why=why, text=text)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not LateReason.objects.exists()
    assert asked_on_today(desk)


@pytest.mark.parametrize(
    ("unit", "role", "refusal"),
    [
        ("b", "duty_officer", NotFound),
        ("government", "duty_officer", NotAllowed),  # sees it, but it is the desk's duty
        ("emo", "observer", NotAllowed),
    ],
)
def test_only_those_whose_duty_it_is(county: County, late: Clock, unit: str, role: str, refusal: Any) -> None:
    with pytest.raises(refusal):
        give_reason(late, by=county.actor(unit, role), why="hands", text="替别人说")


def test_nothing_is_asked_of_a_window_or_of_what_was_let_go(county: County, desk: Actor) -> None:
    start = timezone.now() - timedelta(hours=2)
    run_clock(matter(county), started=start, window=True)
    gone = run_clock(matter(county), started=start)
    do_due()
    Clock.objects.filter(pk=gone.pk).update(ended_at=timezone.now(), ended_why="not_applicable")
    assert not asked_on_today(desk)
