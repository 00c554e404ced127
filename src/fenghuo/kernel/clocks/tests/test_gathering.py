"""A storm: what one desk hears of in the same minute is one message, not two hundred."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.clocks.models import Telling
from fenghuo.kernel.clocks.ticking import do_due
from fenghuo.kernel.journal.models import Entry
from tests.clocks import MINUTE, matter, minute, run_clock, told
from tests.county import County
from tests.orders import staff


@pytest.fixture
def desk(county: County) -> County:
    for unit in ("emo", "a"):
        staff(county.units[unit], (f"值班{unit}", "13800000001", "duty_officer"), by=SYSTEM)
    return county


def test_two_hundred_of_one_minute_are_one_message(desk: County) -> None:
    start = minute()
    for number in range(200):
        run_clock(matter(desk, title=f"事项{number}"), started=start + timedelta(seconds=1 + number % 59))
    run_clock(matter(desk, "a"), started=start + timedelta(seconds=30))
    # They end between minute 30 and 31; the tick looks every few seconds.
    for second in [20 * 60, *range(30 * 60, 31 * 60 + 1, 10)]:
        do_due(start + timedelta(seconds=second))
    texts = told()
    assert len(texts) == 4  # each desk: before the end, and at it
    assert sum("200" in text for text in texts) == 2
    assert Entry.objects.filter(verb="clock.late").count() == 201
    assert Telling.objects.filter(kind="at", message__channel="in_app").count() == 201


def test_it_costs_the_same_however_many_are_gathered(desk: County) -> None:
    costs = []
    for turn, count in enumerate((5, 20, 80)):
        start = minute() + timedelta(hours=turn)
        for number in range(count):
            run_clock(matter(desk, title=f"事项{number}"), started=start)
        do_due(start)  # what the round before has left
        with CaptureQueriesContext(connection) as asked:
            assert do_due(start + 20 * MINUTE) == count
        costs.append(len(asked))
    assert costs[1] == costs[2]  # before that the rules were read
