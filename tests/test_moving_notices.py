"""Notices move with their clock; the wall's own clock may jump as it likes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.clocks import services
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.ticking import do_due
from fenghuo.kernel.journal.models import Entry
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import correct_incident, note_told, open_incident
from fenghuo.standards.deadlines import Facts
from tests.clocks import MINUTE, matter, minute, names_told, run_clock, told
from tests.county import County
from tests.orders import staff

HOUR = timedelta(hours=1)
OFFICER = "值班甲"


@pytest.fixture
def desk(county: County) -> County:
    staff(county.units["emo"], (OFFICER, "13800000001", "duty_officer"), by=SYSTEM)
    return county


@pytest.fixture
def leader(desk: County) -> Actor:
    return desk.actor("emo", "head")


def opened(desk: County, minutes_ago: int = 5) -> Incident:
    at = timezone.localtime().replace(microsecond=0) - timedelta(minutes=minutes_ago)
    report = desk.report(received_at=at.isoformat(), kind="road_traffic")
    return open_incident([report], by=desk.actor("emo"))


def duty(incident: Incident) -> Clock:
    return Clock.objects.get(record=incident.pk, rule="R8")


def silence(*but: int) -> None:
    """Nothing else is to be looked at."""
    Clock.objects.exclude(pk__in=but).update(next_at=None)


def test_an_anchor_corrected_forwards_is_told_by_its_new_end(desk: County) -> None:
    it = opened(desk, 10)
    clock = duty(it)
    do_due(clock.due_at - 10 * MINUTE)
    before = names_told().count(OFFICER)
    assert before == 1
    later = it.learned_at + 8 * MINUTE
    correct_incident(it, by=desk.actor("emo"), learned_at=later, occurred_at=it.occurred_at, reason="通话记录")
    moved = duty(it)
    silence(moved.pk)
    do_due(timezone.now())
    do_due(clock.due_at)  # its end of before
    assert names_told().count(OFFICER) == before + 1  # two thirds of the new span have passed
    assert not Entry.objects.filter(verb="clock.late").exists()
    do_due(moved.due_at + MINUTE)
    assert names_told().count(OFFICER) == before + 2


def test_moved_into_the_past_it_is_late_at_once_and_only_once(desk: County) -> None:
    it = opened(desk)
    earlier = it.learned_at - HOUR
    correct_incident(it, by=desk.actor("emo"), occurred_at=earlier, learned_at=earlier, reason="通话记录")
    silence(duty(it).pk)
    for minute_after in range(5):
        do_due(timezone.now() + minute_after * MINUTE)
    assert Entry.objects.filter(verb="clock.late", about__record=it.pk).count() == 1
    assert names_told().count(OFFICER) == 1


def test_paused_it_is_silent_and_resumed_it_is_told_by_its_later_end(desk: County, leader: Actor) -> None:
    it = opened(desk)
    clock = duty(it)
    silence(clock.pk)
    now = timezone.now()
    services.pause_clock(clock, by=leader, reason="技术鉴定", happened_at=now - 2 * MINUTE)
    assert do_due(clock.due_at + HOUR) == 0
    resumed = services.resume_clock(clock, by=leader, happened_at=now)
    assert resumed.due_at == clock.due_at + 2 * MINUTE
    do_due(now)
    do_due(clock.due_at)
    assert not Entry.objects.filter(verb="clock.late").exists()
    do_due(resumed.due_at)
    assert Entry.objects.filter(verb="clock.late").count() == 1


def test_done_after_its_end_it_is_late_on_record_once(desk: County) -> None:
    it = opened(desk, 50)
    silence(duty(it).pk)
    note_told(it, by=desk.actor("emo"), rules=["R8"], to="县总值班室", received_by="赵某")
    assert Entry.objects.filter(verb="clock.late").count() == 1
    assert duty(it).late_noted_at is not None
    assert do_due(timezone.now() + HOUR) == 0
    assert Entry.objects.filter(verb="clock.late").count() == 1


def test_noted_late_but_done_in_time_is_not_late(desk: County) -> None:
    it = opened(desk, 50)
    clock = duty(it)
    silence(clock.pk)
    do_due(timezone.now())
    assert duty(it).late_noted_at is not None
    at = clock.due_at - MINUTE
    note_told(it, by=desk.actor("emo"), rules=["R8"], to="县总值班室", received_by="赵某", happened_at=at)
    assert duty(it).late_noted_at is None


def test_an_hour_set_forward_misses_nothing_and_set_back_repeats_nothing(desk: County) -> None:
    start = minute()
    run_clock(matter(desk), started=start, minutes=180)
    heard: list[int] = []
    # The wall's clock: 1:50, then set to 2:51, back to 1:52, and on from there.
    wall = [*range(111), 171, 112, *range(113, 240)]
    for after in wall:
        if do_due(start + after * MINUTE):
            heard += [after] * (len(told()) - len(heard))
    # 180 minutes: two thirds at 120, ten before at 170, the end at 180; nobody else holds a post to go up to.
    assert heard == [171, 180, 190, 210]


def test_rounds_at_fixed_times_begin_by_the_clock_done_or_not(desk: County) -> None:
    columns = {
        "id": "zero-report",
        "subject": "alert",
        "kinds": "*",
        "anchor": "begun",
        "span": "daily@09:00",
        "repeats": "yes",
        "way": "written",
        "duty": "duty",
        "to_zh": "市应急局",
        "to_en": "city",
        "what_zh": "零报告",
        "what_en": "zero report",
        "in_force_from": "2026-01-01",
    }
    services.set_own_rule(columns, by=SYSTEM, source="鄠政办〔2026〕1号", decided_on=timezone.localdate())
    record, entry = matter(desk), Entry.objects.order_by("pk")[0]
    services.settle(record.pk, "alert", Facts(), {"begun": timezone.now()}, entry.pk)
    rounds = Clock.objects.filter(record=record, rule="zero-report")
    for day in range(3):
        (last,) = rounds.order_by("-turn")[:1]
        assert last.turn == day
        do_due(last.due_at)
    ends = list(rounds.order_by("turn").values_list("due_at", flat=True))
    assert [timezone.localtime(at).strftime("%H:%M") for at in ends] == ["09:00"] * 4
    assert ends == [ends[0] + timedelta(days=day) for day in range(4)]
    assert rounds.exclude(late_noted_at=None).count() == 3
