"""The tick tells who must know: before the end, at it, and up the chain after it. Each once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.clocks import telling, ticking
from fenghuo.kernel.clocks.models import Clock, Telling
from fenghuo.kernel.clocks.services import end, meet
from fenghuo.kernel.clocks.ticking import do_due
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Message
from tests.clocks import MINUTE, entry_of_all, matter, minute, names_told, run_clock, told
from tests.county import County
from tests.orders import staff

PEOPLE = (
    ("值班甲", "13800000001", "duty_officer"),
    ("带班乙", "13800000002", "duty_leader"),
    ("局长丙", "13800000003", "head"),
)


@pytest.fixture
def desk(county: County) -> County:
    staff(county.units["emo"], *PEOPLE, by=SYSTEM)
    return county


def test_before_at_and_up_the_chain_afterwards(desk: County) -> None:
    start = minute()
    run_clock(matter(desk), started=start)
    heard: dict[int, list[str]] = {}
    for after in range(120):
        before = len(names_told())
        do_due(start + after * MINUTE)
        if new := names_told()[before:]:
            heard[after] = new
    # 30 minutes: two thirds and ten before are minute 20; the end 30; ten and thirty minutes after it.
    assert heard == {20: ["值班甲"], 30: ["值班甲"], 40: ["带班乙"], 60: ["局长丙"]}
    assert Entry.objects.filter(verb="clock.late").count() == 1
    assert Clock.objects.get().next_at is None


def test_the_texts_say_what_until_when_and_for_which_record(desk: County) -> None:
    start = minute()
    clock = run_clock(matter(desk), started=start)
    do_due(start + 21 * MINUTE)
    do_due(start + 31 * MINUTE)
    before, late = told()
    at = f"{timezone.localtime(clock.due_at):%m-%d %H:%M}"
    assert all(at in text and "草堂营村道路交通事故" in text and "首报" in text for text in (before, late))
    assert Message.objects.filter(channel="sms").count() == 2
    assert set(Telling.objects.values_list("kind", "late")) == {("before", False), ("at", True)}


def test_it_is_late_on_record_at_the_second_of_its_end(desk: County) -> None:
    clock = run_clock(matter(desk), started=minute() + timedelta(seconds=20))
    do_due(clock.due_at)
    entry = Entry.objects.get(verb="clock.late")
    assert entry.happened_at == clock.due_at
    # People are told at the whole minute, together with whatever else ends in it.
    assert told() == []
    do_due(clock.due_at + timedelta(seconds=41))
    assert len(told()) == 1


@pytest.mark.parametrize("how", ["met", "ended"])
def test_met_or_ended_in_between_it_sends_nothing(desk: County, how: str) -> None:
    start = minute()
    record = matter(desk)
    run_clock(record, started=start)
    if how == "met":
        meet(record.pk, ["R8"], start + 5 * MINUTE, entry_of_all().pk)
    else:
        end([record.pk], start + 5 * MINUTE, "closed")
    for after in range(0, 120, 5):
        assert do_due(start + after * MINUTE) == 0
    assert told() == []


def test_born_late_it_is_told_once_and_the_chain_begins_then(desk: County) -> None:
    now = timezone.now()
    clock = run_clock(matter(desk), started=now - timedelta(hours=5))  # its entry was recorded just now
    clock.next_at = now
    clock.save(update_fields=["next_at"])
    do_due(now + MINUTE)
    do_due(now + 2 * MINUTE)
    assert names_told() == ["值班甲"]
    assert Entry.objects.filter(verb="clock.late").count() == 1
    do_due(now + 12 * MINUTE)
    assert names_told() == ["值班甲", "带班乙"]


def test_after_a_standstill_everybody_who_should_know_is_told_once(desk: County) -> None:
    start = minute()
    run_clock(matter(desk), started=start)
    do_due(start + 100 * MINUTE)
    assert sorted(names_told()) == sorted(["值班甲", "带班乙", "局长丙"])
    assert do_due(start + 101 * MINUTE) == 0
    assert len(told()) == 3


def test_windows_are_told_to_nobody(desk: County) -> None:
    start = minute()
    run_clock(matter(desk), started=start, window=True)
    assert do_due(start + 100 * MINUTE) == 1
    assert told() == []
    assert not Entry.objects.filter(verb="clock.late").exists()


def test_a_vacant_post_is_passed_over(county: County) -> None:
    staff(county.units["emo"], PEOPLE[2], by=SYSTEM)
    start = minute()
    run_clock(matter(county), started=start)
    do_due(start + 20 * MINUTE)
    assert names_told() == ["局长丙"]


def test_nobody_there_is_said_in_the_outbox(county: County) -> None:
    start = minute()
    run_clock(matter(county, "b"), started=start)
    do_due(start + 30 * MINUTE)
    assert Message.objects.get().state == "unreachable"


def test_an_exercise_and_the_real_thing_are_told_apart_and_it_stays_in_the_house(desk: County) -> None:
    start = minute()
    run_clock(matter(desk, title="真"), started=start)
    run_clock(matter(desk, title="演", exercise=True), started=start)
    do_due(start + 20 * MINUTE)
    assert len(told()) == 2
    real, drill = sorted(told("sms"), key=lambda text: text.startswith("【演练】"))
    assert "真" in real
    assert drill.startswith("【演练】")
    assert {one.why for one in Message.objects.filter(channel="sms", text__startswith="【演练】")} == {"exercise"}


def test_a_call_from_a_platform_is_the_duty_of_the_county_desk(desk: County) -> None:
    report = desk.report()
    clock = Clock.objects.get(record=report.pk)
    assert clock.next_at is not None
    do_due(clock.due_at - 5 * MINUTE)
    assert names_told() == ["值班甲"]


def test_a_countys_own_steps_take_the_place_of_the_shipped_ones(desk: County, settings: Any, tmp_path: Path) -> None:
    settings.OWN_NOTICE_STEPS = tmp_path / "notice_steps.csv"
    settings.OWN_NOTICE_STEPS.write_text("over,kind,moment,to\n0m,at,0m,head\n")
    start = minute()
    run_clock(matter(desk), started=start)
    for after in range(0, 120, 5):
        do_due(start + after * MINUTE)
    assert names_told() == ["局长丙"]


def test_a_desk_that_cannot_be_told_holds_up_no_other(desk: County, monkeypatch: pytest.MonkeyPatch) -> None:
    start = minute()
    staff(desk.units["a"], ("街道丁", "13800000004", "duty_officer"), by=SYSTEM)
    run_clock(matter(desk), started=start)
    run_clock(matter(desk, "a"), started=start)
    usual = telling.tell

    def tell(unit: Unit | None, *rest: Any) -> None:
        if unit is not None and unit.pk == desk.units["emo"].pk:
            raise LookupError("broken")
        usual(unit, *rest)

    monkeypatch.setattr(ticking, "tell", tell)
    assert do_due(start + 20 * MINUTE) == 1
    assert names_told() == ["街道丁"]
    monkeypatch.undo()
    assert do_due(start + 20 * MINUTE) == 1
    assert sorted(names_told()) == sorted(["街道丁", "值班甲"])
