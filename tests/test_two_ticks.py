"""Two ticks at once, and one that is killed between claim and deed: every clock is told of once, none is left out."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.clocks import ticking
from fenghuo.kernel.clocks.models import Clock, Telling
from fenghuo.kernel.clocks.services import meet
from fenghuo.kernel.clocks.ticking import do_due
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.messaging.models import Message
from tests.clocks import MINUTE, entry_of_all, matter, minute, run_clock
from tests.county import County, make_county
from tests.orders import staff
from tests.test_two_officers import at_once


def prepared(count: int) -> tuple[County, datetime]:
    start = minute()
    with transaction.atomic():
        county = make_county()
        for unit in ("emo", "a", "b"):
            staff(county.units[unit], (f"值班{unit}", "13800000001", "duty_officer"), by=SYSTEM)
        for number in range(count):
            run_clock(matter(county, ("emo", "a", "b")[number % 3], title=f"事项{number}"), started=start)
    return county, start


def test_two_at_the_same_moment_tell_each_clock_once(fresh_database: None, settings: Any) -> None:
    settings.NODE = "610118000000"
    _county, start = prepared(60)
    moment = start + 30 * MINUTE
    assert at_once(*[lambda: do_due(moment)] * 4) == [None] * 4
    while do_due(moment):
        pass
    assert Entry.objects.filter(verb="clock.late").count() == 60
    assert Telling.objects.filter(message__channel="in_app").count() == 60
    assert Message.objects.filter(channel="in_app").count() == 3  # one for each desk
    number_waiting()
    assert verify().ok


def test_met_at_the_same_moment_it_is_told_of_or_met_never_both_lost(fresh_database: None, settings: Any) -> None:
    settings.NODE = "610118000000"
    _county, start = prepared(12)
    moment, entry = start + 30 * MINUTE, entry_of_all().pk
    records = list(Clock.objects.order_by("pk").values_list("record_id", flat=True))

    def meet_all() -> None:
        for record in records:
            with transaction.atomic():
                meet(record, ["R8"], start + MINUTE, entry)

    assert at_once(lambda: do_due(moment), meet_all, lambda: do_due(moment)) == [None] * 3
    do_due(moment)
    assert Clock.objects.filter(met_at__isnull=False, next_at__isnull=True).count() == 12
    assert not Clock.objects.exclude(late_noted_at=None).exists()  # done in time, whatever was said meanwhile


def test_killed_between_claim_and_deed_it_is_all_still_due(
    fresh_database: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NODE = "610118000000"
    _county, start = prepared(9)
    moment = start + 30 * MINUTE

    class Killed(BaseException):
        pass

    def killed(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(ticking, "tell", killed)
        with pytest.raises(Killed):
            do_due(moment)
    assert Clock.objects.filter(next_at__lte=moment).count() == 9
    assert not Entry.objects.filter(verb="clock.late").exists()
    assert not Message.objects.exists()
    assert do_due(moment) == 9
    assert Entry.objects.filter(verb="clock.late").count() == 9
    assert timezone.now() < moment
