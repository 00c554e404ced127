"""A clock is paused, resumed and extended, with a reason, by those who may; what cannot be is refused."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.clocks.models import Clock, Pause
from fenghuo.kernel.clocks.selectors import clocks_of
from fenghuo.kernel.clocks.services import extend_clock, meet, pause_clock, resume_clock
from fenghuo.kernel.clocks.tests.records import at, entry_of, make, public, start
from fenghuo.kernel.journal.models import Entry
from fenghuo.standards.tests.three_years import XIAN, after_working_days, midnight
from tests.county import County

ISSUED = at("2026-09-01T10:00")


@pytest.fixture
def clock(county: County) -> Clock:
    return start(make(county), "plan", {"issued": ISSUED}, "special")["P6-special"]


def test_paused_days_do_not_count(county: County, clock: Clock) -> None:
    head = county.actor("emo", "head")
    since, until = at("2026-09-10T09:00"), at("2026-09-24T16:00")
    pause_clock(clock, by=head, reason="等待上级意见", happened_at=since)
    resumed = resume_clock(clock, by=head, happened_at=until)
    paused = {since.date() + timedelta(days=step) for step in range(14)}
    assert resumed.due_at == after_working_days(ISSUED, 20, paused)
    verbs = list(Entry.objects.filter(verb__startswith="clock.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["clock.paused", "clock.resumed"]
    entry = Entry.objects.get(verb="clock.paused")
    assert "等待上级意见" not in entry.text  # the reason is kept apart: people write names into it
    assert entry.private.value == '{"reason":"等待上级意见"}'
    pause_clock(clock, by=head, reason="再等", happened_at=at("2026-09-28T09:00"))
    resumed = resume_clock(clock, by=head, happened_at=at("2026-09-30T09:00"))
    paused |= {at("2026-09-28T00:00").date(), at("2026-09-29T00:00").date()}
    assert resumed.due_at == after_working_days(ISSUED, 20, paused)


def test_minutes_are_paused_to_the_minute(county: County) -> None:
    asked = timezone.now() - timedelta(hours=2)
    clock = start(make(county), "verification", {"asked": asked})["R11-phone"]
    head = county.actor("emo", "head")
    pause_clock(clock, by=head, reason="通信中断", happened_at=asked + timedelta(minutes=10))
    assert clocks_of([clock.record_id], head)[0].late is False  # it has not run since
    resume_clock(clock, by=head, happened_at=asked + timedelta(minutes=55))
    clock.refresh_from_db()
    assert clock.due_at == asked + timedelta(minutes=30 + 45)


def test_twice_paused_and_resumed_without_a_pause_are_refused(county: County, clock: Clock) -> None:
    head = county.actor("emo", "head")
    with pytest.raises(WrongState):
        resume_clock(clock, by=head)
    pause_clock(clock, by=head, reason="x")
    with pytest.raises(WrongState):
        pause_clock(clock, by=head, reason="x")
    resume_clock(clock, by=head)
    with pytest.raises(WrongState):
        resume_clock(clock, by=head)
    assert Pause.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "happened_at", "field"),
    [
        (" ", None, "reason"),
        ("x", at("2026-09-01T09:59"), "happened_at"),
        ("x", datetime(2099, 1, 1, tzinfo=XIAN), "happened_at"),
        ("x", at("2026-09-05T09:00"), "happened_at"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(
    county: County, clock: Clock, reason: str, happened_at: datetime | None, field: str
) -> None:
    head = county.actor("emo", "head")
    pause_clock(clock, by=head, reason="x", happened_at=at("2026-09-02T09:00"))
    resume_clock(clock, by=head, happened_at=at("2026-09-08T09:00"))
    with pytest.raises(Invalid) as refused:
        pause_clock(clock, by=head, reason=reason, happened_at=happened_at)
    assert refused.value.faults[0].field == field
    pause_clock(clock, by=head, reason="x", happened_at=at("2026-09-09T09:00"))
    with pytest.raises(Invalid):
        resume_clock(clock, by=head, happened_at=at("2026-09-09T08:00"))


def test_only_those_who_lead_and_see_it_may(county: County, clock: Clock) -> None:
    for role in ("duty_officer", "clerk", "administrator", "observer"):
        with pytest.raises(NotAllowed):
            pause_clock(clock, by=county.actor("emo", role), reason="x")
    with pytest.raises(NotFound):
        pause_clock(clock, by=county.actor("neighbour", "head"), reason="x")
    assert not Pause.objects.exists()


def test_what_is_done_is_not_paused_and_what_is_done_while_paused_runs_no_longer(county: County, clock: Clock) -> None:
    head = county.actor("emo", "head")
    pause_clock(clock, by=head, reason="x", happened_at=at("2026-09-10T09:00"))
    meet(clock.record_id, ["P6-special"], at("2026-10-20T09:00"), entry_of(clock.record))
    clock.refresh_from_db()
    assert clock.paused_at is None
    assert clock.due_at > at("2026-10-20T09:00")  # in time: the pause does not count
    with pytest.raises(WrongState):
        pause_clock(clock, by=head, reason="x")
    with pytest.raises(WrongState):
        extend_clock(clock, by=head, days=1, reason="x")


def investigation(county: County, occurred: datetime) -> Clock:
    return start(make(county), "incident", {"occurred": occurred, "learned": occurred}, kind="coal_mine", level=3)[
        "R31"
    ]


def test_an_investigation_may_be_extended_once_by_sixty_days(county: County) -> None:
    occurred, head = timezone.now() - timedelta(days=10), county.actor("emo", "head")
    clock = investigation(county, occurred)
    last = occurred.astimezone(XIAN).date() + timedelta(days=60)
    assert clock.due_at == midnight(last)
    for days in (0, -1, 61):
        with pytest.raises(Invalid) as refused:
            extend_clock(clock, by=head, days=days, reason="技术鉴定")
        assert refused.value.faults[0].field == "days"
    with pytest.raises(Invalid):
        extend_clock(clock, by=head, days=60, reason="")
    extended = extend_clock(clock, by=head, days=60, reason="技术鉴定")
    assert extended.due_at == midnight(last + timedelta(days=60))
    with pytest.raises(WrongState):
        extend_clock(clock, by=head, days=1, reason="再延")
    assert public(Entry.objects.get(verb="clock.extended"))["by"] == "60d"


def test_an_extension_must_have_been_granted_in_time(county: County) -> None:
    occurred, head = timezone.now() - timedelta(days=70), county.actor("emo", "head")
    clock = investigation(county, occurred)
    with pytest.raises(WrongState):
        extend_clock(clock, by=head, days=30, reason="x")
    extend_clock(clock, by=head, days=30, reason="x", happened_at=occurred + timedelta(days=50))
    clock.refresh_from_db()
    assert clock.due_at == midnight(occurred.astimezone(XIAN).date() + timedelta(days=90))


def test_most_rules_allow_no_extension(county: County, clock: Clock) -> None:
    with pytest.raises(WrongState):
        extend_clock(clock, by=county.actor("emo", "head"), days=1, reason="x")
